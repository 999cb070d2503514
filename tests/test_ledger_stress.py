"""Addresses under every kind of edit, against exact truth: the promises of the ledger.

Each row of a table is one kind of edit, made to many documents: invented ones, the seeds, and real
ones where they are at hand. Only addresses whose passage the edit has touched count for its row;
those of all others must lead where they led.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import pytest

from builder.read import source_from_bytes
from builder.structure import structure
from conftest import ROOT, SEEDS
from edits import (
    LOOKS,
    SPLITTERS,
    Editor,
    Operation,
    add_sentence,
    bring_back,
    change_kind,
    cut_back,
    delete,
    delete_first,
    delete_item,
    delete_last,
    delete_look_alike,
    delete_some,
    drop_sentence,
    insert,
    insert_similar,
    light_round,
    look,
    merge,
    move,
    move_section,
    number,
    rename_heading,
    reword_sentence,
    split,
    typo,
    typo_in_short,
    unmerge,
    words,
)
from followed import Followed
from invented import Passage, invented

DEV = ROOT.parent / "shared" / "corpus" / "dev"
FEW, MANY = 24, 240  # documents
SIZES = (8, 14, 24, 40, 70, 120)
Version = tuple[Operation, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """Operations by version of the document, and what must come of the last one, in percent."""

    name: str
    versions: tuple[Version, ...]
    right: float = 100.0
    wrong: float = 0.0


ROWS = (
    *(Row(f"{name}, one passage", ((look(name, 0.0),),)) for name in LOOKS),
    *(Row(f"{name}, many passages", ((look(name, 0.6),),)) for name in LOOKS),
    Row("insertion", ((insert,),)),
    Row("insertion of look-alikes", ((insert_similar,),)),
    Row("one passage moved", ((move,),)),
    Row("a section moved", ((move_section,),)),
    Row("deletion", ((delete,),)),
    Row("deletion of several", ((delete_some,),)),
    Row("deletion of the first", ((delete_first,),)),
    Row("deletion of the last", ((delete_last,),)),
    Row("deletion of one of several items", ((delete_item,),)),
    Row("deletion, a look-alike left behind", ((insert_similar,), (delete_look_alike,))),
    Row("typo", ((typo,),), 99.0),
    Row("typo in a short passage", ((typo_in_short,),), 99.0),
    Row("number changed", ((number,),), 99.0),
    Row("words changed", ((words,),), 99.0),
    Row("sentence added", ((add_sentence,),), 95.0),
    Row("sentence dropped", ((drop_sentence,),), 95.0),
    Row("sentence reworded", ((reword_sentence,),), 95.0),
    Row("heading renamed", ((rename_heading,),), 95.0),
    Row("kind changed", ((change_kind,),)),
    Row("split", ((split,),), 99.0),
    Row("merge", ((merge,),), 95.0),
    Row("joined and parted again", ((merge,), (unmerge,)), 95.0),
    Row("deleted and brought back", ((delete,), (words, insert), (bring_back,)), 99.0),
    Row("typo and insertion", ((typo, insert),), 97.0, 0.2),
    Row("words changed and deletion", ((words, delete),), 97.0, 0.2),
    Row("number changed and move", ((number, move_section),), 97.0, 0.2),
    Row("split and words", ((split, words),), 97.0, 0.2),
    Row("merge and typo", ((merge, typo),), 95.0, 0.2),
)


@cache
def documents(many: int) -> tuple[Followed, ...]:
    """Return documents as first published: so many invented ones, the seeds, the real ones."""
    texts = [invented(seed, SIZES[seed % len(SIZES)]) for seed in range(many)]
    texts += [structured(path.read_bytes(), path.name) for path in (*SEEDS, *sorted(DEV.glob("*")))]
    return tuple(Followed(passages) for passages in texts)


def structured(data: bytes, name: str) -> list[Passage]:
    """Return the passages of a file as the splitter cuts it."""
    passages = structure(source_from_bytes(data, f"seeds/{name}")).passages
    return [
        Passage(block.kind, block.level or 0, block.text, who) for who, block in enumerate(passages)
    ]


def test_the_real_documents_are_among_them() -> None:
    if not DEV.is_dir():
        pytest.skip("the ten documents of ../shared/corpus/dev are not at hand")
    assert len(documents(FEW)) == FEW + len(SEEDS) + 10


def outcomes(row: Row, many: int) -> Iterator[tuple[str, Counter[str], Counter[str]]]:
    """Yield where addresses lead: of touched passages, and of all others, with what went wrong."""
    for number_, first in enumerate(documents(many)):
        followed, editor = first.copy(), Editor(first.passages, number_)
        for version in row.versions:
            before = followed.copy()
            for operation in version:
                operation(editor)
            followed.publish(editor.passages)
        touched = {p.who for p in {*before.passages} ^ {*editor.passages}}
        names = list(before.issued)
        ours = [name for name in names if before.issued[name] in touched]
        others = [name for name in names if before.issued[name] not in touched]
        yield failures(before, followed, names), followed.outcomes(ours), followed.outcomes(others)


def failures(before: Followed, after: Followed, names: Sequence[str]) -> str:
    """Return for a person what has gone wrong in a document."""
    told = []
    for name in names:
        if (outcome := after.outcome(name)) != "right":
            was = {n: p.text for n, p in zip(before.aligned.ids, before.passages, strict=True)}
            at = after.landing(name)
            now = "" if at is None else after.passages[at].text
            who = after.issued[name]
            fit = [p.text for p in after.passages if who == p.who or who in p.also]
            told.append(f"{outcome} {name}: {was.get(name)!r}\n  is: {now!r}\n  should be: {fit}")
    return "\n".join(told)


def judge(row: Row, many: int) -> None:
    """Assert what a row promises over so many documents."""
    touched: Counter[str] = Counter()
    others: Counter[str] = Counter()
    told = []
    for text, ours, rest in outcomes(row, many):
        touched += ours
        others += rest
        told += [text] if text else []
    shown = f"{row.name}: touched {dict(touched)}, others {dict(others)}\n" + "\n".join(told[:8])
    assert set(others) <= {"right"}, shown
    total = touched.total() or 1
    assert 100 * (total - touched["right"]) <= (100 - row.right) * total, shown
    assert 100 * touched["wrong"] <= row.wrong * total, shown


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_an_edit(row: Row) -> None:
    judge(row, FEW)


@pytest.mark.slow
@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_an_edit_of_many_documents(row: Row) -> None:
    judge(row, MANY)


def after_rounds(many: int, *, answering: bool) -> Counter[str]:
    """Edit each document lightly ten times; return where its first addresses lead."""
    total: Counter[str] = Counter()
    for number_, first in enumerate(documents(many)):
        followed, editor = first.copy(), Editor(first.passages, 1000 + number_)
        followed.answering = answering
        names = list(followed.issued)
        for _ in range(10):
            light_round(editor)
            followed.publish(editor.passages)
        total += followed.outcomes(names)
    return total


@pytest.mark.parametrize(
    ("many", "answering", "right"),
    [
        (FEW, True, 99.0),
        (FEW, False, 98.8),
        pytest.param(MANY, True, 99.0, marks=pytest.mark.slow),
        pytest.param(MANY, False, 98.8, marks=pytest.mark.slow),
    ],
)
def test_ten_rounds_of_light_edits(many: int, answering: bool, right: float) -> None:
    found = after_rounds(many, answering=answering)
    assert found["right"] * 100 >= right * found.total(), found
    assert found["wrong"] * 100 <= 0.1 * found.total(), found


def there_and_back(splitter: str, many: int) -> tuple[Counter[str], Counter[str]]:
    """Cut each document otherwise, then as before; return where the first addresses lead."""
    there: Counter[str] = Counter()
    back: Counter[str] = Counter()
    for number_, first in enumerate(documents(many)):
        followed, editor = first.copy(), Editor(first.passages, number_)
        names = list(followed.issued)
        cut = SPLITTERS[splitter](editor, editor.passages)
        followed.publish([piece for pieces in cut for piece in pieces], accept=True)
        there += followed.outcomes(names)
        followed.publish(cut_back(editor.passages, cut), accept=True)
        back += followed.outcomes(names)
    return there, back


@pytest.mark.parametrize("splitter", SPLITTERS)
def test_another_splitter_there_and_back(splitter: str) -> None:
    there, back = there_and_back(splitter, FEW)
    shown = f"{splitter}: there {dict(there)}, back {dict(back)}"
    assert there["right"] * 100 >= 93 * there.total(), shown
    assert there["wrong"] * 100 <= 0.2 * there.total(), shown
    assert back["right"] * 100 >= 93 * back.total(), shown
    assert back["wrong"] * 100 <= 0.2 * back.total(), shown
