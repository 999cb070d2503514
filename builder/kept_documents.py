"""Loads what a store keeps of documents: whole ones, and texts alone for those who only quote."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from builder.model import Annotated
from builder.storing.codec import decode
from builder.storing.store import Store

TEXT = "text "  # what the names of the results begin with that are a document's texts
_TEXTS = 10_000_000  # bytes of texts that stay in memory, as they are kept
_DAMAGED = "what this run kept of the document is damaged; run it again"


class DamagedError(OSError):
    """What was kept of a document is not there any more, or not as it was; `filename` is its slug.

    Who writes to the store lets go of the document (`let_go`), and the next run makes it again.
    """

    def __init__(self, slug: str) -> None:
        super().__init__(0, _DAMAGED, slug)

    def __reduce__(self) -> tuple[Any, ...]:
        return DamagedError, (self.filename,)


@contextmanager
def let_go(store: Store) -> Iterator[None]:
    """Let a store forget the document of which something turns out to be damaged meanwhile."""
    try:
        yield
    except DamagedError as error:
        store.drop_documents([error.filename])
        raise


class Bodies:
    """Loads the documents that a store keeps, by slug; `keys` are the keys of their rows."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.keys: dict[str, str] = {}

    def __call__(self, slug: str) -> Annotated:
        """Return a document. Raises DamagedError where what was kept of it is not there."""
        body = self._store.body(slug, self.keys[slug])
        if body is None:
            raise DamagedError(slug)
        return decode(Annotated, body)


class KeptTexts:
    """Loads the texts of the documents that a store keeps, and keeps those that came last."""

    def __init__(self, store: Store, keys: Mapping[str, str]) -> None:
        self._store, self._keys = store, keys
        self._recent: dict[str, tuple[int, Sequence[tuple[str | None, str]]]] = {}
        self._weight = 0

    def __reduce__(self) -> tuple[object, ...]:
        return KeptTexts, (self._store, self._keys)

    def __call__(self, slug: str) -> Sequence[tuple[str | None, str]]:
        """Return address and text of each block. Raises DamagedError where they are damaged."""
        held = self._recent.pop(slug, None)
        if held is None:
            data = self._store.result(f"{TEXT}{slug}", self._keys[slug])
            if data is None:
                raise DamagedError(slug)
            held = len(data), json.loads(data)
            self._weight += len(data)
        self._recent[slug] = held
        while self._weight > _TEXTS and len(self._recent) > 1:
            self._weight -= self._recent.pop(next(iter(self._recent)))[0]
        return held[1]
