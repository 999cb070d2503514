"""Loads what a store keeps of documents: whole ones, and texts alone for those who only quote."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from builder.model import Annotated
from builder.storing.codec import decode
from builder.storing.store import Store

TEXT = "text "  # what the names of the results begin with that are a document's texts
_TEXTS = 2000  # documents whose texts stay in memory
_DAMAGED = "what this run kept of the document is damaged; run it again"


class Bodies:
    """Loads the documents that a store keeps, by slug; `keys` are the keys of their rows."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.keys: dict[str, str] = {}

    def __call__(self, slug: str) -> Annotated:
        """Return a document. Raises OSError where what was kept of it is not there any more."""
        body = self._store.body(slug, self.keys[slug])
        if body is None:
            raise OSError(0, _DAMAGED, slug)
        return decode(Annotated, body)


class KeptTexts:
    """Loads the texts of the documents that a store keeps, and keeps those that came last."""

    def __init__(self, store: Store, keys: Mapping[str, str]) -> None:
        self._store, self._keys = store, keys
        self._recent: dict[str, Sequence[tuple[str | None, str]]] = {}

    def __reduce__(self) -> tuple[object, ...]:
        return KeptTexts, (self._store, self._keys)

    def __call__(self, slug: str) -> Sequence[tuple[str | None, str]]:
        """Return address and text of each block. Raises OSError where they are damaged."""
        found = self._recent.pop(slug, None)
        if found is None:
            data = self._store.result(f"{TEXT}{slug}", self._keys[slug])
            if data is None:
                raise OSError(0, _DAMAGED, slug)
            found = json.loads(data)
        self._recent[slug] = found
        if len(self._recent) > _TEXTS:
            del self._recent[next(iter(self._recent))]
        return found
