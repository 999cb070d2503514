"""Loads what a store keeps of documents: whole ones, and texts alone for those who only quote.

Whoever quotes wants one text of a document's forty: as they are kept they lie one after the other
behind a line that tells where each ends, and only what is asked for becomes a text again.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import accumulate
from typing import Any, overload

from builder.compact_json import compact
from builder.model import Annotated, Block
from builder.storing.codec import decode
from builder.storing.store import Store

TEXT = "text "  # what the names of the results begin with that are a document's texts
_TEXTS = 20_000_000  # bytes of texts that stay in memory, as they are kept
# Half a pair of surrogates is no UTF-8, yet a source may name one.
_UTF8 = ("utf-8", "surrogatepass")
_DAMAGED = "what this run kept of the document is damaged; run it again"


class DamagedError(OSError):
    """What was kept of a document is not there any more, or not as it was; `filename` is its slug.

    Who writes to the store forgets the document (`forget_damaged`); the next run makes it again.
    """

    def __init__(self, slug: str) -> None:
        super().__init__(0, _DAMAGED, slug)

    def __reduce__(self) -> tuple[Any, ...]:
        return DamagedError, (self.filename,)


@contextmanager
def forget_damaged(store: Store) -> Iterator[None]:
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


def texts_of(blocks: Iterable[Block]) -> bytes:
    """Return address and text of each block, to be kept.

    Nobody quotes what is no passage, so its text is left out.
    """
    anchors, texts = list[str | None](), list[bytes]()
    for block in blocks:
        anchors.append(block.anchor)
        texts.append(b"" if block.kind == "furniture" else block.text.encode(*_UTF8))
    head = compact([anchors, list(accumulate(len(text) + 1 for text in texts))])
    return b"\n".join([head.encode(*_UTF8), *texts, b""])


class _Texts(Sequence[tuple[str | None, str]]):
    """Address and text of each block of a document, as `texts_of` has laid them down."""

    __slots__ = ("_anchors", "_ends", "_first", "_held")

    def __init__(self, held: bytes) -> None:
        self._held, self._first = held, held.index(b"\n") + 1
        self._anchors, self._ends = json.loads(held[: self._first])

    def __len__(self) -> int:
        return len(self._ends)

    @overload
    def __getitem__(self, number: int) -> tuple[str | None, str]: ...
    @overload
    def __getitem__(self, number: slice) -> list[tuple[str | None, str]]: ...
    def __getitem__(self, number: int | slice) -> Any:
        if isinstance(number, slice):
            return [self[one] for one in range(*number.indices(len(self)))]
        start = self._first + (self._ends[number - 1] if number else 0)
        text = self._held[start : self._first + self._ends[number] - 1]
        return self._anchors[number], text.decode(*_UTF8)


class KeptTexts:
    """Loads the texts of the documents that a store keeps, and keeps those that came last."""

    def __init__(self, store: Store, keys: Mapping[str, str]) -> None:
        self._store, self._keys = store, keys
        self._recent: dict[str, tuple[int, _Texts]] = {}
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
            held = len(data), _Texts(data)
            self._weight += len(data)
        self._recent[slug] = held
        while self._weight > _TEXTS and len(self._recent) > 1:
            self._weight -= self._recent.pop(next(iter(self._recent)))[0]
        return held[1]
