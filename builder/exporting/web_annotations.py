"""Writes `annotations.json`: mentions and figures of a document as W3C Web Annotations.

One collection states the context once; all addresses are relative to it, so that a target is short.
An entity has one annotation, whose targets are its mentions, a figure has one of its own. The keys
are the model's own, for readers that know no JSON-LD.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from builder.citing.reference import Reference
from builder.exporting.document_json_ld import FILE as LINKED_DATA
from builder.exporting.plain_text import FILE as TEXT
from builder.exporting.plain_text import PlainText, text_of
from builder.html.addresses import entity_folder
from builder.index import Who
from builder.model import Annotated, Mention
from builder.web_address import is_web_address

FILE = "annotations.json"
PAGE = "./"
"""The page of the document, as the file writes its address."""
WEB_ANNOTATION = "http://www.w3.org/ns/anno.jsonld"

# So far back we look for what tells one of several equal names in a passage from the others; past
# it, their positions do.
_FARTHEST = 24


def web_annotations(
    one: Annotated, reference: Reference, text: PlainText, paged: Mapping[Who, bool]
) -> dict[str, Any]:
    """Return the content of the file: one annotation for each entity and each figure.

    `paged` tells of the entities whether they have a page; what has none is tagged with its name.
    """
    shown = [mention for mention in one.mentions if text.starts[mention.block] is not None]
    items = [*_entities(shown, one, text, paged), *_figures(shown, one, text)]
    base = {"@base": reference.page + FILE} if is_web_address(reference.page) else {}
    return {
        "@context": [WEB_ANNOTATION, base] if base else WEB_ANNOTATION,
        "id": FILE,
        "type": "AnnotationCollection",
        "label": f"Names and figures; positions count the characters of {TEXT}",
        "total": len(items),
        "first": {"id": "#", "type": "AnnotationPage", "startIndex": 0, "items": items},
    }


def _entities(
    mentions: Iterable[Mention], one: Annotated, text: PlainText, paged: Mapping[Who, bool]
) -> Iterator[dict[str, Any]]:
    named: dict[Who, list[Mention]] = {}
    for mention in mentions:
        who = (mention.kind, mention.entity)
        if who in paged:
            named.setdefault(who, []).append(mention)
    taken: set[str] = set()
    for who, of_it in named.items():
        name = who[1] if who[1] not in taken else "-".join(who)
        taken.add(name)
        tag = {"type": "TextualBody", "value": text.of(of_it[0]), "purpose": "tagging"}
        yield {
            "id": f"#{name}",
            "type": "Annotation",
            "motivation": "identifying",
            "body": f"../../{entity_folder(who)}" if paged[who] else tag,
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
    quote = {"type": "TextQuoteSelector", "exact": text.text[span.start : span.end]}
    before = _telling_prefix(text_of(block), mention)
    if before:
        quote["prefix"] = before
    return {
        "source": PAGE,
        "selector": [
            {"type": "FragmentSelector", "value": mention.id or block.anchor},
            quote,
            {"type": "TextPositionSelector", "start": span.start, "end": span.end},
        ],
    }


def _telling_prefix(passage: str, mention: Mention) -> str:
    """Return what stands before a mention as far as it tells it from others in its passage."""
    start, end = mention.at.start, mention.at.end
    at = start
    while at and start - at < _FARTHEST and passage.count(passage[at:end]) > 1:
        at -= 1
    return passage[at:start]
