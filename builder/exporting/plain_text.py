"""Writes a document as plain text: what a reader sees of every passage, without any markup.

One passage is one paragraph, a blank line stands between two of them, and nothing stands before the
first: so an offset in the file counts what a reader would count.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from builder.model import Block, Document, Mention, Span

_BETWEEN = "\n\n"

# What UTF-8 cannot carry, and what would end a line.
_UNFIT = re.compile(r"[\ud800-\udfff\r\n]")


@dataclass(frozen=True, slots=True)
class PlainText:
    """A document's plain text, and where each of its blocks begins there, None for furniture.

    `starts` runs parallel to `Document.blocks` and counts code points.
    """

    text: str
    starts: tuple[int | None, ...]

    def span_of(self, mention: Mention) -> Span:
        """Return where a mention stands in the text; it must not stand in furniture."""
        start = self.starts[mention.block]
        assert start is not None, mention
        return Span(start + mention.at.start, start + mention.at.end)

    def of(self, mention: Mention) -> str:
        """Return the words of a mention as the text has them."""
        span = self.span_of(mention)
        return self.text[span.start : span.end]


def plain_text(document: Document) -> PlainText:
    """Return a document as plain text."""
    parts: list[str] = []
    starts: list[int | None] = []
    reached = 0
    for block in document.blocks:
        if block.kind == "furniture":
            starts.append(None)
            continue
        text = text_of(block)
        starts.append(reached)
        parts.append(text)
        reached += len(text) + len(_BETWEEN)
    return PlainText(_BETWEEN.join(parts) + "\n" * bool(parts), tuple(starts))


def text_of(block: Block) -> str:
    """Return a block's text on one line, character by character, as the file can carry it."""
    return _UNFIT.sub(lambda found: " " if found[0] in "\r\n" else "\ufffd", block.text)
