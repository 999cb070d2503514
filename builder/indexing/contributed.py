"""What a document adds to the index, as rows: who is named in it, what it claims, which dates.

Ten thousand documents have three hundred thousand of these rows, and every process that makes pages
has them all. So a row is a few values and one array of numbers, and what recurs in many documents
(keys, words, units) is one string for all.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from sys import intern
from typing import Any, NamedTuple

from builder.model import Figure

Who = tuple[str, str]
"""An entity as (kind, key)."""

_NUMBERS = 5  # of each statement


class Named(NamedTuple):
    """An entity that a document names.

    `numbers` are how many blocks name it, their numbers in the order of the text, how often each
    does, how many characters each has, and then start and end of every mention in its block's text.
    `form_counts` are the words that name it, each followed by how often they do, `rule_counts` the
    rules that found it.
    """

    kind: str
    key: str
    numbers: array[int]
    form_counts: Sequence[str | int]
    rule_counts: Sequence[str | int]

    @classmethod
    def of(
        cls,
        who: Who,
        blocks: Sequence[tuple[int, int, Sequence[tuple[int, int]]]],
        forms: Mapping[str, int],
        rules: Mapping[str, int],
    ) -> Named:
        """Return an entity by the blocks that name it: number, length, where its mentions are."""
        numbers = array("I", [len(blocks)])
        numbers.extend(number for number, _, _ in blocks)
        numbers.extend(len(at) for _, _, at in blocks)
        numbers.extend(length for _, length, _ in blocks)
        numbers.extend(end for _, _, at in blocks for span in at for end in span)
        return cls(*who, numbers, _flat(forms), _flat(rules))

    @classmethod
    def from_row(
        cls,
        kind: str,
        key: str,
        numbers: list[int],
        forms: list[str | int],
        rules: list[str | int],
    ) -> Named:
        """Return an entity from its row as JSON has it."""
        return cls(intern(kind), intern(key), array("I", numbers), _shared(forms), _shared(rules))

    @property
    def row(self) -> list[Any]:
        """What JSON has of it."""
        return [self.kind, self.key, self.numbers.tolist(), self.form_counts, self.rule_counts]

    @property
    def passages(self) -> int:
        """How many blocks name it."""
        return self.numbers[0]

    @property
    def blocks(self) -> Sequence[int]:
        """The numbers of the blocks that name it, in the order of the text."""
        return self.numbers[1 : self.passages + 1]

    @property
    def mentions(self) -> Sequence[int]:
        """How often each of these blocks names it."""
        return self.numbers[self.passages + 1 : 2 * self.passages + 1]

    @property
    def lengths(self) -> Sequence[int]:
        """How many characters each of these blocks has."""
        return self.numbers[2 * self.passages + 1 : 3 * self.passages + 1]

    @property
    def all_mentions(self) -> int:
        """How often it is named."""
        return (len(self.numbers) - 1 - 3 * self.passages) // 2

    def places(self, place: int) -> Iterator[tuple[int, int]]:
        """Yield start and end of each mention in one of the blocks, by its place among them."""
        mentions = self.mentions
        first = 3 * self.passages + 1 + 2 * sum(mentions[:place])
        at = self.numbers[first : first + 2 * mentions[place]]
        return zip(at[::2], at[1::2], strict=True)

    @property
    def forms(self) -> Mapping[str, int]:
        """The words that name it, with how often they do."""
        return _counts(self.form_counts)

    @property
    def rules(self) -> Mapping[str, int]:
        """The rules that found it, with how often they did."""
        return _counts(self.rule_counts)


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
    numbers: array[int]
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
        return cls(told, tuple(chain(*named)), ids, array("I", numbers), measures)

    @classmethod
    def from_row(
        cls,
        figures: list[list[Any]],
        names: list[str],
        ids: list[str],
        numbers: list[int],
        measures: list[str],
    ) -> Claimed:
        """Return a claim from its row as JSON has it."""
        told = tuple(_shared(figure) for figure in figures)
        found = tuple(map(intern, measures))
        return cls(told, _shared(names), tuple(ids), array("I", numbers), found)

    @property
    def row(self) -> list[Any]:
        """What JSON has of it."""
        return [self.figures, self.names, self.ids, self.numbers.tolist(), self.measures]

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


def _fields(figure: Figure) -> list[Any]:
    return [getattr(figure, name) for name in Figure.__slots__]


def _flat(counts: Mapping[str, int]) -> tuple[str | int, ...]:
    return tuple(chain.from_iterable(counts.items()))


def _counts(flat: Sequence[Any]) -> Mapping[str, int]:
    return dict(zip(flat[::2], flat[1::2], strict=True))


def _shared(values: Iterable[Any]) -> tuple[Any, ...]:
    """Return values of which every string is the same as in other documents."""
    return tuple([intern(one) if one.__class__ is str else one for one in values])
