"""What a document adds to the index is read as it was written, and its details when asked for."""

from __future__ import annotations

from timeit import timeit

import pytest

from builder.compact_json import compact
from builder.indexing.contribution import Whos, contribution_of, read_contribution
from builder.model import Entity, Figure
from made import made

MEXICO, PLAN = ("country", "mx"), ("program", "border-plan")
ADDED = contribution_of(
    made(
        "new",
        "The Border Plan sends 300 teams to Mexico.\n\nMexico agrees, and the Mexican police.",
        ("program", "border-plan", "Border Plan"),
        ("figure", "", "300", Figure(300.0, None, None, "exact", "=", "count", of="teams")),
        ("country", "mx", "Mexico"),
        ("country", "mx", "Mexican"),
        candidates=(Entity(*PLAN, "Border Plan", aliases=("the plan",), reviewed=False),),
    )
)
KEPT = ADDED.kept


def test_what_is_read_is_what_was_written():
    read = read_contribution(KEPT, Whos())
    assert read.kept == KEPT
    assert read.counts == ADDED.counts
    assert read.shared == ADDED.shared
    assert read.whos == [PLAN, MEXICO]
    assert read.named == ADDED.named
    assert read.claims == ADDED.claims
    assert [one.entity for one in read.candidates] == [one.entity for one in ADDED.candidates]


def test_an_entity_is_one_object_for_all_who_name_it():
    whos = Whos()
    first, second = (read_contribution(KEPT, whos) for _ in range(2))
    assert all(one is other for one, other in zip(first.whos, second.whos, strict=True))
    assert first.candidates[0].who is first.whos[0]


def test_one_entity_is_told_as_all_of_them_are():
    assert [ADDED.naming(who) for who in ADDED.whos] == ADDED.named
    mexico = ADDED.naming(MEXICO)
    assert (mexico.passages, mexico.all_mentions) == (2, 3)
    assert mexico.forms == {"Mexico": 2, "Mexican": 1}


@pytest.mark.parametrize(
    "damaged",
    [b"", b"[]", b"[]\n", b"{" + KEPT, KEPT.rpartition(b"\n")[0], KEPT + b"\n{}"],
)
def test_other_bytes_are_refused(damaged: bytes):
    with pytest.raises(ValueError, match="no contribution"):
        read_contribution(damaged, Whos())


def test_claims_are_found_again_without_a_look_at_what_they_hold():
    """Pages ask for the claims of a document claim by claim."""

    def seconds(count: int) -> float:
        line, _, details = KEPT.split(b"\n", 2)
        claim = compact(ADDED.claims[0])
        many = b"\n".join((line, f"[{','.join([claim] * count)}]".encode(), details))
        read = read_contribution(many, Whos())
        assert len(read.claims) == count
        return min(timeit(lambda: read.claims, number=100) for _ in range(5))

    assert seconds(20_000) < 50 * seconds(20)
