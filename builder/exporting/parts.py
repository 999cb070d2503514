"""Parts the tables of a large collection by year and day: a change writes one small part anew."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from builder.claims import Claim
from builder.exporting.rows import Part
from builder.html.data_links import in_parts
from builder.html.shown import Shown
from builder.html.table_parts import by_year
from builder.index import Index
from builder.indexing.contribution import Counts
from builder.indexing.measures import Gathered
from builder.remembering import remembered

DOCUMENTS = 250
"""How many documents a part holds at most."""
BYTES = 12_000_000
"""How many bytes their files have at most, about."""
# What a passage, a mention and a figure take in all tables as CSV and as JSON, about.
_PASSAGE, _MENTION, _FIGURE = 1100, 800, 2600


def parts_of(site: Shown) -> Sequence[Part]:
    """Return the documents of each part, newest first, undated last; one part where few are there.

    Every part stands in every table, be it without rows.
    """
    return _parts(site.index)


@remembered
def _parts(index: Index) -> Sequence[Part]:
    return tuple(_parted(index))


def _parted(index: Index) -> Iterator[Part]:
    measured = [(gathered, claim) for gathered in index.measures for claim in gathered.claims]
    if not in_parts(index):
        yield Part("", index.annotated, measured)
        return
    cut = by_year(
        index.annotated,
        lambda one: one.document,
        DOCUMENTS,
        BYTES,
        lambda one: _weight(index.indexed[one.document.slug].added.counts),
    )
    documents = {name: some for name, _, some in cut}
    parts = {one.document.slug: name for name, some in documents.items() for one in some}
    claims: defaultdict[str, list[tuple[Gathered, Claim]]] = defaultdict(list)
    for gathered, claim in measured:
        claims[parts[claim.document.slug]].append((gathered, claim))
    for name, some in documents.items():
        yield Part(name, some, claims[name])


def _weight(counts: Counts) -> int:
    return _PASSAGE * counts.passages + _MENTION * counts.mentions + _FIGURE * counts.figures
