"""Says in plain sentences where the statements of a measure differ, and how it is defined."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from builder.claiming.printed import number_words, printed_span
from builder.claiming.statements import Statement
from builder.claiming.words import counted_words, period_words
from builder.claims import Claim
from builder.fold import fold
from builder.html.escape import one_line
from builder.html.figure_words import unit_words, value_words
from builder.index import Who
from builder.measures import Measure
from builder.measuring.rules import Rule
from builder.measuring.words import Words
from builder.model import Figure

_NAMED_UNITS = {"count": "number", "percent": "percent", "fraction": "fraction"}
_LISTED = 5  # of different wordings, so many are quoted


def differences(claims: Sequence[Claim]) -> list[str]:
    """Return a sentence for each way in which claims are not alike; none says that one is wrong.

    What stands in quotation marks is printed so in one of the documents.
    """
    figures = [claim.figure for claim in claims]
    if len(figures) < 2:
        return []
    found = (_definition(claims), _change(figures), _period(claims), _status(figures))
    return [sentence for sentence in (*found, _units(figures), _bounds(claims)) if sentence]


def _definition(claims: Sequence[Claim]) -> str:
    silent = sum(not claim.figure.of for claim in claims)
    wordings = _different(((claim.figure.of, claim) for claim in claims), counted_words)
    if len(wordings) > 1:
        also = f"; {_few(silent, 'does', 'do')} not say what" if silent else ""
        return f"They do not all count the same: {_listed(wordings)}{also}."
    if wordings and silent:
        rest = _others(len(claims) - silent, "counts", "count")
        return f"{_some(silent)} not say what is counted; {rest} {_listed(wordings)}."
    return ""


def _change(figures: Sequence[Figure]) -> str:
    changes = {figure.change for figure in figures}
    if None in changes and len(changes) > 1:
        return "Some give a number, others by how much it rises or falls."
    return "Some tell of a rise, others of a fall." if len(changes) > 1 else ""


def _period(claims: Sequence[Claim]) -> str:
    silent = sum(not claim.figure.period for claim in claims)
    wordings = _different(((claim.figure.period, claim) for claim in claims), period_words)
    if len(wordings) > 1:
        also = f"; {_few(silent, 'names', 'name')} none" if silent else ""
        return f"They speak of different periods: {_listed(wordings)}{also}."
    if wordings and silent:
        rest = _others(len(claims) - silent, "speaks of", "speak of")
        return f"{_some(silent)} not name a period; {rest} {_listed(wordings)}."
    return ""


def _status(figures: Sequence[Figure]) -> str:
    statuses = list(dict.fromkeys(figure.status for figure in figures))
    if len(statuses) < 2:
        return ""
    return f"Not all have the same status: {_and(statuses)}."


def _units(figures: Sequence[Figure]) -> str:
    units = list(dict.fromkeys(unit_name(figure.unit) for figure in figures))
    return f"They are in different units: {_and(units)}." if len(units) > 1 else ""


def unit_name(unit: str) -> str:
    """Return a unit by itself: "percent", "metric tons", "USD", "number" for what is counted."""
    if unit in _NAMED_UNITS:
        return _NAMED_UNITS[unit]
    return unit_words(Figure(None, None, None, "exact", "=", unit)) or unit


def _bounds(claims: Sequence[Claim]) -> str:
    bounded = [claim.stated for claim in claims if claim.figure.bound != "exact"]
    if not bounded:
        return ""
    printed = {words.casefold(): f"“{words}”" for words in map(_bound_printed, bounded) if words}
    said = f" ({_listed(list(printed.values()))})" if printed else ""
    return f"Some give a bound and not the number itself{said}."


def _bound_printed(statement: Statement) -> str:
    """Return the words of a bound as printed: "over"; those of a vague numeral, "dozens"."""
    if not value_words(statement.figure):
        return one_line(number_words(statement))
    at, span = statement.mention.at, printed_span(statement)
    text = statement.block.text
    before, after = text[span.start : at.start].strip(), text[at.end : span.end].strip(" ,")
    return one_line(before or after)


def _different(
    wordings: Iterable[tuple[str | None, Claim]], words: Callable[[str], object]
) -> list[str]:
    """Return the first of all wordings that say the same, in quotation marks where printed so."""
    first: dict[object, str] = {}
    for wording, claim in wordings:
        if wording:
            printed = fold(wording) in fold(claim.stated.block.text)
            first.setdefault(words(wording), f"“{wording}”" if printed else wording)
    return list(first.values())


def _some(count: int) -> str:
    return "One statement does" if count == 1 else f"{count:,} statements do"


def _few(count: int, one: str, many: str) -> str:
    return f"one {one}" if count == 1 else f"{count:,} {many}"


def _others(count: int, one: str, many: str) -> str:
    return f"the other {one}" if count == 1 else f"the others {many}"


def _listed(wordings: Sequence[str]) -> str:
    more = len(wordings) - _LISTED
    return ", ".join(wordings[:_LISTED]) + (f", and {more:,} more" if more > 0 else "")


def _and(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def rules_in_words(measure: Measure, names: Mapping[Who, str]) -> list[str]:
    """Return each rule of a measure as a line for readers."""
    return ["; ".join(_conditions(rule, names)) for rule in measure.rules]


def _conditions(rule: Rule, names: Mapping[Who, str]) -> Iterator[str]:
    for what, words in (
        ("what is counted", rule.of),
        ("its sentence", rule.sentence),
        ("its passage", rule.passage),
        ("its period", rule.period),
    ):
        said = "; ".join(_held(words))
        if said:
            yield f"{what} has {said}"
    for where, named in (("sentence", rule.beside), ("passage", rule.named)):
        for kind, keys in named.items():
            listed = " or ".join(names.get((kind, key), key) for key in keys)
            yield f"its {where} names {listed}"
    if rule.status:
        yield f"its status is {' or '.join(rule.status)}"
    if rule.change:
        yield "its change is " + " or ".join(rule.change)
    if rule.least is not None:
        yield f"its value is {rule.least:,} or more"
    if rule.most is not None:
        yield f"its value is {rule.most:,} or less"


def _held(words: Words) -> Iterator[str]:
    for phrases, joined, before in (
        (words.all, " and ", ""),
        (words.any, " or ", ""),
        (words.none, " nor ", "not "),
    ):
        if phrases:
            yield before + joined.join(f"“{phrase.replace('*', '…')}”" for phrase in phrases)
