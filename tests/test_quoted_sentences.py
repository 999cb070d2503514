"""Sentences: the knowledge file proves itself, and every mention stands in one."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.model import Span
from builder.quoted_sentences import sentence_at, sentences
from builder.strict_yaml import load_data

DATA: Any = load_data("abbreviations")
EXAMPLES = [
    *DATA["cases"],
    *(one for group in ("titles", "numbered", "acronyms") for one in DATA[group]["examples"]),
]


@pytest.mark.parametrize("example", EXAMPLES)
def test_examples(example: str) -> None:
    wanted = [part.strip() for part in example.split("|")]
    text = example.replace("|", " ")
    assert [text[span.start : span.end].strip() for span in sentences(text)] == wanted


def test_sentence_of_a_mention() -> None:
    text = "Secretary Michael R. Pompeo spoke. The U.S. Government agreed. It ended."
    start = text.index("Government")
    span = sentence_at(text, Span(start, start + 10))
    assert text[span.start : span.end] == "The U.S. Government agreed."


def test_mention_over_two_sentences() -> None:
    text = "One. Two three. Four."
    assert sentence_at(text, Span(6, 18)) == Span(5, 21)


@given(st.text(st.sampled_from("aB.!? \"'U5\u00a0…"), max_size=60))
def test_law(text: str) -> None:
    found = sentences(text)
    assert list(found) == sorted(found)
    gaps = [text[one.end : other.start] for one, other in pairwise(found)]
    assert all(gap.strip() == "" for gap in gaps)
    covered = sum(len(span) for span in found) + sum(len(gap) for gap in gaps)
    assert covered == len(text)
