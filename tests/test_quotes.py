"""Marks within quotation marks: of titles; of quotations in tests/test_citing_in_browser.py."""

import pytest
import yaml

from builder.citing.joining import ends_in_quotes, inner_quotes
from conftest import ROOT

CASES = yaml.safe_load((ROOT / "tests/cases/quotes.yaml").read_text("utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"])
def test_marks_within_a_title_are_single(case):
    assert inner_quotes(case["text"]) == case["within"]


@pytest.mark.parametrize(
    ("title", "ends"), [('The "Old"', True), ("The “Old”", True), ('A 12"', False), ("Old’", False)]
)
def test_a_title_ends_in_quotation_marks_of_its_own(title, ends):
    assert ends_in_quotes(title) is ends
