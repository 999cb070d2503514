"""Writes the dates of documents as a style writes a plain one: ranges, doubts, gaps.

citeproc-py writes "16,–18, November" and trips over ranges in APA, and CSL knows one doubt only. So
it is asked for one plain date in each place, whose order and punctuation hold for all others.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import takewhile

from builder.citing.shape import ACCESSED, DATE_PARTS, ISSUED, Precision
from builder.dating.display import MONTHS, date_in_words
from builder.model import Provenance

# One date in a formatted shape: day, month and year in any order.
DATE = re.compile(rf"{DATE_PARTS}(?:(?:, | ){DATE_PARTS})*")

# "2023-11-16", "2019-06?", "2023-21" (spring), "199X"
_EDTF = re.compile(
    r"(?P<year>\d{4}|\d{3}X)(?:-(?P<month>\d\d)(?:-(?P<day>\d\d))?)?(?P<doubt>[?~%]?)"
)
_DOUBTS = {"?": "uncertain", "~": "approximate", "%": "uncertain and approximate"}
_PRECISION: tuple[Precision, ...] = ("year", "month", "day")
_YEAR, _MONTH, _SHORT_MONTH, _DAY = range(4)


@dataclass(frozen=True, slots=True)
class Day:
    """One end of a date; `month` is a word, `number` its number, "" and 0 where it is not known."""

    year: str
    month: str = ""
    number: int = 0
    day: str = ""
    doubt: str = ""

    @property
    def precision(self) -> Precision:
        """How precisely it is known."""
        return _PRECISION[bool(self.month) + bool(self.day)]


@dataclass(frozen=True, slots=True)
class When:
    """The date of a document: its first and last day, None for an open end; `sign` is how known."""

    first: Day | None
    last: Day | None
    sign: str = ""

    @property
    def precision(self) -> Precision:
        """The precision of the more precise end."""
        ends = [one.precision for one in (self.first, self.last) if one]
        return max(ends, key=_PRECISION.index, default="year")


@lru_cache(maxsize=1024)
def when(edtf: str, provenance: Provenance = "stated") -> When | None:
    """Return a date as citations write it, None for none; what is no date stands as it is."""
    if not edtf:
        return None
    start, slash, end = edtf.partition("/")
    first = last = _day(start)
    if slash:
        last = _day(end)
    known = first or last
    if known is None or (start.strip(".") and not first) or (end.strip(".") and not last):
        first = last = known = Day(edtf)
    doubts = {one.doubt for one in (first, last) if one} - {""}
    sign = doubts.pop() if len(doubts) == 1 else "uncertain" if doubts else provenance
    return When(first, last, "" if sign in ("stated", "unknown") else sign)


def _day(edtf: str) -> Day | None:
    found = _EDTF.fullmatch(edtf)
    if not found:
        return None
    number, doubt = int(found["month"] or 0), _DOUBTS.get(found["doubt"], "")
    day = str(int(found["day"])) if found["day"] else ""
    if number <= len(MONTHS):
        month = MONTHS[number - 1] if number else ""
        return Day(found["year"].replace("X", "0s"), month, number, day, doubt)
    # "first quarter of 2023", "spring 2023"
    month = date_in_words(f"{found['year']}-{number}").removesuffix(found["year"]).strip()
    return Day(found["year"], month[:1].upper() + month[1:], 0, doubt=doubt) if month else None


def written(pattern: str, date: When, months: Sequence[str], signs: Mapping[str, str]) -> str:
    """Return a date in the place of `pattern`, which has slots for its parts, as text.

    `months` are shortened months, `signs` how the style writes what it does not state.
    """
    first, last = (_parts(pattern, end, months) if end else [] for end in (date.first, date.last))
    words = _joined(first) if date.first == date.last else _range(first, last)
    return signs[date.sign].format(words) if date.sign else words


_Part = tuple[int, str, str]
"""Which part it is, what stands before it, and its text."""


def _parts(pattern: str, date: Day, months: Sequence[str]) -> list[_Part]:
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


def _text(part: int, date: Day, months: Sequence[str]) -> str:
    if part == _YEAR:
        return date.year
    if part == _DAY:
        return date.day
    return months[date.number - 1] if part == _SHORT_MONTH and date.number else date.month


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
