"""Says in plain sentences where the statements of a measure differ, and how it is defined."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from builder.claiming.words import counted_words, period_words
from builder.claims import Claim
from builder.html.figure_words import bound_words
from builder.index import Who
from builder.measures import Measure
from builder.measuring.rules import Rule
from builder.measuring.words import Words
from builder.model import Figure

_LISTED = 5  # of different wordings, so many are quoted


def differences(claims: Sequence[Claim]) -> list[str]:
    """Return a sentence for each way in which claims are not alike; none says that one is wrong."""
    figures = [claim.figure for claim in claims]
    if len(figures) < 2:
        return []
    found = (_definition(figures), _change(figures), _period(figures), _status(figures))
    return [sentence for sentence in (*found, _units(figures), _bounds(figures)) if sentence]


def _definition(figures: Sequence[Figure]) -> str:
    silent = sum(not figure.of for figure in figures)
    wordings = _different((figure.of for figure in figures), counted_words)
    if len(wordings) > 1:
        also = f"; {silent:,} do not say what" if silent else ""
        return f"They do not all count the same: {_quoted(wordings)}{also}."
    if wordings and silent:
        return f"{_some(silent)} not say what is counted; the others count {_quoted(wordings)}."
    return ""


def _change(figures: Sequence[Figure]) -> str:
    changes = {figure.change for figure in figures}
    if None in changes and len(changes) > 1:
        return "Some give a number, others by how much it rises or falls."
    return "Some tell of a rise, others of a fall." if len(changes) > 1 else ""


def _period(figures: Sequence[Figure]) -> str:
    silent = sum(not figure.period for figure in figures)
    wordings = _different((figure.period for figure in figures), period_words)
    if len(wordings) > 1:
        also = f"; {silent:,} name none" if silent else ""
        return f"They speak of different periods: {_quoted(wordings)}{also}."
    if wordings and silent:
        return f"{_some(silent)} not name a period; the others speak of {_quoted(wordings)}."
    return ""


def _status(figures: Sequence[Figure]) -> str:
    statuses = list(dict.fromkeys(figure.status for figure in figures))
    if len(statuses) < 2:
        return ""
    return f"Not all have the same status: {_and(statuses)}."


def _units(figures: Sequence[Figure]) -> str:
    units = list(dict.fromkeys(figure.unit.replace("_", " ") for figure in figures))
    return f"They are in different units: {_and(units)}." if len(units) > 1 else ""


def _bounds(figures: Sequence[Figure]) -> str:
    bounds = list(dict.fromkeys(filter(None, map(bound_words, figures))))
    if not bounds:
        return ""
    return f"Some give a bound and not the number itself ({_quoted(bounds)})."


def _different(wordings: Iterable[str | None], words: Callable[[str], object]) -> list[str]:
    """Return the first of all wordings that say the same."""
    first: dict[object, str] = {}
    for wording in wordings:
        if wording:
            first.setdefault(words(wording), wording)
    return list(first.values())


def _some(count: int) -> str:
    return "One statement does" if count == 1 else f"{count:,} statements do"


def _quoted(wordings: Sequence[str]) -> str:
    quoted = [f"“{wording}”" for wording in wordings[:_LISTED]]
    more = len(wordings) - len(quoted)
    return ", ".join(quoted) + (f", and {more:,} more" if more else "")


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
