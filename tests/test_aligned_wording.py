"""How alike two passages read, and when one stands in another."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.aligning.wording import Wording, contains, is_part, similarity

SENTENCE = "The police seized 120 tons of cocaine in the harbor of the capital last year."


@pytest.mark.parametrize(
    "other",
    [
        "the POLICE seized 120 tons of cocaine in the harbor of the capital last year",
        "“The police” — seized 120 tons, of cocaine: in the harbor of the capital last year!",
        "The _police_ seized **120** tons of cocaine in the\u00a0harbor of the capital last year.",
        "The police seized １２０ tons of cocaine in the harbor of the capital last year.",
    ],
)
def test_markup_quotes_dashes_spaces_and_case_do_not_count(other: str) -> None:
    assert Wording(other).key == Wording(SENTENCE).key
    assert similarity(Wording(SENTENCE), Wording(other)) == 1.0


@pytest.mark.parametrize("text", ["###", "* * *", "—", "_"])
def test_a_text_without_words_is_itself(text: str) -> None:
    assert Wording(text).key == text


def test_what_is_less_alike_than_asked_for_is_not_told() -> None:
    one, other = Wording(SENTENCE), Wording("A fund pays for the plan.")
    assert 0 < similarity(one, other) < 0.4
    assert similarity(one, other, least=0.6) == 0.0


def test_words_of_scripts_that_do_not_part_them_are_letters() -> None:
    assert Wording("警方查获毒品").words == list("警方查获毒品")


@pytest.mark.parametrize(
    ("part", "inside"),
    [
        ("seized 120 tons of cocaine", True),
        ("the capital", False),  # too short to tell anything
        ("of the last police tons year", False),  # its words, but not side by side
        ("The ministers agreed to inspect every container", False),
    ],
)
def test_a_passage_contains_what_stands_in_it_as_it_was(part: str, inside: bool) -> None:
    assert contains(Wording(SENTENCE), Wording(part)) is inside


def test_a_few_words_are_part_where_they_stand_as_they_are() -> None:
    assert is_part(Wording(SENTENCE), Wording("The police"))
    assert is_part(Wording(SENTENCE), Wording("last year"))
    assert not is_part(Wording(SENTENCE), Wording("the capital"))


@given(st.text(max_size=60), st.text(max_size=60))
def test_similarity_is_symmetric_and_within_bounds(one: str, other: str) -> None:
    there, back = (similarity(Wording(a), Wording(b)) for a, b in ((one, other), (other, one)))
    assert there == back
    assert 0.0 <= there <= 1.0
    assert similarity(Wording(one), Wording(one)) == 1.0
