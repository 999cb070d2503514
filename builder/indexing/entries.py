"""The entries of an index: who is named where, how often, in which words, and beside whom.

An entry knows how many passages there are, and opens a document's text only where one is shown.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import overload

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
        return dict(zip(self.added.whos, self.added.mentions, strict=True))


@dataclass(frozen=True)
class Group:
    """The passages of one document that name an entity, in the document's order.

    How many there are is known without the document's text, which is opened when they are shown.
    """

    indexed: Indexed
    who: Who

    @cached_property
    def named(self) -> Named:
        """What the document adds of the entity."""
        return self.indexed.added.naming(self.who)

    @property
    def document(self) -> Document:
        """The document."""
        return self.indexed.one.document

    @property
    def count(self) -> int:
        """How many passages there are."""
        added = self.indexed.added
        return added.passages[added.whos.index(self.who)]

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


class Groups(Sequence[Group]):
    """The passages that name an entity, document by document.

    A build of which little has changed asks for few of them, of a hundred thousand: each is made
    when it is asked for.
    """

    __slots__ = ("_indexed", "_who")

    def __init__(self, indexed: Sequence[Indexed], who: Who) -> None:
        self._indexed, self._who = indexed, who

    def __len__(self) -> int:
        return len(self._indexed)

    def __iter__(self) -> Iterator[Group]:
        return (Group(one, self._who) for one in self._indexed)

    @overload
    def __getitem__(self, number: int) -> Group: ...
    @overload
    def __getitem__(self, number: slice) -> Sequence[Group]: ...
    def __getitem__(self, number: int | slice) -> Group | Sequence[Group]:
        if isinstance(number, slice):
            return Groups(self._indexed[number], self._who)
        return Group(self._indexed[number], self._who)


@dataclass(frozen=True)
class Entry:
    """An entity with the documents that name it, newest first, undated last."""

    entity: Entity
    indexed: Sequence[Indexed]
    passages: int
    mentions: int

    @property
    def who(self) -> Who:
        """The entity as (kind, key)."""
        return (self.entity.kind, self.entity.key)

    @property
    def groups(self) -> Groups:
        """Every passage that names it, by document."""
        return Groups(self.indexed, self.who)

    @cached_property
    def forms(self) -> Sequence[tuple[str, int]]:
        """The words that name it in the texts with their counts, most frequent first."""
        counted = forms_in(self.indexed, self.who)
        return tuple(sorted(counted.items(), key=lambda form: (-form[1], form[0])))

    @cached_property
    def rules(self) -> Mapping[str, int]:
        """The rules that found its mentions, each with how many it found."""
        counted: Counter[str] = Counter()
        for group in self.groups:
            counted.update(group.named.rules)
        return counted

    @cached_property
    def claims(self) -> Sequence[Claim]:
        """The claims whose passages name it, newest document first."""
        of_all = (claim for one in self.indexed for claim in one.claims)
        return tuple(claim for claim in of_all if self.who in claim.named)


def forms_in(some: Iterable[Indexed], who: Who) -> Counter[str]:
    """Return the words that name an entity in documents, with their counts."""
    counted: Counter[str] = Counter()
    for one in some:
        counted.update(one.added.naming(who).forms)
    return counted


def companions_in(some: Iterable[Indexed], who: Who, among: Container[Who]) -> Counter[Who]:
    """Return which of some entities share passages with one in documents, and how many.

    Passages that name a great many say nothing of who appears with whom.
    """
    shared: Counter[Who] = Counter()
    for one in some:
        named = {(each.kind, each.key): each.block_signs for each in one.added.named}
        here = frozenset(named.pop(who))
        if len(named) >= LIST_LENGTH:  # else none of the passages can name so many
            others = Counter(chain.from_iterable(map(here.intersection, named.values())))
            here = frozenset(sign for sign in here if others[sign] < LIST_LENGTH)
        for other, signs in named.items():
            if other in among and (count := len(here.intersection(signs))):
                shared[other] += count
    return shared
