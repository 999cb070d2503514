"""Writes the blocks of a document as HTML: one element each, carrying its address.

Headings are Markdown, so that the renderer's table of contents sees them; everything else is raw
HTML that no Markdown parser touches.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from builder.blocks.markup import trimmed
from builder.html.escape import escape, escape_attribute
from builder.language_names import ENGLISH, is_right_to_left
from builder.model import Block, Mark, Span

Weave = Callable[[Block, Span | None], str]
"""Returns the HTML of a block's text, or of the part that the span gives."""
Before = Callable[[Block], str]
"""Returns HTML that stands before a block and is no part of it, or nothing."""

# "12", "12a": what a reader cites of the address "p12a"
_NUMBER = re.compile(r"p(?P<number>\d+[a-z]*)\Z")
CELLS = frozenset({"td", "th"})
_ORDINAL = re.compile(r"(?P<ordinal>0|[1-9]\d{0,5})\.\Z")  # "3." of a list, not "03." or "3)"


def number_of(block: Block) -> str:
    """Return the number that readers cite: "12" for the block at #p12, "" without an address."""
    match = _NUMBER.match(block.anchor or "")
    return match["number"] if match else ""


def number_link(block: Block) -> str:
    """Return the link to the block itself; its glyphs come from the style sheet, not from text."""
    number = number_of(block)
    if not number:
        return ""
    return (
        f'<a class="number" href="#{block.anchor}" data-number="{number}"'
        f' aria-label="Paragraph {number}"></a>'
    )


def language_attributes(block: Block) -> str:
    """Return what tells a browser that a block is not in the page's language, English."""
    if block.language == ENGLISH:
        return ""
    direction = ' dir="rtl"' if is_right_to_left(block.language) else ""
    return f' lang="{escape_attribute(block.language)}"{direction}'


def heading_levels(blocks: Iterable[Block]) -> Mapping[int, int]:
    """Return for each level of heading that a document uses the level on the page, from 2 on.

    The page's headline is level 1; the others follow without a gap, in the order of their rank.
    """
    used = sorted({block.level or 2 for block in blocks if block.kind == "heading"})
    return {level: min(position + 2, 6) for position, level in enumerate(used)}


def heading(block: Block, level: int, weave: Weave) -> str:
    """Return a heading as a line of Markdown; its slug is its second address."""
    slug = block.aliases[0] if block.aliases else f"{block.anchor or 'heading'}-heading"
    further = "".join(f'<span id="{alias}"></span>' for alias in block.aliases[1:])
    marker = f'<span class="block heading" id="{block.anchor}"></span>' if block.anchor else ""
    text = weave(block, None).replace("<br>", "")
    if block.language != ENGLISH:  # the element itself is the renderer's
        text = f"<span{language_attributes(block)}>{text}</span>"
    return f"{'#' * level} {marker}{further}{number_link(block)}{text} {{#{slug}}}"


def _nothing(_: Block) -> str:
    return ""


def blocks_html(blocks: Sequence[Block], weave: Weave, before: Before = _nothing) -> str:
    """Return the passages of a document in order, list items gathered into lists.

    What `before` returns for a block stands before its element, in a list as an item of its own.
    """
    levels = heading_levels(blocks)
    parts = []
    for gathered in _gathered(blocks):
        first = gathered[0]
        if first.kind == "item":
            parts.append(_list(gathered, weave, before))
            continue
        beside = before(first)
        if beside:
            parts.append(beside)
        if first.kind == "heading":
            parts.append(heading(first, levels[first.level or 2], weave))
        else:
            parts.append(_BLOCKS[first.kind](first, weave))
    return "\n\n".join(parts)


def _gathered(blocks: Sequence[Block]) -> Iterator[list[Block]]:
    for list_kind, members in groupby(blocks, _list_kind):
        if list_kind:
            yield list(members)
        else:
            yield from ([block] for block in members)


