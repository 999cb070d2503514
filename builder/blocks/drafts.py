"""A block in the making: what the editorial rules pass on, and how one is parted in two."""

from __future__ import annotations

from dataclasses import dataclass, replace

from builder.blocks.chunks import Chunk
from builder.model import Block, Mark, Source, Span


@dataclass(frozen=True, slots=True)
class Draft:
    """A block in the making, with the lines that it came from."""

    block: Block
    chunk: Chunk

    @property
    def text(self) -> str:
        """The block's text."""
        return self.block.text

    def but(self, **changes: object) -> Draft:
        """Return the draft with fields of its block changed."""
        return Draft(replace(self.block, **changes), self.chunk)  # type: ignore[arg-type]  # names of Block's fields


def split_at(draft: Draft, head_end: int, tail_start: int, source: Source) -> tuple[Draft, Draft]:
    """Part a block in two; the text between the two offsets (white space) belongs to neither."""
    return (
        _part(draft, Span(0, head_end), source),
        _part(draft, Span(tail_start, len(draft.text)), source),
    )


def _part(draft: Draft, at: Span, source: Source) -> Draft:
    block = draft.block
    marks = []
    for mark in block.marks:
        span = Span(max(mark.span.start, at.start), min(mark.span.end, at.end))
        if span.start < span.end:
            marks.append(
                Mark(Span(span.start - at.start, span.end - at.start), mark.tag, mark.href)
            )
    return draft.but(
        text=block.text[at.start : at.end],
        offsets=block.offsets[at.start : at.end],
        span=block.source_span(at, source.text),
        marks=tuple(marks),
    )


def letters_of(text: str) -> str:
    """Return the letters and digits of a text, case folded: what repeats have in common."""
    return "".join(filter(str.isalnum, text.casefold()))
