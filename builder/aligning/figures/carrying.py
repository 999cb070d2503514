"""Carries figures: where each comes from, what the ledger writes of it, which ids lead to it."""

from __future__ import annotations

from collections.abc import Sequence

from builder.aligning.figures.addresses import Carried, CarriedFigures, FigureAddress, home_of
from builder.aligning.figures.lines import FigureLines
from builder.aligning.figures.origins import origins
from builder.ledger_file import Record


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
    come_from = origins(carried, records)
    lines = FigureLines(records, today)
    for one in carried:
        lines.write(one, come_from[one.id])
    lines.leave({one.id for one in carried})
    return _addressed(lines)


def _addressed(lines: FigureLines) -> CarriedFigures:
    """Return the lines with the ids that lead to figures of today, and those that lead to none."""
    aliases = {name: list[str]() for names in lines.borne.values() for name in names}
    lost: dict[str, list[str]] = {}
    for name in lines.unborne():
        end = _end(name, lines)
        (aliases[end] if end in aliases else lost.setdefault(home_of(end), [])).append(name)
    addresses = {
        passage: tuple(FigureAddress(name, tuple(aliases[name]), lines.was(name)) for name in names)
        for passage, names in lines.borne.items()
    }
    return CarriedFigures(
        lines.by_record(), addresses, {name: tuple(ids) for name, ids in lost.items()}
    )


def _end(name: str, lines: FigureLines) -> str:
    """Return the last figure of a chain of forwards that the ledger knows."""
    seen = {name}
    line = lines.line(name)
    while line is not None and (following := line.get("into")) and following not in seen:
        line = lines.line(following)
        if line is not None:
            seen.add(following)
            name = following
    return name
