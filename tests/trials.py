"""The trials of the ledger: which edits are made to which documents, and where addresses then lead.

Only addresses whose passage an edit has touched count for its row; those of all others must lead
where they led.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

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
    bring_back_elsewhere,
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
    move_short,
    new_numbers,
    number,
    rename_heading,
    replace_one,
    replace_section,
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
SIZES = (8, 14, 24, 40, 70, 120)
ROUNDS = 10


@dataclass(frozen=True, slots=True)
class Row:
    """Operations by version of a document, and what must come of the last one, in percent.

    `right` and `wrong` are of the addresses whose passage the last version touches, `others` is how
    many of all others must lead where they led; but for 0.1 % none of them leads elsewhere.
    """

    name: str
    versions: tuple[tuple[Operation, ...], ...]
    right: float = 100.0
    wrong: float = 0.0
    others: float = 100.0


ROWS = (
    *(Row(f"{name}, one passage", ((look(name, 0.0),),)) for name in LOOKS),
    *(Row(f"{name}, many passages", ((look(name, 0.6),),)) for name in LOOKS),
    Row("insertion", ((insert,),)),
    Row("insertion of look-alikes", ((insert_similar,),)),
    Row("one passage moved", ((move,),)),
    Row("one short passage moved", ((move_short,),), others=99.0),
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
    Row("all numbers changed", ((new_numbers,),), 99.0, 0.2),
    Row("all numbers changed and insertion", ((new_numbers, insert, insert_similar),), 99.0, 0.2),
    Row("replaced by another", ((replace_one,),), 95.0, 1.5),
    Row("a section replaced", ((replace_section,),), 95.0, 1.0),
    Row("split", ((split,),), 99.0),
    Row("merge", ((merge,),), 95.0),
    Row("joined and parted again", ((merge,), (unmerge,)), 95.0),
    Row("deleted and brought back", ((delete,), (words, insert), (bring_back,)), 99.0),
    Row("brought back elsewhere", ((delete,), (words, insert), (bring_back_elsewhere,)), 99.0),
    Row("typo and insertion", ((typo, insert),), 97.0, 0.2, 99.9),
    Row("words changed and deletion", ((words, delete),), 97.0, 0.2, 99.9),
    Row("number changed and move", ((number, move_section),), 97.0, 0.2, 99.9),
    Row("split and words", ((split, words),), 97.0, 0.2, 99.9),
    Row("merge and typo", ((merge, typo),), 95.0, 0.2, 99.9),
)


@dataclass(slots=True)
class Tally:
    """What a trial comes to: counts of where addresses lead, and what went wrong, for a person."""

    touched: Counter[str] = field(default_factory=Counter)
    others: Counter[str] = field(default_factory=Counter)
    asked: int = 0
    refused: int = 0
    told: list[str] = field(default_factory=list)


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


def try_row(row: Row, many: int) -> Tally:
    """Make a row's edits to each document."""
    tally = Tally()
    for seed, first in enumerate(documents(many)):
        followed, editor = first.copy(), Editor(first.passages, seed)
        for version in row.versions:
            before = followed.copy()
            for operation in version:
                operation(editor)
            followed.publish(editor.passages)
        touched = {p.who for p in {*before.passages} ^ {*editor.passages}}
        names = list(before.issued)
        ours = [name for name in names if before.issued[name] in touched]
        tally.touched += followed.outcomes(ours)
        tally.others += followed.outcomes([name for name in names if name not in set(ours)])
        _note(tally, before, followed, names)
    return tally


def try_rounds(many: int, *, answering: bool) -> Tally:
    """Edit each document lightly ten times; all addresses of the first version count."""
    tally = Tally()
    for seed, first in enumerate(documents(many)):
        followed, editor = first.copy(), Editor(first.passages, 1000 + seed)
        followed.answering = answering
        names = list(followed.issued)
        for _ in range(ROUNDS):
            before = followed.copy()
            light_round(editor)
            followed.publish(editor.passages)
            worse = [n for n in before.issued if before.outcome(n) == "right"]
            _note(tally, before, followed, worse)
        tally.touched += followed.outcomes(names)
    return tally


def try_splitter(splitter: str, many: int) -> tuple[Tally, Tally]:
    """Cut each document otherwise, then as before; all addresses of the first version count."""
    there, back = Tally(), Tally()
    for seed, first in enumerate(documents(many)):
        followed, editor = first.copy(), Editor(first.passages, seed)
        names = list(followed.issued)
        cut = SPLITTERS[splitter](editor, editor.passages)
        before = followed.copy()
        pieces = [piece for pieces in cut for piece in pieces]
        assert followed.refuses_another_splitter(pieces)
        followed.publish(pieces, accept=True)
        there.touched += followed.outcomes(names)
        _note(there, before, followed, names)
        before = followed.copy()
        followed.publish(cut_back(editor.passages, cut), accept=True)
        back.touched += followed.outcomes(names)
        _note(back, before, followed, names)
    return there, back


def _note(tally: Tally, before: Followed, after: Followed, names: Sequence[str]) -> None:
    tally.asked += after.asked - before.asked
    tally.refused += after.refused - before.refused
    told = [line for name in names for line in _gone_wrong(before, after, name)]
    if told:
        title = f"{before.passages[0].text[:60]!r}, {len(before.passages)} passages"
        tally.told.append("\n".join((title, *told)))


def _gone_wrong(before: Followed, after: Followed, name: str) -> Iterator[str]:
    outcome = after.outcome(name)
    if outcome == "right":
        return
    at, who = after.landing(name), after.issued[name]
    was = dict(zip(before.aligned.ids, before.passages, strict=True)).get(name)
    fit = [p.text for p in after.passages if who == p.who or who in p.also]
    yield f"{outcome} {name} read {was.text if was else None!r}"
    yield f"  leads to  {None if at is None else after.passages[at].text!r}"
    yield f"  should to {fit or None}"
