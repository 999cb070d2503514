"""Tells the day on which a run takes place, the one thing that a build does not read from files."""

from __future__ import annotations

import datetime
import os

# https://reproducible-builds.org/specs/source-date-epoch/: seconds since 1970, UTC
_EPOCH = "SOURCE_DATE_EPOCH"


def today() -> datetime.date:
    """Return the day that ledgers and versions are dated with, in UTC.

    SOURCE_DATE_EPOCH wins where it is set, so that a build can be repeated on another day.
    """
    given = os.environ.get(_EPOCH, "")
    if given.isascii() and given.isdigit():
        return datetime.datetime.fromtimestamp(int(given), datetime.UTC).date()
    return datetime.datetime.now(datetime.UTC).date()
