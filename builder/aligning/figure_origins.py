"""Tells from which figure of the ledger each figure of today comes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from builder.aligning.figure_columns import columns_now
from builder.aligning.figure_contexts import WIDE, context, spans_before
from builder.aligning.figure_pairs import pair_figures
from builder.aligning.figure_places import UNKNOWN, Place, place_in_context, places_of
from builder.aligning.figure_sites import Pairing, Site
from builder.ledger_file import FigureRecord, Record, one_line
from builder.model import Block, Span

TABLE = "table"

Stated = tuple[str, Block, Sequence[Span], Record | None, Sequence[str]]
"""A passage of today: its id, its block, where its figures stand, its record of before, and the ids
of further records whose text has gone into it."""


def origins(
    passages: Iterable[Stated], records: Mapping[str, Record]
) -> dict[str, list[str | None]]:
    """Return for each passage the ids that its figures had, in order: "p12-f1", or None.

    `records` are those of the ledger, by id.
    """
    passages = list(passages)
    today = {name for name, *_ in passages}
    found: dict[str, list[str | None]] = {}
    olds: dict[str, list[tuple[str, Site]]] = {}
    news: list[Site] = []
    slots: list[tuple[str, int]] = []
    sources: dict[str, tuple[str, ...]] = {}
    for name, block, spans, before, further in passages:
        ids = found[name] = _as_recorded(block, spans, before) or [None] * len(spans)
        homes = [home for home in (name, *further) if home in records]
        if None not in ids or not homes:
            continue  # nothing to ask, or nowhere that a figure may come from
        places = places_of(block.text, spans, table=block.kind == TABLE)
        sources[name] = tuple(home for home in homes if home != name)
        for home in homes:
            if home not in olds:
                back = home in today
                olds[home] = list(_sites(records[home], block, places, back=back))
        for i, (at, place) in enumerate(zip(spans, places, strict=True)):
            if ids[i] is None:
                news.append(Site(name, place, context(block.text, at, before=WIDE, after=WIDE)))
                slots.append((name, i))
    taken = {name for ids in found.values() for name in ids}
    known = [item for sites in olds.values() for item in sites if item[0] not in taken]
    pairing = Pairing([site for _, site in known], news, sources)
    pair_figures(pairing)
    for new, old in pairing.old_of.items():
        name, i = slots[new]
        found[name][i] = known[old][0]
    return found


def is_standing(figure: FigureRecord) -> bool:
    """Tell whether a figure stood in its passage when the ledger was written."""
    return not any(key in ("gone", "into") for key, _ in figure.fields)


def standing_spans(record: Record, *, back: bool) -> dict[str, Span]:
    """Return where the figures of a record stand in its text, by their number ("f1").

    `back` tells that the passage stands today. Where it was part of another, its text still holds
    the figures that went with it; as long as it is, they are found in the other one.
    """
    whole = back and record.get("gone") is not None
    return spans_before(
        record,
        [
            figure
            for figure in record.figures
            if is_standing(figure) or (whole and dict(figure.fields).get("gone") is None)
        ],
    )


def is_unchanged(block: Block, before: Record | None) -> bool:
    """Tell whether a passage reads as its record does."""
    if before is None:
        return False
    return block.text == before.text or one_line(block.text) == before.text


def _as_recorded(
    block: Block, spans: Sequence[Span], before: Record | None
) -> list[str | None] | None:
    """Return the ids of the figures of an unchanged passage, None where the text has changed."""
    if before is None or not is_unchanged(block, before):
        return None
    standing = [figure for figure in before.figures if is_standing(figure)]
    printed = [(block.text[at.start : at.end], context(block.text, at)) for at in spans]
    if printed == [(figure.literal, figure.context) for figure in standing]:
        return [f"{before.id}-{figure.id}" for figure in standing]
    return _overlapping(before, spans)


def _overlapping(before: Record, spans: Sequence[Span]) -> list[str | None]:
    """Return the ids of figures that are read otherwise in the same text: "5", now "5 kg"."""
    recorded = sorted((at, name) for name, at in standing_spans(before, back=True).items())
    ids: list[str | None] = []
    position = 0
    for at in spans:
        while position < len(recorded) and recorded[position][0].end <= at.start:
            position += 1
        found = None
        if position < len(recorded) and recorded[position][0].overlaps(at):
            found = f"{before.id}-{recorded[position][1]}"
            position += 1
        ids.append(found)
    return ids


def _sites(
    record: Record, block: Block, news: Sequence[Place], *, back: bool
) -> Iterator[tuple[str, Site]]:
    """Yield the figures of a record with their ids, in the order of its text, lost ones last.

    `block` is the passage of today, `news` are its figures; for `back` see `standing_spans`.
    """
    spans = standing_spans(record, back=back)
    figures = {figure.id: figure for figure in record.figures}
    ordered = sorted(spans, key=lambda name: spans[name])
    places = places_of(record.text, [spans[name] for name in ordered], table=record.kind == TABLE)
    columns = None if _has_same_columns(record, block) else columns_now(places, news)
    for name, place in zip(ordered, places, strict=True):
        now = place.column if columns is None else columns.get(place.column, UNKNOWN)
        if now is not None:
            site = Site(record.id, replace(place, column=now), figures[name].context)
            yield f"{record.id}-{name}", site
    for name, figure in figures.items():
        # Where columns have changed, words around do not tell in which one a number stood.
        if name not in spans and columns is None:
            place = place_in_context(figure)
            yield f"{record.id}-{name}", Site(record.id, place, figure.context, standing=False)


def _has_same_columns(record: Record, block: Block) -> bool:
    """Tell whether a table of today begins with the row that the record begins with."""
    row = next((mark.span for mark in block.marks if mark.tag == "tr"), Span(0, len(block.text)))
    return record.kind != TABLE or record.text.startswith(one_line(block.text[row.start : row.end]))
