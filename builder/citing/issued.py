"""Reads the date of a document for formats that know days, months, years and spans of them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from builder.dating.display import date_in_words
from builder.dating.edtf import day_of

Parts = tuple[int, ...]
"""Year, month and day of a date, as many of them as are known."""

# "2023", "2023-11", "2023-XX", "2023-11-16", "2023-22" (a season)
_POINT = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d\d|XX)(?:-(?P<day>\d\d|XX))?)?")
_DOUBT = re.compile(r"[?~%]")
_OPEN = ("", "..")
# What EDTF writes as months: 21 to 24, and 25 to 32 for seasons of one half of the Earth.
_SEASONS = range(21, 33)
_PARTS_OF_YEAR = range(33, 42)
_REMEMBERED = 1024


@dataclass(frozen=True, slots=True)
class Issued:
    """A date as formats take it.

    `start` is the date or the beginning of a span, `end` the end of a span; () where not known or
    not meant. `season` counts from 1 (spring) to 4, 0 for none. `words` say the date in full, and
    `is_whole` tells whether `start` and `end` say all that the words say.
    """

    start: Parts = ()
    end: Parts = ()
    season: int = 0
    doubtful: bool = False
    is_whole: bool = True
    words: str = ""

    @property
    def iso(self) -> str:
        """The beginning as ISO 8601, with what is known: "2023-11-16", "2019-06", ""."""
        return iso(self.start)


def iso(parts: Parts) -> str:
    """Return a date as ISO 8601, with as much of it as is known."""
    return "-".join(f"{part:0{2 if place else 4}}" for place, part in enumerate(parts))


@lru_cache(maxsize=_REMEMBERED)
def issued(edtf: str) -> Issued:
    """Return the date that an EDTF string says; of what is no date, only its words."""
    words = date_in_words(edtf).removeprefix("the ") if edtf else ""
    plain = _DOUBT.sub("", edtf)
    doubtful = plain != edtf
    first, slash, last = plain.partition("/")
    start, end = _point(first), _point(last)
    whole = not (doubtful or slash)
    if start and not slash:
        season, month = _season_of(first)
        return Issued(start, (), season, doubtful, whole and not month, words)
    if start and (end or last in _OPEN):
        return Issued(start, end or (), 0, doubtful, False, words)
    return Issued((), (), 0, doubtful, not edtf, words)


def _point(text: str) -> Parts | None:
    """Return what is known of a date that is not an interval; None if there is no such date."""
    match = _POINT.fullmatch(text)
    if not match or match["year"] == "0000":
        return None
    year = int(match["year"])
    month, day = (int(match[part] or 0) if match[part] != "XX" else 0 for part in ("month", "day"))
    if month in _SEASONS or month in _PARTS_OF_YEAR:
        return None if day else (year,)
    if not month:
        return (year,)
    if day_of(year, month, day or 1) is None:
        return None
    return (year, month, day) if day else (year, month)


def _season_of(text: str) -> tuple[int, int]:
    """Return the season of a date, and the number that stands for a part of a year, 0 for none."""
    month = text[5:7] if len(text) == len("2023-22") else ""
    number = int(month) if month.isdecimal() else 0
    if number in _SEASONS:
        return (number - 1) % 4 + 1, number
    return 0, number if number in _PARTS_OF_YEAR else 0
