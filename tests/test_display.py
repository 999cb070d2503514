"""Dates in words, and what is no date as it stands."""

from __future__ import annotations

import pytest

from builder.dating.display import date_in_words, date_order
from builder.dating.when import certain_date, first_and_last, is_day, when
from builder.model import Provenance


@pytest.mark.parametrize(
    ("edtf", "words"),
    [
        (None, "n.d."),
        ("2023-11-16", "16 November 2023"),
        ("2019-06?", "June 2019?"),
        ("2023/2024", "from 2023 to 2024"),
        ("2023-01/..", "from January 2023"),
        ("../2024", "until 2024"),
        ("11/16/2023", "11/16/2023"),
        ("2023/11/16", "2023/11/16"),
        ("16/11", "16/11"),
        ("/", "/"),
        ("../..", "../.."),
        ("2023-13-45", "2023-13-45"),
        ("by hand / from a mirror", "by hand / from a mirror"),
        ("2022-23", "autumn 2022"),
        ("2023-35?", "third quarter of 2023?"),
        ("2024-41", "second half of 2024"),
        ("199X", "the 1990s"),
        ("2021~", "about 2021"),
        ("2021%", "about 2021?"),
        ("2023-11-06~/2023-11-12~", "about 6 November 2023 to 12 November 2023"),
        ("2023-35-01", "2023-35-01"),
    ],
)
def test_dates_in_words_and_what_is_no_date_as_it_stands(edtf: str | None, words: str) -> None:
    assert date_in_words(edtf) == words


def test_seasons_and_quarters_stand_where_they_begin() -> None:
    dates = ["2023-36", "2023-11", "2023-22", "2023-06-02", "2023", "2023-33"]
    ordered = ["2023", "2023-33", "2023-22", "2023-06-02", "2023-36", "2023-11"]
    assert sorted(dates, key=lambda edtf: date_order(edtf) or "") == ordered
    assert date_order("199X") is None


@pytest.mark.parametrize(
    ("edtf", "provenance", "iso"),
    [
        ("2023-11-16", "stated", "2023-11-16"),
        ("2023-11-16", "supplied", "2023-11-16"),
        ("2023-11", "stated", "2023-11"),
        ("2023", "stated", "2023"),
        ("2023-11-16", "inferred", ""),
        ("2019-06?", "stated", ""),
        ("2019~", "supplied", ""),
        ("2023/2024", "stated", ""),
        ("2023-02-30", "stated", ""),
        ("", "unknown", ""),
    ],
)
def test_only_a_fact_is_a_certain_date(edtf: str, provenance: Provenance, iso: str) -> None:
    assert certain_date(edtf, provenance) == iso


@pytest.mark.parametrize(
    ("edtf", "days"),
    [
        ("2024-02", ("2024-02-01", "2024-02-29")),
        ("2023~", ("2023-01-01", "2023-12-31")),
        ("2023-05/2024", ("2023-05-01", "2024-12-31")),
        ("9999", ("9999-01-01", "9999-12-31")),
    ],
)
def test_days_that_a_date_may_mean(edtf: str, days: tuple[str, str]) -> None:
    found = first_and_last(edtf)
    assert found
    assert tuple(map(str, found)) == days


@pytest.mark.parametrize("text", ["199X", "2023-21", "2023/..", "2024/2023", "2023-02-30", "x", ""])
def test_what_is_no_date_of_a_document(text: str) -> None:
    assert when(text) is None
    assert first_and_last(text) is None
    assert not is_day(text)


def test_a_day_is_one_without_a_sign() -> None:
    assert [is_day(text) for text in ("2023-11-16", "2023-11", "2023-11-16?")] == [
        True,
        False,
        False,
    ]
