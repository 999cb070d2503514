"""Draws a figure on the track of a chart, so that its bound can be seen.

A mark is SVG whose places along the track are percentages and whose shapes are pixels: it keeps its
form on a track of any width.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from builder.model import Figure

MarkKind = Literal[
    "number", "more", "at_least", "less", "at_most", "nearly", "about", "range", "none"
]
_ARROW = 8.0  # percent of the track's width

_KINDS: dict[tuple[str, str], MarkKind] = {
    (">", "more_than"): "more",
    (">=", "more_than"): "at_least",
    ("<", "less_than"): "less",
    ("<=", "less_than"): "at_most",
}
_BY_BOUND: dict[str, MarkKind] = {
    "more_than": "more",
    "less_than": "less",
    "nearly": "nearly",
    "approximately": "about",
}
_LEFT: dict[MarkKind, MarkKind] = {
    "more": "less",
    "at_least": "at_most",
    "less": "more",
    "at_most": "at_least",
}

LEGEND: dict[MarkKind, str] = {
    "number": "a number",
    "more": "more than",
    "at_least": "at least",
    "less": "less than",
    "at_most": "up to",
    "nearly": "nearly",
    "about": "about",
    "range": "from … to",
}
"""What each kind of mark says, in the order of a legend."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark on a track: its kind, and where it stands in percent; `end` is a range's other end.

    `reported` is false for what is requested, planned or estimated, which has a shape of its own;
    `falls` turns the arrows of a bound round. `beyond` is the bound of a range that has one, too:
    "more than two to three million".
    """

    kind: MarkKind
    at: float = 0.0
    end: float = 0.0
    reported: bool = True
    falls: bool = False
    beyond: MarkKind = "none"


def mark_kind(figure: Figure) -> MarkKind:
    """Return how a figure is drawn: its bound, a range, or nothing where there is no number."""
    if figure.low is not None and figure.high is not None:
        return "range"
    if figure.value is None and figure.low is not None:
        return "at_least"
    if figure.value is None and figure.high is not None:
        return "at_most"
    if figure.value is None:
        return "none"
    return bound_kind(figure)


def bound_kind(figure: Figure) -> MarkKind:
    """Return how the bound of a figure is drawn."""
    return _KINDS.get((figure.comparator, figure.bound)) or _BY_BOUND.get(figure.bound, "number")


def draw(mark: Mark, y: float, *, leftmost: float = 0.0, arrow: float = _ARROW) -> str:
    """Return a mark as SVG on a track `y` pixels down.

    An arrow is `arrow` percent of the track long; none reaches beyond `leftmost`.
    """
    # What falls by more than 10 percent lies to the left of -10.
    kind = _LEFT.get(mark.kind, mark.kind) if mark.falls else mark.kind
    left = max(mark.at - arrow, leftmost)
    right = mark.at + arrow
    if kind == "none":
        return ""
    if kind == "range":
        return _range(mark, y, leftmost, arrow)
    shape = _shape(mark, is_open=kind in ("more", "less", "nearly"))
    if kind in ("more", "at_least"):
        return _line("shaft", mark.at, right, y) + _at(right, y, _TO_RIGHT) + _at(mark.at, y, shape)
    if kind in ("less", "at_most"):
        return _line("shaft", left, mark.at, y) + _at(left, y, _TO_LEFT) + _at(mark.at, y, shape)
    if kind == "nearly":
        return _line("shaft", left, mark.at, y) + _at(mark.at, y, _TOWARD + shape)
    return _at(mark.at, y, (_RING if kind == "about" else "") + shape)


_TO_RIGHT = '<path class="head" d="M-6 -4L0 0L-6 4"/>'
_TO_LEFT = '<path class="head" d="M6 -4L0 0L6 4"/>'
_TOWARD = '<path class="head" d="M-14 -4L-8 0L-14 4"/>'
_RING = '<circle class="ring" r="9.5"/>'
_END = '<path class="end" d="M0 -6V6"/>'


def _range(mark: Mark, y: float, leftmost: float, arrow: float) -> str:
    low, high = sorted((mark.at, mark.end))
    beyond = _LEFT.get(mark.beyond, mark.beyond) if mark.falls else mark.beyond
    drawn = _line("span about" if beyond == "about" else "span", low, high, y)
    if beyond in ("more", "at_least"):
        drawn += _line("shaft", high, high + arrow, y) + _at(high + arrow, y, _TO_RIGHT)
    elif beyond in ("less", "at_most", "nearly"):
        left = max(low - arrow, leftmost)
        drawn += _line("shaft", left, low, y) + _at(left, y, _TO_LEFT)
    return drawn + _at(low, y, _END) + _at(high, y, _END)


def _shape(mark: Mark, *, is_open: bool) -> str:
    filling = "open" if is_open else "full"
    if mark.reported:
        return f'<circle class="{filling}" r="5"/>'
    return f'<path class="{filling} asked" d="M0 -6.5L6.5 0L0 6.5L-6.5 0Z"/>'


def _at(percent: float, y: float, shape: str) -> str:
    return f'<svg x="{percent:.2f}%" y="{y:g}" overflow="visible">{shape}</svg>'


def _line(name: str, start: float, end: float, y: float) -> str:
    return f'<line class="{name}" x1="{start:.2f}%" x2="{end:.2f}%" y1="{y:g}" y2="{y:g}"/>'
