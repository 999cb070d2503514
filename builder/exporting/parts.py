"""Parts the tables of a large collection by year, so that a change writes one part anew."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from builder.claims import Claim
from builder.exporting.rows import Part
from builder.html.data_links import in_parts
from builder.html.shown import Shown
from builder.html.table_parts import year_of
from builder.indexing.measures import Gathered
from builder.model import Annotated

DOCUMENTS = 1000
"""How many documents a part holds at most; a year that has more has several: "2020", "2020-2"."""


def parts_of(site: Shown) -> Iterator[Part]:
    """Yield the documents of each part, newest first, undated last; one part where few are there.

    Every part stands in every table, be it without rows.
    """
    measured = [(gathered, claim) for gathered in site.index.measures for claim in gathered.claims]
    if not in_parts(site.index):
        yield Part("", site.index.annotated, measured)
        return
    documents = _by_part(site)
    parts = {one.document.slug: name for name, some in documents.items() for one in some}
    claims: defaultdict[str, list[tuple[Gathered, Claim]]] = defaultdict(list)
    for gathered, claim in measured:
        claims[parts[claim.document.slug]].append((gathered, claim))
    for name, some in documents.items():
        yield Part(name, some, claims[name])


def _by_part(site: Shown) -> dict[str, list[Annotated]]:
    years: defaultdict[str, list[Annotated]] = defaultdict(list)
    for one in site.index.annotated:
        years[year_of(one.document)].append(one)
    return {
        year if start == 0 else f"{year}-{start // DOCUMENTS + 1}": some[start : start + DOCUMENTS]
        for year, some in years.items()
        for start in range(0, len(some), DOCUMENTS)
    }
