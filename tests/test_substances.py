"""The finder of substances, by its table of cases."""

from __future__ import annotations

from functools import partial

import pytest

from builder.catalogue import Catalogue, load_catalogue
from builder.naming.named import find_named
from naming_cases import cases, marked, reading

CATALOGUE = load_catalogue(None)


@pytest.mark.parametrize("case", cases("substances"))
def test_case(case: str) -> None:
    found, expected = marked(case, partial(find_named, "substance"), CATALOGUE)
    assert found == expected


def test_works_without_any_catalogue() -> None:
    assert list(find_named("substance", reading("", "Nothing here."), Catalogue.empty())) == []
