"""Follows addresses through the versions of a document, and tells where each of them leads.

The ledger is built anew for each version, and questions are answered truthfully. What every build
must keep (the laws) is checked on the way.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from copy import copy
from datetime import date, timedelta

from builder.ledger import Aligned, align, answer
from builder.ledger_file import parse_ledger
from edits import triples
from invented import Passage

ID = re.compile(r"p(?P<number>0|[1-9]\d*)(?P<letters>[a-z]*)")
FIRST_DAY = date(2026, 1, 5)


class Followed:
    """A document's ledger, and who each address was issued to.

    With `answering`, questions are answered with the truth; else all is accepted as proposed.
    """

    def __init__(self, passages: Sequence[Passage], *, answering: bool = True) -> None:
        self.answering = answering
        self.day = FIRST_DAY
        self.ledger = ""
        self.issued: dict[str, int] = {}
        self.asked = 0
        self.refused = 0
        self.passages: Sequence[Passage] = ()
        self.publish(passages)

    def publish(self, passages: Sequence[Passage], *, accept: bool = False) -> Aligned:
        """Build the document's next version."""
        self.day += timedelta(days=1)
        blocks = triples(passages)
        aligned = align(self.ledger, blocks, today=self.day, accept=accept or not self.answering)
        while asked := [one for one in aligned.questions if one.why == "doubtful"]:
            self.asked += len(asked)
            ledger = self.ledger
            for one in asked:
                same = self.issued[one.id] in _is(passages[one.block])
                ledger = answer(ledger, one, same=same, today=self.day, path="ledger")
                if not same:  # the passage has an address of its own now
                    for record in parse_ledger(ledger, "ledger").records:
                        self.issued.setdefault(record.id, passages[one.block].who)
            assert ledger != self.ledger, f"nothing comes of an answer to {asked[0]}"
            self.ledger = ledger
            aligned = align(self.ledger, blocks, today=self.day)
        if aligned.questions:
            assert aligned.ledger == self.ledger, "a refused change leaves the ledger as it was"
            self.refused += 1
            aligned = align(self.ledger, blocks, today=self.day, accept=True)
        self._check(aligned, blocks)
        self.passages, self.ledger, self.aligned = tuple(passages), aligned.ledger, aligned
        for name, passage in zip(aligned.ids, passages, strict=True):
            self.issued.setdefault(name, passage.who)
        return aligned

    def refuses_another_splitter(self, passages: Sequence[Passage]) -> bool:
        """Tell whether a ledger of another splitter stays as it is until somebody accepts."""
        older = re.sub(r"^splitter \d+$", "splitter 0", self.ledger, count=1, flags=re.MULTILINE)
        aligned = align(older, triples(passages), today=self.day)
        whys = {one.why for one in aligned.questions}
        return older != self.ledger and "splitter" in whys and aligned.ledger == older

    def copy(self) -> Followed:
        """Return another one that begins where this one stands."""
        other = copy(self)
        other.issued = dict(self.issued)
        return other

    def _check(self, aligned: Aligned, blocks: Sequence[tuple[str, tuple[str, ...], str]]) -> None:
        assert len(aligned.ids) == len(blocks) == len(set(aligned.ids))
        for name in aligned.ids:
            if self.issued and name not in self.issued:
                assert _is_next(name, self.issued), f"{name} is out of turn"
        records = [record.id for record in parse_ledger(aligned.ledger, "ledger").records]
        assert len(set(records)) == len(records)
        known = {*aligned.ids, *aligned.forwards, *aligned.gone}
        assert len(known) == len(aligned.ids) + len(aligned.forwards) + len(aligned.gone)
        assert {*aligned.forwards.values()} <= {*aligned.ids}
        assert all(date.fromisoformat(day) <= self.day for day in aligned.gone.values())
        assert self.issued.keys() <= known, "dead"
        assert known <= set(records)
        again = align(aligned.ledger, blocks, today=self.day)
        assert again.ledger == aligned.ledger
        assert (again.ids, again.forwards, again.gone) == (
            aligned.ids, aligned.forwards, aligned.gone,
        )  # fmt: skip
        assert not again.questions

    def landing(self, name: str) -> int | None:
        """Return the number of the passage to which an address leads, None where it is gone."""
        seen = set()
        while name in self.aligned.forwards:
            assert name not in seen, "a circle of forwards"
            seen.add(name)
            name = self.aligned.forwards[name]
        if name in self.aligned.gone:
            return None
        return self.aligned.ids.index(name)

    def outcomes(self, names: Sequence[str] | None = None) -> Counter[str]:
        """Count where addresses lead: right, wrong (to another passage), lost (to a tombstone)."""
        return Counter(self.outcome(name) for name in (self.issued if names is None else names))

    def outcome(self, name: str) -> str:
        """Tell where one address leads."""
        who, at = self.issued[name], self.landing(name)
        if at is None:
            return "lost" if any(who in _is(p) for p in self.passages) else "right"
        fits = [i for i, p in enumerate(self.passages) if who in _is(p) or who in p.near]
        return "right" if any(self._not_told_apart(at, fit) for fit in fits) else "wrong"

    def _not_told_apart(self, one: int, other: int) -> bool:
        """Tell whether two passages are one, or neighbors that read the same."""
        first, last = sorted((one, other))
        run = self.passages[first : last + 1]
        return len({(passage.kind, passage.text) for passage in run}) == 1 or first == last


def _is_next(name: str, issued: Iterable[str]) -> bool:
    """Tell whether an id is new at the end ("p41" after "p40"), or the next of its number."""
    number, letters = _parts(name)
    others = [_parts(other) for other in issued]
    if not letters:
        return number > max(other for other, _ in others)
    beside = [(len(more), more) for other, more in others if other == number]
    return all(before < (len(letters), letters) for before in beside)


def _parts(name: str) -> tuple[int, str]:
    match = ID.fullmatch(name)
    assert match, f"{name} is no id"
    return int(match["number"]), match["letters"]


def _is(passage: Passage) -> frozenset[int]:
    return passage.also | {passage.who}
