"""The figures annotator, on tables that a policy reader can check and extend."""

from __future__ import annotations

import math
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builder.figures import figures_in, find_figures, passed_over
from builder.fold import fold
from builder.model import Metadata, Reading, Span
from builder.numbers.masks import mask, mask_patterns
from builder.rules import rules_of
from builder.strict_yaml import load, load_data

NUMBER_RULES = ("number: ", "unit: ", "not a figure: ")
CASES = Path(__file__).parent / "cases"


def table(name: str) -> list[Any]:
    path = CASES / f"{name}.yaml"
    rows: list[Any] = load(path.read_text(encoding="utf-8"), str(path))
    return rows


@pytest.mark.parametrize("case", table("figures"), ids=lambda case: case["text"][:50])
def test_figures(case: Any) -> None:
    text = fold(case["text"])
    found = figures_in(text)
    assert len(found) == len(case["figures"]), [text[s.start : s.end] for s, _ in found]
    for (span, figure), wanted in zip(found, case["figures"], strict=True):
        for name, value in wanted.items():
            got = text[span.start : span.end] if name == "say" else getattr(figure, name)
            if isinstance(got, float):
                assert got == pytest.approx(value, rel=1e-3), name
            else:
                printed = name in ("say", "of", "period") and value is not None
                assert got == (str(value) if printed else value), name


@pytest.mark.parametrize("case", table("status"), ids=lambda case: case["text"][:50])
def test_status(case: Any) -> None:
    assert figures_in(case["text"])[0][1].status == case["status"]


@pytest.mark.parametrize(
    ("row", "pattern"),
    [pytest.param(row, pattern, id=row["name"]) for row, pattern in mask_patterns()],
)
def test_every_mask_meets_its_own_examples(row: Any, pattern: re.Pattern[str]) -> None:
    assert pattern.groups == 0
    for example in row["examples"]:
        assert pattern.search(example), example
        assert len(mask(example)) == len(example)
        assert figures_in(example) == [], example
    for counter in row.get("not", ()):
        assert not pattern.search(counter), counter


@pytest.mark.parametrize("row", load_data("claims")["bounds"], ids=lambda row: row["comparator"])
def test_every_bound_meets_its_own_examples(row: Any) -> None:
    for example in row["examples"]:
        figure = figures_in(example)[0][1]
        assert (figure.bound, figure.comparator) == (row["bound"], row["comparator"]), example


@pytest.mark.parametrize("row", load_data("claims")["statuses"], ids=lambda row: row["status"])
def test_every_status_meets_its_own_examples(row: Any) -> None:
    for example in row.get("examples", ()):
        assert figures_in(example)[0][1].status == row["status"], example


@pytest.mark.parametrize(
    "row",
    [row for row in load_data("units") if row["unit"] not in ("times", "cent", "penny")],
    ids=lambda row: row["unit"],
)
def test_every_form_of_a_unit_is_read(row: Any) -> None:
    for form in row["words"]:
        assert figures_in(f"It is 12 {form} now.")[0][1].unit == row["unit"], form
    for word in row.get("only_before", ("now",)):
        for sign in row.get("marks", ()):
            assert figures_in(f"It is 12{sign} {word} it.")[0][1].unit == row["unit"], sign


@pytest.mark.parametrize("row", load_data("currencies"), ids=lambda row: row["code"])
def test_every_sign_and_word_of_a_currency_is_read(row: Any) -> None:
    code = () if row.get("code_read") == "never" else (row["code"],)
    for sign in (*row.get("signs", ()), *code):
        text = f"It cost {sign} 12 million then."
        assert figures_in(text)[0][1].unit == row["code"], sign
    for form in row.get("words", ()):
        assert figures_in(f"It cost 12 million {form} then.")[0][1].unit == row["code"], form


@pytest.mark.parametrize("case", table("figures"), ids=lambda case: case["text"][:50])
def test_every_rule_of_a_number_is_declared(case: Any) -> None:
    reading = Reading((fold(case["text"]),), ("paragraph",), Metadata())
    found = [*find_figures(reading, None), *passed_over(reading, None)]
    mine = {rule for one in found for rule in one.rules if rule.startswith(NUMBER_RULES)}
    assert mine <= rules_of("figure").keys()


def test_find_figures_names_the_block_and_skips_furniture() -> None:
    reading = Reading(("", "It has 159 countries."), ("furniture", "paragraph"), Metadata())
    found = list(find_figures(reading, None))
    assert [(f.block, f.at, f.entity) for f in found] == [(1, Span(7, 10), "")]


HOSTILE = (
    "1" * 20_000,
    "1," * 5_000,
    "one " * 3_000,
    "1 " * 2_000,
    "$" * 20_000,
    "5% " * 300,
    "section " + "1(1)" * 1_000,
    "hundred and " * 1_000,
    "1 " + "million " * 2_000,
    "half " * 1_000,
    "\x00" * 1_000 + "5",
    "İ5 " * 300,
    "٣ people and ³ more and ④",
    ("9" * 15 + " million billion trillion ") * 50,
    "14 crimes committed",
    "have 14 of them committed",
)


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: text[:12])
def test_hostile_text_gives_finite_figures_in_order(text: str) -> None:
    _check(text)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "1",
                "12",
                "1,300",
                "2023",
                "$",
                "€",
                "%",
                "-",
                "–",
                "to",
                "and",
                "of",
                ".",
                ",",
                "one",
                "five",
                "hundred",
                "million",
                "dozens",
                "half",
                "third",
                "doubled",
                "more",
                "than",
                "nearly",
                "FY24",
                "people",
                "kg",
                "years",
                "in",
                "between",
                "from",
                "(",
                ")",
                "/",
                "'",
                "+",
                "x",
            ]
        )
        | st.text(max_size=4),
        max_size=30,
    ),
    st.sampled_from([" ", ""]),
)
def test_any_text_gives_finite_figures_in_order(parts: list[str], join: str) -> None:
    _check(join.join(parts))


def _check(text: str) -> None:
    end = 0
    for span, figure in figures_in(text):
        assert end <= span.start < span.end <= len(text)
        end = span.end
        numbers = (figure.value, figure.low, figure.high)
        assert all(number is None or math.isfinite(number) for number in numbers)
        assert (figure.low is None) == (figure.high is None)
        assert figure.value is None or figure.low is None
        for words in (figure.of, figure.period):
            assert words is None or (words in text and words.strip() == words and words)
        assert re.fullmatch(r"[A-Z]{3}|[a-z_]+", figure.unit)
