"""Makes annotated documents for tests, from a text and the words that are mentions in it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from builder.ledger import anchor
from builder.model import Annotated, Entity, Figure, Known, Mention, Span
from builder.read import source_from_bytes
from builder.structure import SPLITTER, structure

TODAY = date(2026, 12, 2)

Named = tuple[str, str, str] | tuple[str, str, str, Figure]


def made(
    slug: str,
    text: str,
    *named: Named,
    candidates: tuple[Entity, ...] = (),
    **metadata: Known,
) -> Annotated:
    """Return a document with its addresses.

    Each of `named` is (kind, entity, words) or (kind, entity, words, figure); every place where the
    words stand becomes a mention.
    """
    source = replace(source_from_bytes(text.encode(), f"seeds/{slug}.txt"), slug=slug)
    source = replace(source, metadata=replace(source.metadata, **metadata))
    document = structure(source)
    mentions = []
    for number, block in enumerate(document.blocks):
        if block.kind == "furniture":
            continue
        for kind, entity, words, *figure in named:
            start = block.text.find(words)
            while start >= 0:
                at = Span(start, start + len(words))
                span = block.source_span(at, source.text)
                surface = source.text[span.start : span.end]
                mentions.append(
                    Mention(kind, entity, at, span, surface, number, figure[0] if figure else None)
                )
                start = block.text.find(words, at.end)
    mentions.sort(key=lambda mention: (mention.span.start, -mention.span.end))
    one = Annotated(document, tuple(mentions), candidates)
    path = f"seeds/anchors/{slug}.txt"
    return anchor(one, None, path=path, today=TODAY, splitter=SPLITTER).annotated


def stated(value: str) -> Known:
    """Return a value that the document states."""
    return Known(value, "stated")
