"""Small tools for EDTF, the notation of dates with gaps and doubts (ISO 8601-2, levels 0 to 2)."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

# "2023-11-16", "2019-06?", "2024~"
_REFERENCE = re.compile(
    r"(?P<year>\d{4})(?:-(?P<month>\d\d)(?:-(?P<day>\d\d))?)?(?P<qualifier>[?~%]?)\Z"
)


@dataclass(frozen=True, slots=True)
class Reference:
    """The date of a document, against which "last year" is understood.

    `month` and `day` are None where the date is less precise; `doubtful` when it is qualified.
    """

    year: int
    month: int | None
    day: int | None
    doubtful: bool

    @property
    def exact(self) -> date | None:
        """The day, where it is known to the day."""
        return date(self.year, self.month, self.day) if self.month and self.day else None

    @property
    def latest(self) -> date:
        """The last day that the reference may mean."""
        if self.month and self.day:
            return date(self.year, self.month, self.day)
        return last_of_month(self.year, self.month or 12)


def parse_reference(edtf: str | None) -> Reference | None:
    """Return the reference that an EDTF date gives; None for intervals and unreadable dates."""
    match = _REFERENCE.match(edtf or "")
    if not match:
        return None
    year, month, day = (
        int(match[part]) if match[part] else None for part in ("year", "month", "day")
    )
    if year is None or (month and not month_of(year, month)):
        return None
    if month and day and not day_of(year, month, day):
        return None
    return Reference(year, month, day, bool(match["qualifier"]))


def day_of(year: int, month: int, day: int) -> str | None:
    """Return a calendar day, None when there is no such day."""
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def month_of(year: int, month: int) -> str | None:
    """Return a month (1 to 12), or EDTF's season (21 on), quarter (33 on) or half year (40 on)."""
    known = 1 <= month <= 12 or 21 <= month <= 24 or 33 <= month <= 36 or month in (40, 41)
    return f"{year:04d}-{month:02d}" if known and year >= 1 else None


def interval(start: str | None, end: str | None) -> str | None:
    """Return an interval; None when an end is missing or stands before the start."""
    return f"{start}/{end}" if start and end and start <= end else None


def last_of_month(year: int, month: int) -> date:
    """Return the last day of a month."""
    return date(year, month, monthrange(year, month)[1])


def doubted(edtf: str | None, *, approximate: bool = False) -> str | None:
    """Return `edtf` marked as uncertain ("?") or approximate ("~") at each end."""
    if edtf is None:
        return None
    return "/".join(_qualified(part, "~" if approximate else "?") for part in edtf.split("/"))


def _qualified(part: str, mark: str) -> str:
    if part[-1] in "?~%":
        return part if part[-1] in (mark, "%") else part[:-1] + "%"
    return part + mark
