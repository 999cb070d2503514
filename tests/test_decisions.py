"""Decisions change what is marked as their table says; deleting their lines brings it back."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from builder.annotate import annotate, passed_over
from builder.catalogue import Catalogue, load_catalogue
from builder.model import Document, Mention
from builder.reviewing.apply import RULES
from builder.reviewing.decisions import VERBS, Decision
from builder.reviewing.lines import line_of
from builder.strict_yaml import load
from conftest import SEEDS, document

CASES: list[Any] = load(
    (Path(__file__).parent / "cases" / "decisions.yaml").read_text(encoding="utf-8"),
    "decisions.yaml",
)
NUMBERS = ("one", "two", "three")
NAMED = ("program", "person", "organization")


def catalogue_of(folder: Path, case: Any, *, decided: bool = True) -> Catalogue:
    folder.mkdir(exist_ok=True)
    lines = [line_of(row) for row in case.get("decisions", ()) if decided]
    (folder / "review.yaml").write_text("\n".join(lines), encoding="utf-8")
    entries = [line_of(row) for row in case.get("programs", ())]
    (folder / "programs.yaml").write_text("\n".join(entries), encoding="utf-8")
    return load_catalogue(folder, folder)


def documents_of(case: Any) -> list[Document]:
    texts = zip(NUMBERS, case["texts"], strict=False)
    return [replace(document(f"Title\n\n{text}\n"), slug=name) for name, text in texts]


def marked(one: Document, catalogue: Catalogue) -> list[str]:
    """Return "program cwi = Container Watch Initiative" for each mention."""
    return [
        f"{found.kind} {found.entity}{_sign(found, catalogue)} = {found.surface}"
        for found in annotate(one, catalogue).mentions
        if found.kind in NAMED
    ]


def _sign(found: Mention, catalogue: Catalogue) -> str:
    return "" if found.entity in catalogue.entities(found.kind) else " (candidate)"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["what"])
def test_what_is_marked(tmp_path: Path, case: Any) -> None:
    catalogue = catalogue_of(tmp_path, case)
    assert [marked(one, catalogue) for one in documents_of(case)] == case["marked"]


@pytest.mark.parametrize("case", CASES[1:], ids=lambda case: case["what"])
def test_deleting_the_lines_undoes_them(tmp_path: Path, case: Any) -> None:
    never_decided = catalogue_of(tmp_path / "never", {**case, "decisions": []})
    decided = catalogue_of(tmp_path / "undone", case)
    undone = catalogue_of(tmp_path / "undone", case, decided=False)
    documents = documents_of(case)
    assert any(marked(one, decided) != marked(one, undone) for one in documents)
    for one in documents:
        assert annotate(one, undone) == annotate(one, never_decided)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["what"])
def test_a_decision_that_counts_is_known_of(tmp_path: Path, case: Any) -> None:
    catalogue = catalogue_of(tmp_path, case)
    met = {about for one in documents_of(case) for about in annotate(one, catalogue).decided}
    expected = {line.about for line in catalogue.decisions.lines}
    assert met <= expected
    assert {about for about in expected if about[2]} <= met


def test_explain_tells_of_decisions(tmp_path: Path) -> None:
    """Each decision is the reason for what it changes, and for nothing else."""
    case = {
        "texts": [
            "The Harbor Renewal Program met. The Watch Initiative and the Harbor Program began. "
            "The Free Fund Act was read."
        ],
        "decisions": [
            {"never": "Harbor Renewal Program", "kind": "program"},
            {"accept": "Watch Initiative", "kind": "program"},
            {"alias": "Harbor Program", "kind": "program", "of": "watch-initiative"},
        ],
    }
    catalogue = catalogue_of(tmp_path, case)
    one = documents_of(case)[0]
    told = [*annotate(one, catalogue).mentions, *passed_over(one, catalogue)]
    reasons = {rule: [m.surface for m in told if rule in m.rules] for rule in RULES.values()}
    assert reasons == {
        "accept: the editor's decision": ["Watch Initiative"],
        "alias: the editor's decision": ["Harbor Program"],
        "never: the editor's decision": ["Harbor Renewal Program"],
    }
    assert set(RULES) == set(VERBS)
    assert "Free Fund Act" in [mention.surface for mention in told]


def test_without_decisions_nothing_is_looked_at(tmp_path: Path) -> None:
    catalogue = catalogue_of(tmp_path, {})
    assert catalogue.decisions.lines == ()
    assert annotate(document("The Harbor Renewal Program met.\n"), catalogue).decided == ()


def test_accepting_everything_takes_nothing_away() -> None:
    """What rules find in the seeds stays marked as the same when editors accept all of it."""
    nothing = load_catalogue(None)
    documents = [replace(document(path.read_text("utf-8")), slug=path.stem) for path in SEEDS]
    found = [annotate(one, nothing) for one in documents]
    candidates = {(one.kind, one.key): one for each in found for one in each.candidates}
    lines = [
        Decision("accept", one.name, one.kind, one.key, (one.kind, one.key), sort=one.sort)
        for one in candidates.values()
    ]
    everything = load_catalogue(None, further=lines)
    assert len(lines) > 10
    for one, before in zip(documents, found, strict=True):
        after = annotate(one, everything)
        assert after.candidates == ()
        for each in before.mentions:
            # Where one accepted name is part of another, the other one may stand there.
            there = [
                m for m in after.mentions if m.kind == each.kind and m.span.overlaps(each.span)
            ]
            assert there, each
            assert each.entity in {mention.entity for mention in there} or each.kind == "program"
