"""The law of conservation: no character of a source is lost, doubled, or called markup wrongly."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from builder.model import Problems
from builder.read import source_from_bytes
from builder.structure import structure
from conftest import ROOT, SEEDS, document
from laws import HOSTILE, PIECES, assert_conserved


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.name)
def test_seeds_are_conserved(path: Path) -> None:
    doc = structure(source_from_bytes(path.read_bytes(), f"seeds/{path.name}"))
    assert_conserved(doc)
    assert doc.source.text.encode() == path.read_bytes()
    assert not [block for block in doc.furniture if block.label == "not recognized"]


@pytest.mark.parametrize("name", ["seeds/a.txt", "seeds/a.md"])
@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_is_conserved(text: str, name: str) -> None:
    assert_conserved(document(text, name))


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, max_size=40).map("".join) | st.text(max_size=200), st.booleans())
@example("- a\n\n  | x |\n  |---|", True)
def test_invented_text_is_conserved(text: str, markdown: bool) -> None:
    try:
        doc = document(text, "seeds/a.md" if markdown else "seeds/a.txt")
    except (Problems, UnicodeEncodeError):
        return  # refused with a message: empty, broken front matter, lone surrogates
    assert_conserved(doc)


@pytest.mark.slow
def test_real_documents_are_conserved() -> None:
    folder = ROOT.parent / "shared" / "corpus" / "dev"
    if not folder.is_dir():
        pytest.skip("the development corpus is not on this machine")
    for path in sorted(folder.glob("*.md")):
        assert_conserved(structure(source_from_bytes(path.read_bytes(), f"seeds/{path.name}")))
