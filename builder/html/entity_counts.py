"""Counts over all documents that name an entity what its pages tell of them together.

Of an entity that many documents name it is counted in parts, which are kept.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from builder.claims import Claim
from builder.html.addresses import entity_folder
from builder.html.tasks import Digests
from builder.index import Entry, Group, Index, Indexed, Who
from builder.indexing.entries import companions_in, forms_in
from builder.model import Document
from builder.remembering import remembered
from builder.tallies import FORMS, NO_TALLIES, Part, Tallies, parted

# From so many documents on parts are kept.
_MANY = 250
# What the line over the passages of a document weighs beside its title and address, with what
# programs read there, and the most that signs of the title take, which are escaped twice.
_DOCUMENT = 620
_SIGN = 3
# What a row weighs beside its text, and at most around each of its mentions.
_ROW = 320
_AROUND = 380


@dataclass(frozen=True, slots=True)
class Counts:
    """What is counted of an entity.

    `weights` are those of its passages, in characters of HTML, by the document's slug. `claims` is
    how many claims there are whose passages name it, `companions` are the reviewed entities that
    share passages with it, each with how many, most first; `forms` are the words that name it.
    """

    weights: Mapping[str, Sequence[int]]
    claims: int
    companions: Sequence[tuple[Who, int]]
    forms: Sequence[tuple[str, int]]


def counts_of(
    entry: Entry, index: Index, digests: Digests | None = None, tallies: Tallies = NO_TALLIES
) -> Counts:
    """Count what is said of an entity; without `digests` nothing is taken from what is kept."""
    counted = partial(_counted, entry.who, reviewed_in(index))
    weights, claims, shared = dict[str, Sequence[int]](), 0, Counter[Who]()
    for own, claiming, companions in _told("", entry, counted, digests, tallies):
        weights.update(own)
        claims += claiming
        for kind, key, count in companions:
            shared[kind, key] += count
    companions = sorted(shared.items(), key=lambda one: (-one[1], one[0]))
    return Counts(weights, claims, companions, forms_of(entry, digests, tallies))


def forms_of(entry: Entry, digests: Digests | None, tallies: Tallies) -> Sequence[tuple[str, int]]:
    """Return the words that name an entity with their counts, most frequent first."""
    forms = Counter[str]()
    for told in _told(FORMS, entry, partial(forms_in, who=entry.who), digests, tallies):
        forms.update(told)
    return sorted(forms.items(), key=lambda form: (-form[1], form[0]))


@remembered
def reviewed_in(index: Index) -> Container[Who]:
    """Return the reviewed entities that documents name."""
    return frozenset(entry.who for some in index.entries.values() for entry in some)


def claims_of(entry: Entry) -> Iterator[Claim]:
    """Yield the claims whose passages name an entity, newest document first."""
    for one in entry.indexed:
        if places := _claiming(one, entry.who):
            claims = one.claims
            yield from (claims[place] for place in places)


def _told(
    name: str,
    entry: Entry,
    counted: Callable[[Sequence[Indexed]], Any],
    digests: Digests | None,
    tallies: Tallies,
) -> Sequence[Any]:
    """Return what is counted of the documents that name an entity, in parts where they are many."""
    if digests is None or len(entry.indexed) < _MANY:
        return [counted(entry.indexed)]
    parts = parted(entry.indexed, lambda one: one.one.document.slug)
    return tallies.of(
        f"{entity_folder(entry.who)}{name}",
        (
            Part(part, digests.documents(one.one.document for one in some), partial(counted, some))
            for part, some in parts.items()
        ),
    )


def _counted(who: Who, reviewed: Container[Who], some: Sequence[Indexed]) -> Sequence[Any]:
    """Return the fields of what is counted of some documents, for JSON."""
    return (
        {one.one.document.slug: list(_weights(Group(one, who))) for one in some},
        sum(len(_claiming(one, who)) for one in some),
        [(*other, count) for other, count in companions_in(some, who, reviewed).items()],
    )


def _claiming(one: Indexed, who: Who) -> Sequence[int]:
    """Return which of the claims of a document name an entity."""
    if not one.added.may_claim_of(who):
        return ()
    return [place for place, claim in enumerate(one.added.claims) if who in claim.named]


def _weights(group: Group) -> Iterator[int]:
    """Yield what the passages of a document weigh, the first of them with the line over them."""
    above = _weight_of(group.document)
    for length, mentions in zip(group.named.lengths, group.named.mentions, strict=True):
        yield _ROW + min(length, _AROUND * mentions) + above
        above = 0


def _weight_of(document: Document) -> int:
    metadata = document.metadata
    told = sum(len(known.value or "") for known in (metadata.title, metadata.issuer, metadata.url))
    return _DOCUMENT + _SIGN * told
