"""What `builder annotate` prints: one JSON object a file, a contract with tools outside."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from builder.figure_fields import figure_fields
from builder.model import Annotated, Block, Figure, Known, Mention, Metadata

_METADATA = ("title", "issuer", "date", "type", "url", "language")


def annotation_line(annotated: Annotated, source: str) -> str:
    """Return the JSON line of one file; `source` is its path as it was given."""
    return json.dumps(annotation(annotated, source), ensure_ascii=False)


def explained_line(annotated: Annotated, source: str, passed_over: Iterable[Mention]) -> str:
    """Return the JSON line of one file with the rules behind each mention.

    Each mention and figure gets `rules`, a list of names (see `rules`); the list `passed_over`
    holds what was looked at and left out, with the rules that say why.
    """
    anchors = [block.anchor for block in annotated.document.blocks]
    told = annotation(annotated, source)
    for listed, figures in (("mentions", False), ("figures", True)):
        mentions = (one for one in annotated.mentions if (one.figure is not None) is figures)
        for row, mention in zip(told[listed], mentions, strict=True):
            row["rules"] = list(mention.rules)
    told["passed_over"] = [
        {**_mention(mention, anchors[mention.block]), "rules": list(mention.rules)}
        for mention in passed_over
    ]
    return json.dumps(told, ensure_ascii=False)


def annotation(annotated: Annotated, source: str) -> dict[str, Any]:
    """Return what is known of one file.

    Every start and end counts in the file's bytes decoded as UTF-8 with nothing translated.
    """
    document = annotated.document
    anchors = [block.anchor for block in document.blocks]
    return {
        "source": source,
        "sha256": document.source.sha256,
        "document": document.slug,
        "metadata": _metadata(document.metadata),
        "blocks": [_block(block) for block in document.blocks],
        "mentions": [
            _mention(mention, anchors[mention.block])
            for mention in annotated.mentions
            if mention.figure is None
        ],
        "figures": [
            _figure(mention, mention.figure, anchors[mention.block])
            for mention in annotated.mentions
            if mention.figure is not None
        ],
    }


def _metadata(metadata: Metadata) -> dict[str, Any]:
    known: dict[str, Known] = {name: getattr(metadata, name) for name in _METADATA}
    return {
        **{name: value.value for name, value in known.items()},
        "provenance": {name: value.provenance for name, value in known.items()},
    }


def _block(block: Block) -> dict[str, Any]:
    furniture = block.kind == "furniture"
    return {
        "anchor": None if furniture else block.anchor,
        "kind": block.kind,
        "level": block.level,
        "start": block.span.start,
        "end": block.span.end,
        "text": block.text,
    }


def _mention(mention: Mention, anchor: str | None) -> dict[str, Any]:
    return {
        "kind": mention.kind,
        "entity": mention.entity,
        "start": mention.span.start,
        "end": mention.span.end,
        "surface": mention.surface,
        "anchor": anchor,
    }


def _figure(mention: Mention, figure: Figure, anchor: str | None) -> dict[str, Any]:
    return {
        "start": mention.span.start,
        "end": mention.span.end,
        "surface": mention.surface,
        **figure_fields(figure),
        "anchor": anchor,
        "id": mention.id,
    }
