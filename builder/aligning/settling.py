"""Settles what a ledger asks: each answer is a change of the ledger's text, so it is asked once.

Pure: a ledger's text goes in, the next one comes out; all but what is settled stays as it was.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from difflib import get_close_matches
from typing import Protocol

from builder.aligning.numbering import Numbering
from builder.ledger_file import Ledger, Record, parse_ledger, print_ledger
from builder.model import Place, Problem, Problems


class Asked(Protocol):
    """The part of a question that an answer needs: the id, and what the passage would now read."""

    @property
    def id(self) -> str:
        """The id that may live on."""

    @property
    def now(self) -> str:
        """The text of the passage that may continue it."""

    @property
    def after(self) -> str:
        """The id of the passage before that one, "" at the head."""


def answer(ledger: str, question: Asked, *, same: bool, today: date, path: str) -> str:
    """Return the ledger in which a doubtful passage is settled: the same one, or another.

    The same: its record reads as the passage does. Another: its record is a tombstone, and the
    passage has a record of its own, which says from which it was told apart. Raises Problems where
    the ledger has no such id.
    """
    old = parse_ledger(ledger, path)
    number = _number_of(old, question.id, path)
    record = old.records[number]
    others = [*old.records[:number], *old.records[number + 1 :]]
    before = next((i for i, one in enumerate(others, 1) if one.id == question.after), None)
    place = number if before is None else before
    if same:
        # Where the passage stands now, so that no equal text elsewhere is mistaken for it.
        others.insert(place, replace(record, text=question.now))
        return _printed(old, others)
    day = today.isoformat()
    name = Numbering(one.id for one in old.records).after(record.id)
    told_apart = Record(name, record.kind, question.now, (("new", day), ("not", record.id)))
    others.insert(number, record.but(gone=day))
    others.insert(place if place < number else place + 1, told_apart)
    return _printed(old, others)


def forward(ledger: str, lost: str, into: str, *, today: date, path: str) -> str:
    """Return the ledger in which the id `lost` leads to the passage `into` from now on.

    Raises Problems where the ledger has not both, where the passage of `lost` still stands, and
    where that of `into` does not.
    """
    old = parse_ledger(ledger, path)
    number, end = _number_of(old, lost, path), _number_of(old, into, path)
    record = old.records[number]
    if record.get("gone") is None:
        what = f"{lost} is a passage of the document, and leads to itself"
        raise Problems([Problem(Place(path, record.line), what, "forward what is gone")])
    if old.records[end].get("gone") is not None:
        what = f"{into} is no passage of the document any more"
        raise Problems([Problem(Place(path, old.records[end].line), what, "name one that stands")])
    # The day of its own: before it the id led to its tombstone, and nothing became part of `into`.
    changed = record.but(into=into, led=today.isoformat())
    return _printed(old, (*old.records[:number], changed, *old.records[number + 1 :]))


def remove(ledger: str, *, today: date, path: str) -> str:
    """Return the ledger of a document that is no longer in the collection."""
    old = parse_ledger(ledger, path)
    header = {**dict(old.header), "gone": today.isoformat()}
    return print_ledger(Ledger(tuple(header.items()), old.records))


def _number_of(ledger: Ledger, name: str, path: str) -> int:
    for number, record in enumerate(ledger.records):
        if record.id == name:
            return number
    near = get_close_matches(name, [record.id for record in ledger.records], n=3)
    hint = f"did you mean {' or '.join(near)}?" if near else '"builder anchors log" lists them'
    raise Problems([Problem(Place(path, 1), f'no address "{name}" was ever issued here', hint)])


def _printed(old: Ledger, records: Iterable[Record]) -> str:
    return print_ledger(Ledger(old.header, tuple(records)))
