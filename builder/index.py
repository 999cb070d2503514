"""Turns annotated documents into what the pages show: entries, claims, events, documents by date.

Pure, and linear in mentions: each mention is looked at once, each passage once.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from builder.claims import Claim, find_claims
from builder.countries import country_entities
from builder.dating.display import date_order
from builder.fold import fold
from builder.indexing.events import Event, find_events
from builder.indexing.measures import Gathered, gather, measures_of
from builder.indexing.related import Related, find_related
from builder.kinds import KINDS
from builder.measures import Measure
from builder.measuring.rules import Address
from builder.model import Annotated, Block, Document, Entity, Mention

# A passage that names more entities than this is a list, and says nothing of who appears with whom;
# without the limit such lists alone would make the work quadratic.
LIST_LENGTH = 40

Who = tuple[str, str]
"""An entity as (kind, key)."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A block in which an entity is named, with its mentions there."""

    block: Block
    mentions: tuple[Mention, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """The passages of one document that name an entity, in the document's order."""

    document: Document
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """An entity with every passage that names it, newest document first, undated last.

    `forms` counts the words that name it in the text, `companions` the passages shared with others,
    most first.
    """

    entity: Entity
    groups: tuple[Group, ...]
    passages: int
    mentions: int
    forms: tuple[tuple[str, int], ...]
    companions: tuple[tuple[Who, int], ...]
    claims: tuple[Claim, ...]

    @property
    def who(self) -> Who:
        """The entity as (kind, key)."""
        return (self.entity.kind, self.entity.key)


@dataclass(frozen=True, slots=True)
class Index:
    """Everything that pages and data files are made from.

    `annotated` stands newest first, undated last. `entries` and `candidates` hold for each kind of
    the table its entries, most passages first; `by_who` finds any of them. `claims` stand document
    by document, in text order; `measures` in the order of their file.
    """

    annotated: tuple[Annotated, ...]
    entries: Mapping[str, tuple[Entry, ...]]
    candidates: Mapping[str, tuple[Entry, ...]]
    claims: tuple[Claim, ...]
    events: tuple[Event, ...]
    related: Mapping[str, tuple[Related, ...]]
    measures: tuple[Gathered, ...] = ()

    by_who: Mapping[Who, Entry] = field(default_factory=dict)
    claims_of: Mapping[str, tuple[Claim, ...]] = field(default_factory=dict)
    """The claims of each document, by its slug."""
    measures_of: Mapping[Address, tuple[Measure, ...]] = field(default_factory=dict)
    """The measures to which a claim belongs, by its document's slug and its id."""
    organizations: Mapping[str, Entity] = field(default_factory=dict)
    """The organizations that editors know, named in a document or not, by their folded names."""

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


def build_index(
    annotated: Sequence[Annotated],
    entities: Mapping[str, Iterable[Entity]],
    measures: Sequence[Measure] = (),
) -> Index:
    """Return the index of all documents.

    `entities` holds, for each kind, what the catalogue knows; countries are known anyway. What is
    mentioned and stands neither there nor among a document's candidates is listed, as a candidate,
    under the words that name it.
    """
    ordered = by_date(annotated)
    known = known_entities(ordered, entities)
    claims_of = {one.document.slug: tuple(find_claims(one)) for one in ordered}
    claims = tuple(claim for some in claims_of.values() for claim in some)
    entries = _build_entries(ordered, known, claims)
    gathered = gather(measures, claims)
    return Index(
        annotated=ordered,
        entries=_of_kind(entries, reviewed=True),
        candidates=_of_kind(entries, reviewed=False),
        claims=claims,
        events=find_events(ordered, [entry.entity for entry in entries if entry.entity.reviewed]),
        related=find_related(ordered, claims),
        measures=gathered,
        by_who={entry.who: entry for entry in entries},
        claims_of=claims_of,
        measures_of=measures_of(gathered),
        organizations=_by_name(known.values()),
    )


def _by_name(entities: Iterable[Entity]) -> dict[str, Entity]:
    """Return the reviewed organizations by all their names; a name goes before an alias."""
    listed = [one for one in entities if one.kind == "organization" and one.reviewed]
    aliases = {_folded(alias): one for one in listed for alias in one.aliases}
    return {**aliases, **{_folded(one.name): one for one in listed}}


def _folded(name: str) -> str:
    return fold(name).casefold()


def known_entities(
    annotated: Iterable[Annotated], entities: Mapping[str, Iterable[Entity]]
) -> dict[Who, Entity]:
    """Return every entity that is known of: catalogue, countries, the documents' candidates."""
    known = {
        (entity.kind, entity.key): entity
        for candidates in annotated
        for entity in reversed(candidates.candidates)
    }
    known.update({("country", key): entity for key, entity in country_entities().items()})
    known.update(
        {(entity.kind, entity.key): entity for listed in entities.values() for entity in listed}
    )
    return known


@dataclass(slots=True)
class _Growing:
    """An entry while passages are still added to it."""

    groups: list[tuple[Document, list[Passage]]]
    mentions: int
    forms: Counter[str]
    companions: Counter[Who]
    claims: list[Claim]

    def add(self, document: Document, passage: Passage) -> None:
        if not self.groups or self.groups[-1][0] is not document:
            self.groups.append((document, []))
        self.groups[-1][1].append(passage)
        self.mentions += len(passage.mentions)
        block = passage.block
        self.forms.update(
            block.text[mention.at.start : mention.at.end] for mention in passage.mentions
        )


def _build_entries(
    annotated: Iterable[Annotated], known: Mapping[Who, Entity], claims: Iterable[Claim]
) -> list[Entry]:
    growing: defaultdict[Who, _Growing] = defaultdict(
        lambda: _Growing([], 0, Counter(), Counter(), [])
    )
    for one in annotated:
        for block, named in entities_by_block(one):
            for who, mentions in named.items():
                growing[who].add(one.document, Passage(block, tuple(mentions)))
            if len(named) <= LIST_LENGTH:
                for who in named:
                    growing[who].companions.update(other for other in named if other != who)
    for claim in claims:
        for who in claim.named:
            growing[who].claims.append(claim)
    return [_finish(who, grown, known) for who, grown in growing.items()]


def entities_by_block(one: Annotated) -> Iterable[tuple[Block, dict[Who, list[Mention]]]]:
    """Yield each block that names entities, with the mentions of each; figures and dates apart."""
    named: dict[int, dict[Who, list[Mention]]] = {}
    paged = {kind.name for kind in KINDS if kind.pages}
    for mention in one.mentions:
        if mention.kind in paged:
            who = (mention.kind, mention.entity)
            named.setdefault(mention.block, {}).setdefault(who, []).append(mention)
    for number, mentions in named.items():
        yield one.document.blocks[number], mentions


def _finish(who: Who, grown: _Growing, known: Mapping[Who, Entity]) -> Entry:
    forms = tuple(sorted(grown.forms.items(), key=lambda form: (-form[1], form[0])))
    entity = known.get(who) or Entity(who[0], who[1], forms[0][0], reviewed=False)
    return Entry(
        entity=entity,
        groups=tuple(Group(document, tuple(passages)) for document, passages in grown.groups),
        passages=sum(len(passages) for _, passages in grown.groups),
        mentions=grown.mentions,
        forms=forms,
        companions=tuple(
            sorted(grown.companions.items(), key=lambda shared: (-shared[1], shared[0]))
        ),
        claims=tuple(grown.claims),
    )


def _of_kind(entries: Iterable[Entry], *, reviewed: bool) -> dict[str, tuple[Entry, ...]]:
    of_kind: dict[str, list[Entry]] = {kind.name: [] for kind in KINDS if kind.pages}
    for entry in entries:
        if entry.entity.reviewed is reviewed:
            of_kind[entry.entity.kind].append(entry)
    return {
        kind: tuple(
            sorted(listed, key=lambda entry: (-entry.passages, entry.entity.name, entry.entity.key))
        )
        for kind, listed in of_kind.items()
    }
