"""Reads the date of a document: a day, a month, a year, or a span of two, each with its doubt.

What is no such date is none. A date is read once, here, for every format in which it is written.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Literal

from builder.dating.display import date_in_words
from builder.dating.edtf import last_of_month
from builder.dating.stated import EDTF, is_edtf
from builder.model import Provenance

Doubt = Literal["", "uncertain", "approximate", "uncertain and approximate"]
Precision = Literal["year", "month", "day"]

_DOUBTS: dict[str, Doubt] = {
    "?": "uncertain",
    "~": "approximate",
    "%": "uncertain and approximate",
}
_PRECISION: tuple[Precision, ...] = ("year", "month", "day")


@dataclass(frozen=True, slots=True)
class Point:
    """One end of a date; `month` and `day` are 0 where they are not known."""

    year: int
    month: int = 0
    day: int = 0
    doubt: Doubt = ""

    @property
    def parts(self) -> tuple[int, ...]:
        """Year, month and day, as many of them as are known."""
        return tuple(part for part in (self.year, self.month, self.day) if part)

    @property
    def iso(self) -> str:
        """What is known as ISO 8601: "2023-11-16", "2019-06", "2023"."""
        return "-".join(f"{part:0{2 if place else 4}}" for place, part in enumerate(self.parts))

    @property
    def first_day(self) -> date:
        """The first day that it may mean."""
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def last_day(self) -> date:
        """The last day that it may mean."""
        return self.first_day if self.day else last_of_month(self.year, self.month or 12)


@dataclass(frozen=True, slots=True)
class When:
    """A date, from its first end to its last; they are the same where it is no span.

    `words` say it in full: "about June 2019", "from 2023 to 2024".
    """

    first: Point
    last: Point
    words: str

    @property
    def is_span(self) -> bool:
        """Whether it has a beginning and an end."""
        return self.first != self.last

    @property
    def doubt(self) -> Doubt:
        """How it is doubted; where its ends are doubted in different ways it is uncertain."""
        doubts = {self.first.doubt, self.last.doubt} - {""}
        return doubts.pop() if len(doubts) == 1 else "uncertain" if doubts else ""

    @property
    def precision(self) -> Precision:
        """The precision of the more precise end."""
        return _PRECISION[max(len(self.first.parts), len(self.last.parts)) - 1]


@lru_cache(maxsize=1024)
def when(edtf: str) -> When | None:
    """Return the date that an EDTF string says, None where that is no date of a document."""
    if not is_edtf(edtf):
        return None
    start, _, end = edtf.partition("/")
    first = _point(start)
    return When(first, _point(end) if end else first, date_in_words(edtf))


def _point(text: str) -> Point:
    found = EDTF.fullmatch(text)
    assert found  # `is_edtf` has matched it
    year, month, day = (int(found[part] or 0) for part in ("year", "month", "day"))
    return Point(year, month, day, _DOUBTS.get(found["qualifier"] or "", ""))


@lru_cache(maxsize=1024)
def certain_date(edtf: str, provenance: Provenance) -> str:
    """Return a date that is a fact, as ISO 8601: "2023-11-16", "2023-11"; "" for any other.

    What is inferred, doubted or a span of time is not told where a format has no sign for that.
    """
    date = when(edtf)
    if date is None or date.doubt or date.is_span or provenance == "inferred":
        return ""
    return date.first.iso


def is_day(text: str) -> bool:
    """Tell whether `text` is a day that exists, "2026-03-01"."""
    date = when(text)
    return date is not None and text == date.first.iso and date.precision == "day"


def first_and_last(edtf: str | None) -> tuple[date, date] | None:
    """Return the first and the last day that a date may mean, None where it is not known.

    A mark of doubt widens nothing.
    """
    found = when(edtf or "")
    return (found.first.first_day, found.last.last_day) if found else None
