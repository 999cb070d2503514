"""Parts the passages that name an entity into pages that stay light, however long they are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from builder.compact_json import compact, encoded
from builder.cuts import Cutting
from builder.html.addresses import entity_folder
from builder.html.paging import ROWS, Name, Pager, by_date, paged
from builder.index import Entry, Group
from builder.indexing.quoted import Passage
from builder.model import Document

Row = tuple[Group, int]
"""A passage that names an entity: the group of its document, and its place there."""
Rows = Sequence[Row]

PARTS = "mentions-parts.json"
"""Beside the first of several pages: how many mentions there are, and the folders of their files.

No page but the first says either, so that it stays as it is when another has a mention more.
"""

# What a page of passages may weigh, in characters of HTML; head, figures and company come on top.
_HEAVY = 215_000
# What the line over the passages of a document weighs beside its title and address, with what
# programs read there, and the most that signs of the title take, which are escaped twice.
_DOCUMENT = 620
_SIGN = 3


def listed(entry: Entry, weights: Mapping[str, Sequence[int]]) -> Sequence[tuple[Pager, Rows]]:
    """Return the passages of each page of an entity: 250 at most, fewer where they are long.

    `weights` are those of the passages of each document, by its slug.
    """
    rows, weighed = list[Row](), list[int]()
    for group in entry.groups:
        own = weights[group.document.slug]
        rows += ((group, place) for place in range(len(own)))
        weighed += own
    cutting = Cutting(_slug, ROWS, _HEAVY)
    return list(paged(rows, entity_folder(entry.who), cutting, _name, weighed))


def passages_of(rows: Rows) -> Sequence[tuple[Document, Passage]]:
    """Return the passages themselves, each with its document."""
    return [(group.document, group.passage(place)) for group, place in rows]


def parts_file(entry: Entry, pages: Sequence[tuple[Pager, Rows]]) -> tuple[str, bytes]:
    """Return the path and the bytes of what the concordance asks for first."""
    parts = [pager.part(pager.number) for pager, _ in pages]
    told = {"mentions": entry.mentions, "parts": parts}
    return f"{entity_folder(entry.who)}{PARTS}", encoded(compact(told) + "\n")


def _slug(row: Row) -> str:
    return row[0].document.slug


def _name(row: Row) -> Name:
    return by_date(row[0].document.metadata.date.value)
