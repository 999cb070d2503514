"""Tells how much of a ledger stands in a text: for a file that was renamed and edited at once.

Comparing each lost ledger with each new text would be quadratic. Only those are compared that share
the whole, the beginning or the end of a passage, and of these the few that share most.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import nsmallest

from builder.ledger_file import Ledger, one_line
from builder.model import Document

ENOUGH = 0.8  # of a ledger's passages: then the text is that document
_COMPARED = 3  # ledgers that are compared with a text: those that share most with it
_COMMON = 20  # what stands in more of the ledgers is a formula, and tells nothing
_WORDS = 6  # at the beginning or the end of a passage: more is rarely there by chance
_LEAST = 40  # characters of shared text: "Statement" alone makes no document

Aligns = Callable[[str, Document], float]
"""The share of a ledger's passages, by its slug, that the aligner finds in a document."""


@dataclass(frozen=True, slots=True)
class _Texts:
    """The texts of a ledger's passages, how often each stands there, and how many there are."""

    counts: Counter[str]
    total: int


def likeness(
    ledgers: Mapping[str, Ledger], documents: Mapping[str, Document], aligns: Aligns
) -> Iterator[tuple[str, str, float]]:
    """Yield (path of a source, slug of a ledger, how alike they are) for each that is enough.

    Alike, up to 2, is the share of the ledger's passages that is there, and once more the share
    that is there word for word: of texts made from one template each is most like itself.
    `ledgers` are given by slug, `documents` by the paths of their sources. Linear in both.
    """
    texts = {slug: _texts_of(ledger) for slug, ledger in ledgers.items()}
    index = _index(texts)
    for path, document in documents.items():
        passages = Counter(one_line(block.text) for block in document.passages)
        shared = Counter(slug for key in _keys(passages) for slug in index.get(key, ()))
        for slug in nsmallest(_COMPARED, shared, key=lambda slug: (-shared[slug], slug)):
            equal = _equal(texts[slug], passages)
            share = 1.0 if equal >= ENOUGH else aligns(slug, document)
            if share >= ENOUGH:
                yield path, slug, share + equal


def _texts_of(ledger: Ledger) -> _Texts:
    live = [record.text for record in ledger.records if record.get("gone") is None]
    return _Texts(Counter(live), len(live))


def _index(texts: Mapping[str, _Texts]) -> dict[str, list[str]]:
    index: dict[str, list[str]] = {}
    for slug, some in texts.items():
        for key in _keys(some.counts):
            index.setdefault(key, []).append(slug)
    return {key: slugs for key, slugs in index.items() if len(slugs) <= _COMMON}


def _keys(texts: Iterable[str]) -> set[str]:
    """Return what two texts share that are nearly the same: passages, beginnings, ends."""
    keys = set()
    for text in texts:
        words = text.split()
        keys.add(text)
        if len(words) > _WORDS:
            keys |= {_joined(words[:_WORDS], "…"), "…" + _joined(words[-_WORDS:], "")}
    return keys


def _joined(words: Sequence[str], end: str) -> str:
    return " ".join(words) + end


def _equal(ledger: _Texts, passages: Counter[str]) -> float:
    shared = ledger.counts & passages
    if sum(map(len, shared)) < _LEAST:
        return 0.0
    return sum(shared.values()) / max(1, ledger.total)
