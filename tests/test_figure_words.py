"""Figures in words: bound, value, unit in the right number."""

from __future__ import annotations

from collections import Counter

import pytest

from builder.html.figure_words import figure_parts, figure_words
from builder.html.period_choices import choices_of_periods
from builder.model import Figure

CASES = [
    (Figure(1.2e9, None, None, "more_than", ">", "USD"), "more than 1,200,000,000 USD"),
    (Figure(120, None, None, "more_than", ">=", "metric_ton"), "at least 120 metric tons"),
    (Figure(1, None, None, "exact", "=", "year"), "1 year"),
    (Figure(None, 3, 5, "exact", "=", "century"), "3 to 5 centuries"),
    (Figure(800, None, None, "exact", "=", "square_foot"), "800 square feet"),
    (Figure(10, None, None, "exact", "=", "percent"), "10%"),
    (Figure(1 / 6, None, None, "exact", "=", "fraction"), "0.1667 (a fraction of 1)"),
    (Figure(None, None, None, "approximately", "~", "pound"), "no exact number of pounds"),
    (Figure(None, None, None, "approximately", "~", "USD"), "no exact amount in USD"),
]


@pytest.mark.parametrize(("figure", "words"), CASES, ids=[words for _, words in CASES])
def test_a_figure_in_words(figure: Figure, words: str) -> None:
    assert figure_words(figure) == words


def test_what_a_figures_card_shows() -> None:
    figure = Figure(
        1200.0, None, None, "more_than", ">=", "count", of="old · boats", status="requested"
    )
    assert figure_parts(figure, "1,100") == (
        "at least 1,200 (≥) · of old boats · status requested · earlier 1,100"
    )
    vague = Figure(None, None, None, "approximately", "~", "USD")
    assert figure_parts(vague) == "no exact amount in USD"  # a sign stands before numbers only
    assert figure_parts(Figure(3.0, None, None, "exact", "=", "year")) == "3 years"


def test_a_filter_takes_periods_that_mean_the_same_for_one() -> None:
    printed = ["annually", "each year", "each year", "past year", "last year", "FY24"]
    assert choices_of_periods(Counter(printed)) == {
        **dict.fromkeys(("annually", "each year"), "each year"),
        **dict.fromkeys(("past year", "last year"), "last year"),
        "FY24": "FY24",
    }
