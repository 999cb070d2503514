"""Weaves what stands over a block's text (markup, mentions, figures) into well-nested HTML.

The text itself is never touched: the text content of the result is the block's text. Spans that
cross are split where they cross, a second piece carries no id, and no link stands inside another.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from builder.html.escape import escape
from builder.html.layers import Layer
from builder.model import Block, Span


class Woven:
    """A block's text under its layers: the whole of it, or one part after the other, as HTML.

    What the parts have in common is made once, so that a table costs no more than its length,
    however many cells it has.
    """

    def __init__(self, block: Block, layers: Iterable[Layer] = ()) -> None:
        """Take a block and all that stands over it, in any order (see `layers.layers_of`).

        Table marks (tr, td, th) are laid out by whoever writes the table, which asks for each cell.
        """
        self._text = block.text
        # Outermost first: what starts earlier, then what ends later, then the rank of its kind.
        self._layers = sorted(
            (layer for layer in layers if len(layer.span)),
            key=lambda layer: (layer.span.start, -layer.span.end, layer.rank),
        )
        self._starts = [layer.span.start for layer in self._layers]
        self._outer = _outer(self._layers)
        self._breaks = sorted({mark.span.start for mark in block.marks if mark.tag == "br"})

    def html(self, within: Span | None = None) -> str:
        """Return the HTML of the text, or of the part `within`."""
        within = within or Span(0, len(self._text))
        layers = self._over(within)
        first, last = (bisect_left(self._breaks, at) for at in (within.start, within.end))
        breaks = self._breaks[first:last]
        if not layers and not breaks:
            return escape(self._text[within.start : within.end])
        return _interleave(self._text, within, layers, breaks)

    def _over(self, within: Span) -> Sequence[Layer]:
        """Return the layers over a part, outermost first."""
        first = bisect_left(self._starts, within.start)
        last = bisect_left(self._starts, within.end, first)
        around = [self._layers[number] for number in self._around(first, within.start)]
        return [*reversed(around), *self._layers[first:last]]

    def _around(self, first: int, position: int) -> Iterator[int]:
        """Yield, last first, the layers before `first` that end behind `position`."""
        number = first - 1
        while number >= 0:
            if self._layers[number].span.end > position:
                yield number
                number -= 1
            else:
                number = self._outer[number]


def _outer(layers: Sequence[Layer]) -> list[int]:
    """Return for each layer the number of the last one before it that ends later, -1 for none.

    None of those between the two reaches beyond it, so that whoever looks for what does may skip
    them.
    """
    outer: list[int] = []
    for number, layer in enumerate(layers):
        before = number - 1
        while before >= 0 and layers[before].span.end <= layer.span.end:
            before = outer[before]
        outer.append(before)
    return outer


def _interleave(text: str, within: Span, layers: Sequence[Layer], breaks: Sequence[int]) -> str:
    edges = {within.start, within.end, *(at + 1 for at in breaks)}
    for layer in layers:
        edges.update((max(layer.span.start, within.start), min(layer.span.end, within.end)))
    cuts = sorted(edges)
    broken = frozenset(breaks)
    woven = _Pieces()
    position = 0
    active: list[int] = []
    for start, end in pairwise(cuts):
        active = [number for number in active if layers[number].span.end > start]
        while position < len(layers) and layers[position].span.start <= start:
            active.append(position)
            position += 1
        woven.stack_up(active, layers)
        woven.pieces.append(escape(text[start:end]))
        if end - 1 in broken:
            woven.pieces.append("<br>")
    woven.stack_up([], layers)
    return "".join(woven.pieces)


class _Pieces:
    """The pieces written so far and the elements that stand open."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self._open: list[tuple[int, str]] = []
        self._begun: set[int] = set()
        self._after: list[str] = []

    def stack_up(self, wanted: Sequence[int], layers: Sequence[Layer]) -> None:
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
        if self._after and not self._is_in_link():
            self.pieces.extend(self._after)
            self._after.clear()
        for number in wanted[common:]:
            self._start(number, layers[number])

    def _start(self, number: int, layer: Layer) -> None:
        opening = layer.first if number not in self._begun else layer.later
        if opening.startswith("<a ") and self._is_in_link():
            opening = layer.in_link
        self._begun.add(number)
        tag = layer.tag or ("a" if opening.startswith("<a ") else "span")
        self.pieces.append(opening)
        self._open.append((number, tag))

    def _is_in_link(self) -> bool:
        return any(tag == "a" for _, tag in self._open)
