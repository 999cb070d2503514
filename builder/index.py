"""Turns annotated documents into what the pages show: entries, claims, events, documents by date.

Pure, and linear in mentions: each mention is looked at once, each passage once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from types import MappingProxyType

from builder.claims import Claim
from builder.countries import country_entities
from builder.dating.display import date_order
from builder.fold import fold
from builder.indexing.contributed import Who
from builder.indexing.contribution import Contribution, contribution_of
from builder.indexing.entries import LIST_LENGTH, Entry, Group, Indexed
from builder.indexing.events import Event, find_events
from builder.indexing.kept_nearest import KeptNearest
from builder.indexing.measures import Gathered, addressed, gather, measures_of
from builder.indexing.quoted import Passage, Texts
from builder.indexing.related import Related, find_related
from builder.kinds import KINDS
from builder.measures import Measure
from builder.measuring.rules import Address
from builder.model import Annotated, Document, Entity
from builder.undisturbed import undisturbed

__all__ = [
    "LIST_LENGTH",
    "Entry",
    "Group",
    "Index",
    "Indexed",
    "Passage",
    "Who",
    "build_index",
    "by_date",
]

NOTHING_KNOWN: Mapping[str, Contribution] = MappingProxyType({})


@dataclass(frozen=True)
class Index:
    """Everything that pages and data files are made from.

    `annotated` stands newest first, undated last. `entries` and `candidates` hold for each kind of
    the table its entries, most passages first; `by_who` finds any of them. `measures` stand in the
    order of their file.
    """

    annotated: tuple[Annotated, ...]
    entries: Mapping[str, tuple[Entry, ...]]
    candidates: Mapping[str, tuple[Entry, ...]]
    events: tuple[Event, ...]
    related: Mapping[str, tuple[Related, ...]]
    measures: tuple[Gathered, ...] = ()

    by_who: Mapping[Who, Entry] = field(default_factory=dict)
    measures_of: Mapping[Address, tuple[Measure, ...]] = field(default_factory=dict)
    """The measures to which a claim belongs, by its document's slug and its id."""
    organizations: Mapping[str, Entity] = field(default_factory=dict)
    """The organizations that editors know, named in a document or not, by their folded names."""
    indexed: Mapping[str, Indexed] = field(default_factory=dict)
    """Each document with what it adds, by its slug."""

    @property
    def claims(self) -> Iterator[Claim]:
        """All claims, document by document, in text order."""
        return chain.from_iterable(one.claims for one in self.indexed.values())

    def claims_of(self, slug: str) -> Sequence[Claim]:
        """Return the claims of a document, none where there is no such document."""
        return self.indexed[slug].claims if slug in self.indexed else ()

    @property
    def claim_count(self) -> int:
        """How many claims there are; none is read for it."""
        return sum(one.added.counts.claims for one in self.indexed.values())

    @property
    def documents(self) -> tuple[Document, ...]:
        """All documents, newest first, undated last."""
        return tuple(one.document for one in self.annotated)

    def issuer(self, name: str) -> Entity | None:
        """Return the organization that a document names as its issuer, None where none is known."""
        return self.organizations.get(_folded(name))


def by_date(annotated: Iterable[Annotated]) -> tuple[Annotated, ...]:
    """Return documents newest first, undated last, each day's by slug."""
    ordered = sorted(annotated, key=lambda one: one.document.slug)
    return tuple(
        sorted(
            ordered,
            key=lambda one: date_order(one.document.metadata.date.value) or "",
            reverse=True,
        )
    )


@undisturbed()
def build_index(
    annotated: Sequence[Annotated],
    entities: Mapping[str, Iterable[Entity]],
    measures: Sequence[Measure] = (),
    added: Mapping[str, Contribution] = NOTHING_KNOWN,
    texts: Texts | None = None,
    nearest: KeptNearest | None = None,
) -> Index:
    """Return the index of all documents.

    `entities` holds, for each kind, what the catalogue knows; countries are known anyway. What is
    mentioned and stands neither there nor among a document's candidates is listed, as a candidate,
    under the words that name it. `added` is what documents add, by slug, as far as it is known;
    of others it is made here. `texts` are the texts of those of which it is known, `nearest` is
    where it is kept which documents are nearest to each.
    """
    ordered = by_date(annotated)
    indexed = {one.document.slug: _indexed(one, measures, added, texts) for one in ordered}
    known = known_entities([_described(indexed.values())], entities)
    entries = _build_entries(indexed.values(), known)
    gathered = gather(measures, _to_gather(indexed, measures))
    reviewed = [entry.entity for entry in entries if entry.entity.reviewed]
    return Index(
        annotated=ordered,
        entries=of_kind(entries, reviewed=True),
        candidates=of_kind(entries, reviewed=False),
        events=find_events(indexed.values(), reviewed),
        related=find_related(
            ((one.one.document, one.added.shared) for one in indexed.values()), nearest
        ),
        measures=gathered,
        by_who={entry.who: entry for entry in entries},
        measures_of=measures_of(gathered),
        organizations=by_name(known.values()),
        indexed=indexed,
    )


