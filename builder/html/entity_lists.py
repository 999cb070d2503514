"""Parts the passages that name an entity into pages that stay light, however long they are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from builder.html.addresses import entity_folder
from builder.html.rendering import ROWS, Pager
from builder.index import Entry, Passage
from builder.model import Document

Rows = Sequence[tuple[Document, Passage]]

# What a page of passages may weigh, in characters of HTML; head, figures and company come on top.
_HEAVY = 190_000
# What a row weighs beside its text, and at most around each of its mentions.
_ROW = 320
_AROUND = 380


def listed(entry: Entry) -> Sequence[tuple[Pager, Rows]]:
    """Return the passages of each page of an entity: 250 at most, fewer where they are long."""
    pages = list(_parted(entry))
    folder, count = entity_folder(entry.who), len(pages)
    return [(Pager(folder, number, count), rows) for number, rows in enumerate(pages, start=1)]


def _parted(entry: Entry) -> Iterator[Rows]:
    page: list[tuple[Document, Passage]] = []
    weight = 0
    for group in entry.groups:
        for passage in group.passages:
            own = _weight(passage)
            if page and (len(page) == ROWS or weight + own > _HEAVY):
                yield page
                page, weight = [], 0
            page.append((group.document, passage))
            weight += own
    yield page


def _weight(passage: Passage) -> int:
    return _ROW + min(len(passage.block.text), _AROUND * len(passage.mentions))
