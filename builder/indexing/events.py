"""Collects what a timeline shows: documents, dates that texts name, dates that editors state."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from builder.dating.display import date_order, is_dated_event
from builder.dating.stated import read_date
from builder.model import Annotated, Block, Document, Entity, Fact, Mention


@dataclass(frozen=True, slots=True)
class Event:
    """Something with a date (EDTF).

    A document was issued; or a passage names the date (`mention` in `block`, with `more` further
    passages of the same document that do); or a catalogue `fact` of an `entity` states it.
    """

    date: str
    what: Literal["document", "mention", "fact"]
    document: Document | None = None
    block: Block | None = None
    mention: Mention | None = None
    more: int = 0
    entity: Entity | None = None
    fact: Fact | None = None


def find_events(annotated: Iterable[Annotated], entities: Iterable[Entity]) -> tuple[Event, ...]:
    """Return all events, newest first; within a day documents, then facts, then passages."""
    events = [event for one in annotated for event in _events_of(one)]
    events += [
        Event(date, "fact", entity=entity, fact=fact)
        for entity in entities
        for fact in entity.facts
        if (date := _date_of(fact))
    ]
    rank = {"document": 0, "fact": 1, "mention": 2}
    events.sort(key=lambda event: rank[event.what])
    return tuple(sorted(events, key=lambda event: date_order(event.date) or "", reverse=True))


def _date_of(fact: Fact) -> str | None:
    """Return the date that a fact's value is, or begins with: "June 2023, by the Secretary"."""
    return read_date(fact.value) or read_date(fact.value.partition(",")[0])


def _events_of(one: Annotated) -> Iterable[Event]:
    own = one.document.metadata.date.value
    if own and date_order(own):
        yield Event(own, "document", document=one.document)
    seen: dict[str, tuple[Mention, set[int]]] = {}
    for mention in one.mentions:
        if mention.kind == "date" and is_dated_event(mention.entity) and mention.entity != own:
            seen.setdefault(mention.entity, (mention, set()))[1].add(mention.block)
    for date, (first, blocks) in seen.items():
        yield Event(
            date,
            "mention",
            document=one.document,
            block=one.document.blocks[first.block],
            mention=first,
            more=len(blocks) - 1,
        )
