"""Invented and broken documents are refused or built, and the laws hold: the short forms.

The full one is `benchmarks/fuzz.py`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

import fuzzing
from builder.catalogue import load_catalogue
from builder.manifest import load_manifest
from builder.measures import load_measures
from builder.model import Problems
from builder.settings import read_settings
from conftest import ROOT, SEEDS
from fuzzing import INVENTED, PATIENCE, VALUES, Tally, attempt, try_invented, try_mutated

_BUSY = 4


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A busy machine counts more processor seconds for the same work: the full form is strict."""
    monkeypatch.setattr(fuzzing, "PATIENCE", _BUSY * PATIENCE)


def judge(tally: Tally, many: int) -> None:
    """Assert that nothing failed, and that what was tried is worth it."""
    failures = "\n\n".join(f"{what} {data[:300]!r}\n{told}" for what, data, told in tally.failures)
    assert not tally.failures, failures
    assert sum(tally.counts.values()) == pytest.approx(many, rel=0.2)
    assert tally.counts["built"] > 0
    assert tally.slowest <= _BUSY * PATIENCE


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


def broken_yaml(text: str, random: Random) -> str:
    """Return a file of editors with some values, lines and keys that are not as they should be."""
    lines = text.splitlines()
    for _ in range(random.randint(1, 4)):
        at, value = random.randrange(len(lines)), random.choice((*VALUES, *ODD_VALUES))
        key = re.match(r"\s*(?:- )?[\w-]+:", lines[at])
        choices = (f"{key[0] if key else '-'} {value}", lines[at] + value, value, *lines)
        lines[at : at + random.choice((0, 1, 1, 2))] = [
            random.choice(choices[: 3 + len(lines) // 2])
        ]
    return "\n".join(lines)


ODD_VALUES = ("-5", "1.5", "[]", "{}", "[~]", "[[a]]", "{a: [b]}", "[{}]", '"[("', "(", "x" * 300)
READERS: dict[str, Callable[[Path], object]] = {
    "manifest.yaml": lambda file: load_manifest(file, file.name),
    "catalogue/measures.yaml": lambda file: load_measures(file.parent, file.parent),
    "catalogue/misprints.yaml": lambda file: load_catalogue(file.parent, file.parent),
    "catalogue/people.yaml": lambda file: load_catalogue(file.parent, file.parent),
    "catalogue/programs.yaml": lambda file: load_catalogue(file.parent, file.parent),
    "../mkdocs.yml": read_settings,
}


@pytest.mark.parametrize("name", READERS)
@pytest.mark.parametrize("many", [15, pytest.param(300, marks=pytest.mark.slow)])
def test_what_editors_break_is_read_or_told(tmp_path: Path, name: str, many: int) -> None:
    text, random = (ROOT / "seeds" / name).read_text("utf-8"), Random(many)
    file = tmp_path / Path(name).name
    for _ in range(many):
        file.write_bytes(broken_yaml(text, random).encode("utf-8", "surrogatepass"))
        try:
            READERS[name](file)
        except Problems as error:
            for problem in error.problems:
                assert re.fullmatch(r"\S+:[1-9]\d*: \S.*", str(problem)), str(problem)


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
