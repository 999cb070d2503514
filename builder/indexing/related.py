"""Finds, for each document, the documents that share most programs and figures with it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from itertools import chain
from math import log

from builder.claiming.same import statement_key
from builder.claims import Claim
from builder.compact_json import compact
from builder.indexing.kept_nearest import KeptNearest, Nearest
from builder.model import Annotated, Document

# What more documents than this share tells them apart no longer, and would cost a comparison of
# all with all.
COMMON = 60
SHOWN = 4


@dataclass(frozen=True, slots=True)
class Related:
    """A document, and how many programs and figures it shares."""

    document: Document
    programs: int
    figures: int


def shared_things(one: Annotated, claims: Iterable[Claim]) -> list[str]:
    """Return what a document may share with others: its programs, "p…", and its figures, "f…"."""
    programs = (f"p{one.entity}" for one in one.mentions if one.kind == "program")
    figures = (
        f"f{compact(statement_key(claim.figure))}"
        for claim in claims
        if claim.figure.value is not None and claim.figure.of
    )
    return list(dict.fromkeys((*programs, *figures)))


def find_related(
    contributed: Iterable[tuple[Document, Sequence[str]]], kept: KeptNearest | None = None
) -> Mapping[str, tuple[Related, ...]]:
    """Return for each slug up to four documents, the nearest first; what is rarer counts more.

    Each document comes with what it may share (`shared_things`). Those of which the last run has
    `kept` the nearest, and that share the same with the same documents now, are not compared again.
    """
    documents: dict[str, Document] = {}
    things: dict[str, Sequence[str]] = {}
    for document, shared in contributed:
        documents[document.slug], things[document.slug] = document, shared
    held = Counter(chain.from_iterable(things.values()))
    weights = {thing: 1 / log(n + 1) for thing, n in held.items() if 2 <= n <= COMMON}
    holders: dict[str, list[str]] = {thing: [] for thing in weights}
    telling = {slug: [*filter(weights.__contains__, some)] for slug, some in things.items()}
    for slug, some in telling.items():
        for thing in some:
            holders[thing].append(slug)
    digests = {thing: _digest_of(thing, slugs) for thing, slugs in holders.items()}
    before, now = kept.before() if kept else {}, dict[str, Nearest]()
    found: dict[str, tuple[Related, ...]] = {}
    for slug, some in telling.items():
        if some:
            name = f"{slug} {_digest(b''.join([digests[thing] for thing in some])).hex()}"
            nearest = now[name] = before.get(name) or _nearest(slug, some, holders, weights)
            found[slug] = tuple(Related(documents[other], *counts) for other, *counts in nearest)
    if kept:
        kept.keep(now)
    return found


def _digest_of(thing: str, slugs: Sequence[str]) -> bytes:
    """Return a digest of a thing and of the documents that hold it."""
    return _digest("\0".join((thing, *slugs)).encode("utf-8", "surrogatepass"))


def _digest(data: bytes) -> bytes:
    return blake2b(data, digest_size=16).digest()


def _nearest(
    slug: str,
    shared: Iterable[str],
    holders: Mapping[str, Sequence[str]],
    weights: Mapping[str, float],
) -> list[tuple[str, int, int]]:
    """Return the nearest others, each with the programs and the figures that it shares."""
    scores: dict[str, float] = {}
    counts: dict[str, list[int]] = {}
    for thing in shared:
        weight, is_figure = weights[thing], thing[0] == "f"
        for other in holders[thing]:
            scores[other] = scores.get(other, 0.0) + weight
            counts.setdefault(other, [0, 0])[is_figure] += 1
    scores.pop(slug, None)
    ranked = sorted(scores, key=lambda other: (-scores[other], other))[:SHOWN]
    return [(other, counts[other][0], counts[other][1]) for other in ranked]
