"""Claims: what a document says again is one claim, and what only looks alike is not."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from time import process_time
from typing import Any

import pytest

from builder.annotate import annotate
from builder.catalogue import Catalogue, load_catalogue
from builder.claiming.printed import printed_words
from builder.claiming.words import counted_head, counted_words, period_words, years
from builder.claims import Claim, find_claims
from builder.model import Annotated, Figure
from builder.read import source_from_bytes
from builder.strict_yaml import load, load_data
from builder.structure import structure
from conftest import ROOT, SEEDS, document
from made import made
from marked import unmark

CASES: Any = load((ROOT / "tests/cases/claims.yaml").read_text("utf-8"), "claims.yaml")
PERIODS = load_data("same_claims")["period"]["examples"]


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue(None)


@pytest.mark.parametrize("case", CASES, ids=[case["what"] for case in CASES])
def test_cases(case: Any, catalogue: Catalogue) -> None:
    text, marks = unmark(case["text"])
    claims = list(find_claims(annotate(document(text), catalogue)))
    number_of = {
        statement.mention.span: number
        for number, claim in enumerate(claims)
        for statement in claim.statements
    }
    found: defaultdict[int, set[str]] = defaultdict(set)
    wanted: defaultdict[str, set[int]] = defaultdict(set)
    for span, letter in marks:
        assert span in number_of, f'"{text[span.start : span.end]}" is not read as a figure'
        found[number_of[span]].add(letter)
        wanted[letter].add(number_of[span])
    assert all(len(letters) == 1 for letters in found.values()), "different claims are one"
    assert all(len(numbers) == 1 for numbers in wanted.values()), "one claim is several"


@pytest.mark.parametrize("row", PERIODS, ids=[f"{row['one']} {row['other']}" for row in PERIODS])
def test_periods(row: Any) -> None:
    assert (period_words(row["one"]) == period_words(row["other"])) is row["same"]


@pytest.mark.parametrize(
    ("of", "words", "head"),
    [
        ("nine new counties", {"nine", "county"}, "county"),
        (
            "potentially lethal doses of fentanyl",
            {"potentially", "lethal", "dose", "fentanyl"},
            "dose",
        ),
        ("the President's agents", {"president", "agent"}, "agent"),
        ("process", {"process"}, "process"),
        (None, set(), ""),
    ],
)
def test_what_is_counted(of: str | None, words: set[str], head: str) -> None:
    assert counted_words(of) == words
    assert counted_head(of) == head


def test_years_of_a_sentence() -> None:
    text = "In 2023 and FY24, fiscal year 2025, 20,200 agents had 1999 cars."
    assert years(text) == {"2023", "fy2024", "fy2025", "1999"}


MORE = Figure(100.0, None, None, "more_than", ">", "count", of="countries")
PLUS = replace(MORE, comparator=">=")
UNDER = Figure(5.0, None, None, "less_than", "<=", "gram", of="heroin")


@pytest.mark.parametrize(
    ("text", "surface", "figure", "printed"),
    [
        ("It unites over 100 countries.", "100", MORE, "over 100"),
        ("It unites more than a combined 100 countries.", "100", MORE, "more than a combined 100"),
        ("It unites 100+ countries.", "100", PLUS, "100+"),
        ("Who carries 5 grams or less is free.", "5 grams", UNDER, "5 grams or less"),
        ("It unites 100 countries.", "100", MORE, "100"),
        ("It unites over 100 countries.", "100", replace(MORE, bound="exact"), "100"),
    ],
)
def test_printed_with_its_bound(text: str, surface: str, figure: Figure, printed: str) -> None:
    (claim,) = find_claims(made("one", text, ("figure", "", surface, figure)))
    assert printed_words(claim.stated) == printed


def claims_of(one: Annotated) -> list[Claim]:
    return list(find_claims(one))


@pytest.mark.parametrize("path", SEEDS, ids=[path.stem for path in SEEDS])
def test_every_figure_belongs_to_one_claim(path: Any) -> None:
    one = annotate(
        structure(source_from_bytes(path.read_bytes(), path.name)),
        load_catalogue(ROOT / "seeds/catalogue"),
    )
    claims = claims_of(one)
    gathered = [statement.mention for claim in claims for statement in claim.statements]
    assert sorted(gathered, key=lambda mention: mention.span) == [
        mention for mention in one.mentions if mention.figure is not None
    ]
    firsts = [claim.stated.mention.span for claim in claims]
    assert firsts == sorted(firsts)
    assert claims_of(one) == claims


def test_one_long_sentence_costs_no_more_than_many(catalogue: Catalogue) -> None:
    one = annotate(document("5% " * 4000), catalogue)
    assert len(claims_of(one)) == sum(mention.figure is not None for mention in one.mentions)


@pytest.mark.parametrize(
    "text",
    [
        "It trained 1,250 officers. " * 2000,
        " ".join(f"It trained 1,250 officers of unit {'x' * (n % 40 + 1)}." for n in range(500)),
    ],
    ids=["the same sentence", "sentences that go on"],
)
def test_what_is_said_very_often_is_still_compared_with_few(
    text: str, catalogue: Catalogue
) -> None:
    one = annotate(document(text), catalogue)
    start = process_time()
    claims_of(one)
    assert process_time() - start < 5
