"""Opens documents when a page shows their words: an index itself only knows where they are.

Of the documents opened last a few are kept, so that the rows of a page open each of theirs once,
and a collection of any size takes no more memory than they do.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from builder.claims import Claim, Statement, find_claims
from builder.indexing.contribution import Claimed, Who, entities_by_block, figure_of
from builder.model import Annotated, Block, Figure, Mention
from builder.storing.lazy import whole

_KEPT = 64  # documents that stay open


@dataclass(frozen=True, slots=True)
class Passage:
    """A block in which an entity is named, with its mentions there."""

    block: Block
    mentions: tuple[Mention, ...]


class Opened:
    """A document with what is found in its text; each part is found when it is first asked for."""

    def __init__(self, one: Annotated) -> None:
        # Held whole, so that its blocks stay the same while it is open.
        self.one, self.text = one, whole(one)

    @cached_property
    def claims(self) -> Sequence[Claim]:
        """The claims of the document, in the order in which they are first stated."""
        return tuple(find_claims(self.text))

    @cached_property
    def passages(self) -> Mapping[Who, Sequence[Passage]]:
        """The passages that name each entity, in the order of the text."""
        found: dict[Who, list[Passage]] = {}
        for _, block, mentions_of in entities_by_block(self.text):
            for who, mentions in mentions_of.items():
                found.setdefault(who, []).append(Passage(block, tuple(mentions)))
        return {who: tuple(passages) for who, passages in found.items()}


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
    def stated(self) -> Statement:
        """Where the document first states it."""
        return self._whole.stated

    @property
    def repeats(self) -> tuple[Statement, ...]:
        """Where the document says it again."""
        return self._whole.repeats if len(self.ids) > 1 else ()

    @property
    def _whole(self) -> Claim:
        return opened(self._one).claims[self._number]
