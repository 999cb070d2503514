"""The order of versions, and what changed between them, passage by passage; without a disk."""

from __future__ import annotations

from dataclasses import replace

import pytest

from builder.model import Version
from builder.versioning.succession import Recorded, in_circles, newest_first, until
from builder.versions import Wording, changes, earlier_wordings, version_before


def recorded(name: str, since: str = "", after: str = "") -> Recorded:
    return Recorded(name * 64, since, after * 12)


A, B, C = recorded("a"), recorded("b", "2026-01-01", "a"), recorded("c", "2026-02-01", "b")


@pytest.mark.parametrize(
    ("everyone", "now", "order"),
    [
        ([A], "a", "a"),
        ([A, B, C], "c", "cba"),
        ([C, B, A], "c", "cba"),
        ([A, B, C], "a", "acb"),
        ([A, B, C], "b", "bca"),
        # Dates may lie, what came after what does not.
        ([A, recorded("b", "2026-03-01", "a"), C], "c", "cba"),
        # Two heads; one of them lost its beginning; a circle.
        ([A, B, recorded("d", "2026-01-03", "a"), recorded("e", "2026-02-02", "d")], "e", "edba"),
        ([recorded("c", "2026-02-01", "b"), A], "c", "ca"),
        ([A, recorded("b", "2026-01-01", "c"), C], "c", "cba"),
    ],
)
def test_order(everyone: list[Recorded], now: str, order: str) -> None:
    line = newest_first(everyone, now * 12)
    assert "".join(one.digits[0] for one in line) == order


def test_circles_are_found() -> None:
    assert in_circles([A, B, C]) == ()
    assert in_circles([A, recorded("b", "2026-01-01", "c"), C]) == (
        recorded("b", "2026-01-01", "c"),
        C,
    )


@pytest.mark.parametrize(
    ("one", "now", "date"),
    [(A, C, "2026-01-01"), (B, C, "2026-02-01"), (C, C, ""), (C, A, ""), (C, B, "")],
)
def test_until(one: Recorded, now: Recorded, date: str) -> None:
    assert until(one, [A, B, C], now) == date


def version(name: str, *passages: str, until: str = "") -> Version:
    """Make a version of passages such as "p1 text"."""
    pairs = tuple((one.split(" ", 1)[0], one.split(" ", 1)[1]) for one in passages)
    return Version(name * 64, "", until, pairs)


@pytest.mark.parametrize(
    ("older", "newer", "expected"),
    [
        (["p1 a"], ["p1 a"], []),
        (["p1 a"], ["p1 b"], ["changed p1"]),
        (["p1 a"], ["p1 a", "p2 b"], ["new p2"]),
        (["p1 a", "p2 b"], ["p2 b"], ["gone p1"]),
        (["p1 a", "p2 b", "p3 c"], ["p1 a", "p3 c"], ["gone p2"]),
        (["p1 a", "p2 b", "p3 c"], ["p1 a", "p1a x", "p3 c"], ["gone p2", "new p1a"]),
        (["p1 a", "p2 b", "p3 c"], ["p3 c", "p1 a", "p2 b"], ["moved p3"]),
        (["p1 a", "p2 b", "p3 c"], ["p2 b", "p3 c", "p1 x"], ["changed p1 and moved"]),
        (["p1 a"], [], ["gone p1"]),
        ([], ["p1 a"], ["new p1"]),
    ],
)
def test_changes(older: list[str], newer: list[str], expected: list[str]) -> None:
    found = changes(version("a", *older), version("b", *newer))
    shown = [
        f"{one.what} {one.anchor}{' and moved' * (one.moved and one.what == 'changed')}"
        for one in found
    ]
    assert sorted(shown) == sorted(expected)


def test_what_is_gone_stands_where_it_stood() -> None:
    older = version("a", "p1 a", "p2 b", "p3 c", "p4 d")
    newer = version("b", "p1 a", "p3 x", "p5 e")
    assert [one.anchor for one in changes(older, newer)] == ["p2", "p3", "p4", "p5"]


def test_earlier_wordings() -> None:
    line = [
        version("d", "p1 one", "p2 four", "p3 same"),
        version("c", "p1 one", "p2 three", "p3 same", until="2026-04-01"),
        version("b", "p1 one", "p2 three", "p3 same", "p4 gone", until="2026-03-01"),
        version("a", "p1 first", "p2 two", "p3 same", "p4 gone", until="2026-02-01"),
    ]
    assert earlier_wordings(line) == {
        "p1": (Wording("first", "2026-02-01", "a" * 12),),
        "p2": (Wording("three", "2026-04-01", "c" * 12), Wording("two", "2026-02-01", "a" * 12)),
        "p4": (Wording("gone", "2026-03-01", "b" * 12),),
    }
    assert earlier_wordings(()) == {}


def test_versions_before() -> None:
    a, b = version("a"), replace(version("b"), after="a" * 12)
    c = replace(version("c"), after="a" * 12)
    line = (c, b, a)
    assert [version_before(line, one) for one in line] == [a, a, None]
    assert version_before((a, b), a) == b  # the first stands again
    assert version_before((replace(b, after="f" * 12), a), replace(b, after="f" * 12)) == a
