"""What a passage is found under beside its own words; the builder and the page's script agree."""

from pathlib import Path

import pytest
import yaml

from builder.model import Span
from builder.searching.words import also, canonical

CASES = yaml.safe_load(
    (Path(__file__).parent / "cases" / "search_words.yaml").read_text(encoding="utf-8")
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"])
def test_a_text_is_also_found_under(case):
    found = also(case["text"])
    assert sorted(one.token for one in found) == sorted(case["also"])
    assert all(0 <= one.start < one.end <= len(case["text"]) for one in found)


def test_a_misprint_is_found_under_its_right_reading():
    text = "The harbour maters of the coast."
    assert [*also(text, [(Span(12, 18), "Masters")])] == [(12, 18, "Masters")]


@pytest.mark.parametrize(
    ("digits", "exponent", "one"),
    [("1.55", 0, "1d55"), ("1.55", 9, "1550000000"), ("0.5", 6, "500000"), ("007", 0, "7")],
)
def test_a_number_has_one_form(digits, exponent, one):
    assert canonical(digits, exponent) == one


@pytest.mark.browser
def test_the_page_reads_texts_alike(address, open_page):
    page = open_page(address)
    for name in ("fold", "search_words"):
        page.evaluate(f"reader.script('assets/javascripts/{name}.js')")
    words = page.evaluate(
        """texts => texts.map(text => {
          const reading = reader.words.read(text);
          return [...reading.words, ...reading.more.map(one => one[2])];
        })""",
        [case["text"] for case in CASES],
    )
    for case, found in zip(CASES, words, strict=True):
        assert set(case["also"]) <= set(found), case["text"]
