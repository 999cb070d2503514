"""Dates in words, and what is no date as it stands."""

from __future__ import annotations

import pytest

from builder.dating.display import date_in_words


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
    ],
)
def test_dates_in_words_and_what_is_no_date_as_it_stands(edtf: str | None, words: str) -> None:
    assert date_in_words(edtf) == words
