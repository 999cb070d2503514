"""Writes the files of data that lie beside a document's page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from builder import site_files
from builder.compact_json import compact, encoded
from builder.exporting import document_json, document_json_ld, plain_text, web_annotations
from builder.exporting.citation_files import files_on
from builder.exporting.named_entities import entities_in
from builder.exporting.plain_text import PlainText
from builder.html.addresses import document_folder
from builder.html.shown import Shown
from builder.model import Annotated

# What is written anew of a document is lighter than so many times its source.
_WEIGHT = 8


def data_of(one: Annotated, site: Shown) -> Iterator[tuple[str, bytes]]:
    """Yield the files of one document.

    Of other documents they depend only in this: whether any of them gives the issuer a page.
    """
    folder, reference = document_folder(one.document), site.references[one.document.slug]
    text = plain_text.plain_text(one.document)
    files = {
        site_files.TEXT: text.text.encode(),
        site_files.JSON: _as_json(document_json.document_json(one, reference, text)),
        **{site_files.citation(ending): content for ending, content in files_on([reference])},
    }
    room = _WEIGHT * len(one.document.source.text.encode()) - sum(map(len, files.values()))
    files[site_files.ANNOTATIONS] = _annotations(one, site, text, room)
    files[site_files.LINKED_DATA] = _as_json(document_json_ld.document_json_ld(one, site))
    for name, content in files.items():
        yield folder + name, content


def _annotations(one: Annotated, site: Shown, text: PlainText, room: int) -> bytes:
    """Return the annotations, every target at length where that takes no more than `room` bytes."""
    reference = site.references[one.document.slug]
    paged = {who: entity.reviewed for who, entity in entities_in(one, site).items()}
    found = (
        _as_json(web_annotations.web_annotations(one, reference, text, paged, brief=brief))
        for brief in (False, True)
    )
    at_length = next(found)
    return at_length if len(at_length) < room else next(found)


def _as_json(content: Any) -> bytes:
    return encoded(compact(content))
