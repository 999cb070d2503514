"""The finder of people, by its table of cases."""

from __future__ import annotations

import pytest

from builder.catalogue import Catalogue
from builder.people import find_people
from naming_cases import cases, marked, reading

CATALOGUE = Catalogue.empty()


@pytest.mark.parametrize("case", cases("people"))
def test_case(case: str) -> None:
    found, expected = marked(case, find_people, CATALOGUE)
    assert found == expected


def test_works_without_any_catalogue() -> None:
    assert list(find_people(reading("", "Nothing here."), Catalogue.empty())) == []
