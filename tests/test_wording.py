"""Word-level differences: the law that they give both texts, and that an editor can read them."""

from __future__ import annotations

from itertools import pairwise
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.html.wording import word_diff

WORDS = st.sampled_from(
    "the of and a The task force ministers agreed. agreed, on $1.55 billion million 12 percent —"
    " 国際 “quoted” (sic) | \n \u00a0 1,200".split(" ")
)
SPACES = st.sampled_from([" ", " ", " ", "  ", "\n", "\u00a0", ""])
TEXTS = st.lists(st.tuples(WORDS, SPACES).map("".join), max_size=40).map("".join) | st.text()


def marked(old: str, new: str) -> str:
    """Return a difference as "same [-gone-] {+new+}"."""
    forms = {"same": "{}", "gone": "[-{}-]", "new": "{{+{}+}}"}
    return "".join(forms[piece.kind].format(piece.text) for piece in word_diff(old, new))


def assert_lawful(old: str, new: str) -> None:
    pieces = word_diff(old, new)
    assert "".join(piece.text for piece in pieces if piece.kind != "new") == old
    assert "".join(piece.text for piece in pieces if piece.kind != "gone") == new
    assert all(piece.text for piece in pieces)
    kinds = [piece.kind for piece in pieces]
    assert all(one != other for one, other in pairwise(kinds))
    assert ("new", "gone") not in set(pairwise(kinds))


@given(TEXTS, TEXTS)
def test_the_pieces_give_both_texts(old: str, new: str) -> None:
    assert_lawful(old, new)


@given(TEXTS, st.data())
def test_the_pieces_of_an_edit_give_both_texts(text: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(text)))
    to = data.draw(st.integers(at, len(text)))
    assert_lawful(text, text[:at] + data.draw(TEXTS) + text[to:])


READABLE = [
    # nothing, one side
    ("", "", ""),
    ("Alike.", "Alike.", "Alike."),
    ("", "All new.", "{+All new.+}"),
    ("All gone.", "", "[-All gone.-]"),
    # whole words with their punctuation
    (
        "The ministers met in Vienna.",
        "The ministers met in Geneva.",
        "The ministers met in [-Vienna.-]{+Geneva.+}",
    ),
    # an amount is one word
    (
        "We ask for $1.55 billion this year.",
        "We ask for $1.65 billion this year.",
        "We ask for [-$1.55 billion-]{+$1.65 billion+} this year.",
    ),
    (
        "It fell by 12 percent in May.",
        "It fell by 12 million in May.",
        "It fell by [-12 percent-]{+12 million+} in May.",
    ),
    # a short common word between two changes is swallowed
    (
        "Some 5 of 10 states have signed it by now.",
        "Some 6 of 12 states have signed it by now.",
        "Some [-5 of 10-]{+6 of 12+} states have signed it by now.",
    ),
    # what was put in begins where a sentence ends
    (
        "The group met. The group will report.",
        "The group met. The group agreed on a plan. The group will report.",
        "The group met.{+ The group agreed on a plan.+} The group will report.",
    ),
    (
        "The group met. The group agreed on a plan. The group will report.",
        "The group met. The group will report.",
        "The group met.[- The group agreed on a plan.-] The group will report.",
    ),
    ("Last week ended.", "The last week ended.", "[-Last-]{+The last+} week ended."),
    ("The group met.", "The group met. It will report.", "The group met.{+ It will report.+}"),
    # a total rewrite is two texts
    (
        "Seizures of the drug doubled in the spring of that year.",
        "A new office in the ministry answers for all of the labs.",
        "[-Seizures of the drug doubled in the spring of that year.-]"
        "{+A new office in the ministry answers for all of the labs.+}",
    ),
    # nothing but white space
    ("One  space.", "One space.", "One[-  -]{+ +}space."),
]


@pytest.mark.parametrize(("old", "new", "expected"), READABLE)
def test_readable(old: str, new: str, expected: str) -> None:
    assert_lawful(old, new)
    assert marked(old, new) == expected


@pytest.mark.slow
def test_long_passages_take_no_long_time() -> None:
    words = [f"word{number % 700}" for number in range(30_000)]
    changed = [f"new{number}" if number % 50 == 0 else word for number, word in enumerate(words)]
    start = process_time()
    assert_lawful(" ".join(words), " ".join(changed))
    assert_lawful(" ".join(words), " ".join(reversed(words)))
    assert process_time() - start < 20
