"""What one document adds to the index: little, and enough to know what every page holds.

Pages that list ten thousand documents are assembled from contributions; a document's text is
opened only by the page that shows it. A contribution depends on its document, on the catalogue and
on the measures, and on no other document. Its parts are rows, so that ten thousand are read fast.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import astuple, dataclass, replace
from functools import lru_cache
from hashlib import blake2b
from sys import intern

from builder.claims import Claim, find_claims
from builder.compact_json import compact
from builder.dating.display import is_dated_event
from builder.indexing.contributed import Candidate, Claimed, Dated, Named, Who
from builder.indexing.measures import by_rules
from builder.indexing.related import shared_things
from builder.kinds import KINDS
from builder.language_names import ENGLISH
from builder.measures import Measure
from builder.model import Annotated, Block, Document, Mention

_UTF8 = ("utf-8", "surrogatepass")
_PAGED = frozenset(kind.name for kind in KINDS if kind.pages)


@dataclass(frozen=True, slots=True)
class Counts:
    """How much a document holds."""

    passages: int = 0
    mentions: int = 0
    figures: int = 0
    claims: int = 0


@dataclass(frozen=True, slots=True)
class Contribution:
    """What a document adds to the index.

    `whos` are the entities that it names, each in so many `passages`, by so many `mentions` in all.
    `shared` is what it may have in common with other documents (`related.shared_things`), `foreign`
    the language of each passage that is not in English, `opening` a digest of the first text,
    `gathering` the keys of the measures whose rules gather some of its claims. `kept` are the bytes
    from which it is read again: a line of all this, one of its claims, and one of the detail of
    each entity; these are read when they are asked for.
    """

    whos: Sequence[Who]
    passages: Sequence[int]
    mentions: Sequence[int]
    dates: Sequence[Dated]
    shared: Sequence[str]
    candidates: Sequence[Candidate]
    counts: Counts
    foreign: Sequence[str]
    opening: str
    gathering: Sequence[str]
    kept: bytes

    @property
    def claims(self) -> Sequence[Claimed]:
        """The claims, in the order in which the document first states them."""
        return _claims(self.kept)

    @property
    def named(self) -> Sequence[Named]:
        """The entities that it names, with all that is told of each."""
        _, _, *details = self.kept.split(b"\n")
        told = zip(self.whos, self.passages, self.mentions, details, strict=True)
        return [Named(*who, passages, mentions, detail) for who, passages, mentions, detail in told]

    def naming(self, who: Who) -> Named:
        """Return one of the entities that it names, with all that is told of it."""
        place = self.whos.index(who)
        detail = self.kept.split(b"\n", place + 3)[place + 2]
        return Named(*who, self.passages[place], self.mentions[place], detail)

    def may_claim_of(self, who: Who) -> bool:
        """Tell whether a claim may name an entity, which most documents do not; none is read."""
        return compact(who[1]).encode(*_UTF8) in _claims_in(self.kept)


# Those of all documents would take more memory than everything else that they add. The bytes are
# one object as long as the contribution is: to find them again takes no look at what they hold.
@lru_cache(maxsize=256)
def _claims(kept: bytes) -> Sequence[Claimed]:
    return tuple(map(Claimed._make, json.loads(_claims_in(kept))))


def _claims_in(kept: bytes) -> bytes:
    return kept.split(b"\n", 2)[1]


_IN_WHO = "/"  # as kept, "organization/nato"; no kind has one in it


class Whos(dict[str, Who]):
    """The entities of a collection by what is kept of each: one object for all who name it."""

    def __missing__(self, told: str) -> Who:
        kind, _, key = told.partition(_IN_WHO)
        who = self[told] = (intern(kind), key)
        return who


def read_contribution(data: bytes, among: Whos) -> Contribution:
    """Return the contribution whose bytes these are; any other bytes are a ValueError.

    Its entities are `among` those of its collection, or are added there.
    """
    first = data[: data.find(b"\n")]  # in JSON no line ends within a value
    try:
        told = json.loads(first.decode(*_UTF8))
        whos, passages, mentions, dates, shared, candidates, counts, *rest = told
        foreign, opening, gathering = rest
        if not len(whos) == len(passages) == len(mentions) == data.count(b"\n") - 1:
            raise ValueError("an entity is not told, or told of without its name")
        return Contribution(
            whos=list(map(among.__getitem__, whos)),
            passages=passages,
            mentions=mentions,
            dates=[Dated(*row) for row in dates],
            shared=shared,
            candidates=[Candidate(among[who], *row) for who, *row in candidates],
            counts=Counts(*counts),
            foreign=foreign,
            opening=opening,
            gathering=gathering,
            kept=data,
        )
    except (TypeError, ValueError) as error:
        raise ValueError("no contribution of a document") from error


def contribution_of(one: Annotated, measures: Sequence[Measure] = ()) -> Contribution:
    """Return what a document adds to the index of its collection."""
    passages = one.document.passages
    claims = list(find_claims(one))
    claimed = [_claimed(claim, measures) for claim in claims]
    named = list(_named(one))
    candidates = [
        Candidate((each.kind, each.key), each.name, each.sort, each.about, each.aliases)
        for each in one.candidates
    ]
    made = Contribution(
        whos=[(kind, key) for kind, key, *_ in named],
        passages=[each.passages for each in named],
        mentions=[each.all_mentions for each in named],
        dates=list(_dates(one)),
        shared=shared_things(one, claims),
        candidates=candidates,
        counts=replace(counts_of(one), claims=len(claims)),
        foreign=[one.language for one in passages if one.language != ENGLISH],
        opening=blake2b(opening_of(one.document).encode(*_UTF8), digest_size=8).hexdigest(),
        gathering=list(dict.fromkeys(key for claim in claimed for key in claim.measures)),
        kept=b"",
    )
    further = compact(claimed).encode(*_UTF8), *(each.detail for each in named)
    return replace(made, kept=b"\n".join((_first_line(made), *further)))


def _first_line(made: Contribution) -> bytes:
    """Return what is read of a contribution in any case, as it is kept."""
    told = [
        list(map(_IN_WHO.join, made.whos)),
        made.passages,
        made.mentions,
        made.dates,
        made.shared,
        [(_IN_WHO.join(one.who), *one[1:]) for one in made.candidates],
        astuple(made.counts),
        made.foreign,
        made.opening,
        made.gathering,
    ]
    return compact(told).encode(*_UTF8)


def counts_of(one: Annotated) -> Counts:
    """Return how much a document holds."""
    figures = sum(mention.figure is not None for mention in one.mentions)
    return Counts(len(one.document.passages), len(one.mentions) - figures, figures)


def opening_of(document: Document) -> str:
    """Return the first text of a document that is no heading, with which it is described."""
    return next((block.text for block in document.passages if block.kind != "heading"), "")


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
    found: dict[Who, _Naming] = {}
    for number, block, mentions_of in entities_by_block(one):
        for who, mentions in mentions_of.items():
            naming = found.get(who)
            if naming is None:
                naming = found[who] = _Naming([], Counter(), Counter())
            at = [(mention.at.start, mention.at.end) for mention in mentions]
            naming.blocks.append((number, len(block.text), at))
            naming.forms.update(block.text[start:end] for start, end in at)
            naming.rules.update(mention.rules[0] for mention in mentions if mention.rules)
    for who, naming in found.items():
        yield Named.of(who, naming.blocks, naming.forms, naming.rules)


@dataclass(frozen=True, slots=True)
class _Naming:
    """What is gathered of an entity: its blocks as `Named.of` wants them, words, rules."""

    blocks: list[tuple[int, int, Sequence[tuple[int, int]]]]
    forms: Counter[str]
    rules: Counter[str]


def _claimed(claim: Claim, measures: Sequence[Measure]) -> Claimed:
    numbers = [
        number
        for one in claim.statements
        for number in (
            one.mention.block,
            one.mention.at.start,
            one.mention.at.end,
            one.sentence.start,
            one.sentence.end,
        )
    ]
    figures = [one.figure for one in claim.statements]
    return Claimed.of(figures, claim.named, claim.ids, numbers, by_rules(claim, measures))


def _dates(one: Annotated) -> Iterator[Dated]:
    own = one.document.metadata.date.value
    seen: dict[str, tuple[Mention, set[int]]] = {}
    for mention in one.mentions:
        if mention.kind == "date" and is_dated_event(mention.entity) and mention.entity != own:
            seen.setdefault(mention.entity, (mention, set()))[1].add(mention.block)
    for date, (first, blocks) in seen.items():
        at = first.at
        yield Dated(date, first.block, at.start, at.end, first.rules, len(blocks) - 1)
