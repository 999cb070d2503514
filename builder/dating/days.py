"""Which days a date may mean: the first and the last of them."""

from __future__ import annotations

import re
from datetime import date, timedelta

from builder.dating.display import date_order
from builder.dating.stated import is_edtf

_DECADE = re.compile(r"(?P<decade>\d{3})X")  # "199X"
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_HALVES = ("40", "41")


def is_day(text: str) -> bool:
    """Tell whether `text` is a day that exists, "2026-03-01"."""
    return is_edtf(text) and _DAY.fullmatch(text) is not None


def first_and_last(edtf: str | None) -> tuple[date, date] | None:
    """Return the first and the last day that a date may mean, None where it is not known.

    A mark of doubt widens nothing. An interval without an end, or without a beginning, is as long
    as what it states.
    """
    start, _, end = (edtf or "").partition("/")
    one, other = _days(start), _days(end)
    if one is None or other is None:
        return one or other
    return (one[0], other[1]) if one[0] <= other[1] else None


def _days(text: str) -> tuple[date, date] | None:
    decade = _DECADE.fullmatch(text)
    order = f"{decade['decade']}00000" if decade else date_order(text)
    if order is None:
        return None
    year, month, day = int(order[:4]), int(order[4:6]), int(order[6:])
    try:
        if decade:
            return date(year, 1, 1), date(year + 9, 12, 31)
        if day:
            return date(year, month, day), date(year, month, day)
        first = date(year, month or 1, 1)
        return first, _last_day(first, _months(text[5:7]))
    except ValueError:  # "2023-02-30", the year 0
        return None


def _months(code: str) -> int:
    """Return how many months EDTF's code for a part of a year stands for, 12 without any."""
    if not code.isdigit():
        return 12
    return 6 if code in _HALVES else 1 if int(code) <= 12 else 3


def _last_day(first: date, months: int) -> date:
    years, month = divmod(first.month - 1 + months, 12)
    return date(first.year + years, month + 1, 1) - timedelta(days=1)
