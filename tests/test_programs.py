"""The finder of programs, by its table of cases."""

from __future__ import annotations

import pytest

from builder.catalogue import Catalogue, load_catalogue
from builder.programs import find_programs
from builder.strict_yaml import load_data
from naming_cases import cases, keys, marked, reading

CATALOGUE = load_catalogue(None)


@pytest.mark.parametrize("case", cases("programs"))
def test_case(case: str) -> None:
    found, expected = marked(case, find_programs, CATALOGUE)
    assert found == expected


@pytest.mark.parametrize("keyword", load_data("program_words")["keywords"], ids=lambda k: k["word"])
def test_keyword_proves_itself(keyword: dict[str, list[str]]) -> None:
    assert keyword["examples"]
    for example in keyword["examples"]:
        assert keys(f"Today {example} grew.", find_programs, Catalogue.empty()), example


def test_works_without_any_catalogue() -> None:
    assert list(find_programs(reading("", "Nothing here."), Catalogue.empty())) == []
