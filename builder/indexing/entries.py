"""The entries of an index: who is named where, how often, in which words, and beside whom.

An entry knows how many passages there are, and opens a document's text only where one is shown.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

from builder.claims import Claim
from builder.indexing.contributed import Named, Who
from builder.indexing.contribution import Contribution
from builder.indexing.opened import opened
from builder.indexing.quoted import Passage, Texts, quoted_passage
from builder.indexing.stored_claim import StoredClaim
from builder.model import Annotated, Document, Entity

# A passage that names more entities than this is a list, and says nothing of who appears with whom;
# without the limit such lists alone would make the work quadratic.
LIST_LENGTH = 40


@dataclass(frozen=True)
class Indexed:
    """A document with what it adds to the index."""

    one: Annotated
    added: Contribution
    texts: Texts | None = None

    @property
    def claims(self) -> tuple[StoredClaim, ...]:
        """The claims that it adds."""
        one, added, texts = self.one, self.added, self.texts
        return tuple(
            StoredClaim(one, added, number, claimed.ids, texts)
            for number, claimed in enumerate(added.claims)
        )

    @property
    def mentions(self) -> Mapping[Who, int]:
        """How often each entity is mentioned that has a page."""
        return {(one.kind, one.key): one.all_mentions for one in self.added.named}


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
        return self.named.passages

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
    all_named = group.indexed.added.named
    among = [named.blocks_among(here) for named in all_named]
    for block in chain.from_iterable(among):
        here[block] += 1
    for named, blocks in zip(all_named, among, strict=True):
        if named is not group.named:
            for block in blocks:
                if here[block] <= LIST_LENGTH:
                    yield named.kind, named.key
