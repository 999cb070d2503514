"""Carries the ids of figures from a document's ledger to its passages of today.

`p12-f1` is a published address of one claim. It stays on that claim when the text around it, the
number itself or its place in the passage changes; where that is not certain it becomes an alias of
the passage, and the figure of today gets a new number: lost is better than wrong.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from builder.aligning.figure_lines import FigureLines, field_of, home_of
from builder.aligning.figure_origins import origins
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
    the record's own id stands (its passage, its tombstone, the passage that it is part of).
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
    records = {one.id: one.before for one in carried if one.before is not None}
    for record in (*(record for one in carried for record in one.sources), *others):
        records.setdefault(record.id, record)
    spans = {one.id: [mention.at for mention in one.mentions] for one in carried}
    come_from = origins(
        ((one.id, one.block, spans[one.id], one.before, _sources(one)) for one in carried), records
    )
    lines = FigureLines(records, today)
    for one in carried:
        lines.write(one.id, one.block, spans[one.id], come_from[one.id])
    lines.leave({one.id for one in carried})
    return CarriedFigures(lines.by_record(), *_addresses(lines))


def _sources(one: Carried) -> tuple[str, ...]:
    """Return the records from which figures may have come into a passage."""
    further = [source.id for source in one.sources]
    if one.before is not None:
        # What went from here to another passage may come back.
        forwarded = (field_of(figure, "into") for figure in one.before.figures)
        further += [home_of(name) for name in forwarded if name is not None]
    return tuple(name for name in dict.fromkeys(further) if name != one.id)


def _addresses(
    lines: FigureLines,
) -> tuple[dict[str, tuple[FigureAddress, ...]], dict[str, tuple[str, ...]]]:
    """Return the addresses that figures of today bear, and by record those that none bears."""
    aliases = {name: list[str]() for names in lines.borne.values() for name in names}
    lost: dict[str, list[str]] = {}
    for name in lines.unborne():
        end = _end(name, lines)
        (aliases[end] if end in aliases else lost.setdefault(home_of(end), [])).append(name)
    addresses = {
        passage: tuple(FigureAddress(name, tuple(aliases[name]), lines.was(name)) for name in names)
        for passage, names in lines.borne.items()
    }
    return addresses, {name: tuple(ids) for name, ids in lost.items()}


def _end(name: str, lines: FigureLines) -> str:
    """Return the last figure of a chain of forwards that the ledger knows."""
    seen = {name}
    line = lines.line(name)
    while line and (following := field_of(line, "into")) and following not in seen:
        line = lines.line(following)
        if line is not None:
            seen.add(following)
            name = following
    return name
