"""Writes the dates of documents as a style writes a plain one: ranges, doubts, gaps.

citeproc-py writes "16,–18, November" and trips over ranges in APA, and CSL knows one doubt only. So
it is asked for one plain date in each place, whose order and punctuation hold for all others.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile

from builder.citing.shape import ACCESSED, DATE_PARTS, ISSUED
from builder.dating.display import MONTHS
from builder.dating.when import Point, When

# One date in a formatted shape: day, month and year in any order.
DATE = re.compile(rf"{DATE_PARTS}(?:(?:, | ){DATE_PARTS})*")

_YEAR, _MONTH, _SHORT_MONTH, _DAY = range(4)


def written(pattern: str, date: When, months: Sequence[str]) -> str:
    """Return a date in the place of `pattern`, which has slots for its parts, as text.

    `months` are shortened months.
    """
    first, last = (_parts(pattern, end, months) for end in (date.first, date.last))
    return _range(first, last) if date.is_span else _joined(first)


_Part = tuple[int, str, str]
"""Which part it is, what stands before it, and its text."""


def _parts(pattern: str, date: Point, months: Sequence[str]) -> list[_Part]:
    parts: list[_Part] = []
    before, missing = "", False
    for character in pattern:
        part = (ISSUED + ACCESSED).find(character) % len(ISSUED) if character > "\ue000" else -1
        if part < 0:
            before += character
            continue
        if text := _text(part, date, months):
            # Where a part is missing its punctuation is, too: "November 16, 2023", "November 2023".
            parts.append((part, (" " if missing else before) if parts else "", text))
            before, missing = "", False
        else:
            before, missing = "", True
    return parts


def _text(part: int, date: Point, months: Sequence[str]) -> str:
    if part == _YEAR:
        return f"{date.year:04}"
    number = date.day if part == _DAY else date.month
    if part == _DAY or not number:
        return str(number or "")
    return months[number - 1] if part == _SHORT_MONTH else MONTHS[number - 1]


def _joined(parts: Sequence[_Part]) -> str:
    return "".join(before + text for _, before, text in parts)


def _range(first: list[_Part], last: list[_Part]) -> str:
    """Return two dates as one range that says what they share once: "November 16–18, 2023"."""
    shared = _shared(first, last)
    before = _alike(first, last, shared)
    after = _alike(first[before:][::-1], last[before:][::-1], shared)
    ends = [end[before : len(end) - after] for end in (first, last)]
    if not any(ends):
        return _joined(first)
    own = next(filter(None, ends))[0]
    lead = own[1] if before else ""
    middle = "–".join(_joined(end).removeprefix(lead) for end in ends)
    return _joined(first[:before]) + lead + middle + _joined(last[len(last) - after :])


def _alike(first: Sequence[_Part], last: Sequence[_Part], shared: set[int]) -> int:
    """Return how many parts at the beginning of two dates are shared."""
    pairs = takewhile(lambda pair: pair[0][0] in shared, zip(first, last, strict=False))
    return sum(1 for _ in pairs)


def _shared(first: Sequence[_Part], last: Sequence[_Part]) -> set[int]:
    """Return the parts that two dates share: the year, and the month of one year."""
    texts, others = ({part: text for part, _, text in end} for end in (first, last))
    shared: set[int] = set()
    if texts and texts.get(_YEAR) == others.get(_YEAR):
        shared.add(_YEAR)
        shared |= {one for one in (_MONTH, _SHORT_MONTH) if texts.get(one) == others.get(one)}
    return shared & texts.keys() & others.keys()
