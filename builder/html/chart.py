"""Draws the statements of a measure in date order: one track each, on one scale, never joined.

The picture is SVG without a view box: text keeps its size, places along the scale are percentages,
so it fits a phone and a desk alike. Colors are the style sheet's.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from builder.html.escape import escape, escape_attribute
from builder.html.marks import LEGEND, Mark, MarkKind, bound_kind, draw, mark_kind
from builder.html.rendering import html
from builder.html.scale import Scale, scale_of, tick_words
from builder.model import Figure

# More statements than this have a thin track each and only their year beside it.
LABELED = 40
# Characters of the quieter line that fit the narrowest screen, and the chart at its widest.
_SHORT, _LONG = 46, 120
_SAID = 70  # characters that fit beside a date on a wide screen
_AXIS = 36  # characters of the scale's words that fit the narrowest screen
_ASKED = "requested, planned or estimated"


@dataclass(frozen=True, slots=True)
class Point:
    """A statement as a chart shows it: when, the figure, its words, and a quieter line of words.

    `short` stands in the place of its words on narrow screens.
    """

    when: str
    year: str
    figure: Figure
    words: str
    note: str = ""
    short: str = ""


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart: its picture, the marks that it holds with their meaning, and what its scale is."""

    picture: Markup
    legend: Sequence[tuple[Markup, str]]
    logarithmic: bool
    signed: bool


@dataclass(frozen=True, slots=True)
class _Plot:
    """Where values stand across the picture, in percent of its width."""

    scale: Scale
    left: float
    signed: bool
    right: float = 90.0

    def at(self, value: float) -> float:
        return self.left + (self.right - self.left) * self.scale.part(value)

    def mark(self, figure: Figure) -> Mark:
        ends = _ends(figure, self.signed)
        if not ends:
            return Mark("none")
        return Mark(
            kind=mark_kind(figure),
            at=self.at(ends[0]),
            end=self.at(ends[-1]),
            reported=figure.status == "reported",
            falls=self.signed and figure.change == "decrease",
            beyond=bound_kind(figure),
        )


def chart_of(points: Sequence[Point], description: str) -> Chart | None:
    """Return the chart of points of one unit, or None where fewer than two have a number.

    Where every point is a rise or a fall, falls lie to the left of zero.
    """
    signed = all(point.figure.change is not None for point in points)
    ends = [_ends(point.figure, signed) for point in points]
    if sum(map(bool, ends)) < 2:
        return None
    thin = len(points) > LABELED
    scale = scale_of(value for some in ends for value in some)
    plot = _Plot(scale, left=13.0 if thin else 2.0, signed=signed)
    marks = [plot.mark(point.figure) for point in points]
    rows, height = (_thin if thin else _labeled)(points, marks, plot)
    return Chart(
        picture=_picture([*rows, *_axis(plot, height)], height + 22, description),
        legend=list(_legend(marks)),
        logarithmic=scale.logarithmic,
        signed=signed,
    )


def _ends(figure: Figure, signed: bool) -> list[float]:
    sign = -1 if signed and figure.change == "decrease" else 1
    return [sign * end for end in (figure.value, figure.low, figure.high) if end is not None]


def _labeled(points: Sequence[Point], marks: Sequence[Mark], plot: _Plot) -> tuple[list[str], int]:
    """Return tracks with a line of words over each, and their height in pixels."""
    height = 64 if any(point.note for point in points) else 50
    rows = []
    for number, (point, mark) in enumerate(zip(points, marks, strict=True)):
        top = number * height
        rows.append(_text("when", 0, top + 14, point.when))
        rows += _said(point, top + 14)
        rows += _note(point.note, top + 29)
        rows.append(_track(mark, top + height - 18, 8, plot))
    return rows, len(points) * height


def _said(point: Point, y: int) -> Iterable[str]:
    if not point.short:
        yield _text("said", 100, y, point.words)
        return
    yield _text("said wide", 100, y, cut(point.words, _SAID))
    yield _text("said narrow", 100, y, point.short)


