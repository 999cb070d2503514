"""Parts the passages that name an entity into pages that stay light, however long they are."""

from __future__ import annotations

from collections.abc import Sequence

from builder.html.addresses import entity_folder
from builder.html.rendering import Pager, paged
from builder.index import Entry, Passage
from builder.model import Document

Rows = Sequence[tuple[Document, Passage]]

# What a page of passages may weigh, in characters of HTML; head, figures and company come on top.
_HEAVY = 215_000
# What the line over the passages of a document weighs beside its title and address, with what
# programs read there, and the most that signs of the title take, which are escaped twice.
_DOCUMENT = 620
_SIGN = 3
# What a row weighs beside its text, and at most around each of its mentions.
_ROW = 320
_AROUND = 380


def listed(entry: Entry) -> Sequence[tuple[Pager, Rows]]:
    """Return the passages of each page of an entity: 250 at most, fewer where they are long."""
    rows = [(group.document, passage) for group in entry.groups for passage in group.passages]
    first = {id(group.passages[0]) for group in entry.groups}

    def weight(row: tuple[Document, Passage]) -> int:
        document, passage = row
        own = _ROW + min(len(passage.block.text), _AROUND * len(passage.mentions))
        return own + (_weight_of(document) if id(passage) in first else 0)

    return list(paged(rows, entity_folder(entry.who), weigh=weight, heavy=_HEAVY))


def _weight_of(document: Document) -> int:
    metadata = document.metadata
    told = sum(len(known.value or "") for known in (metadata.title, metadata.issuer, metadata.url))
    return _DOCUMENT + _SIGN * told