def _list_kind(block: Block) -> str:
    if block.kind != "item":
        return ""
    return "ol" if _is_ordered(block) else "ul"


def _is_ordered(block: Block) -> bool:
    return _ORDINAL.match(block.label) is not None


def _opening(block: Block, element: str, classes: str, attributes: str = "") -> str:
    name = f' id="{block.anchor}"' if block.anchor else ""
    further = "".join(f'<span id="{alias}"></span>' for alias in block.aliases)
    language = language_attributes(block)
    return f'<{element} class="block {classes}"{name}{attributes}{language}>{further}'


def _paragraph(block: Block, weave: Weave) -> str:
    return f"{_opening(block, 'p', block.kind)}{number_link(block)}{weave(block, None)}</p>"


def _quote(block: Block, weave: Weave) -> str:
    opening = _opening(block, "blockquote", "quote")
    return f"{opening}{number_link(block)}<p>{weave(block, None)}</p></blockquote>"


def _list(blocks: Sequence[Block], weave: Weave, before: Before) -> str:
    element = _list_kind(blocks[0])
    items = []
    for block in blocks:
        beside = before(block)
        if beside:
            items.append(f'<li class="beside">{beside}</li>')
        items.append(_item(block, weave))
    return "\n".join([f'<{element} class="items">', *items, f"</{element}>"])


def _item(block: Block, weave: Weave) -> str:
    ordinal = _ORDINAL.match(block.label)
    attributes = f' value="{int(ordinal["ordinal"])}"' if ordinal else ""
    if block.label and not ordinal and block.label not in "-*+•–—·":
        attributes = f' data-label="{escape_attribute(block.label)}"'
    opening = _opening(block, "li", f"item depth-{block.level or 1}", attributes)
    return f"{opening}{number_link(block)}{weave(block, None)}</li>"


def _table(block: Block, weave: Weave) -> str:
    cells = _cells(block)
    if not any(mark.tag in CELLS for mark in block.marks):
        return _paragraph(block, weave).replace('class="block table"', 'class="block paragraph"')
    rows = [mark.span for mark in block.marks if mark.tag == "tr"]
    lines = [
        _opening(block, "table", "table", ""),
        f"<caption>{number_link(block)}</caption><tbody>",
    ]
    for _, row in groupby(cells, key=lambda cell: _row_of(cell.span, rows)):
        shown = " ".join(f"<{cell.tag}>{weave(block, cell.span)}</{cell.tag}>" for cell in row)
        lines.append(f"<tr>{shown}</tr>")
    lines.append("</tbody></table>")
    return "\n".join(lines)


def _cells(block: Block) -> list[Mark]:
    """Return the cells of a table in order; text that stands in none has a cell of its own."""
    cells: list[Mark] = []
    reached = 0
    for mark in [*block.marks, Mark(Span(len(block.text), len(block.text)), "td")]:
        if mark.tag not in CELLS or mark.span.start < reached:
            continue  # a cell within a cell is part of it
        between = trimmed(Span(reached, mark.span.start), block.text)
        if len(between):
            cells.append(Mark(between, "td"))
        if len(mark.span):
            cells.append(mark)
        reached = mark.span.end
    return cells


def _row_of(cell: Span, rows: Sequence[Span]) -> int:
    """Return the number of the row that holds a cell, -1 for one that stands in none."""
    number = bisect_right(rows, cell.start, key=lambda row: row.start) - 1
    return number if number >= 0 and rows[number].contains(cell) else -1


_BLOCKS: Mapping[str, Callable[[Block, Weave], str]] = {
    "paragraph": _paragraph,
    "attribution": _paragraph,
    "caption": _paragraph,
    "quote": _quote,
    "table": _table,
}


def verbatim(text: str) -> str:
    """Return source text as it stands, for a `pre`; HTML drops the first line feed of one."""
    escaped = escape(text)
    return f"&#10;{escaped}" if escaped.startswith("&#10;") else escaped
