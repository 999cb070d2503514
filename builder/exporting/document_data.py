"""Writes the files of data that lie beside a document's page."""

from __future__ import annotations

from collections.abc import Iterator

from builder.compact_json import compact, encoded
from builder.exporting import document_json, document_json_ld, plain_text, web_annotations
from builder.html.addresses import document_folder
from builder.html.shown import Shown
from builder.model import Annotated


def data_of_documents(site: Shown) -> Iterator[tuple[str, bytes]]:
    """Yield the files of all documents, by their path relative to `content/`."""
    for one in site.index.annotated:
        yield from data_of(one, site)


def data_of(one: Annotated, site: Shown) -> Iterator[tuple[str, bytes]]:
    """Yield the files of one document; they depend on no other document's text."""
    folder, reference = document_folder(one.document), site.references[one.document.slug]
    text = plain_text.plain_text(one.document)
    yield folder + plain_text.FILE, text.text.encode()
    paged = {
        who: entry.entity.reviewed
        for mention in one.mentions
        if (entry := site.index.by_who.get(who := (mention.kind, mention.entity)))
    }
    for name, content in (
        (document_json.FILE, document_json.document_json(one, reference, text)),
        (web_annotations.FILE, web_annotations.web_annotations(one, reference, text, paged)),
        (document_json_ld.FILE, document_json_ld.document_json_ld(one, site)),
    ):
        yield folder + name, encoded(compact(content))
