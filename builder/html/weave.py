"""Weaves what stands over a block's text (markup, mentions, figures) into well-nested HTML.

The text itself is never touched: the text content of the result is the block's text. Spans that
cross are split where they cross, a second piece carries no id, and no link stands inside another.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from builder.dating.clock import COUNTED
from builder.dating.display import date_in_words
from builder.html.escape import escape, escape_attribute, one_line, own_address
from builder.html.figure_words import figure_parts
from builder.html.outbound import UNDATED, Archive, copy_beside, opening
from builder.html.tombstones import NOTHING_LOST, Lost
from builder.model import Block, Figure, Mark, Mention, Span
from builder.web_address import is_web_address

# How a mark of the source is shown; anything else is shown as plain text.
MARK_ELEMENTS = ("strong", "em", "u", "s", "del", "ins", "sub", "sup")


@dataclass(frozen=True, slots=True)
class Note:
    """An editor's remark on a misprint, shown as a quiet sign; `at` counts in the block's text."""

    at: Span
    text: str


@dataclass(frozen=True, slots=True)
class _Layer:
    """One span with its opening tags: as the first piece, as a later piece, and inside a link.

    `after` follows the last piece; it holds a link, so that it stands in none.
    """

    span: Span
    rank: int
    first: str
    later: str
    in_link: str
    tag: str
    after: str = ""


Addresses = Mapping[tuple[str, str], str]
"""The address of each entity that has one, as (kind, key) → link relative to the page."""

_NO_ADDRESSES: Addresses = {}


def weave(
    block: Block,
    mentions: Iterable[Mention] = (),
    addresses: Addresses = _NO_ADDRESSES,
    *,
    unreviewed: Container[tuple[str, str]] = (),
    notes: Sequence[Note] = (),
    within: Span | None = None,
    lost: Lost = NOTHING_LOST,
    archive: Archive = UNDATED,
) -> str:
    """Return the HTML of a block's text, or of the part `within`, with its marks and mentions.

    `mentions` are those of this block. A mention is linked where `addresses` knows its entity and
    no other link stands around it or in it; else it is a span. `unreviewed` holds the candidates,
    as (kind, key), whose marks are fainter. `lost` says how a figure's further ids came to it,
    `archive` where the archived copies of linked pages stand.
    Table marks (tr, td, th) are laid out by whoever writes the table, which calls this for each
    cell. What a card tells of an entity is not here: it would stand at each of its mentions.
    """
    within = within or Span(0, len(block.text))
    links = [mark.span for mark in block.marks if mark.tag == "link"]
    layers = [
        *(_mark_layer(mark, archive) for mark in block.marks if _is_shown(mark)),
        *(_mention_layer(one, addresses, unreviewed, links, lost) for one in mentions),
        *(_note_layer(note) for note in notes),
    ]
    breaks = frozenset(mark.span.start for mark in block.marks if mark.tag == "br")
    return _interleave(block.text, within, layers, breaks)


def _is_shown(mark: Mark) -> bool:
    return mark.tag in MARK_ELEMENTS or mark.tag == "link"


def _mark_layer(mark: Mark, archive: Archive) -> _Layer:
    if mark.tag == "link":
        plain = '<span class="link">'
        if not mark.href or not is_web_address(mark.href):
            return _Layer(mark.span, 0, plain, plain, plain, "")
        found = archive(mark.href)
        link = opening(mark.href, found)
        return _Layer(mark.span, 0, link, link, plain, "", copy_beside(found))
    return _Layer(mark.span, 1, *(f"<{mark.tag}>",) * 3, mark.tag)


def _mention_layer(
    mention: Mention,
    addresses: Addresses,
    unreviewed: Container[tuple[str, str]],
    links: Sequence[Span],
    lost: Lost,
) -> _Layer:
    if mention.figure is not None:
        return _figure_layer(mention, mention.figure, lost)
    who = (mention.kind, mention.entity)
    kind = f"{mention.kind} unreviewed" if who in unreviewed else mention.kind
    words = _resolution(mention)
    title = f' title="{escape_attribute(words)}"' if words else ""
    span = f'<span class="mention {kind}"{title}>'
    address = addresses.get(who)
    if address is None or any(mention.at.overlaps(link) for link in links):
        return _Layer(mention.at, 2, span, span, span, "")
    link = f'<a class="mention {kind}" href="{own_address(address)}">'
    return _Layer(mention.at, 2, link, link, span, "")


def _figure_layer(mention: Mention, figure: Figure, lost: Lost) -> _Layer:
    """Return a figure's mark; one that read otherwise says so, in its tooltip and by a sign.

    The tooltip holds what the figure's card shows.
    """
    was = one_line(mention.was or "")
    title = escape_attribute(figure_parts(figure, was))
    name = f' id="{mention.id}"' if mention.id else ""
    earlier = f' data-was="{escape_attribute(was)}"' if was else ""
    further = lost.further_ids(mention.aliases, mention.id or "")
    later = f'<mark class="figure" title="{title}">'
    first = f'<mark class="figure"{name}{earlier} title="{title}">{further}'
    return _Layer(mention.at, 3, first, later, first, "mark")


def _resolution(mention: Mention) -> str:
    """Return how a date was read that the text does not state in full: "read as June 2023"."""
    return f"read as {date_in_words(mention.entity)}" if COUNTED in mention.rules else ""


def _note_layer(note: Note) -> _Layer:
    first = f'<span class="sic" title="{escape_attribute(note.text)}">'
    return _Layer(note.at, 4, first, '<span class="sic-rest">', first, "span")


def _interleave(text: str, within: Span, layers: Sequence[_Layer], breaks: frozenset[int]) -> str:
    # Outermost first: what starts earlier, then what ends later, then the rank of its kind.
    ordered = sorted(
        (layer for layer in layers if layer.span.overlaps(within) and len(layer.span)),
        key=lambda layer: (layer.span.start, -layer.span.end, layer.rank),
    )
    edges = {within.start, within.end, *(at + 1 for at in breaks if at in _range(within))}
    for layer in ordered:
        edges.update((max(layer.span.start, within.start), min(layer.span.end, within.end)))
    cuts = sorted(edges)
    woven = _Woven()
    position = 0
    active: list[int] = []
    for start, end in pairwise(cuts):
        active = [number for number in active if ordered[number].span.end > start]
        while position < len(ordered) and ordered[position].span.start <= start:
            active.append(position)
            position += 1
        woven.stack_up(active, ordered)
        woven.pieces.append(escape(text[start:end]))
        if end - 1 in breaks:
            woven.pieces.append("<br>")
    woven.stack_up([], ordered)
    return "".join(woven.pieces)


def _range(span: Span) -> range:
    return range(span.start, span.end)


class _Woven:
    """The pieces written so far and the elements that stand open."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self._open: list[tuple[int, str]] = []
        self._begun: set[int] = set()
        self._after: list[str] = []

    def stack_up(self, wanted: Sequence[int], layers: Sequence[_Layer]) -> None:
        """Close and open elements until exactly those of `wanted` stand open, in that order."""
        common = 0
        while (
            common < min(len(wanted), len(self._open)) and self._open[common][0] == wanted[common]
        ):
            common += 1
        while len(self._open) > common:
            number, tag = self._open.pop()
            self.pieces.append(f"</{tag}>")
            if number not in wanted:
                self._after.append(layers[number].after)
        if not any(tag == "a" for _, tag in self._open):
            self.pieces.extend(self._after)
            self._after.clear()
        for number in wanted[common:]:
            self._start(number, layers[number])

    def _start(self, number: int, layer: _Layer) -> None:
        linked = any(tag == "a" for _, tag in self._open)
        opening = layer.first if number not in self._begun else layer.later
        if linked and opening.startswith("<a "):
            opening = layer.in_link
        self._begun.add(number)
        tag = layer.tag or ("a" if opening.startswith("<a ") else "span")
        self.pieces.append(opening)
        self._open.append((number, tag))
