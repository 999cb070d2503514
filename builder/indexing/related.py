"""Finds, for each document, the documents that share most programs and figures with it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import log

from builder.claiming.same import statement_key
from builder.claims import Claim
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


def find_related(
    annotated: Iterable[Annotated], claims: Iterable[Claim]
) -> Mapping[str, tuple[Related, ...]]:
    """Return for each slug up to four documents, the nearest first; what is rarer counts more."""
    shared: dict[tuple[object, ...], dict[str, None]] = defaultdict(dict)
    documents: dict[str, Document] = {}
    for one in annotated:
        documents[one.document.slug] = one.document
        for mention in one.mentions:
            if mention.kind == "program":
                shared["program", mention.entity][one.document.slug] = None
    for claim in claims:
        if claim.figure.value is not None and claim.figure.of:
            shared["figure", *statement_key(claim.figure)][claim.document.slug] = None
    return _nearest(shared, documents)


def _nearest(
    shared: Mapping[tuple[object, ...], Mapping[str, None]], documents: Mapping[str, Document]
) -> Mapping[str, tuple[Related, ...]]:
    weights: dict[str, dict[str, tuple[float, int, int]]] = defaultdict(dict)
    for what, slugs in shared.items():
        if not 2 <= len(slugs) <= COMMON:
            continue
        weight = 1 / log(len(slugs) + 1)
        is_program = what[0] == "program"
        for slug in slugs:
            for other in slugs:
                if other != slug:
                    score, programs, figures = weights[slug].get(other, (0.0, 0, 0))
                    weights[slug][other] = (
                        score + weight,
                        programs + is_program,
                        figures + (not is_program),
                    )
    return {slug: _best(others, documents) for slug, others in weights.items()}


def _best(
    others: Mapping[str, tuple[float, int, int]], documents: Mapping[str, Document]
) -> tuple[Related, ...]:
    ranked = sorted(others.items(), key=lambda other: (-other[1][0], other[0]))[:SHOWN]
    return tuple(
        Related(documents[slug], programs, figures) for slug, (_, programs, figures) in ranked
    )
