"""New ids: letters after a number, the next number at the end, nothing twice."""

from __future__ import annotations

import pytest

from builder.aligning.numbering import Numbering


@pytest.mark.parametrize(
    ("issued", "after", "expected"),
    [
        ("p1 p2 p3", "p2", "p2a"),
        ("p1 p2 p2a p3", "p2", "p2b"),
        ("p1 p2 p2a p3", "p2a", "p2b"),  # never nested
        ("p1 p2 p2z", "p2", "p2aa"),
        ("p1 p2 p2az", "p2", "p2ba"),
        ("p1 p2 p2zz", "p2", "p2aaa"),
        ("p1 p2", None, "p0a"),
        ("p0a p1 p2", None, "p0b"),
    ],
)
def test_the_next_free_letter(issued: str, after: str | None, expected: str) -> None:
    assert Numbering(issued.split()).after(after) == expected


def test_the_end_takes_the_next_number_after_all_that_were_issued() -> None:
    numbering = Numbering("p1 p2 p9a".split())
    assert [numbering.next_number(), numbering.next_number()] == ["p10", "p11"]
