"""Structures a source: cuts it into blocks as a good editor would, and loses no character.

Lines become chunks by what they show (`chunks`), chunks become blocks of plain text with marks
(`markup`), and a short list of editorial rules (`editing`) says what each block is: headline,
run-in heading, attribution, caption, page furniture.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace

from builder.blocks.chunks import Chunk, Chunker
from builder.blocks.drafts import Draft
from builder.blocks.editing import RULES
from builder.blocks.furniture import find_furniture
from builder.blocks.inline import SPACE_CHARACTERS, trimmed
from builder.blocks.lines import Line, split_lines, wrap_width
from builder.blocks.markup import read_inline
from builder.dating.dateline import date_of_dateline
from builder.language import in_languages
from builder.model import Block, Document, Known, Mark, Metadata, Source, Span, Syntax

# Raised when a change of the code cuts unchanged text differently; the ledger notes it.
SPLITTER = 1
_SPACES = re.compile(f"[{''.join(sorted(SPACE_CHARACTERS))}]+")


def structure(source: Source) -> Document:
    """Return the document that a source holds.

    Every character of `source.text` is in exactly one of: a block's `offsets`, a furniture
    block's span, `Document.syntax`.
    """
    front = _front_matter(source)
    byte_order_mark = 1 if source.text.startswith("\ufeff") else 0
    lines = split_lines(source.text, max(source.body, byte_order_mark))
    furniture = find_furniture(lines)
    chunker = Chunker(source.text, lines, _width(source, lines, furniture), furniture)
    chunker.run()
    syntax = list(chunker.syntax)
    drafts = []
    for chunk in chunker.chunks:
        drafts += _draft(source, chunk, syntax)
    for rule in RULES:
        drafts = rule(drafts, source)
    blocks = [*front, *(draft.block for draft in drafts)]
    blocks, syntax = _account(source.text, blocks, syntax)
    metadata, blocks = in_languages(_dated(_titled(source.metadata, blocks), blocks), blocks)
    return Document(source.slug or "", metadata, tuple(blocks), source, tuple(syntax))


def _front_matter(source: Source) -> list[Block]:
    start = 1 if source.text.startswith("\ufeff") else 0
    text = source.text[start : source.body].rstrip()
    if not text:
        return []
    return [_verbatim(source.text, Span(start, start + len(text)), "front matter")]


def _verbatim(text: str, span: Span, why: str) -> Block:
    """Return furniture: the source as it stands, each run of white space one space."""
    inside = array("I")
    position = span.start
    for run in _SPACES.finditer(text, span.start, span.end):
        inside.extend(range(position, run.start() + 1))
        position = run.end()
    inside.extend(range(position, span.end))
    shown = _SPACES.sub(" ", text[span.start : span.end])
    return Block("furniture", None, span, shown, inside, label=why)


def _width(source: Source, lines: list[Line], furniture: dict[int, str]) -> int | None:
    if not source.path.lower().endswith(".txt"):
        return None  # in Markdown a line break is only a wrap, wherever it stands
    return wrap_width([line for number, line in enumerate(lines) if number not in furniture])


def _draft(source: Source, chunk: Chunk, syntax: list[Syntax]) -> list[Draft]:
    if chunk.kind == "furniture":
        return [Draft(_verbatim(source.text, chunk.ranges[0], chunk.why), chunk)]
    base = source.metadata.url.value
    inline = read_inline(source.text, chunk.ranges, base, cells=bool(chunk.cells))
    syntax += inline.syntax
    if not inline.text:
        return []
    block = Block(
        chunk.kind,
        chunk.level,
        Span(inline.offsets[0], inline.offsets[-1] + 1),
        inline.text,
        inline.offsets,
        inline.marks,
        chunk.label,
    )
    if chunk.cells:
        cells = [Mark(trimmed(block.text_span(span), block.text), tag) for span, tag in chunk.cells]
        marks = sorted(
            (*(cell for cell in cells if len(cell.span) > 0), *block.marks),
            key=lambda mark: (mark.span.start, -mark.span.end),
        )
        block = replace(block, marks=tuple(marks))
    return [Draft(block, chunk)]


def _dated(metadata: Metadata, blocks: list[Block]) -> Metadata:
    """Take the day of a dateline where nothing else says when the document was issued."""
    if metadata.date != Metadata().date:
        return metadata
    passages = (block.text for block in blocks if block.kind not in ("furniture", "heading"))
    day = date_of_dateline(passages)
    return replace(metadata, date=Known(day, "inferred", "from its dateline")) if day else metadata


def _titled(metadata: Metadata, blocks: list[Block]) -> Metadata:
    """Take the headline as the title where nothing else states one."""
    if metadata.title.value is not None:
        return metadata
    for block in blocks:
        if block.kind == "heading" and block.level == 1:
            return replace(metadata, title=Known(block.text, "stated", "the document's headline"))
        if block.kind != "furniture":
            break
    return metadata


def _stretches(offsets: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield where the source goes on without a gap in a block: most have few, where markup is."""
    at, length = 0, len(offsets)
    while at < length:
        gap, end = offsets[at] - at, length
        if offsets[-1] - (length - 1) != gap:  # offsets rise: the last tells of all before it
            end = bisect_right(range(length), gap, lo=at, key=lambda i: offsets[i] - i)
        yield offsets[at], offsets[end - 1] + 1
        at = end


def _account(
    text: str, blocks: list[Block], syntax: list[Syntax]
) -> tuple[list[Block], list[Syntax]]:
    """Make the books balance: white space that nothing claimed is syntax, and nothing else is.

    Text that no rule has claimed would be lost; it is kept as furniture and shown.
    """
    taken = bytearray(len(text))
    for block in blocks:
        for start, end in _stretches(block.offsets):
            taken[start:end] = b"\1" * (end - start)
    for item in syntax:
        taken[item.span.start : item.span.end] = b"\1" * len(item.span)
    blocks, syntax = list(blocks), list(syntax)
    position = taken.find(0)
    while position >= 0:
        end = taken.find(1, position)
        end = len(text) if end < 0 else end
        if position == 0 and text[0] == "\ufeff":
            end = 1
            syntax.append(Syntax(Span(0, 1), "byte-order mark"))
        elif text[position:end].strip():
            kept = _verbatim(text, Span(position, end), "not recognized")
            blocks.append(kept)
            doubled = sorted({*range(position, end)}.difference(kept.offsets))
            syntax += [Syntax(Span(space, space + 1), "space") for space in doubled]
        else:
            syntax.append(Syntax(Span(position, end), "space"))
        position = taken.find(0, end)
    blocks.sort(key=lambda block: block.span.start)
    return blocks, sorted(syntax, key=lambda item: (item.span.start, item.span.end))
