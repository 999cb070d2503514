"""Tells the day on which a run takes place, the one thing that a build does not read from files."""

from __future__ import annotations

import datetime
import os
from collections.abc import Mapping

from builder.model import Place, Problem, Problems

# https://reproducible-builds.org/specs/source-date-epoch/: seconds since 1970, UTC
EPOCH = "SOURCE_DATE_EPOCH"

_LONGEST = 12  # digits: more than the year 9999 has


def today(environment: Mapping[str, str] = os.environ) -> datetime.date:
    """Return the day that ledgers and versions are dated with, in UTC.

    SOURCE_DATE_EPOCH wins where it is set, so that a build can be repeated on another day. Raises
    Problems where it names no day.
    """
    given = environment.get(EPOCH, "").strip()
    if not given:
        return datetime.datetime.now(datetime.UTC).date()
    try:
        if not given.isascii() or not given.isdigit() or len(given) > _LONGEST:
            raise ValueError(given)
        return datetime.datetime.fromtimestamp(int(given), datetime.UTC).date()
    except (ValueError, OverflowError, OSError) as error:
        what = f'"{given[:40]}" names no day'
        hint = "give the seconds since 1970, such as 1767225600, or unset it"
        raise Problems([Problem(Place(EPOCH, 0), what, hint)]) from error
