"""Reads the dateline at the very beginning of a document: "Ottawa, February 3, 2024"."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import islice

from builder.dating.stated import read_date

# Behind these passages a date is one of the text.
_FIRST = 6
_NAME = r"[A-Z][\w.'’-]*"
# A day is wanted: "June 2023" may be what a report is about.
_DAY = r"(?P<date>[A-Z][a-z]{2,8}\.? \d{1,2},? \d{4}|\d{1,2} [A-Z][a-z]{2,8}\.?,? \d{4})"
# By itself, or before what the paragraph says: "OTTAWA, May 3, 2021 – The ministry …"
_DATELINE = re.compile(
    rf"(?:(?:[A-Z][a-z]+day,? )?{_DAY}\.?"
    rf"|{_NAME}(?:,? {_NAME}){{0,4}},? (?:[A-Z][a-z]+day,? )?{_DAY.replace('date', 'there')}"
    r"(?:\.?|\)? ?[–—:-]+ .*))",
    re.DOTALL,
)


def date_of_dateline(passages: Iterable[str]) -> str | None:
    """Return the day (EDTF) of the one dateline among the first passages, None if two differ."""
    found = set()
    for text in islice(passages, _FIRST):
        match = _DATELINE.fullmatch(" ".join(text[:200].split()))
        day = match and read_date(match["date"] or match["there"])
        if day:
            found.add(day)
    return found.pop() if len(found) == 1 else None
