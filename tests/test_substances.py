"""The finder of substances, by its table of cases."""

from __future__ import annotations

import pytest
from naming_cases import cases, marked, reading

from builder.catalogue import Catalogue, load_catalogue
from builder.substances import find_substances

CATALOGUE = load_catalogue(None)


@pytest.mark.parametrize("case", cases("substances"))
def test_case(case: str) -> None:
    found, expected = marked(case, find_substances, CATALOGUE)
    assert found == expected


def test_works_without_any_catalogue() -> None:
    assert list(find_substances(reading("", "Nothing here."), Catalogue.empty())) == []
