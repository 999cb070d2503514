"""Writes what a round of the ledger came to into the document: its ids and those it lost."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from builder.aligning.figures import Carried, CarriedFigures, carry_figures
from builder.aligning.rounds import Round
from builder.aligning.standing import forwards_of
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
    aliases = _aliases(round_, figures)
    names = iter(round_.ids)
    furniture = dict(round_.furniture)
    number_of_furniture = -1
    blocks: list[Block] = []
    mentions: dict[Mention, Mention] = {}
    stated = _figures_by_block(annotated)
    for number, block in enumerate(document.blocks):
        if block.kind == "furniture":
            number_of_furniture += 1
            name = furniture.get(number_of_furniture)
            blocks.append(replace(block, anchor=name, aliases=tuple(aliases.get(name or "", ()))))
            continue
        name = next(names)
        blocks.append(replace(block, anchor=name, aliases=tuple(aliases[name])))
        for mention, address in zip(stated[number], figures.addresses.get(name, ()), strict=True):
            mentions[mention] = replace(
                mention, id=address.id, aliases=address.aliases, was=address.was
            )
    document = replace(
        document,
        blocks=tuple(blocks),
        tombstones=tuple(_tombstones(round_, aliases)),
        forwards=tuple(_forwards(round_.records)),
    )
    return replace(
        annotated,
        document=document,
        mentions=tuple(mentions.get(mention, mention) for mention in annotated.mentions),
    )


def _aliases(round_: Round, figures: CarriedFigures) -> defaultdict[str, list[str]]:
    """Return the further ids that stand where each record's id stands, its own slug first."""
    forwards, _ = forwards_of(round_.records)
    aliases: defaultdict[str, list[str]] = defaultdict(list)
    ends = _ends(round_.records, forwards)
    ordered = sorted(round_.records, key=lambda record: ends[record.id] != record.id)
    for record in ordered:
        end = ends[record.id]
        if record.id != end:
            aliases[end].append(record.id)
        slug = record.get("id")
        aliases[end] += [slug] if slug else []
        aliases[end] += figures.lost.get(record.id, ())
    return aliases


def _ends(records: Sequence[Record], forwards: Mapping[str, str]) -> dict[str, str]:
    """Return where each id leads: to a passage, or to the tombstone at the end of its chain."""
    into = {record.id: record.get("into") for record in records if record.get("gone") is not None}
    ends = {}
    for record in records:
        name, seen = record.id, set[str]()
        while (following := into.get(name)) is not None and name not in seen:
            seen.add(name)
            name = following
        ends[record.id] = forwards.get(record.id, name)
    return ends


def _forwards(records: Sequence[Record]) -> Iterator[Forward]:
    forwards, _ = forwards_of(records)
    for record in records:
        if record.id in forwards:
            yield Forward(record.id, forwards[record.id], record.get("gone") or "", record.text)


def _tombstones(round_: Round, aliases: Mapping[str, Sequence[str]]) -> Iterator[Tombstone]:
    """Yield the tombstones in order, each with the passages that it stands between."""
    order = [record.id for record in round_.records]
    standing = set(round_.ids)
    before: str | None = None
    following = _following(order, standing)
    for record in round_.records:
        if record.id in standing:
            before = record.id
        elif record.get("gone") is not None and not record.get("into"):
            yield Tombstone(
                record.id,
                _kind(record),
                record.text,
                record.get("gone") or "",
                tuple(aliases.get(record.id, ())),
                before,
                following[record.id],
            )


def _following(order: Sequence[str], standing: set[str]) -> dict[str, str | None]:
    following: dict[str, str | None] = {}
    after: str | None = None
    for name in reversed(order):
        following[name] = after
        if name in standing:
            after = name
    return following


def _kind(record: Record) -> BlockKind:
    return record.kind  # type: ignore[return-value]  # the ledger holds the kinds that it was given
