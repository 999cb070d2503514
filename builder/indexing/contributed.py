"""What a document adds to the index, as rows: who is named in it, what it claims, which dates.

Ten thousand documents have three hundred thousand of these rows, and every process that makes pages
has them all. So a row is a few values, and what not every build looks at is left as it was read.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain
from typing import Any, NamedTuple

from builder.compact_json import compact
from builder.model import Entity, Figure

Who = tuple[str, str]
"""An entity as (kind, key)."""

_NUMBERS = 5  # of each statement
_UTF8 = ("utf-8", "surrogatepass")


class Named(NamedTuple):
    """An entity that a document names: in how many blocks, and how often in all.

    `detail` tells the rest, as JSON; it is read when it is asked for. A build of which little has
    changed asks for little of it.
    """

    kind: str
    key: str
    passages: int
    all_mentions: int
    detail: bytes

    @classmethod
    def of(
        cls,
        who: Who,
        blocks: Sequence[tuple[int, int, Sequence[tuple[int, int]]]],
        forms: Mapping[str, int],
        rules: Mapping[str, int],
    ) -> Named:
        """Return an entity by the blocks that name it: number, length, where its mentions are."""
        places = [
            [number for number, _, _ in blocks],
            [len(at) for _, _, at in blocks],
            [length for _, length, _ in blocks],
            [end for _, _, at in blocks for span in at for end in span],
        ]
        detail = compact([*places, forms, rules]).encode(*_UTF8)
        return cls(*who, len(blocks), sum(places[1]), detail)

    @property
    def blocks(self) -> Sequence[int]:
        """The numbers of the blocks that name it, in the order of the text."""
        return _detail(self.detail).blocks

    @property
    def block_signs(self) -> Sequence[bytes]:
        """The numbers of these blocks as they are written.

        They stand first in the detail: who compares the blocks of all that a document names, for
        each of them, needs no more of it.
        """
        return self.detail[2 : self.detail.index(b"]")].split(b",")

    @property
    def mentions(self) -> Sequence[int]:
        """How often each of these blocks names it."""
        return _detail(self.detail).mentions

    @property
    def lengths(self) -> Sequence[int]:
        """How many characters each of these blocks has."""
        return _detail(self.detail).lengths

    def places(self, place: int) -> Iterator[tuple[int, int]]:
        """Yield start and end of each mention in one of the blocks, by its place among them."""
        detail = _detail(self.detail)
        first = 2 * sum(detail.mentions[:place])
        at = detail.at[first : first + 2 * detail.mentions[place]]
        return zip(at[::2], at[1::2], strict=True)

    @property
    def forms(self) -> Mapping[str, int]:
        """The words that name it, with how often they do."""
        return _detail(self.detail).forms

    @property
    def rules(self) -> Mapping[str, int]:
        """The rules that found it, with how often they did."""
        return _detail(self.detail).rules


class _Detail(NamedTuple):
    """What the detail of an entity tells; `at` are start and end of every mention."""

    blocks: Sequence[int]
    mentions: Sequence[int]
    lengths: Sequence[int]
    at: Sequence[int]
    forms: Mapping[str, int]
    rules: Mapping[str, int]


@lru_cache(maxsize=256)
def _detail(data: bytes) -> _Detail:
    return _Detail(*json.loads(data))


class Claimed(NamedTuple):
    """A claim of a document.

    `figures` holds the fields of the figure as first stated, then of each repeat, [] where they are
    the same. `names` are kind and key of each entity named, one after the other, `ids` the address
    of each statement, `numbers` for each its block, where the figure starts and ends in the block's
    text, and its sentence. `measures` are the keys of those whose rules gather it.
    """

    figures: Sequence[Sequence[Any]]
    names: Sequence[str]
    ids: Sequence[str]
    numbers: Sequence[int]
    measures: Sequence[str]

    @classmethod
    def of(
        cls,
        figures: Sequence[Figure],
        named: Iterable[Who],
        ids: Sequence[str],
        numbers: Iterable[int],
        measures: Sequence[str],
    ) -> Claimed:
        """Return a claim by what its statements say and where."""
        first, *others = (_fields(figure) for figure in figures)
        told = [first, *([] if one == first else one for one in others)]
        return cls(told, list(chain(*named)), list(ids), list(numbers), list(measures))

    @property
    def named(self) -> Sequence[Who]:
        """The entities that it names."""
        return tuple(zip(self.names[::2], self.names[1::2], strict=True))

    @property
    def length(self) -> int:
        """How many characters the sentence of its first statement has."""
        return self.numbers[4] - self.numbers[3]

    def figure(self, place: int = 0) -> Figure:
        """Return the figure of one of its statements, by its place among them."""
        return Figure(*(self.figures[place] or self.figures[0]))

    def place_of(self, place: int) -> tuple[int, int, int, int, int]:
        """Return where a statement is: block, figure's start and end, sentence's start and end."""
        block, start, end, first, last = self.numbers[_NUMBERS * place :][:_NUMBERS]
        return block, start, end, first, last


class Dated(NamedTuple):
    """A date that a document's text names.

    `block`, `start` and `end` are where it is first named, `rules` those that read it there;
    `more` further passages name it.
    """

    date: str
    block: int
    start: int
    end: int
    rules: Sequence[str]
    more: int


class Candidate(NamedTuple):
    """An entity that only documents describe, as one of them does."""

    who: Who
    name: str
    sort: str
    about: str
    aliases: Sequence[str]

    @property
    def entity(self) -> Entity:
        """The entity itself."""
        aliases = tuple(self.aliases)
        return Entity(*self.who, self.name, self.sort, self.about, aliases, reviewed=False)


def _fields(figure: Figure) -> list[Any]:
    return [getattr(figure, name) for name in Figure.__slots__]
