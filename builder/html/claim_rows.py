"""Lists the claims of all documents without making them up: which document, which of its claims."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from builder.claims import Claim
from builder.index import Index, Indexed

ClaimRow = tuple[Indexed, int]
"""A claim: the document that makes it, and its place among the document's claims."""


def claiming(index: Index) -> Iterator[Indexed]:
    """Yield the documents that make a claim, with what they add."""
    return (one for one in index.indexed.values() if one.added.counts.claims)


def claim_rows(index: Index) -> Sequence[ClaimRow]:
    """Return all claims, document by document, in text order."""
    return [(one, place) for one in claiming(index) for place in range(one.added.counts.claims)]


def claims_at(rows: Iterable[ClaimRow]) -> Sequence[Claim]:
    """Return the claims of some rows."""
    found = list[Claim]()
    for _, grouped in groupby(rows, lambda row: row[0].one.document.slug):
        places = list(grouped)
        claims = places[0][0].claims
        found += [claims[place] for _, place in places]
    return found
