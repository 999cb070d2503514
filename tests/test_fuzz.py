"""Invented and broken documents are refused or built, and the laws hold: the short forms.

The full one is `benchmarks/fuzz.py`.
"""

from __future__ import annotations

import pytest

from builder.model import Problems
from conftest import SEEDS
from fuzzing import INVENTED, PATIENCE, Tally, attempt, try_invented, try_mutated


def judge(tally: Tally, many: int) -> None:
    """Assert that nothing failed, and that what was tried is worth it."""
    failures = "\n\n".join(f"{what} {data[:300]!r}\n{told}" for what, data, told in tally.failures)
    assert not tally.failures, failures
    assert sum(tally.counts.values()) == pytest.approx(many, rel=0.2)
    assert tally.counts["built"] > 0
    assert tally.slowest <= PATIENCE


@pytest.mark.parametrize("kind", INVENTED)
def test_some_inventions(kind: str) -> None:
    judge(try_invented(kind, 20, start=1), 20)


def test_some_broken_documents() -> None:
    judge(try_mutated(SEEDS, 100, start=1), 100)


@pytest.mark.slow
@pytest.mark.parametrize("kind", INVENTED)
def test_many_inventions(kind: str) -> None:
    judge(try_invented(kind, 400, start=2), 400)


@pytest.mark.slow
def test_many_broken_documents() -> None:
    judge(try_mutated(SEEDS, 2_000, start=2), 2_000)


def test_failures_are_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    """A check that cannot fail shows nothing: each kind of failure is tried here."""

    def outcome_of(stage: str, instead: object) -> str:
        with monkeypatch.context() as patch:
            patch.setattr(f"fuzzing.{stage}", instead)
            return attempt(b"A text.", "seeds/a.txt")[0]

    def busy(*_: object) -> None:
        while True:
            pass

    def tripping(*_: object) -> None:
        raise KeyError

    def mute(*_: object) -> None:
        raise Problems([])

    def naughty(one: object) -> dict[str, bytes]:
        page = b"---\n---\n<p onclick='x'>A text.</p>"
        return {"documents/document/index.md": page}

    monkeypatch.setattr("fuzzing.PATIENCE", 0.05)
    assert outcome_of("files_of", busy) == "hang"
    assert outcome_of("files_of", tripping) == "crash"
    assert outcome_of("addressed", mute) == "law"
    assert outcome_of("files_of", naughty) == "law"
    assert outcome_of("assert_conserved", tripping) == "law"
