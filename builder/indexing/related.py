"""Finds, for each document, the documents that share most programs and figures with it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log

from builder.claiming.same import statement_key
from builder.claims import Claim
from builder.compact_json import compact
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
    contributed: Iterable[tuple[Document, Sequence[str]]],
) -> Mapping[str, tuple[Related, ...]]:
    """Return for each slug up to four documents, the nearest first; what is rarer counts more.

    Each document comes with what it may share (`shared_things`).
    """
    documents: dict[str, Document] = {}
    things: dict[str, Sequence[str]] = {}
    holders: defaultdict[str, list[str]] = defaultdict(list)
    for document, shared in contributed:
        documents[document.slug], things[document.slug] = document, shared
        for thing in shared:
            holders[thing].append(document.slug)
    weights = {
        thing: 1 / log(len(slugs) + 1)
        for thing, slugs in holders.items()
        if 2 <= len(slugs) <= COMMON
    }
    found: dict[str, tuple[Related, ...]] = {}
    for slug, shared in things.items():
        nearest = _nearest(slug, [one for one in shared if one in weights], holders, weights)
        if nearest:
            found[slug] = tuple(
                Related(documents[other], programs, figures) for other, programs, figures in nearest
            )
    return found


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
