"""The day with which a whole site is stamped: the newest that its documents and ledgers know of."""

from __future__ import annotations

import datetime
import re
from itertools import chain

from builder.anchoring.texts import newest_of
from builder.collection import CollectionState

# The full dates of an EDTF value: `2023-11-16`, `2019-06-01?`, both of `2023-01-02/2023-02-03`.
_EDTF_DATE = re.compile(r"(?P<date>\d{4}-\d\d-\d\d)")

# Where nothing is dated: the earliest date that a ZIP archive can hold.
_NO_DATE = datetime.date(1980, 1, 1)


def newest_date(state: CollectionState) -> datetime.date:
    """Return the newest date of any document, version or ledger, 1980-01-01 without any.

    The whole site is stamped with it, so that two builds of one state are the same bytes.
    """
    texts, documents = state.ledger_texts, [one.document for one in state.documents]
    # Of ten thousand documents many are of the same day.
    written = {document.metadata.date.value or "" for document in documents}
    dates = {
        *state.newest.values(),
        *(newest_of(texts[slug]) for slug in texts if slug not in state.newest),
        *chain.from_iterable(map(_EDTF_DATE.findall, written)),
        *(version.since for document in documents for version in document.versions),
    }
    valid = (date for date in map(_date, dates) if date and date.year < 2100)
    return max(valid, default=_NO_DATE)


def _date(text: str) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        return None
