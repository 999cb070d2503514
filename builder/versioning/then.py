"""Reads from the ledger of a version every address that had been issued by then."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from builder.aligning.addressed import aliases_of, tombstones_of
from builder.aligning.figures import home_of
from builder.ledger_file import FigureRecord, Ledger
from builder.model import Tombstone
from builder.versioning.kept import Passages, live_in


@dataclass(frozen=True, slots=True)
class Then:
    """The addresses of a version: its passages, further ids by passage, and those lost by then."""

    passages: Passages = ()
    aliases: tuple[tuple[str, tuple[str, ...]], ...] = ()
    tombstones: tuple[Tombstone, ...] = ()


def addresses_then(ledger: Ledger) -> Then:
    """Return the addresses of a version from its ledger."""
    passages = live_in(ledger)
    aliases = aliases_of(ledger.records, _figures_by_record(ledger))
    return Then(
        passages,
        tuple((name, tuple(aliases[name])) for name, _ in passages if aliases[name]),
        tuple(tombstones_of(ledger.records, frozenset(dict(passages)), aliases)),
    )


def _figures_by_record(ledger: Ledger) -> dict[str, list[str]]:
    """Return the ids of figures by the record to which they lead."""
    lines = {f"{one.id}-{figure.id}": figure for one in ledger.records for figure in one.figures}
    found: defaultdict[str, list[str]] = defaultdict(list)
    for name in lines:
        found[home_of(_end(name, lines))].append(name)
    return found


def _end(name: str, lines: dict[str, FigureRecord]) -> str:
    seen = {name}
    while (into := lines[name].get("into")) in lines and into not in seen:
        seen.add(into)
        name = into
    return name
