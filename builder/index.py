"""Turns annotated documents into what the pages show: entries, claims, events, documents by date.

Pure, and linear in mentions: each mention is looked at once, each passage once.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain
from types import MappingProxyType

from builder.claims import Claim
from builder.countries import country_entities
from builder.dating.display import date_order
from builder.fold import fold
from builder.indexing.contribution import Contribution, Named, Who, contribution_of
from builder.indexing.events import Event, find_events
from builder.indexing.measures import Gathered, gather, measures_of
from builder.indexing.opened import Passage, StoredClaim, Texts, opened, quoted_passage
from builder.indexing.related import Related, find_related
from builder.kinds import KINDS
from builder.measures import Measure
from builder.measuring.rules import Address
from builder.model import Annotated, Document, Entity

__all__ = ["Entry", "Group", "Index", "Indexed", "Passage", "Who", "build_index", "by_date"]

NOTHING_KNOWN: Mapping[str, Contribution] = MappingProxyType({})

# A passage that names more entities than this is a list, and says nothing of who appears with whom;
# without the limit such lists alone would make the work quadratic.
LIST_LENGTH = 40


@dataclass(frozen=True, slots=True)
class Indexed:
    """A document with what it adds to the index."""

    one: Annotated
    added: Contribution
    claims: tuple[StoredClaim, ...]
    texts: Texts | None = None

    @property
    def mentions(self) -> Mapping[Who, int]:
        """How often each entity is mentioned that has a page."""
        return {(one.kind, one.key): sum(one.mentions) for one in self.added.named}

    @classmethod
    def of(cls, one: Annotated, added: Contribution, texts: Texts | None = None) -> Indexed:
        """Return a document with the claims that it adds."""
        claims = (StoredClaim(one, number, claim) for number, claim in enumerate(added.claims))
        return cls(one, added, tuple(claims), texts)


@dataclass(frozen=True, slots=True)
class Group:
    """The passages of one document that name an entity, in the document's order.

    How many there are is known without the document's text, which is opened when they are shown.
    """

    indexed: Indexed
    named: Named

    @property
    def document(self) -> Document:
        """The document."""
        return self.indexed.one.document

    @property
    def count(self) -> int:
        """How many passages there are."""
        return len(self.named.blocks)

    @property
    def passages(self) -> Sequence[Passage]:
        """The passages."""
        return [self.passage(place) for place in range(self.count)]

    def passage(self, place: int) -> Passage:
        """Return one of the passages, by its place among them.

        Where texts are kept apart, block and mentions are no more than what is quoted.
        """
        named, texts = self.named, self.indexed.texts
        if texts is None:
            return opened(self.indexed.one).passages(named)[place]
        return quoted_passage(texts(self.document.slug), named, place)


@dataclass(frozen=True)
class Entry:
    """An entity with every passage that names it, newest document first, undated last."""

    entity: Entity
    groups: tuple[Group, ...]
    passages: int
    mentions: int

    @property
    def who(self) -> Who:
        """The entity as (kind, key)."""
        return (self.entity.kind, self.entity.key)

    @cached_property
    def forms(self) -> Sequence[tuple[str, int]]:
        """The words that name it in the texts with their counts, most frequent first."""
        counted: Counter[str] = Counter()
        for group in self.groups:
            counted.update(group.named.forms)
        return tuple(sorted(counted.items(), key=lambda form: (-form[1], form[0])))

    @cached_property
    def rules(self) -> Mapping[str, int]:
        """The rules that found its mentions, each with how many it found."""
        counted: Counter[str] = Counter()
        for group in self.groups:
            counted.update(group.named.rules)
        return counted

    @cached_property
    def companions(self) -> Sequence[tuple[Who, int]]:
        """The entities that share passages with it, each with how many, most first."""
        shared: Counter[Who] = Counter()
        for group in self.groups:
            shared.update(_beside(group))
        return tuple(sorted(shared.items(), key=lambda one: (-one[1], one[0])))

    @cached_property
    def claims(self) -> Sequence[Claim]:
        """The claims whose passages name it, newest document first."""
        of_all = (claim for group in self.groups for claim in group.indexed.claims)
        return tuple(claim for claim in of_all if self.who in claim.named)


def _beside(group: Group) -> Iterator[Who]:
    """Yield who is named in the passages of a group, once for each of them; lists say nothing."""
    here = dict.fromkeys(group.named.blocks, 0)
    for named in group.indexed.added.named:
        for block in named.blocks:
            if block in here:
                here[block] += 1
    for named in group.indexed.added.named:
        if named is not group.named:
            for block in named.blocks:
                if 0 < here.get(block, 0) <= LIST_LENGTH:
                    yield named.kind, named.key


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
    indexed: Mapping[str, Indexed] = field(default_factory=dict)
    """Each document with what it adds, by its slug."""

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
    added: Mapping[str, Contribution] = NOTHING_KNOWN,
    texts: Texts | None = None,
) -> Index:
    """Return the index of all documents.

    `entities` holds, for each kind, what the catalogue knows; countries are known anyway. What is
    mentioned and stands neither there nor among a document's candidates is listed, as a candidate,
    under the words that name it. `added` is what documents add, by slug, as far as it is known;
    of others it is made here. `texts` are the texts of those of which it is known.
    """
    ordered = by_date(annotated)
    of_slug = {one.document.slug: one for one in ordered}
    indexed = {
        slug: Indexed.of(one, added[slug], texts)
        if slug in added
        else Indexed.of(one, contribution_of(one, measures))
        for slug, one in of_slug.items()
    }
    known = known_entities((one.added.candidates for one in indexed.values()), entities)
    claims_of = {slug: one.claims for slug, one in indexed.items()}
    claims = tuple(chain.from_iterable(claims_of.values()))
    entries = _build_entries(indexed.values(), known)
    gathered = gather(measures, ((claim, claim.gathering) for claim in claims))
    contributed = [(one.one, one.added) for one in indexed.values()]
    reviewed = [entry.entity for entry in entries if entry.entity.reviewed]
    return Index(
        annotated=ordered,
        entries=_of_kind(entries, reviewed=True),
        candidates=_of_kind(entries, reviewed=False),
        claims=claims,
        events=find_events(contributed, reviewed),
        related=find_related((one.document, added.shared) for one, added in contributed),
        measures=gathered,
        by_who={entry.who: entry for entry in entries},
        claims_of=claims_of,
        measures_of=measures_of(gathered),
        organizations=_by_name(known.values()),
        indexed=indexed,
    )


def _by_name(entities: Iterable[Entity]) -> dict[str, Entity]:
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


def _build_entries(indexed: Iterable[Indexed], known: Mapping[Who, Entity]) -> list[Entry]:
    groups: defaultdict[Who, list[Group]] = defaultdict(list)
    for one in indexed:
        for named in one.added.named:
            groups[named.kind, named.key].append(Group(one, named))
    return [
        Entry(
            entity=known.get(who) or _unknown(who, some),
            groups=tuple(some),
            passages=sum(group.count for group in some),
            mentions=sum(sum(group.named.mentions) for group in some),
        )
        for who, some in groups.items()
    ]


def _unknown(who: Who, groups: Iterable[Group]) -> Entity:
    """Return an entity that nothing describes, under the words that name it most often."""
    counted: Counter[str] = Counter()
    for group in groups:
        counted.update(group.named.forms)
    name = min(counted, key=lambda form: (-counted[form], form))
    return Entity(who[0], who[1], name, reviewed=False)


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
