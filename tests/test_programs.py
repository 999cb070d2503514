"""The finder of programs, by its table of cases."""

from __future__ import annotations

import pytest
from naming_cases import cases, marked, reading

from builder.catalogue import Catalogue, load_catalogue
from builder.programs import find_programs

CATALOGUE = load_catalogue(None)


@pytest.mark.parametrize("case", cases("programs"))
def test_case(case: str) -> None:
    found, expected = marked(case, find_programs, CATALOGUE)
    assert found == expected


def test_works_without_any_catalogue() -> None:
    assert list(find_programs(reading("", "Nothing here."), Catalogue.empty())) == []
