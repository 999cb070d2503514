"""The date finder: a table of texts, and what holds for every text."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.dates import dates_in, find_dates, scan
from builder.dating.clock import Clock
from builder.dating.dateline import date_of_dateline
from builder.dating.edtf import doubted, interval, month_of, parse_reference
from builder.dating.rules import digit_rules, month_rules, word_rules
from builder.fold import fold
from builder.model import Known, Metadata, Reading
from builder.strict_yaml import load
from conftest import document
from marked import remark, unmark

CASES = Path(__file__).parent / "cases" / "dates.yaml"
GROUPS = load(CASES.read_text(encoding="utf-8"), CASES.name)
TABLE = [(group.get("document"), case) for group in GROUPS for case in group["cases"]]
EDTF = re.compile(r"\d{3}X|\d{4}(-\d\d(-\d\d)?)?[?~%]?(/\d{4}(-\d\d(-\d\d)?)?[?~%]?)?")


@pytest.mark.parametrize(("document", "case"), TABLE)
def test_case(document: object, case: str) -> None:
    text, expected = unmark(case)
    found = dates_in(fold(text), None if document is None else str(document))
    assert remark(text, found) == remark(text, expected)


def test_there_are_many_cases() -> None:
    assert len(TABLE) >= 60


def test_every_rule_has_a_case() -> None:
    used = {
        name
        for document, case in TABLE
        for seen in scan(fold(unmark(case)[0]), Clock(parse_reference(document and str(document))))
        for name in seen.rules
    }
    rules = (*month_rules(), *digit_rules(), *word_rules())
    assert {rule.name for rule in rules} - used == set()


def test_reference_is_the_documents_date() -> None:
    metadata = Metadata(date=Known("2023-11-16", "stated"))
    reading = Reading(("", "On November 15 they met."), ("furniture", "paragraph"), metadata)
    (found,) = find_dates(reading, None)  # type: ignore[arg-type]  # reads no catalogue
    assert (found.block, found.entity) == (1, "2023-11-15")


@pytest.mark.parametrize("text", ["2023/2024", "..", "", "16 May 2023", "2023-13", "2023-02-30"])
def test_no_reference(text: str) -> None:
    assert parse_reference(text) is None


def test_intervals_run_forward() -> None:
    assert interval("2023", "2024") == "2023/2024"
    assert interval("2024", "2023") is None
    assert month_of(2023, 13) is None


def test_doubts_add_up() -> None:
    assert doubted("2023/2024") == "2023?/2024?"
    assert doubted("2023~") == "2023%"
    assert doubted("2023?") == "2023?"


WORDS = (
    "May March 5 12 31 2020 1999 2000 , – - . ( ) to and of in last this year month FY 24 Nov. "
    "people early mid- end the ago two 2023-11-16 1990s Q3 fall"
)
TEXTS = st.lists(st.sampled_from(WORDS.split(" ")), max_size=25).map(" ".join)


@given(TEXTS, st.sampled_from([None, "2024", "2024-02?", "2024-02-29"]))
def test_any_text(text: str, reference: str | None) -> None:
    found = dates_in(text, reference)
    assert all(a.end <= b.start for (a, _), (b, _) in pairwise(found))
    assert all(0 <= span.start < span.end <= len(text) for span, _ in found)
    assert [edtf for _, edtf in found if not EDTF.fullmatch(edtf)] == []


@pytest.mark.parametrize(
    ("first", "day"),
    [
        (["Oslo, February 3, 2024", "The ministry spoke."], "2024-02-03"),
        (["Ministry of Roads", "October 12, 2021"], "2021-10-12"),
        (["PORT LOUIS, 3 May 2021 – The ministry spoke."], "2021-05-03"),
        (["Washington, D.C., Monday, May 3, 2021. "], "2021-05-03"),
        (["Oslo, February 2024"], None),
        (["On February 3, 2024, the ministry spoke."], None),
        (["Oslo, February 31, 2024"], None),
        (["May 3, 2021", "May 4, 2021"], None),
        (["The bridge was opened."] * 6 + ["Oslo, February 3, 2024"], None),
    ],
)
def test_a_dateline_dates_what_nothing_else_does(first: list[str], day: str | None) -> None:
    assert date_of_dateline(first) == day
    found = document("\n\n".join(first))
    assert (found.metadata.date.value, found.metadata.date.provenance) == (
        (day, "inferred") if day else (None, "unknown")
    )
    stated = document("---\ndate: 2020-01-01\n---\n\n" + "\n\n".join(first))
    assert stated.metadata.date.value == "2020-01-01"
