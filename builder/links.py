"""What a collection links on the web: in its documents' texts, for its documents, for its facts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from builder.catalogue import Catalogue
from builder.model import Block, Document, Span
from builder.web_address import is_web_address


@dataclass(frozen=True, slots=True)
class TextLink:
    """A link in a document's text; `at` counts in the block's text."""

    block: Block
    at: Span
    address: str


def links_of(document: Document) -> Iterator[TextLink]:
    """Yield the links of a document's passages that lead to an address on the web, in order."""
    for block in document.passages:
        marked = (mark for mark in block.marks if mark.tag == "link" and len(mark.span))
        for at, address in dict.fromkeys((mark.span, mark.href) for mark in marked):
            if address and is_web_address(address):
                yield TextLink(block, at, address)


def linked_addresses(documents: Iterable[Document], catalogue: Catalogue) -> Iterator[str]:
    """Yield every address to which a document or the catalogue leads, as it is written there."""
    for document in documents:
        if document.metadata.url.value:
            yield document.metadata.url.value
        yield from (link.address for link in links_of(document))
    for entries in catalogue.entries.values():
        for entry in entries:
            yield from (fact.source for fact in entry.entity.facts if is_web_address(fact.source))
            yield from (link for _, link in entry.entity.links if is_web_address(link))
