"""What one document adds to the index: little, and enough to know what every page holds.

Pages that list ten thousand documents are assembled from contributions; a document's text is
opened only by the page that shows it. A contribution depends on its document, on the catalogue and
on the measures, and on no other document. Its parts are rows, so that ten thousand are read fast.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass
from hashlib import blake2b
from sys import intern
from typing import Any, NamedTuple

from builder.claims import Claim, find_claims
from builder.compact_json import compact
from builder.dating.display import is_dated_event
from builder.indexing.measures import by_rules
from builder.indexing.related import shared_things
from builder.kinds import KINDS
from builder.language_names import ENGLISH
from builder.measures import Measure
from builder.model import Annotated, Block, Document, Entity, Figure, Mention

Who = tuple[str, str]
"""An entity as (kind, key)."""

_UTF8 = ("utf-8", "surrogatepass")
_PAGED = frozenset(kind.name for kind in KINDS if kind.pages)


class Named(NamedTuple):
    """An entity that a document names.

    `blocks` are the numbers of the blocks that name it, in the order of the text; `mentions` and
    `lengths` run parallel: how often, and how many characters the block has. `at` holds start and
    end of each mention in its block's text, one after the other. `forms` counts the words that
    name it, `rules` the rules that found it.
    """

    kind: str
    key: str
    blocks: Sequence[int]
    mentions: Sequence[int]
    lengths: Sequence[int]
    at: Sequence[int]
    forms: Mapping[str, int]
    rules: Mapping[str, int]


class Claimed(NamedTuple):
    """A claim of a document, by its number among them.

    `figure` holds the fields of the figure as first stated, `named` entities as [kind, key], `ids`
    the address of each statement, `length` the characters of the first one's sentence, `measures`
    the keys of those whose rules gather it.
    """

    figure: Sequence[Any]
    named: Sequence[Sequence[str]]
    ids: Sequence[str]
    length: int
    measures: Sequence[str]


class Dated(NamedTuple):
    """A date that a document's text names: the number of its first mention, and how many more."""

    date: str
    mention: int
    more: int


@dataclass(frozen=True, slots=True)
class Counts:
    """How much a document holds."""

    passages: int = 0
    mentions: int = 0
    figures: int = 0


@dataclass(frozen=True, slots=True)
class Contribution:
    """What a document adds to the index.

    `candidates` are entities that only documents describe, `shared` is what it may have in common
    with other documents (`related.shared_things`), `foreign` is the
    language of each passage that is not in English, `opening` a digest of the first text.
    """

    named: Sequence[Named]
    claims: Sequence[Claimed]
    dates: Sequence[Dated]
    shared: Sequence[str]
    candidates: Sequence[Entity]
    counts: Counts
    foreign: Sequence[str]
    opening: str

    def __bytes__(self) -> bytes:
        candidates = [
            (one.kind, one.key, one.name, one.sort, one.about, one.aliases)
            for one in self.candidates
        ]
        rows = [self.named, self.claims, self.dates, self.shared, candidates]
        return compact([*rows, astuple(self.counts), self.foreign, self.opening]).encode(*_UTF8)


def read_contribution(data: bytes) -> Contribution:
    """Return the contribution whose bytes these are; any other bytes are a ValueError."""
    try:
        named, claims, dates, shared, candidates, counts, foreign, opening = json.loads(data)
        return Contribution(
            named=[Named(intern(kind), intern(key), *rest) for kind, key, *rest in named],
            claims=[Claimed._make(row) for row in claims],
            dates=[Dated._make(row) for row in dates],
            shared=shared,
            candidates=[_candidate(*row) for row in candidates],
            counts=Counts(*counts),
            foreign=foreign,
            opening=opening,
        )
    except (TypeError, ValueError) as error:
        raise ValueError("no contribution of a document") from error


def _candidate(
    kind: str, key: str, name: str, sort: str, about: str, aliases: Sequence[str]
) -> Entity:
    return Entity(kind, key, name, sort, about, tuple(aliases), reviewed=False)


def contribution_of(one: Annotated, measures: Sequence[Measure] = ()) -> Contribution:
    """Return what a document adds to the index of its collection."""
    passages = one.document.passages
    claims = list(find_claims(one))
    return Contribution(
        named=list(_named(one)),
        claims=[_claimed(claim, measures) for claim in claims],
        dates=list(_dates(one)),
        shared=shared_things(one, claims),
        candidates=one.candidates,
        counts=counts_of(one),
        foreign=[one.language for one in passages if one.language != ENGLISH],
        opening=blake2b(opening_of(one.document).encode(*_UTF8), digest_size=8).hexdigest(),
    )


def counts_of(one: Annotated) -> Counts:
    """Return how much a document holds."""
    figures = sum(mention.figure is not None for mention in one.mentions)
    return Counts(len(one.document.passages), len(one.mentions) - figures, figures)


def opening_of(document: Document) -> str:
    """Return the first text of a document that is no heading, with which it is described."""
    return next((block.text for block in document.passages if block.kind != "heading"), "")


def figure_of(claimed: Claimed) -> Figure:
    """Return the figure of a claim as first stated."""
    return Figure(*claimed.figure)


def entities_by_block(one: Annotated) -> Iterable[tuple[int, Block, dict[Who, list[Mention]]]]:
    """Yield each block that names entities, its number first; figures and dates apart."""
    named: dict[int, dict[Who, list[Mention]]] = {}
    for mention in one.mentions:
        if mention.kind in _PAGED:
            who = (mention.kind, mention.entity)
            named.setdefault(mention.block, {}).setdefault(who, []).append(mention)
    for number, mentions in named.items():
        yield number, one.document.blocks[number], mentions


def _named(one: Annotated) -> Iterator[Named]:
    found: dict[Who, Named] = {}
    for number, block, mentions_of in entities_by_block(one):
        for who, mentions in mentions_of.items():
            if who not in found:
                found[who] = Named(*who, [], [], [], [], Counter(), Counter())
            named = found[who]
            named.blocks.append(number)  # type: ignore[attr-defined]  # a list while it grows
            named.mentions.append(len(mentions))  # type: ignore[attr-defined]
            named.lengths.append(len(block.text))  # type: ignore[attr-defined]
            for mention in mentions:
                named.at.extend((mention.at.start, mention.at.end))  # type: ignore[attr-defined]
                named.forms[block.text[mention.at.start : mention.at.end]] += 1  # type: ignore[index]
                if mention.rules:
                    named.rules[mention.rules[0]] += 1  # type: ignore[index]
    yield from found.values()


def _claimed(claim: Claim, measures: Sequence[Measure]) -> Claimed:
    figure = claim.figure
    return Claimed(
        figure=astuple(figure),
        named=claim.named,
        ids=claim.ids,
        length=len(claim.stated.words),
        measures=by_rules(claim, measures),
    )


def _dates(one: Annotated) -> Iterator[Dated]:
    own = one.document.metadata.date.value
    seen: dict[str, tuple[int, set[int]]] = {}
    for number, mention in enumerate(one.mentions):
        if mention.kind == "date" and is_dated_event(mention.entity) and mention.entity != own:
            seen.setdefault(mention.entity, (number, set()))[1].add(mention.block)
    for date, (first, blocks) in seen.items():
        yield Dated(date, first, len(blocks) - 1)
