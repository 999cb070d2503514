"""Keeps which documents are nearest to each, for the next run: few of them change with a document.

To compare all that share something takes as long as to read all documents.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from builder.compact_json import compact
from builder.storing.store import Store

Nearest = Sequence[tuple[str, int, int]]
"""The slugs of the nearest documents, each with how many programs and figures it shares."""

_KEPT = "nearest"


class KeptNearest:
    """The nearest of documents as the last run that had the store found them.

    They stand under a name that tells all that they depend on.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._before: Mapping[str, Nearest] | None = None

    def before(self) -> Mapping[str, Nearest]:
        """Return what was kept, nothing where nothing was."""
        if self._before is None:
            self._before = json.loads(self._store.result(_KEPT, _KEPT) or b"{}")
        return self._before

    def keep(self, now: Mapping[str, Nearest]) -> None:
        """Keep what holds now, in the place of what was kept."""
        if now.keys() != self.before().keys():
            self._store.keep_results([(_KEPT, _KEPT, compact(now).encode())])
            self._before = now
