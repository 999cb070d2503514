"""Ledgers merge in git without a conflict where two people have edited different passages.

Each of the two builds after an edit of their own; git merges the ledgers; the build of the text
that has both edits asks nothing and finds every address where its editor had it.
"""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from builder.annotate import annotate
from builder.catalogue import Catalogue, load_catalogue
from builder.ledger import Anchored, anchor
from builder.read import source_from_bytes
from builder.structure import structure

FIRST, MINE, YOURS, BOTH = (date(2026, month, 7) for month in (1, 2, 3, 4))
TEXTS = (
    "# Fact sheet on the ports",
    "The coast watch seized 90 tons of powder in the harbor and opened 12 offices.",
    "A registry of 400 vessels is kept by the council, and costs $5 million a year.",
    "- Grants of $30 million went to rural clinics after the long winter.",
    "- Loans of $30 million went to the river towns, and 75 percent were repaid.",
    "## What comes next",
    "Inspectors will be trained in 16 laboratories, and parcels from abroad scanned.",
    "The committee reports in the fall; 21 members have agreed to the plan.",
)
NEW = {
    "mine": "Families of the region asked for shelters, and 3 were built before the fall.",
    "yours": "Nobody expected the scanners to find so little among 800 old containers.",
}
SEAMS = (1, 3, 4, 5)  # between paragraphs, items, an item and a heading, a heading and a paragraph
Texts = tuple[str, ...]
Edit = Callable[[Texts, int, str], Texts]


def changed(texts: Texts, at: int, who: str) -> Texts:
    """Change words of a passage."""
    head, _, tail = texts[at].rpartition(" ")
    return (*texts[:at], f"{head} ({who}) {tail}", *texts[at + 1 :])


def counted(texts: Texts, at: int, who: str) -> Texts:
    """Change the figures of a passage; where it has none, add one."""
    text = texts[at]
    for old, new in (("90", "95"), ("400", "450"), ("30", "35"), ("75", "79"), ("16", "17")):
        text = text.replace(old, new)
    text = text if text != texts[at] else f"{text} Another 44 will follow."
    return (*texts[:at], text, *texts[at + 1 :])


def counted_last(texts: Texts, at: int, who: str) -> Texts:
    """Add a figure at the end of a passage: a line at the seam of its record."""
    text = f"{texts[at]} In all, 66 people helped."
    return (*texts[:at], text, *texts[at + 1 :])


def inserted(texts: Texts, at: int, who: str) -> Texts:
    """Insert a passage after a passage."""
    return (*texts[: at + 1], NEW[who], *texts[at + 1 :])


def deleted(texts: Texts, at: int, who: str) -> Texts:
    """Remove a passage."""
    return (*texts[:at], *texts[at + 1 :])


def turned(texts: Texts, at: int, who: str) -> Texts:
    """Make a passage an item, an item a paragraph."""
    text = texts[at]
    return (*texts[:at], text[2:] if text.startswith("- ") else f"- {text}", *texts[at + 1 :])


EDITS = (changed, counted, counted_last, inserted, deleted, turned)


@cache
def catalogue() -> Catalogue:
    """Return the catalogue that the package brings."""
    return load_catalogue(None)


# A passage inserted right before one that is removed, or whose record's first line changes: git
# sees one place there, in the text as in the ledger.
BESIDE = {(inserted, deleted), (inserted, turned)}


@cache
def build(texts: Texts, ledger: str | None, today: date) -> Anchored:
    """Build the document of these texts."""
    file = source_from_bytes(source(texts).encode(), "seeds/ports.md")
    found = annotate(structure(replace(file, slug="ports")), catalogue())
    return anchor(found, ledger, path="seeds/anchors/ports.txt", today=today)


def by_text(done: Anchored) -> dict[str, str]:
    """Return the address of each text."""
    return {b.text: b.anchor or "" for b in done.annotated.document.passages}


def merged(base: str, mine: str, yours: str, folder: Path) -> str | None:
    """Merge two versions of a file as git does; None where it leaves a conflict to a person."""
    for name, text in (("base", base), ("mine", mine), ("yours", yours)):
        (folder / name).write_text(text, "utf-8")
    command = ["git", "merge-file", "-p", "mine", "base", "yours"]
    done = subprocess.run(command, cwd=folder, capture_output=True, check=False)
    return None if done.returncode else done.stdout.decode()


def source(texts: Texts) -> str:
    """Return the file of these texts."""
    return "\n\n".join(texts) + "\n"


@pytest.mark.parametrize("yours", EDITS)
@pytest.mark.parametrize("mine", EDITS)
def test_neighbors_edited_by_two(mine: Edit, yours: Edit, tmp_path: Path) -> None:
    base = build(TEXTS, None, FIRST)
    for at in SEAMS:
        my_texts, your_texts = mine(TEXTS, at, "mine"), yours(TEXTS, at + 1, "yours")
        # The later passage first, so that the number of the earlier one still counts.
        texts = mine(your_texts, at, "mine")
        my_build = build(my_texts, base.ledger, MINE)
        your_build = build(your_texts, base.ledger, YOURS)
        assert not my_build.questions
        assert not your_build.questions
        ledger = merged(base.ledger, my_build.ledger, your_build.ledger, tmp_path)
        if ledger is None:  # only where the texts themselves are in conflict
            assert merged(source(TEXTS), source(my_texts), source(your_texts), tmp_path) is None
            assert (mine, yours) in BESIDE
            continue
        done = build(texts, ledger, BOTH)
        assert not done.problems
        assert done.ledger == ledger
        known = {**by_text(base), **by_text(your_build), **by_text(my_build)}
        assert by_text(done) == {text: known[text] for text in by_text(done)}


def test_two_branches_are_merged(tmp_path: Path) -> None:
    def git(*arguments: str) -> None:
        who = ("-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "core.autocrlf=false")
        subprocess.run(["git", *who, *arguments], cwd=tmp_path, check=True, capture_output=True)

    def commit(texts: Texts, ledger: str) -> None:
        (tmp_path / "ports.md").write_text(source(texts), "utf-8")
        (tmp_path / "ports.txt").write_text(ledger, "utf-8")
        git("add", ".")
        git("commit", "-m", "edit")

    base = build(TEXTS, None, FIRST)
    mine, yours = changed(TEXTS, 2, "mine"), counted(TEXTS, 3, "yours")
    git("init", "-b", "main")
    commit(TEXTS, base.ledger)
    git("checkout", "-b", "yours")
    commit(yours, build(yours, base.ledger, YOURS).ledger)
    git("checkout", "main")
    commit(mine, build(mine, base.ledger, MINE).ledger)
    git("merge", "yours")
    ledger = (tmp_path / "ports.txt").read_text("utf-8")
    texts = (tmp_path / "ports.md").read_text("utf-8").rstrip("\n").split("\n\n")
    assert tuple(texts) == changed(yours, 2, "mine")
    done = build(tuple(texts), ledger, BOTH)
    assert not done.problems
    assert done.ledger == ledger
    assert [b.anchor for b in done.annotated.document.passages] == [f"p{n}" for n in range(1, 9)]
