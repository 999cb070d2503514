"""The finder of organizations, by its table of cases."""

from __future__ import annotations

import pytest

from builder.catalogue import Catalogue, load_catalogue
from builder.organizations import find_organizations
from naming_cases import cases, marked, reading

CATALOGUE = load_catalogue(None)


@pytest.mark.parametrize("case", cases("organizations"))
def test_case(case: str) -> None:
    found, expected = marked(case, find_organizations, CATALOGUE)
    assert found == expected


def test_works_without_any_catalogue() -> None:
    assert list(find_organizations(reading("", "Nothing here."), Catalogue.empty())) == []
