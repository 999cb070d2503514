"""Charts of measures: bounds are drawn as bounds, and nothing joins two statements."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from builder.html.chart import LABELED, Point, chart_of
from builder.html.marks import Mark, MarkKind, draw, mark_kind
from builder.html.scale import scale_of, tick_words
from builder.model import Figure

NUMBER = Figure(100.0, None, None, "exact", "=", "count", of="countries")
MORE = replace(NUMBER, bound="more_than", comparator=">")


@pytest.mark.parametrize(
    ("figure", "kind"),
    [
        (NUMBER, "number"),
        (MORE, "more"),
        (replace(MORE, comparator=">="), "at_least"),
        (replace(NUMBER, bound="less_than", comparator="<"), "less"),
        (replace(NUMBER, bound="less_than", comparator="<="), "at_most"),
        (replace(NUMBER, bound="nearly", comparator="~"), "nearly"),
        (replace(NUMBER, bound="nearly", comparator="<"), "nearly"),
        (replace(NUMBER, bound="approximately", comparator="~"), "about"),
        (replace(NUMBER, value=None, low=1.0, high=2.0), "range"),
        (replace(NUMBER, value=None, low=1.0), "at_least"),
        (replace(NUMBER, value=None, high=2.0), "at_most"),
        (replace(NUMBER, value=None, bound="approximately", comparator="~"), "none"),
    ],
)
def test_a_figure_has_its_mark(figure: Figure, kind: str) -> None:
    assert mark_kind(figure) == kind


@pytest.mark.parametrize(
    ("mark", "shape", "shaft"),
    [
        (Mark("number", 40), "full", None),
        (Mark("more", 40), "open", ("40.00", "48.00")),
        (Mark("at_least", 40), "full", ("40.00", "48.00")),
        (Mark("less", 40), "open", ("32.00", "40.00")),
        (Mark("at_most", 40), "full", ("32.00", "40.00")),
        (Mark("at_most", 3), "full", ("0.00", "3.00")),
        (Mark("nearly", 40), "open", ("32.00", "40.00")),
        (Mark("more", 40, falls=True), "open", ("32.00", "40.00")),
        (Mark("number", 40, reported=False), "full asked", None),
    ],
)
def test_bounds_are_arrows(mark: Mark, shape: str, shaft: tuple[str, str] | None) -> None:
    drawn = draw(mark, 9)
    assert f'class="{shape}"' in drawn
    found = re.search(r'class="shaft" x1="(?P<start>[\d.]+)%" x2="(?P<end>[\d.]+)%"', drawn)
    assert (found and (found["start"], found["end"])) == shaft


def test_a_range_is_a_bar() -> None:
    assert '<line class="span" x1="20.00%" x2="60.00%"' in draw(Mark("range", 20, 60), 9)
    assert draw(Mark("none"), 9) == ""


@pytest.mark.parametrize(
    ("beyond", "falls", "shaft"),
    [
        ("more", False, ("60.00", "68.00")),
        ("at_least", False, ("60.00", "68.00")),
        ("less", False, ("12.00", "20.00")),
        ("more", True, ("12.00", "20.00")),
        ("number", False, None),
    ],
)
def test_a_range_s_own_bound_is_an_arrow(
    beyond: MarkKind, falls: bool, shaft: tuple[str, str] | None
) -> None:
    drawn = draw(Mark("range", 20, 60, beyond=beyond, falls=falls), 9)
    found = re.search(r'class="shaft" x1="(?P<start>[\d.]+)%" x2="(?P<end>[\d.]+)%"', drawn)
    assert (found and (found["start"], found["end"])) == shaft
    assert ('class="span about"' in drawn) is (beyond == "about")


def test_what_has_no_number_says_so() -> None:
    chart = chart_of([point(NUMBER), point(MORE), point(replace(NUMBER, value=None))], "")
    assert chart is not None
    assert chart.picture.count("no exact number") == 1


@pytest.mark.parametrize(
    ("values", "ticks", "logarithmic"),
    [
        ([100, 159], "0 50 100 150 200", False),
        ([1.55e9, 26e9, 82e9], "0 50_billion 100_billion", False),
        ([-10, 30], "−10 0 10 20 30", False),
        ([0], "0 0.5", False),
        ([7], "0 2 4 6 8", False),
        ([0.25, 0.5], "0 0.2 0.4 0.6", False),
        ([3, 70000], "1 100 10,000", True),
        ([0, 3, 70000], "0 1 100 10,000", True),
        ([0, 0, 5], "0 2 4 6", False),
        ([-3, 70000], "−20,000 0 20,000 40,000 60,000 80,000", False),
    ],
)
def test_scales(values: list[float], ticks: str, logarithmic: bool) -> None:
    scale = scale_of(values)
    assert " ".join(tick_words(tick).replace(" ", "_") for tick in scale.ticks) == ticks
    assert scale.logarithmic is logarithmic
    assert all(0 <= scale.part(value) <= 1 for value in values)
    assert scale.part(min(values)) < scale.part(max(values)) or len(set(values)) == 1


def point(figure: Figure, words: str = "", note: str = "") -> Point:
    return Point("16 November 2023", "2023", figure, words, note)


def test_words_reach_the_picture_escaped() -> None:
    chart = chart_of([point(NUMBER, "<b>", "a & b"), point(MORE)], 'says "it" & <more>')
    assert chart is not None
    assert "<b>" not in chart.picture
    assert "&#60;b&#62;" in chart.picture
    assert 'aria-label="says &#34;it&#34; &#38; &#60;more&#62;"' in chart.picture


def test_the_legend_holds_what_the_chart_holds() -> None:
    chart = chart_of([point(MORE), point(replace(NUMBER, status="planned"))], "")
    assert chart is not None
    assert [words for _, words in chart.legend] == ["more than", "requested, planned or estimated"]


def test_a_long_note_is_cut_for_each_screen() -> None:
    chart = chart_of([point(NUMBER, note="word " * 40), point(MORE, note="short")], "")
    assert chart is not None
    notes = re.findall(r'class="(note[^"]*)"[^>]*>([^<]*)<', chart.picture)
    assert [(name, len(words)) for name, words in notes] == [
        ("note wide", 120),
        ("note narrow", 45),
        ("note", 5),
    ]


def test_the_scale_s_words_fit_a_narrow_screen() -> None:
    figures = [replace(NUMBER, value=value) for value in (50e6, 180e6)]
    chart = chart_of([point(figure) for figure in figures], "")
    assert chart is not None
    words = re.findall(r'class="axis[^"]*"[^>]*>([^<]*)<', chart.picture)
    assert words == ["0", "100 million", "200 million"]


def test_one_number_is_no_chart() -> None:
    assert chart_of([point(NUMBER)], "") is None
    assert chart_of([point(NUMBER), point(replace(NUMBER, value=None))], "") is None


def test_falls_lie_left_of_zero_only_among_rises_and_falls() -> None:
    rise, fall = replace(NUMBER, change="increase"), replace(NUMBER, change="decrease")
    signed = chart_of([point(rise), point(fall)], "")
    assert signed is not None
    assert signed.signed
    assert "−100" in signed.picture
    mixed = chart_of([point(NUMBER), point(fall)], "")
    assert mixed is not None
    assert not mixed.signed


@pytest.mark.parametrize("count", [2, LABELED, LABELED + 1, 250])
def test_nothing_joins_two_statements(count: int) -> None:
    figures = [replace(NUMBER, value=float(number)) for number in range(1, count + 1)]
    chart = chart_of([point(figure) for figure in figures], "")
    assert chart is not None
    assert "polyline" not in chart.picture
    for line in re.findall(r"<line [^>]*>", chart.picture):
        y1, y2 = (float(y) for y in re.findall(r'y[12]="([\d.]+)"', line))
        assert y1 == y2 or 'class="tick"' in line
    assert chart.picture.count('class="full"') == count
    assert chart.picture.count('class="note"') == (1 if count > LABELED else 0)
