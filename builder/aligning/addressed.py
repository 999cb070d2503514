"""Writes what a round of the ledger came to into the document: its ids and those it lost."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from builder.aligning.figures import (
    Carried,
    CarriedFigures,
    FigureAddress,
    carry_figures,
)
from builder.aligning.rounds import Round
from builder.aligning.standing import end_of, forwards_of
from builder.ledger_file import Ledger, Record
from builder.model import Annotated, Block, BlockKind, Forward, Mention, Tombstone


def carried_figures(
    annotated: Annotated, round_: Round, old: Ledger | None, *, today: date
) -> CarriedFigures:
    """Return the figures of every record with their addresses."""
    before = {record.id: record for record in old.records} if old else {}
    sources: defaultdict[str, list[Record]] = defaultdict(list)
    for record in round_.records:
        into = record.get("into")
        if into is not None:
            sources[into].append(before.get(record.id, record))
    for piece, whole in round_.split_from:
        sources[piece].append(before[whole])
    mentions = _figures_by_block(annotated)
    numbers = (i for i, block in enumerate(annotated.document.blocks) if block.kind != "furniture")
    carried = [
        Carried(
            name,
            annotated.document.blocks[number],
            tuple(mentions[number]),
            before.get(name),
            tuple(sources[name]),
        )
        for number, name in zip(numbers, round_.ids, strict=True)
    ]
    standing = set(round_.ids)
    others = [record for record in round_.records if record.id not in standing]
    return carry_figures(carried, others, today=today.isoformat())


def _figures_by_block(annotated: Annotated) -> defaultdict[int, list[Mention]]:
    mentions: defaultdict[int, list[Mention]] = defaultdict(list)
    for mention in annotated.mentions:
        if mention.figure is not None:
            mentions[mention.block].append(mention)
    return mentions


def addressed(annotated: Annotated, round_: Round, figures: CarriedFigures) -> Annotated:
    """Return the document with the addresses of the round on its passages and figures."""
    document = annotated.document
    aliases = aliases_of(round_.records, figures.lost)
    names = iter(round_.ids)
    furniture = dict(round_.furniture)
    number_of_furniture = -1
    blocks: list[Block] = []
    addresses: dict[int, Iterator[FigureAddress]] = {}
    for number, block in enumerate(document.blocks):
        if block.kind == "furniture":
            number_of_furniture += 1
            name = furniture.get(number_of_furniture)
            blocks.append(replace(block, anchor=name, aliases=tuple(aliases.get(name or "", ()))))
            continue
        name = next(names)
        blocks.append(replace(block, anchor=name, aliases=tuple(aliases[name])))
        addresses[number] = iter(figures.addresses.get(name, ()))
    document = replace(
        document,
        blocks=tuple(blocks),
        tombstones=tuple(tombstones_of(round_.records, frozenset(round_.ids), aliases)),
        forwards=tuple(_forwards(round_.records)),
    )
    mentions = tuple(
        mention
        if mention.figure is None
        else _with_address(mention, next(addresses[mention.block]))
        for mention in annotated.mentions
    )
    return replace(annotated, document=document, mentions=mentions)


def _with_address(mention: Mention, address: FigureAddress) -> Mention:
    return replace(mention, id=address.id, aliases=address.aliases, was=address.was)


def aliases_of(
    records: Sequence[Record], figures: Mapping[str, Iterable[str]]
) -> defaultdict[str, list[str]]:
    """Return the further ids that stand where each record's id stands, its own slug first.

    `figures` gives by record the ids of figures that lead to it.
    """
    forwards, _ = forwards_of(records)
    aliases: defaultdict[str, list[str]] = defaultdict(list)
    ends = _ends(records, forwards)
    ordered = sorted(records, key=lambda record: ends[record.id] != record.id)
    for record in ordered:
        end = ends[record.id]
        if record.id != end:
            aliases[end].append(record.id)
        slug = record.get("id")
        aliases[end] += [slug] if slug else []
        aliases[end] += figures.get(record.id, ())
    return aliases


def _ends(records: Sequence[Record], forwards: Mapping[str, str]) -> dict[str, str]:
    """Return where each id leads: to a passage, or to the tombstone at the end of its chain."""
    into = {record.id: record.get("into") for record in records if record.get("gone") is not None}
    return {record.id: forwards.get(record.id) or end_of(record.id, into) for record in records}


def _forwards(records: Sequence[Record]) -> Iterator[Forward]:
    forwards, _ = forwards_of(records)
    by_id = {record.id: record for record in records}
    for record in records:
        if record.id in forwards:
            went = _removed_on_the_way(record, by_id)
            gone, led = went.get("gone") or "", went.get("led") or ""
            yield Forward(record.id, forwards[record.id], gone, record.text, led)


def _removed_on_the_way(record: Record, by_id: Mapping[str, Record]) -> Record:
    """Return the record of a chain whose passage was removed before an editor let it lead on.

    Where each became part of the next it is the first.
    """
    passed = record
    while following := passed.get("into"):
        if passed.get("led"):
            return passed
        passed = by_id[following]
    return record


def tombstones_of(
    records: Sequence[Record], standing: Container[str], aliases: Mapping[str, Sequence[str]]
) -> Iterator[Tombstone]:
    """Yield the tombstones in order; `standing` are the ids of the passages of today.

    `aliases` gives by record the further ids that stand where its own does.
    """
    behind: str | None = None
    for number, record in enumerate(records):
        gone = record.get("gone")
        if record.id in standing:
            behind = record.id
        elif gone is not None and not record.get("into"):
            yield Tombstone(
                record.id,
                _kind(record),
                record.text,
                gone,
                tuple(aliases.get(record.id, ())),
                _beside(records, range(number - 1, -1, -1), gone),
                _beside(records, range(number + 1, len(records)), gone),
                behind,
            )


def _beside(records: Sequence[Record], numbers: Iterable[int], gone: str) -> str | None:
    """Return the first of some records whose passage stood when another went on the day `gone`.

    What went on the same day may have gone with it, and counts; what came on it does not.
    """
    for number in numbers:
        record = records[number]
        if (record.get("new") or "") < gone <= (record.get("gone") or gone):
            return record.id
    return None


def _kind(record: Record) -> BlockKind:
    return record.kind  # type: ignore[return-value]  # the ledger holds the kinds that it was given
