"""Dates as EDTF strings: in words for readers, and in an order for lists.

Source of the notation: Extended Date/Time Format (Library of Congress, 2019), of which we use days,
months, years, intervals ("2023/2024") and the marks of doubt "?", "~" and "%".
"""

from __future__ import annotations

import re

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

# "2023-11-16", "2019-06?", "2023"
_DATE = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d\d)(?:-(?P<day>\d\d))?)?(?P<doubt>[?~%]?)")

# How an interval says that it has no end or beginning: "2023/..", "2023/"
_OPEN = ("", "..")


def _one_in_words(edtf: str) -> str | None:
    match = _DATE.fullmatch(edtf)
    if match is None or not is_edtf(edtf):
        return None
    named = MONTHS[int(match["month"]) - 1] if match["month"] else ""
    parts = (str(int(match["day"])) if match["day"] else "", named, match["year"])
    return " ".join(part for part in parts if part) + ("?" if match["doubt"] else "")


def date_in_words(edtf: str | None) -> str:
    """Return "16 November 2023" for "2023-11-16", "n.d." for None; what is no date as it is."""
    if not edtf:
        return "n.d."
    start, slash, end = edtf.partition("/")
    first, last = _one_in_words(start), _one_in_words(end)
    if not slash:
        return first or edtf
    if first and last:
        return f"from {first} to {last}"
    if first and end in _OPEN:
        return f"from {first}"
    if last and start in _OPEN:
        return f"until {last}"
    return edtf


def date_order(edtf: str | None) -> str | None:
    """Return what dates sort by, their first day as "20231116", or None for an unknown date.

    A month or a year without a day stands before the days within it.
    """
    match = _DATE.match((edtf or "").partition("/")[0].strip(".") or (edtf or "").partition("/")[2])
    if match is None:
        return None
    return f"{match['year']}{match['month'] or '00'}{match['day'] or '00'}"


def is_uncertain(edtf: str) -> bool:
    """Tell whether a date carries a mark of doubt."""
    return any(mark in edtf for mark in "?~%")


def year_of(edtf: str | None) -> str | None:
    """Return the year as four digits, or None for an unknown date."""
    order = date_order(edtf)
    return order[:4] if order else None


def is_dated_event(edtf: str) -> bool:
    """Tell whether a date is precise enough for a timeline: a day, a month, or a span of them."""
    match = _DATE.match(edtf.partition("/")[0])
    return match is not None and match["month"] is not None
