"""Shows what a source holds beside its text: page furniture and telling markup, verbatim."""

from __future__ import annotations

from builder.html.block_html import verbatim
from builder.html.rendering import html
from builder.model import Document

# Syntax that says more than how a thing looks; what it says is listed at the foot of the page.
TELLING_SYNTAX = ("tag with attributes", "unlinked target")


def left_out(document: Document) -> dict[str, object]:
    """Return what the template `left_out` lists of a document."""
    text = document.source.text
    return {
        "left_out": [
            (block, html(verbatim(text[block.span.start : block.span.end])))
            for block in document.furniture
        ],
        "attributes": [
            html(verbatim(text[item.span.start : item.span.end]))
            for item in document.syntax
            if item.what in TELLING_SYNTAX
        ],
    }
