"""Opens documents when a page shows their words: an index itself only knows where they are.

Of the documents opened last a few are kept, so that the rows of a page open each of theirs once,
and a collection of any size takes no more memory than they do.
"""

from __future__ import annotations

from array import array
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from builder.claiming.statements import statements_in
from builder.claims import Claim, Statement, find_claims
from builder.indexing.contribution import Claimed, Named, Who, figure_of
from builder.model import Annotated, Block, Figure, Mention, Span
from builder.storing.lazy import whole

_KEPT = 256  # documents that stay open

Texts = Callable[[str], Sequence[tuple[str | None, str]]]
"""Gives the address and the text of each block of a document, by its slug."""


_NOWHERE = Span(0, 0)


@dataclass(frozen=True, slots=True)
class Passage:
    """A block in which an entity is named, with its mentions there."""

    block: Block
    mentions: tuple[Mention, ...]


def quoted_passage(texts: Sequence[tuple[str | None, str]], named: Named, place: int) -> Passage:
    """Return what is quoted of a passage: of its block address and text, of mentions their place.

    To read the document itself for a row of each of its names would take longer than all else.
    """
    number = named.blocks[place]
    anchor, text = texts[number]
    first = 2 * sum(named.mentions[:place])
    at = named.at[first : first + 2 * named.mentions[place]]
    mentions = tuple(
        Mention(named.kind, named.key, Span(start, end), _NOWHERE, text[start:end], number)
        for start, end in zip(at[::2], at[1::2], strict=True)
    )
    return Passage(Block("paragraph", None, _NOWHERE, text, array("I"), anchor=anchor), mentions)


class Opened:
    """A document with what is found in its text; each part is found when it is first asked for.

    Many pages open a document for one entity or one claim: no more of it is gone through than the
    index, which knows the numbers of its blocks and the ids of its figures, does not tell.
    """

    def __init__(self, one: Annotated) -> None:
        # Held whole, so that its blocks stay the same while it is open.
        self.one, self._whole = one, whole(one)
        self._passages: dict[Who, Sequence[Passage]] = {}
        self._statements: dict[str, Statement] = {}

    def passages(self, named: Named) -> Sequence[Passage]:
        """Return the passages that name an entity, in the order of the text."""
        who = (named.kind, named.key)
        if who not in self._passages:
            blocks = self._whole.document.blocks
            self._passages[who] = tuple(
                Passage(blocks[number], tuple(self._naming[number, *who]))
                for number in named.blocks
            )
        return self._passages[who]

    def statements(self, claim: StoredClaim, ids: Sequence[str]) -> Sequence[Statement]:
        """Return those statements of a claim that bear some of its ids, in the order of these."""
        if not all(ids):  # a text that has no addresses yet
            places = [claim.ids.index(name) for name in ids]
            return [self._claims[claim.number].statements[place] for place in places]
        return [self._statement(name) for name in ids]

    def _statement(self, name: str) -> Statement:
        if name not in self._statements:
            mentions = self._by_block[self._figures[name]]
            block = self._whole.document.blocks[mentions[0].block]
            for statement in statements_in(block, mentions):
                self._statements[statement.mention.id or ""] = statement
        return self._statements[name]

    @cached_property
    def _claims(self) -> Sequence[Claim]:
        """The claims of the document, in the order in which they are first stated."""
        return tuple(find_claims(self._whole))

    @cached_property
    def _by_block(self) -> Mapping[int, Sequence[Mention]]:
        """The mentions of each block, by its number."""
        found: dict[int, list[Mention]] = {}
        for mention in self._whole.mentions:
            found.setdefault(mention.block, []).append(mention)
        return found

    @cached_property
    def _naming(self) -> Mapping[tuple[int, str, str], Sequence[Mention]]:
        """The mentions of each entity in each block, by the block's number, kind and key."""
        found: dict[tuple[int, str, str], list[Mention]] = {}
        for mention in self._whole.mentions:
            found.setdefault((mention.block, mention.kind, mention.entity), []).append(mention)
        return found

    @cached_property
    def _figures(self) -> Mapping[str, int]:
        """The number of the block in which each figure stands, by its id."""
        return {mention.id: mention.block for mention in self._whole.mentions if mention.id}


_recent: OrderedDict[int, Opened] = OrderedDict()


def opened(one: Annotated) -> Opened:
    """Return a document opened; one that was opened a while ago is opened anew."""
    found = _recent.get(id(one))
    if found is None or found.one is not one:
        found = _recent[id(one)] = Opened(one)
        if len(_recent) > _KEPT:
            _recent.popitem(last=False)
    else:
        _recent.move_to_end(id(one))
    return found


class StoredClaim(Claim):
    """A claim of which number, names and addresses are known, and the words when asked for."""

    __slots__ = ("_claimed", "_number", "_one")
    _claimed: Claimed
    _number: int
    _one: Annotated

    def __init__(self, one: Annotated, number: int, claimed: Claimed) -> None:
        put = object.__setattr__
        put(self, "document", one.document)
        put(self, "_one", one)
        put(self, "_number", number)
        put(self, "_claimed", claimed)

    def __reduce__(self) -> tuple[object, ...]:
        return StoredClaim, (self._one, self._number, self._claimed)

    @property
    def id(self) -> str:
        """The claim's address in its document, which is its first figure's: "p12-f1"."""
        return self._claimed.ids[0]

    @property
    def ids(self) -> Sequence[str]:
        """The address of each of its statements."""
        return self._claimed.ids

    @property
    def figure(self) -> Figure:
        """The figure as first stated."""
        return figure_of(self._claimed)

    @property
    def named(self) -> tuple[Who, ...]:
        """The programs and countries of the passages of its statements, the first's first."""
        return tuple((kind, key) for kind, key in self._claimed.named)

    @property
    def gathering(self) -> Sequence[str]:
        """The keys of the measures whose rules gather it."""
        return self._claimed.measures

    @property
    def length(self) -> int:
        """How many characters the sentence of its first statement has."""
        return self._claimed.length

    @property
    def number(self) -> int:
        """Its number among the claims of its document."""
        return self._number

    @property
    def stated(self) -> Statement:
        """Where the document first states it."""
        return opened(self._one).statements(self, self.ids[:1])[0]

    @property
    def repeats(self) -> tuple[Statement, ...]:
        """Where the document says it again."""
        further = self.ids[1:]
        return tuple(opened(self._one).statements(self, further)) if further else ()
