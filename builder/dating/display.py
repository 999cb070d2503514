"""Dates as EDTF strings: in words for readers, and in an order for lists.

Source of the notation: Extended Date/Time Format (Library of Congress, 2019), of which we use days,
months, years, decades ("199X"), seasons, quarters and half years (months 21 to 41), intervals
("2023/2024") and the marks of doubt "?", "~" and "%".
"""

from __future__ import annotations

import re
from functools import lru_cache

from builder.dating.stated import is_edtf

MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]

UNDATED = "undated"
"""What stands for the year of an unknown date, in addresses too."""

# "2023-11-16", "2019-06?", "2023"
_DATE = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d\d)(?:-(?P<day>\d\d))?)?(?P<doubt>[?~%]?)")

# Months of EDTF that are none: what they are called, and the month in which they begin.
_PARTS_OF_YEAR = {
    21: ("spring", 3),
    22: ("summer", 6),
    23: ("autumn", 9),
    24: ("winter", 12),
    33: ("first quarter of", 1),
    34: ("second quarter of", 4),
    35: ("third quarter of", 7),
    36: ("fourth quarter of", 10),
    40: ("first half of", 1),
    41: ("second half of", 7),
}
# "199X"
_DECADE = re.compile(r"(?P<decade>\d{3})X")

# How many dates are remembered with their words and their order: pages tell the same ones often.
_REMEMBERED = 16_384

# How an interval says that it has no end or beginning: "2023/..", "2023/"
_OPEN = ("", "..")


def _one_in_words(edtf: str) -> str | None:
    decade = _DECADE.fullmatch(edtf)
    if decade:
        return f"the {decade['decade']}0s"
    match = _DATE.fullmatch(edtf)
    if match is None:
        return None
    month = int(match["month"] or 0)
    if month in _PARTS_OF_YEAR and not match["day"]:
        words = f"{_PARTS_OF_YEAR[month][0]} {match['year']}"
    elif is_edtf(edtf):
        named = MONTHS[month - 1] if month else ""
        parts = (str(int(match["day"])) if match["day"] else "", named, match["year"])
        words = " ".join(part for part in parts if part)
    else:
        return None
    about = "about " if match["doubt"] in ("~", "%") else ""
    return about + words + ("?" if match["doubt"] in ("?", "%") else "")


@lru_cache(maxsize=_REMEMBERED)
def date_in_words(edtf: str | None) -> str:
    """Return "16 November 2023" for "2023-11-16", "n.d." for None; what is no date as it is."""
    if not edtf:
        return "n.d."
    start, slash, end = edtf.partition("/")
    first, last = _one_in_words(start), _one_in_words(end)
    if not slash:
        return first or edtf
    if first and last and first.startswith("about ") and last.startswith("about "):
        return f"{first} to {last.removeprefix('about ')}"
    if first and last:
        return f"from {first} to {last}"
    if first and end in _OPEN:
        return f"from {first}"
    if last and start in _OPEN:
        return f"until {last}"
    return edtf


@lru_cache(maxsize=_REMEMBERED)
def date_order(edtf: str | None) -> str | None:
    """Return what dates sort by, their first day as "20231116", or None for an unknown date.

    A month or a year without a day stands before the days within it, a season or quarter where it
    begins.
    """
    match = _DATE.match((edtf or "").partition("/")[0].strip(".") or (edtf or "").partition("/")[2])
    if match is None:
        return None
    month = int(match["month"] or 0)
    if month in _PARTS_OF_YEAR:
        month = _PARTS_OF_YEAR[month][1]
    return f"{match['year']}{month:02}{match['day'] or '00'}"


def is_uncertain(edtf: str) -> bool:
    """Tell whether a date carries a mark of doubt."""
    return any(mark in edtf for mark in "?~%")


def year_of(edtf: str | None) -> str | None:
    """Return the year as four digits, or None for an unknown date."""
    order = date_order(edtf)
    return order[:4] if order else None


def year_or_undated(edtf: str | None) -> str:
    """Return the year as addresses and lists name it: "2024", "undated"."""
    return year_of(edtf) or UNDATED


def day_of(edtf: str | None) -> str:
    """Return the first day of a date as addresses name it: "2024-03-01", "2024-03", "undated"."""
    order = date_order(edtf)
    parts = (order[:4], order[4:6], order[6:]) if order else ()
    return "-".join(part for part in parts if int(part)) or UNDATED


def is_dated_event(edtf: str) -> bool:
    """Tell whether a date is precise enough for a timeline: a day, a month, or a span of them."""
    match = _DATE.match(edtf.partition("/")[0])
    return match is not None and match["month"] is not None
