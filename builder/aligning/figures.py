"""Carries the ids of figures from a document's ledger to its passages of today.

`p12-f1` is a published address of one claim. It stays on that claim when the text around it, the
number itself or its place in the passage changes; where that is not certain it becomes an alias of
the passage, and the figure of today gets a new number: lost is better than wrong.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from builder.ledger_file import FigureRecord, Record
from builder.model import Block, Mention


@dataclass(frozen=True, slots=True)
class Carried:
    """A passage of today: its id, its figures in the order of the text, and what it comes from.

    `before` is the record that the id has in the ledger (live or gone), None where the id is new.
    `sources` are further records whose text has gone into it: merged passages, in every build as
    long as they lead here, and the passage that a new one was split from.
    """

    id: str
    block: Block
    mentions: tuple[Mention, ...]
    before: Record | None = None
    sources: tuple[Record, ...] = ()


@dataclass(frozen=True, slots=True)
class FigureAddress:
    """What a figure of today bears: its id, further ids that lead to it, and what it read before.

    `was` is the literal that stood there before the last change, as printed, else None.
    """

    id: str
    aliases: tuple[str, ...] = ()
    was: str | None = None


@dataclass(frozen=True, slots=True)
class CarriedFigures:
    """The figures of a document with their addresses; the keys are ids of records.

    `records` holds what to write of each record, passages of today and others, ordered by number.
    `addresses` holds for each passage of today one address per mention, in order. `lost` holds for
    each record the ids of figures that lead to it and to no figure of today: they stand wherever
    the record's own id stands (on its passage, on its tombstone, on the passage that it is part of).
    """

    records: Mapping[str, tuple[FigureRecord, ...]]
    addresses: Mapping[str, tuple[FigureAddress, ...]]
    lost: Mapping[str, tuple[str, ...]]


def carry_figures(
    carried: Sequence[Carried], others: Sequence[Record] = (), *, today: str
) -> CarriedFigures:
    """Return the figures of all passages with their addresses.

    `carried` are the passages of today in order; `others` every further record of the ledger
    (tombstones, passages that became part of others). `today` is an ISO date.
    """
    raise NotImplementedError
