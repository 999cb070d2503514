"""Reads the dates of metadata into EDTF, level 1 (Library of Congress, 2019)."""

from __future__ import annotations

import re
from datetime import date

EDTF = re.compile(
    r"(?P<year>\d{4})(?:-(?P<month>\d{2})(?:-(?P<day>\d{2}))?)?(?P<qualifier>[?~%])?", re.ASCII
)  # 2023-11-16, 2019-06?, 2020~
ISO_START = re.compile(
    r"\d{4}-\d{2}-\d{2}(?=[T ]\d{1,2}:\d{2})", re.ASCII
)  # 2023-11-16 11:04:25-05:00
MONTHS = (
    "january february march april may june july august september october november december".split()
)
MONTH_NAME = r"(?P<month>[A-Za-z]{3,9})\.?"
MONTH_FIRST = re.compile(
    rf"(?:\w+day,?\s+)?{MONTH_NAME}\s+(?:(?P<day>\d{{1,2}}),?\s+)?(?P<year>\d{{4}})", re.ASCII
)
DAY_FIRST = re.compile(
    rf"(?:\w+day,?\s+)?(?P<day>\d{{1,2}})\s+{MONTH_NAME},?\s+(?P<year>\d{{4}})", re.ASCII
)


def is_edtf(text: str) -> bool:
    """Tell whether `text` is a day, month or year that exists, or from one to another."""
    start, slash, end = text.partition("/")
    return _exists(start) and (not slash or (_exists(end) and not _is_after(start, end)))


def _is_after(start: str, end: str) -> bool:
    """Tell whether no day of `start` stands before the end of `end`."""
    first, last = start.rstrip("?~%"), end.rstrip("?~%")
    known = min(len(first), len(last))
    return first[:known] > last[:known]


def _exists(text: str) -> bool:
    match = EDTF.fullmatch(text)
    if not match:
        return False
    try:
        date(int(match["year"]), int(match["month"] or 1), int(match["day"] or 1))
    except ValueError:
        return False
    return True


def read_date(text: str) -> str | None:
    """Return the EDTF form of a date as people write it in front matter, or None.

    Understands EDTF itself, ISO dates with a time of day, "November 16, 2023", "16 Nov. 2023" and
    "November 2023". Forms like 11/16/2023 are ambiguous across countries and are not read.
    """
    text = " ".join(text.split())
    stamp = ISO_START.match(text)
    if stamp:
        text = stamp.group()
    if is_edtf(text):
        return text
    match = MONTH_FIRST.fullmatch(text) or DAY_FIRST.fullmatch(text)
    if not match:
        return None
    name = match["month"].lower()
    month = next((i for i, m in enumerate(MONTHS, 1) if m.startswith(name[:4]) and name in m), 0)
    if not month and name == "sept":
        month = 9
    day = f"-{int(match['day']):02}" if match["day"] else ""
    found = f"{match['year']}-{month:02}{day}"
    return found if is_edtf(found) else None
