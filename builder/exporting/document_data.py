"""Writes the files of data that lie beside a document's page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from builder.compact_json import compact, encoded
from builder.exporting import document_json, document_json_ld, plain_text, web_annotations
from builder.html.addresses import document_folder
from builder.html.shown import Shown
from builder.model import Annotated

# The files of a document together should be lighter than so many times its source.
_WEIGHT = 8
# About as many bytes take what is not made here: its references, and the head of its twin.
_REFERENCES, _TWIN = 1800, 400


def data_of_documents(site: Shown) -> Iterator[tuple[str, bytes]]:
    """Yield the files of all documents, by their path relative to `content/`."""
    for one in site.index.annotated:
        yield from data_of(one, site)


def data_of(one: Annotated, site: Shown) -> Iterator[tuple[str, bytes]]:
    """Yield the files of one document.

    Of other documents they depend only in this: whether any of them gives the issuer a page.
    """
    folder, reference = document_folder(one.document), site.references[one.document.slug]
    text = plain_text.plain_text(one.document)
    files = {
        plain_text.FILE: text.text.encode(),
        document_json.FILE: _as_json(document_json.document_json(one, reference, text)),
        document_json_ld.FILE: _as_json(document_json_ld.document_json_ld(one, site)),
    }
    paged = {
        who: entry.entity.reviewed
        for mention in one.mentions
        if (entry := site.index.by_who.get(who := (mention.kind, mention.entity)))
    }
    room = _room(len(one.document.source.text.encode()), list(files.values()))
    found = web_annotations.web_annotations(one, reference, text, paged, room)
    files[web_annotations.FILE] = _as_json(found)
    for name, content in files.items():
        yield folder + name, content


def _room(source: int, others: Sequence[bytes]) -> int:
    """Return how many bytes are left of what the files of a document should take together."""
    plain, *rest = map(len, others)
    twin = plain + plain // 10 + _TWIN
    return _WEIGHT * source - source - plain - twin - sum(rest) - _REFERENCES


def _as_json(content: Any) -> bytes:
    return encoded(compact(content))
