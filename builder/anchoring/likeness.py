"""Tells how much of a ledger stands in a text: for a file that was renamed and edited at once.

The measure is the share of the ledger's text that stands there word for word. Texts made from one
template align as well with each other as with themselves, so that what the aligner finds only says
whether a text may be the document at all.

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

ENOUGH = 0.8  # of a ledger's passages: then the text may be that document
SURE = 0.5  # of a ledger's text, word for word: less than this is for a person to say
WHOLE = 0.98  # of both: a document that was removed returns with hardly a word changed
_COMPARED = 3  # ledgers that are compared with a text: those that share most with it
_COMMON = 20  # what stands in more of the ledgers is a formula, and tells nothing
_WORDS = 6  # at the beginning or the end of a passage: more is rarely there by chance
_LEAST = 40  # characters of shared text: "Statement" alone makes no document

Aligns = Callable[[str, Document], float]
"""The share of a ledger's passages, by its slug, that the aligner finds in a document."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A source's path, a ledger's slug, and the share of the ledger that is in the source.

    `share` is that of its text, word for word. Unless it `fits`, the source is not that document,
    and the pair says only how near it comes.
    """

    path: str
    slug: str
    share: float = 1.0
    fits: bool = True


@dataclass(frozen=True, slots=True)
class _Texts:
    """The texts of a ledger's passages, how often each stands there, and how long all are."""

    counts: Counter[str]
    total: int


def likeness(
    ledgers: Mapping[str, Ledger], documents: Mapping[str, Document], aligns: Aligns
) -> Iterator[Pair]:
    """Yield the pairs of a source and a ledger that share most.

    `ledgers` are given by slug, `documents` by the paths of their sources. Linear in both.
    """
    texts = {slug: _texts_of(ledger) for slug, ledger in ledgers.items()}
    removed = {slug for slug, ledger in ledgers.items() if ledger.get("gone") is not None}
    index = _index(texts)
    for path, document in documents.items():
        passages = _counted(one_line(block.text) for block in document.passages)
        shared = Counter(slug for key in _keys(passages.counts) for slug in index.get(key, ()))
        for slug in nsmallest(_COMPARED, shared, key=lambda slug: (-shared[slug], slug)):
            share = _share(texts[slug], passages)
            if slug in removed:
                if min(share, _share(passages, texts[slug])) >= WHOLE:
                    yield Pair(path, slug, share)
                continue
            fits = share >= ENOUGH or aligns(slug, document) >= ENOUGH
            yield Pair(path, slug, share, fits)


def _texts_of(ledger: Ledger) -> _Texts:
    return _counted(record.text for record in ledger.records if record.get("gone") is None)


def _counted(texts: Iterable[str]) -> _Texts:
    counts = Counter(texts)
    return _Texts(counts, _length(counts))


def _length(counts: Counter[str]) -> int:
    return sum(len(text) * times for text, times in counts.items())


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


def _share(one: _Texts, other: _Texts) -> float:
    """Return how much of the first is in the other; headings that all have count little so."""
    shared = _length(one.counts & other.counts)
    return shared / one.total if shared >= _LEAST else 0.0
