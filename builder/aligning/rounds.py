"""One round of a ledger: its records and the passages of today become the records of tomorrow.

Pure. Nothing is ever taken out: a record whose passage is gone stays in its place as a tombstone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from builder.aligning.matching import Buried, Matching, Passage
from builder.aligning.numbering import Numbering
from builder.aligning.steps import match
from builder.aligning.wording import Wording, is_part
from builder.ledger_file import Record

_DOWN = ("gone", "into", "led")  # the fields of a record whose passage no longer stands by itself


@dataclass(frozen=True, slots=True)
class Doubtful:
    """A record that may live on in a passage (its number), or may not."""

    record: Record
    passage: int
    similarity: float


@dataclass(frozen=True, slots=True)
class Round:
    """What a round comes to.

    `ids` runs parallel to the passages; `records` are all of the ledger, in its order, with the
    figures of before. `furniture` holds the ids that now are page furniture, with the number of the
    furniture's text. `buried` are the records that this round makes tombstones of. `split_from`
    tells for the id of a new piece which record it was part of.
    """

    ids: tuple[str, ...]
    records: tuple[Record, ...]
    buried: tuple[Record, ...] = ()
    doubts: tuple[Doubtful, ...] = ()
    furniture: tuple[tuple[int, str], ...] = ()
    split_from: tuple[tuple[str, str], ...] = ()


def first_round(passages: Sequence[tuple[str, str]]) -> Round:
    """Number the passages, given as (kind, text on one line), for the first time."""
    ids = tuple(f"p{number}" for number in range(1, len(passages) + 1))
    records = (Record(name, kind, text) for name, (kind, text) in zip(ids, passages, strict=True))
    return Round(ids, tuple(records))


def next_round(
    records: Sequence[Record],
    passages: Sequence[tuple[str, str]],
    furniture: Sequence[str] = (),
    *,
    today: date,
) -> Round:
    """Align passages, given as (kind, text on one line), with records.

    `furniture` are the texts that are not part of the document: what was a passage and is furniture
    now keeps its id.
    """
    live = [record for record in records if record.get("gone") is None]
    if [(record.kind, record.text) for record in live] == [*passages]:
        # Nearly every build finds nearly every document so, and need not compare anything.
        return Round(tuple(record.id for record in live), tuple(records))
    dead = [record for record in records if record.get("gone") is not None]
    matching = match(
        list(_compared((record.kind, record.text) for record in live)),
        list(_compared(passages)),
        list(_buried(records)),
    )
    kept = _now_furniture(matching, live, furniture)
    ids = _ids(matching, [record.id for record in live], records, dead)
    changed = _standing(matching, live, dead, passages, ids, today)
    down = _down(matching, live, ids, kept, today)
    doubts = tuple(
        Doubtful(live[doubt.old], doubt.new, doubt.similarity)
        for doubt in matching.doubts
        if live[doubt.old].id in down and doubt.old not in kept
    )
    ordered = _in_order(records, matching, live, ids, changed, down)
    buried = tuple(
        record for record in down.values() if record.get("gone") and not record.get("into")
    )
    furniture_ids = tuple((number, live[old].id) for old, number in kept.items())
    split_from = tuple((ids[new], live[old].id) for new, old in _split(matching))
    return Round(ids, tuple(ordered), buried, doubts, furniture_ids, split_from)


def _split(matching: Matching) -> Iterator[tuple[int, int]]:
    """Yield each passage that continues nothing and was part of a record beside it, with that."""
    for new in matching.new_left():
        for beside in (new - 1, new + 1):
            old = matching.old_of.get(beside)
            if old is not None and is_part(matching.old[old].wording, matching.new[new].wording):
                yield new, old
                break


def _compared(passages: Iterable[tuple[str, str]]) -> Iterator[Passage]:
    section = ""
    for kind, text in passages:
        wording = Wording(text)
        yield Passage(wording, kind, section)
        if kind == "heading":
            section = wording.key


def _buried(records: Iterable[Record]) -> Iterator[Buried]:
    place = 0
    for record in records:
        if record.get("gone") is None:
            place += 1
        else:
            yield Buried(Passage(Wording(record.text), record.kind), place)


def _now_furniture(
    matching: Matching, live: Sequence[Record], furniture: Sequence[str]
) -> dict[int, int]:
    """Return, for records that nothing continues, the furniture that reads the same."""
    if not furniture:
        return {}
    numbers: defaultdict[str, list[int]] = defaultdict(list)
    for number in range(len(furniture) - 1, -1, -1):
        numbers[Wording(furniture[number]).key].append(number)
    kept = {}
    for old in matching.old_left():
        same = numbers.get(Wording(live[old].text).key)
        if same:
            kept[old] = same.pop()
    return kept


def _ids(
    matching: Matching, live: Sequence[str], records: Iterable[Record], dead: Sequence[Record]
) -> tuple[str, ...]:
    known = {new: live[old] for new, old in matching.old_of.items()}
    known.update({new: dead[buried].id for new, buried in matching.revived.items()})
    numbering = Numbering(record.id for record in records)
    end = max(known, default=-1)
    ids: list[str] = []
    for number in range(len(matching.new)):
        if number in known:
            ids.append(known[number])
        elif number > end:
            ids.append(numbering.next_number())
        else:
            ids.append(numbering.after(ids[-1] if ids else None))
    return tuple(ids)


def _standing(
    matching: Matching,
    live: Sequence[Record],
    dead: Sequence[Record],
    passages: Sequence[tuple[str, str]],
    ids: Sequence[str],
    today: date,
) -> dict[str, Record]:
    """Return the records of the passages of today, by id."""
    standing = {}
    for number, ((kind, text), name) in enumerate(zip(passages, ids, strict=True)):
        if number in matching.old_of:
            before = live[matching.old_of[number]]
        elif number in matching.revived:
            before = dead[matching.revived[number]].without(*_DOWN)
        else:
            before = Record(name, kind, text, (("new", today.isoformat()),))
        standing[name] = replace(before, kind=kind, text=text)
    return standing


def _down(
    matching: Matching,
    live: Sequence[Record],
    ids: Sequence[str],
    kept: dict[int, int],
    today: date,
) -> dict[str, Record]:
    """Return the records that no passage continues: merged, page furniture now, or gone."""
    down = {}
    for old, new in matching.merged.items():
        down[live[old].id] = live[old].but(gone=today.isoformat(), into=ids[new])
    for old in matching.old_left():
        record = live[old]
        if old in kept:
            down[record.id] = replace(record, kind="furniture")
        else:
            down[record.id] = record.but(gone=today.isoformat())
    return down


def _in_order(
    records: Sequence[Record],
    matching: Matching,
    live: Sequence[Record],
    ids: Sequence[str],
    standing: dict[str, Record],
    down: dict[str, Record],
) -> Iterator[Record]:
    """Yield all records: passages in the document's order, the others after what they followed.

    What they follow must itself have stayed: a tombstone does not move along with a passage.
    """
    stayed = {live[old].id for old, _ in matching.backbone()}
    following: defaultdict[str, list[Record]] = defaultdict(list)
    before = ""
    for record in records:
        if record.id in stayed:
            before = record.id
        elif record.id not in standing:
            following[before].append(down.get(record.id, record))
    yield from following[""]
    for name in ids:
        yield standing[name]
        yield from following.get(name, ())
