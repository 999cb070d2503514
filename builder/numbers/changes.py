"""Says whether a figure is a growth or a fall."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cache, lru_cache
from typing import Literal

from builder.numbers.quantities import Quantity
from builder.strict_yaml import load_data

Change = Literal["increase", "decrease"]
_REACH = 160  # characters before a figure in which its verb is sought
_BOUND = (
    r"(?:(?:more than|less than|over|nearly|almost|about|at least|up to|an estimated"
    r"|approximately|roughly|somewhere|around|as much as|as many as"
    r"|an|a|another|just|under|fully|well|close to|by|some|only|a whopping|a record|a total of"
    r"|anywhere from|between) )*"
)

_RAISED = re.compile(
    r"\braise[sd]? [^.;]{0,30}$|\braising [^.;]{0,30}$", re.I
)  # money raised is no growth
_NOT_BETWEEN = frozenset(
    [
        "of",
        "in",
        "for",
        "to",
        "and",
        "or",
        "on",
        "at",
        "the",
        "from",
        "by",
        "with",
        "is",
        "are",
        "was",
        "people",
        "that",
    ]
)
_LEADS = re.compile(rf" (?:of|by|to) {_BOUND}$", re.I)  # asked first, because it is cheap


@cache
def _patterns() -> tuple[
    tuple[Change, re.Pattern[str], re.Pattern[str], re.Pattern[str], re.Pattern[str]], ...
]:
    data = load_data("claims")
    rows = []
    for change in ("increase", "decrease"):
        verbs, nouns = "|".join(data[f"{change}_verbs"]), "|".join(data[f"{change}_nouns"])
        after, before = "|".join(data[f"{change}_after"]), "|".join(data[f"{change}_before"])
        rows.append(
            (
                change,
                # "10% drop", "40 percent more than", "dozens more", "a $300 million increase"
                re.compile(
                    rf"(?:[ -]|\) )(?:(?:{after})\b(?! (?:or|of the|to)\b)|(?:[a-z-]+ )?"
                    rf"(?:{nouns})\b)",
                    re.I,
                ),
                # "an additional 1,300", "up 5%"
                re.compile(rf"\b(?:{before}) {_BOUND}$", re.I),
                # "declined 10%", "adding dozens"; "a decrease of 3 percent"
                re.compile(
                    rf"\b(?:(?<!tax )(?:{verbs})(?: (?:by|to|an additional|on average))?"
                    rf"|(?:{nouns}) (?:of"
                    rf"|will be|would be|will average|averaged|averages)) {_BOUND}$",
                    re.I,
                ),
                # "increased surveillance aircraft by", "decline in overdose deaths of"
                re.compile(
                    rf"\b(?:(?:{verbs}) [^.;:]{{2,120}}? (?:by|to)|(?:{nouns}) (?:in|to|for"
                    rf"|on) [^.;:,]{{2,80}} (?:of|by|to)) {_BOUND}$",
                    re.I,
                ),
            )
        )
    return tuple(rows)  # type: ignore[arg-type]  # the two literals above


@cache
def _word() -> re.Pattern[str]:
    data = load_data("claims")
    parts = ("nouns", "verbs", "after", "before")
    words = {w for change in ("increase", "decrease") for p in parts for w in data[f"{change}_{p}"]}
    return re.compile(rf"\b(?:{'|'.join(sorted(words, key=lambda w: (-len(w), w)))})\b", re.I)


@lru_cache(maxsize=4)
def _words_of(text: str) -> list[int]:
    return [match.start() for match in _word().finditer(text)]


def speaks_of_change(text: str, start: int, end: int) -> bool:
    """Tell whether a word for a growth or a fall begins between two offsets.

    One pass over the text answers for all its figures; the costly patterns are tried after it.
    """
    words = _words_of(text)
    place = bisect_left(words, start)
    return place < len(words) and words[place] < end


def change_of(text: str, quantity: Quantity, sentence: tuple[int, int]) -> Change | None:
    """Return whether the sentence says that the figure is a growth or a fall, else None."""
    left = text[max(sentence[0], quantity.start - _REACH) : quantity.start]
    right = text[quantity.end : min(sentence[1], quantity.end + 40)]
    if quantity.unit == "times" and quantity.numeral is not None and quantity.numeral.multiple:
        return "increase" if text[quantity.start : quantity.end].lower() != "twice" else None
    if not speaks_of_change(text, quantity.start - _REACH, quantity.end + 40):
        return None
    near = max(0, len(left) - 70)
    leads = _LEADS.search(left, near)
    if leads and (quantity.unit != "count" or quantity.currency or quantity.vague):
        change = _of_nearest_verb(left)
        if change:
            return change
    ends = _FROM_TO.search(text, max(sentence[0], quantity.start - _REACH), quantity.start)
    starts = re.search(r"\bfrom (?:[a-z]+ ){0,3}$", left) and _TO.match(right)
    for change, after, before, verb, _far in _patterns():
        if (starts or ends) and verb.search(_until_from(left)):
            return change
        match = after.match(right)
        if match and _comparable(quantity, right, match):
            return change
        if before.search(left, near) and not quantity.time:
            return change
        raised = quantity.currency and _RAISED.search(left)
        low = quantity.time and quantity.hyphen  # "fell to a five-year low"
        if not raised and not low and verb.search(left, near) and not re.search(r"\bfrom $", left):
            return change
    return None


def _of_nearest_verb(left: str) -> Change | None:
    """Return the change of the last verb that leads up to the figure: "grew, but was cut by"."""
    found: list[tuple[int, Change]] = []
    leads = False
    for change, _after, _before, verb, far in _patterns():
        match = far.search(left)
        direct = verb.search(left, max(0, len(left) - 70))
        leads = leads or match is not None
        found += [(m.start(), change) for m in (match, direct) if m]
    return max(found)[1] if leads else None


# "rose from 70,630 in 2019 to 91,799": what stands before each of the two figures
_FROM_TO = re.compile(
    r"\bfrom (?:[a-z]+ ){0,3}[^ ;]+(?: (?!to )[a-z%]+)?(?: in [12][0-9]{3})?,? to "
    r"(?:[a-z]+ ){0,3}$"
)
_TO = re.compile(r"(?: in [12][0-9]{3})?,? to \S{0,4}[0-9]")


def _until_from(left: str) -> str:
    """Return the words up to "from", where the verb of a pair of figures stands."""
    return left[: left.rfind("from ")]


def _comparable(quantity: Quantity, right: str, match: re.Match[str]) -> bool:
    if quantity.time:
        return False
    words = match[0].split()
    return len(words) < 2 or words[0] not in _NOT_BETWEEN
