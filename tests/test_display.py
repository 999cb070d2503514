"""Dates in words, and what is no date as it stands."""

from __future__ import annotations

import pytest

from builder.dating.display import date_in_words, date_order


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
