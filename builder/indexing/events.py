"""Collects what a timeline shows: documents, dates that texts name, dates that editors state."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from builder.dating.display import date_order
from builder.dating.stated import read_date
from builder.indexing.contributed import Dated
from builder.indexing.entries import Indexed
from builder.indexing.quoted import Texts, quoted_date
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


class StoredEvent(Event):
    """A date that a document's text names; its words are there when they are asked for.

    Where `texts` are kept apart, block and mention are no more than what is quoted.
    """

    __slots__ = ("_dated", "_one", "_texts")
    _dated: Dated
    _one: Annotated
    _texts: Texts | None

    def __init__(self, one: Annotated, dated: Dated, texts: Texts | None = None) -> None:
        fields = {"date": dated.date, "what": "mention", "document": one.document}
        fields |= {"more": dated.more, "entity": None, "fact": None}
        fields |= {"_one": one, "_dated": dated, "_texts": texts}
        for name, value in fields.items():
            object.__setattr__(self, name, value)

    def __reduce__(self) -> tuple[object, ...]:
        return StoredEvent, (self._one, self._dated, self._texts)

    @property
    def mention(self) -> Mention:
        """The first mention of the date."""
        return self._quoted[1]

    @property
    def block(self) -> Block:
        """The passage of that mention."""
        return self._quoted[0]

    @property
    def _quoted(self) -> tuple[Block, Mention]:
        document = self._one.document
        if self._texts is not None:
            return quoted_date(self._texts(document.slug), self._dated)
        return quoted_date([(one.anchor, one.text) for one in document.blocks], self._dated)


def find_events(indexed: Iterable[Indexed], entities: Iterable[Entity]) -> tuple[Event, ...]:
    """Return all events, newest first; within a day documents, then facts, then passages."""
    events = [event for one in indexed for event in _events_of(one)]
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


def _events_of(indexed: Indexed) -> Iterable[Event]:
    document = indexed.one.document
    own = document.metadata.date.value
    if own and date_order(own):
        yield Event(own, "document", document=document)
    for dated in indexed.added.dates:
        yield StoredEvent(indexed.one, dated, indexed.texts)
