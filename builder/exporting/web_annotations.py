"""Writes `annotations.json`: mentions and figures of a document as W3C Web Annotations.

One collection states the context once; all addresses are relative to it, so that a target is short.
An entity has one annotation, whose targets are its mentions, a figure has one of its own. The keys
are the model's own, for readers that know no JSON-LD.

A target is told by passage, quotation and position. In the brief form only a figure is, and an
entity where the document first names it; a further mention is told by its position alone, as an
address in the plain text (RFC 5147): "text.txt#char=120,126".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from builder.citing.reference import Reference
from builder.exporting.plain_text import PlainText
from builder.html.addresses import entity_folder
from builder.index import Who
from builder.model import Annotated, Mention, Span
from builder.site_files import ANNOTATIONS, LINKED_DATA, TEXT
from builder.web_address import is_web_address

PAGE = "./"
"""The page of the document, as the file writes its address."""
WEB_ANNOTATION = "http://www.w3.org/ns/anno.jsonld"

# So far back we look for what tells one of several equal names in a passage from the others; past
# it, their positions do.
_FARTHEST = 24


@dataclass(frozen=True, slots=True)
class _Targets:
    """Writes where a document's mentions stand."""

    one: Annotated
    text: PlainText

    def selected(self, mention: Mention) -> dict[str, Any]:
        """Return a target with its selectors: the passage, the words, their place in the text."""
        span, block = self.text.span_of(mention), self.one.document.blocks[mention.block]
        quote = {"type": "TextQuoteSelector", "exact": self.text.text[span.start : span.end]}
        before = self._telling_prefix(span, span.start - mention.at.start, len(block.text))
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

    def _telling_prefix(self, span: Span, first: int, length: int) -> str:
        """Return what stands before a mention as far as it tells it from others in its passage."""
        text, at = self.text.text, span.start
        farthest = max(first, at - _FARTHEST)
        while at > farthest and _is_repeated(text[at : span.end], text, first, first + length):
            at -= 1
        return text[at : span.start]

    def address(self, mention: Mention) -> str:
        """Return a target that is an address in the plain text."""
        span = self.text.span_of(mention)
        return f"{TEXT}#char={span.start},{span.end}"


def _is_repeated(words: str, text: str, start: int, end: int) -> bool:
    found = text.find(words, start, end)
    return text.find(words, found + 1, end) >= 0


def web_annotations(
    one: Annotated, reference: Reference, text: PlainText, paged: Mapping[Who, bool], *, brief: bool
) -> dict[str, Any]:
    """Return the content of the file: one annotation for each entity and each figure.

    `paged` tells of the entities whether they have a page; what has none is tagged with its name.
    `brief` asks for the form in which further mentions are addresses.
    """
    shown = [mention for mention in one.mentions if text.starts[mention.block] is not None]
    targets = _Targets(one, text)
    items = [*_entities(shown, targets, paged, brief), *_figures(shown, targets)]
    base = {"@base": reference.page + ANNOTATIONS} if is_web_address(reference.page) else {}
    return {
        "@context": [WEB_ANNOTATION, base] if base else WEB_ANNOTATION,
        "id": ANNOTATIONS,
        "type": "AnnotationCollection",
        "label": f"Names and figures; positions count the characters of {TEXT}",
        "total": len(items),
        "first": {"id": "#page", "type": "AnnotationPage", "startIndex": 0, "items": items},
    }


def _entities(
    mentions: Iterable[Mention], targets: _Targets, paged: Mapping[Who, bool], brief: bool
) -> Iterator[dict[str, Any]]:
    named: dict[Who, list[Mention]] = {}
    for mention in mentions:
        who = (mention.kind, mention.entity)
        if who in paged:
            named.setdefault(who, []).append(mention)
    taken = {"page"}
    for who, of_it in named.items():
        name = who[1] if who[1] not in taken else "-".join(who)
        taken.add(name)
        words = targets.text.of(of_it[0])
        tag = {"type": "TextualBody", "value": words, "purpose": "tagging"}
        yield {
            "id": f"#{name}",
            "type": "Annotation",
            "motivation": "identifying" if paged[who] else "tagging",
            "body": f"../../{entity_folder(who)}" if paged[who] else tag,
            "target": [
                targets.address(mention) if brief and number else targets.selected(mention)
                for number, mention in enumerate(of_it)
            ],
        }


def _figures(mentions: Iterable[Mention], targets: _Targets) -> Iterator[dict[str, Any]]:
    for mention in mentions:
        if mention.figure is not None:
            yield {
                "id": f"#{mention.id}",
                "type": "Annotation",
                "motivation": "describing",
                "body": f"{LINKED_DATA}#{mention.id}",
                "target": targets.selected(mention),
            }