def _note(note: str, y: int) -> Iterable[str]:
    """Yield the quieter line: cut where it is long, and once more for narrow screens."""
    if not note:
        return
    if len(note) <= _SHORT:
        yield _text("note", 0, y, note)
        return
    yield _text("note wide", 0, y, cut(note, _LONG))
    yield _text("note narrow", 0, y, cut(note, _SHORT))


def cut(text: str, longest: int) -> str:
    """Return a text, cut at `longest` characters with a sign that it goes on."""
    return text if len(text) <= longest else f"{text[: longest - 1].rstrip(' ,·')}…"


def _thin(points: Sequence[Point], marks: Sequence[Mark], plot: _Plot) -> tuple[list[str], int]:
    """Return thin tracks, the year beside its first, and their height in pixels."""
    rows, year = [*_axis(plot, 0)], ""
    for number, (point, mark) in enumerate(zip(points, marks, strict=True)):
        y = number * 14 + 30
        if point.year != year:
            year = point.year
            rows.append(_text("note", 0, y + 4, year))
        title = f"<title>{escape(f'{point.when}: {point.words}')}</title>"
        rows.append(f"<g>{title}{_track(mark, y, 4, plot)}</g>")
    return rows, len(points) * 14 + 28


def _track(mark: Mark, y: int, size: int, plot: _Plot) -> str:
    if mark.kind == "none":
        return _text("note", plot.left, y + 4, "no exact number")
    ticks = (
        f'<line class="{"zero" if plot.signed and not tick else "tick"}"'
        f' x1="{plot.at(tick):.2f}%" x2="{plot.at(tick):.2f}%" y1="{y - size}" y2="{y + size}"/>'
        for tick in plot.scale.ticks
    )
    base = f'<line class="track" x1="{plot.left:g}%" x2="{plot.right:g}%" y1="{y}" y2="{y}"/>'
    return base + "".join(ticks) + draw(mark, y, leftmost=plot.left - 1.5)


def _axis(plot: _Plot, height: int) -> Iterable[str]:
    ticks, every = plot.scale.ticks, 1
    while sum(len(tick_words(tick)) for tick in ticks[::every]) > _AXIS:
        every += 1
    for tick in ticks[::every]:
        name = "axis first" if tick == ticks[0] else "axis"
        yield _text(name, plot.at(tick), height + 12, tick_words(tick))


def _text(name: str, percent: float, y: int, words: str) -> str:
    return f'<text class="{name}" x="{percent:.2f}%" y="{y}">{escape(words)}</text>'


def _picture(parts: Iterable[str], height: int, description: str) -> Markup:
    label = escape_attribute(description)
    return html(
        f'<svg class="chart" role="img" width="100%" height="{height}" aria-label="{label}">'
        + "".join(parts)
        + "</svg>"
    )


def _legend(marks: Iterable[Mark]) -> Iterable[tuple[Markup, str]]:
    """Yield each kind of mark that a chart holds as a small picture, with its words."""
    marks = list(marks)
    kinds = {mark.kind for mark in marks if mark.reported or mark.kind != "number"}
    for kind, words in LEGEND.items():
        if kind in kinds:
            yield _sample(Mark(kind, *_SAMPLES.get(kind, (50, 50)))), words
    if any(not mark.reported for mark in marks):
        yield _sample(Mark("number", 50, reported=False)), _ASKED


# Where a mark stands in a small picture, in percent.
_SAMPLES: dict[MarkKind, tuple[float, float]] = {
    "more": (25, 25),
    "at_least": (25, 25),
    "less": (75, 75),
    "at_most": (75, 75),
    "nearly": (75, 75),
    "range": (20, 80),
}


def _sample(mark: Mark) -> Markup:
    drawn = draw(mark, 9, arrow=60)
    return html(
        f'<svg class="chart sample" aria-hidden="true" width="36" height="18">{drawn}</svg>'
    )
