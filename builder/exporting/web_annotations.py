"""Writes `annotations.json`: mentions and figures of a document as W3C Web Annotations.

Thousands of targets say the same of themselves, so what is the same stands once: the context gives
what the model calls `hasSource`, `hasSelector` and so on a letter, the name of a selector's class
is the key under which it stands, addresses are relative to the file. Any JSON-LD processor turns
that into the vocabulary of the model.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from builder.citing.reference import Reference
from builder.exporting.document_json_ld import FILE as LINKED_DATA
from builder.exporting.plain_text import FILE as TEXT
from builder.exporting.plain_text import PlainText, text_of
from builder.index import Who
from builder.model import Annotated, Mention
from builder.web_address import is_web_address

FILE = "annotations.json"
PAGE = "./"
"""The page of the document, as the file writes its address."""
WEB_ANNOTATION = "http://www.w3.org/ns/anno.jsonld"

LETTERS: Mapping[str, Any] = {
    "o": {"@id": "oa:hasSource", "@type": "@id"},
    "s": {"@id": "oa:hasSelector", "@container": "@type"},
    "F": "oa:FragmentSelector",
    "Q": "oa:TextQuoteSelector",
    "P": "oa:TextPositionSelector",
    "v": "rdf:value",
    "x": "oa:exact",
    "p": "oa:prefix",
    "a": "oa:start",
    "b": "oa:end",
}
"""What is short for what, in a context that follows the one of the Web Annotation model."""


def web_annotations(
    one: Annotated, reference: Reference, text: PlainText, addresses: Mapping[Who, str]
) -> dict[str, Any]:
    """Return the content of the file: one annotation for each entity and each figure.

    `addresses` are those of the pages of entities, from the site's root; what has none there is
    tagged with its name.
    """
    shown = [mention for mention in one.mentions if text.starts[mention.block] is not None]
    items = [*_entities(shown, one, text, addresses), *_figures(shown, one, text)]
    base = {"@base": reference.page + FILE} if is_web_address(reference.page) else {}
    return {
        "@context": [WEB_ANNOTATION, {**base, **LETTERS}],
        "id": FILE,
        "type": "AnnotationCollection",
        "label": f"Names and figures; positions (P) count characters of {TEXT}",
        "total": len(items),
        "first": {"id": "#1", "type": "AnnotationPage", "startIndex": 0, "items": items},
    }


def _entities(
    mentions: Iterable[Mention], one: Annotated, text: PlainText, addresses: Mapping[Who, str]
) -> Iterator[dict[str, Any]]:
    named: dict[Who, list[Mention]] = {}
    for mention in mentions:
        if mention.figure is None and mention.kind != "date":
            named.setdefault((mention.kind, mention.entity), []).append(mention)
    for who, of_it in named.items():
        address = addresses.get(who)
        name = text.of(of_it[0])
        yield {
            "id": f"#{who[0]}-{who[1]}",
            "type": "Annotation",
            "motivation": "identifying" if address else "tagging",
            "body": f"../../{address}" if address else {"type": "TextualBody", "value": name},
            "target": [_target(mention, one, text) for mention in of_it],
        }


def _figures(
    mentions: Iterable[Mention], one: Annotated, text: PlainText
) -> Iterator[dict[str, Any]]:
    for mention in mentions:
        if mention.figure is not None:
            yield {
                "id": f"#{mention.id}",
                "type": "Annotation",
                "motivation": "describing",
                "body": f"{LINKED_DATA}#{mention.id}",
                "target": _target(mention, one, text),
            }


def _target(mention: Mention, one: Annotated, text: PlainText) -> dict[str, Any]:
    span, block = text.span_of(mention), one.document.blocks[mention.block]
    quote = {"x": text.text[span.start : span.end]}
    before = _telling_prefix(text_of(block), mention)
    if before:
        quote["p"] = before
    return {
        "o": PAGE,
        "s": {
            "F": {"v": mention.id or block.anchor},
            "Q": quote,
            "P": {"a": span.start, "b": span.end},
        },
    }


def _telling_prefix(passage: str, mention: Mention) -> str:
    """Return as many words before a mention as tell it from others like it in its passage."""
    start, exact = mention.at.start, passage[mention.at.start : mention.at.end]
    if passage.count(exact) < 2:
        return ""
    at = start
    while at and passage.count(passage[at : mention.at.end]) > 1:
        at -= 1
    return passage[at:start]
