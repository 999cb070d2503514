"""Tells from which figure of the ledger each figure of today comes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from builder.aligning.figures.addresses import Carried, is_standing
from builder.aligning.figures.columns import columns_now
from builder.aligning.figures.contexts import context, spans_before
from builder.aligning.figures.pairing import pair_figures
from builder.aligning.figures.pairs import Pairs
from builder.aligning.figures.places import FigurePlace, places_of
from builder.ledger_file import Record, one_line
from builder.model import Block, Span

TABLE = "table"


def origins(
    carried: Sequence[Carried], records: Mapping[str, Record]
) -> dict[str, list[str | None]]:
    """Return for each passage the ids that its figures had, in order: "p12-f1", or None.

    `records` are those of the ledger, by id.
    """
    found = {one.id: _as_recorded(one) or [None] * len(one.mentions) for one in carried}
    taken = {name for ids in found.values() for name in ids}
    pairs = Pairs()
    slots: list[tuple[str, int]] = []
    for one in carried:
        homes = one.homes() if None in found[one.id] else []
        if not homes:
            continue  # nothing to ask, or nowhere that a figure may come from
        table = one.block.kind == TABLE
        places = places_of(one.id, one.block.text, one.spans, table=table)
        for home in homes:
            if home in records and home not in pairs.homes:
                _know(pairs, records[home], one.block, places, back=home in found)
        pairs.sources[one.id] = [home for home in homes if home != one.id]
        for i, place in enumerate(places):
            if found[one.id][i] is None:
                pairs.news.append(place)
                slots.append((one.id, i))
    pairs.forget(taken)
    pair_figures(pairs)
    for new, old in pairs.old_of.items():
        passage, i = slots[new]
        found[passage][i] = old
    return found


def spans_of(record: Record, *, back: bool) -> dict[str, Span]:
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
            if is_standing(figure) or (whole and figure.get("gone") is None)
        ],
    )


def _as_recorded(one: Carried) -> list[str | None] | None:
    """Return the ids of the figures of an unchanged passage, None where the text has changed."""
    before = one.before
    if before is None or not one.mentions or not one.is_unchanged:
        return None
    standing = [figure for figure in before.figures if is_standing(figure)]
    contexts = [context(one.block.text, at) for at in one.spans]
    if [(figure.literal, figure.context) for figure in standing] == [
        *zip(one.literals, contexts, strict=True)
    ]:
        return [f"{before.id}-{figure.id}" for figure in standing]
    return _overlapping(before, one.spans)


def _overlapping(before: Record, spans: Sequence[Span]) -> list[str | None]:
    """Return the ids of figures that are read otherwise in the same text: "5", now "5 kg"."""
    recorded = sorted((at, name) for name, at in spans_of(before, back=True).items())
    ids: list[str | None] = []
    position = 0
    for at in spans:
        while position < len(recorded) and recorded[position][0].end <= at.start:
            position += 1
        if position < len(recorded) and recorded[position][0].overlaps(at):
            ids.append(f"{before.id}-{recorded[position][1]}")
            position += 1
        else:
            ids.append(None)
    return ids


def _know(
    pairs: Pairs, record: Record, block: Block, news: Sequence[FigurePlace], *, back: bool
) -> None:
    """Add the figures of a record, in the order of its text, and those that are gone from it.

    `block` is the passage of today, `news` are its figures; for `back` see `spans_of`.
    """
    pairs.homes.add(record.id)
    spans = spans_of(record, back=back)
    ordered = sorted(spans, key=lambda name: spans[name])
    at = [spans[name] for name in ordered]
    places = places_of(record.id, record.text, at, table=record.kind == TABLE)
    columns = None if _has_same_columns(record, block) else columns_now(places, news)
    for name, place in zip(ordered, places, strict=True):
        if columns is None:
            pairs.olds[f"{record.id}-{name}"] = place
        elif place.column in columns:
            pairs.olds[f"{record.id}-{name}"] = place._replace(column=columns[place.column])
    # Where columns have changed, words around do not tell in which one a number stood.
    for figure in record.figures if columns is None else ():
        if figure.id not in spans:
            pairs.gone[f"{record.id}-{figure.id}"] = figure


def _has_same_columns(record: Record, block: Block) -> bool:
    """Tell whether a table of today begins with the row that the record begins with."""
    row = next((mark.span for mark in block.marks if mark.tag == "tr"), Span(0, len(block.text)))
    return record.kind != TABLE or record.text.startswith(one_line(block.text[row.start : row.end]))
