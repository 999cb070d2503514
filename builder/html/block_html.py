"""Writes the blocks of a document as HTML: one element each, carrying its address.

Headings are Markdown, so that the renderer's table of contents sees them; everything else is raw
HTML that no Markdown parser touches.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from builder.blocks.inline import trimmed
from builder.html.escape import escape, escape_attribute
from builder.html.ids import number_in
from builder.html.tombstones import NOTHING_LOST, Lost
from builder.html.weave import Woven
from builder.language_names import ENGLISH, is_right_to_left
from builder.model import Block, Mark, Span

Weave = Callable[[Block], Woven]
"""Returns a block's text under all that stands over it."""
Before = Callable[[Block], str]
"""Returns HTML that stands before a block and is no part of it, or nothing."""

CELLS = frozenset({"td", "th"})
_ORDINAL = re.compile(r"(?P<ordinal>0|[1-9]\d{0,5})\.\Z")  # "3." of a list, not "03." or "3)"


def number_of(block: Block) -> str:
    """Return the number that readers cite: "12" for the block at #p12, "" without an address."""
    return number_in(block.anchor or "")


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


def heading(block: Block, level: int, weave: Weave, lost: Lost = NOTHING_LOST) -> str:
    """Return a heading as a line of Markdown; its slug is its second address."""
    slug = next((alias for alias in block.aliases if not number_in(alias)), "")
    others = (alias for alias in block.aliases if alias != slug)
    further = lost.further_ids(others, block.anchor or "")
    slug = slug or f"{block.anchor or 'heading'}-heading"
    marker = f'<span class="block heading" id="{block.anchor}"></span>' if block.anchor else ""
    text = weave(block).html().replace("<br>", "")
    if block.language != ENGLISH:  # the element itself is the renderer's
        text = f"<span{language_attributes(block)}>{text}</span>"
    return f"{'#' * level} {marker}{further}{number_link(block)}{text} {{#{slug}}}"


def _nothing(_: Block) -> str:
    return ""


def blocks_html(
    blocks: Sequence[Block],
    weave: Weave,
    before: Before = _nothing,
    lost: Lost = NOTHING_LOST,
) -> str:
    """Return the passages of a document in order, list items gathered into lists.

    What `before` returns for a block stands before its element, in a list as an item of its own;
    the tombstones of `lost` stand after the block that they name.
    """
    levels = heading_levels(blocks)
    parts = []
    for gathered in _gathered(blocks):
        first = gathered[0]
        if first.kind == "item":
            parts.append(_list(gathered, weave, before, lost))
        else:
            parts.append(before(first))
            level = levels[first.level or 2] if first.kind == "heading" else 0
            parts.append(_block(first, level, weave, lost))
        if gathered[-1].anchor:
            parts.extend(lost.tombstones_after(gathered[-1].anchor))
    return "\n\n".join(filter(None, parts))


def _block(block: Block, level: int, weave: Weave, lost: Lost) -> str:
    if block.kind == "heading":
        return heading(block, level, weave, lost)
    return _BLOCKS[block.kind](block, weave, lost)


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
    language = language_attributes(block)
    return f'<{element} class="block {classes}"{name}{attributes}{language}>'


def _addresses(block: Block, lost: Lost) -> str:
    """Return a block's further ids and the link with its number, which stand before its text."""
    return lost.further_ids(block.aliases, block.anchor or "") + number_link(block)


def _paragraph(block: Block, weave: Weave, lost: Lost) -> str:
    opening = _opening(block, "p", block.kind)
    return f"{opening}{_addresses(block, lost)}{weave(block).html()}</p>"


def _quote(block: Block, weave: Weave, lost: Lost) -> str:
    opening = _opening(block, "blockquote", "quote")
    return f"{opening}{_addresses(block, lost)}<p>{weave(block).html()}</p></blockquote>"


def _list(blocks: Sequence[Block], weave: Weave, before: Before, lost: Lost) -> str:
    element = _list_kind(blocks[0])
    items = []
    for block in blocks:
        beside = before(block)
        if beside:
            items.append(f'<li class="beside">{beside}</li>')
        items.append(_item(block, weave, lost))
        if block.anchor and block is not blocks[-1]:
            items.extend(lost.tombstones_after(block.anchor, "li"))
    return "\n".join([f'<{element} class="items">', *items, f"</{element}>"])


def _item(block: Block, weave: Weave, lost: Lost) -> str:
    ordinal = _ORDINAL.match(block.label)
    attributes = f' value="{int(ordinal["ordinal"])}"' if ordinal else ""
    if block.label and not ordinal and block.label not in "-*+•–—·":
        attributes = f' data-label="{escape_attribute(block.label)}"'
    opening = _opening(block, "li", f"item depth-{block.level or 1}", attributes)
    return f"{opening}{_addresses(block, lost)}{weave(block).html()}</li>"


def table_rows(block: Block) -> list[list[Mark]]:
    """Return the cells of a table row by row; no row where a table has no cells."""
    if not any(mark.tag in CELLS for mark in block.marks):
        return []
    rows = [mark.span for mark in block.marks if mark.tag == "tr"]
    grouped = groupby(_cells(block), key=lambda cell: _row_of(cell.span, rows))
    return [list(row) for _, row in grouped]


def _table(block: Block, weave: Weave, lost: Lost) -> str:
    rows = table_rows(block)
    if not rows:
        shown = _paragraph(block, weave, lost)
        return shown.replace('class="block table"', 'class="block paragraph"')
    lines = [
        _opening(block, "table", "table", ""),
        f"<caption>{_addresses(block, lost)}</caption><tbody>",
    ]
    woven = weave(block)
    for row in rows:
        shown = " ".join(f"<{cell.tag}>{woven.html(cell.span)}</{cell.tag}>" for cell in row)
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


_BLOCKS: Mapping[str, Callable[[Block, Weave, Lost], str]] = {
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