def _indexed(
    one: Annotated,
    measures: Sequence[Measure],
    added: Mapping[str, Contribution],
    texts: Texts | None,
) -> Indexed:
    known = added.get(one.document.slug)
    if known is None:
        return Indexed(one, contribution_of(one, measures))
    return Indexed(one, known, texts)


def _to_gather(
    indexed: Mapping[str, Indexed], measures: Sequence[Measure]
) -> Iterator[tuple[Claim, Sequence[str]]]:
    """Yield the claims of the documents that may belong to a measure, with those of its rules."""
    named = addressed(measures)
    for slug, one in indexed.items():
        if one.added.gathering or slug in named:
            yield from ((claim, claim.gathering) for claim in one.claims)


def by_name(entities: Iterable[Entity]) -> dict[str, Entity]:
    """Return the reviewed organizations by all their names; a name goes before an alias."""
    listed = [one for one in entities if one.kind == "organization" and one.reviewed]
    aliases = {_folded(alias): one for one in listed for alias in one.aliases}
    return {**aliases, **{_folded(one.name): one for one in listed}}


def _folded(name: str) -> str:
    return fold(name).casefold()


def known_entities(
    candidates: Iterable[Sequence[Entity]], entities: Mapping[str, Iterable[Entity]]
) -> dict[Who, Entity]:
    """Return every entity that is known of: catalogue, countries, each document's candidates."""
    known = {(one.kind, one.key): one for some in candidates for one in reversed(some)}
    known.update({("country", key): entity for key, entity in country_entities().items()})
    known.update(
        {(entity.kind, entity.key): entity for listed in entities.values() for entity in listed}
    )
    return known


def _described(indexed: Iterable[Indexed]) -> list[Entity]:
    """Return the entities that documents describe, each as the last of them does."""
    last = {told.who: told for one in indexed for told in reversed(one.added.candidates)}
    return [told.entity for told in last.values()]


def _build_entries(indexed: Iterable[Indexed], known: Mapping[Who, Entity]) -> list[Entry]:
    # Of three hundred thousand: each entity is looked up once.
    found: dict[Who, tuple[list[Indexed], list[int], list[int]]] = {}
    for one in indexed:
        added = one.added
        for who, held, times in zip(added.whos, added.passages, added.mentions, strict=True):
            if (noted := found.get(who)) is None:
                found[who] = [one], [held], [times]
            else:
                noted[0].append(one)
                noted[1].append(held)
                noted[2].append(times)
    return [
        Entry(known.get(who) or _unknown(who, some), some, sum(passages), sum(mentions))
        for who, (some, passages, mentions) in found.items()
    ]


def entry_of(who: Who, naming: Sequence[Indexed], known: Mapping[Who, Entity]) -> Entry:
    """Return the entry of an entity; the documents that name it come in their order."""
    named = [one.added.naming(who) for one in naming]
    return Entry(
        entity=known.get(who) or _unknown(who, naming),
        indexed=naming,
        passages=sum(one.passages for one in named),
        mentions=sum(one.all_mentions for one in named),
    )


def _unknown(who: Who, naming: Iterable[Indexed]) -> Entity:
    """Return an entity that nothing describes, under the words that name it most often."""
    counted: Counter[str] = Counter()
    for one in naming:
        counted.update(one.added.naming(who).forms)
    name = min(counted, key=lambda form: (-counted[form], form))
    return Entity(who[0], who[1], name, reviewed=False)


def of_kind(entries: Iterable[Entry], *, reviewed: bool) -> dict[str, tuple[Entry, ...]]:
    """Return the reviewed entries, or the others, by kind, most passages first."""
    found: dict[str, list[Entry]] = {kind.name: [] for kind in KINDS if kind.pages}
    for entry in entries:
        if entry.entity.reviewed is reviewed:
            found[entry.entity.kind].append(entry)
    return {
        kind: tuple(
            sorted(listed, key=lambda entry: (-entry.passages, entry.entity.name, entry.entity.key))
        )
        for kind, listed in found.items()
    }
