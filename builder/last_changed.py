"""When what a page says last changed: by what its documents say and their ledgers know of them.

The day of a build says nothing of a page, so it is never taken: two builds agree on every date.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

from builder.dating.when import certain_date, is_day
from builder.model import Document, RemovedDocument

# A date later than that is a slip of the pen; the stamp of the site leaves it out as well.
_LATEST = "2100"


def last_changed(document: Document, added: str = "") -> str:
    """Return the ISO date on which what a document's page says last changed, "" if nobody knows.

    Where it never changed that is the day on which it was `added` to a collection that stood
    already, else its own date, if it is a whole day and a fact.
    """
    date = document.metadata.date
    own = certain_date(date.value or "", date.provenance)
    return changed_on(document) or added or whole_day(own)


def changed_on(document: Document) -> str:
    """Return the ISO date of the last change since a document was published, "" without one."""
    return newest(_changes(document))


def last_seen(removed: RemovedDocument) -> str:
    """Return the ISO date on which the page of a removed document last changed."""
    return newest((removed.gone, *(version.since for version in removed.versions)))


def newest(dates: Iterable[str]) -> str:
    """Return the last of ISO dates, "" where none is one."""
    return max(map(whole_day, dates), default="")


@lru_cache(maxsize=1024)  # documents of a day come one after the other
def whole_day(edtf: str) -> str:
    """Return a date that is one whole, certain day of the calendar, else ""."""
    return edtf if is_day(edtf) and edtf < _LATEST else ""


def _changes(document: Document) -> Iterator[str]:
    for version in document.versions:
        yield from (version.since, version.until)
    for tombstone in document.tombstones:
        yield tombstone.gone
    for forward in document.forwards:
        yield from (forward.gone, forward.led)
