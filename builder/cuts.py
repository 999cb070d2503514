"""Decides where a long list is cut into pages or files, so that a small change moves few cuts.

Counted from one end, a row that comes or goes moves every cut behind it. Here what stands in a list
says where it is cut: a piece begins with the group of rows, a document's say, whose key has the
smallest hash among those that may begin one. A row that comes or goes changes the piece it is in
and, now and then, one or two beside it; the cuts further on are found where they were.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b
from itertools import accumulate, chain, count, filterfalse, groupby, islice
from operator import eq
from typing import Generic, NamedTuple, TypeVar

Row = TypeVar("Row")

# A piece is at least so many times smaller than the largest, so that cuts have a choice.
_RANGE = 3


@dataclass(frozen=True, slots=True)
class Cutting(Generic[Row]):
    """How a list is cut: at most `size` rows a piece, which weigh at most `heavy` together.

    `key` tells rows that stay together, and is the same tomorrow; only a group that is larger than
    a piece is split. Without `weigh` rows weigh nothing. `from_end` begins with the last rows: they
    stay as they are where new rows come first.
    """

    key: Callable[[Row], str]
    size: int
    heavy: int = 0
    weigh: Callable[[Row], int] | None = None
    from_end: bool = True

    def pieces(
        self, rows: Sequence[Row], weights: Sequence[int] | None = None
    ) -> list[Sequence[Row]]:
        """Return the pieces in the order of the rows; one piece even without rows.

        `weights` are those of the rows, where somebody knows them who need not weigh each.
        """
        groups = self._groups(rows, self._weights(rows) if weights is None else weights)
        starts = _Starts(groups, self.size, self.heavy).found(from_end=self.from_end)
        bounds = groups.rows
        ends = [*starts[1:], len(groups.keys)]
        return [rows[bounds[start] : bounds[end]] for start, end in zip(starts, ends, strict=True)]

    def _weights(self, rows: Sequence[Row]) -> Sequence[int]:
        return list(map(self.weigh, rows)) if self.weigh else [0] * len(rows)

    def _groups(self, rows: Sequence[Row], weights: Sequence[int]) -> _Groups:
        keys = list(map(self.key, rows))
        if not any(map(eq, keys, islice(keys, 1, None))):  # each row is a group of its own
            return _Groups.of(keys, [1] * len(keys), weights)
        names, counts, weighed, start = list[str](), list[int](), list[int](), 0
        for key, grouped in groupby(keys):
            end = start + len(list(grouped))
            together = weights[start:end]
            start = end
            if len(together) <= self.size and not (weight := sum(together)) > self.heavy > 0:
                names.append(key)
                counts.append(len(together))
                weighed.append(weight)
                continue
            names += (f"{key}/{number}" if number else key for number in range(len(together)))
            counts += [1] * len(together)
            weighed += together
        return _Groups.of(names, counts, weighed)


class _Groups(NamedTuple):
    """Rows that stay together: their keys, and how many rows and how much weight is before each.

    The last numbers, one more than there are keys, are those of all.
    """

    keys: Sequence[str]
    rows: Sequence[int]
    weights: Sequence[int]

    @classmethod
    def of(cls, keys: Sequence[str], counts: Iterable[int], weights: Iterable[int]) -> _Groups:
        """Return groups by how many rows each has, and what it weighs."""
        return cls(keys, [0, *accumulate(counts)], [0, *accumulate(weights)])


class _Starts:
    """Finds the groups with which pieces begin.

    What is before a group grows from group to group: so those that fit into a piece, or are enough
    for one, lie together, and their ends are found without a look at each.
    """

    def __init__(self, groups: _Groups, size: int, heavy: int) -> None:
        self._keys, self._rows, self._weights = groups
        self._size, self._heavy = size, heavy

    def found(self, *, from_end: bool) -> list[int]:
        """Return the numbers of the groups that begin a piece, in order, first of all 0."""
        return [0, *sorted(self._from_end() if from_end else self._from_start())]

    def _from_end(self) -> Iterator[int]:
        end = len(self._keys)
        first_enough = self._first_enough(0)
        while (near := self._first_fit(end)) > 0:
            may = range(max(near, first_enough), min(end - 1, self._last_enough(end)) + 1)
            end = self._smallest(reversed(may)) if may else near
            yield end

    def _from_start(self) -> Iterator[int]:
        start, last = 0, len(self._keys)
        last_enough = self._last_enough(last)
        while (near := self._last_fit(start)) < last:
            may = range(max(start + 1, self._first_enough(start)), min(near, last_enough) + 1)
            start = self._smallest(may) if may else near
            yield start

    def _first_fit(self, end: int) -> int:
        """Return the first group with which a piece may begin that ends before `end`."""
        first = bisect_left(self._rows, self._rows[end] - self._size)
        if self._heavy > 0:
            first = max(first, bisect_left(self._weights, self._weights[end] - self._heavy))
        return max(0, min(first, end - 1))

    def _last_fit(self, start: int) -> int:
        """Return the last group before which a piece may end that begins with `start`."""
        last = bisect_right(self._rows, self._rows[start] + self._size) - 1
        if self._heavy > 0:
            last = min(last, bisect_right(self._weights, self._weights[start] + self._heavy) - 1)
        return min(len(self._keys), max(last, start + 1))

    def _first_enough(self, start: int) -> int:
        """Return the first group before which enough for a piece lies from `start` on."""
        first = bisect_left(self._rows, self._rows[start] + _enough(self._size))
        if self._heavy > 0:
            least = self._weights[start] + _enough(self._heavy)
            first = min(first, bisect_left(self._weights, least))
        return first

    def _last_enough(self, end: int) -> int:
        """Return the last group from which on enough for a piece lies before `end`."""
        last = bisect_right(self._rows, self._rows[end] - _enough(self._size)) - 1
        if self._heavy > 0:
            most = self._weights[end] - _enough(self._heavy)
            last = max(last, bisect_right(self._weights, most) - 1)
        return last

    def _smallest(self, may: Iterable[int]) -> int:
        return min(may, key=lambda at: hash_of(self._keys[at]))


def _enough(most: int) -> int:
    return -(-most // _RANGE)


@cache
def hash_of(key: str) -> str:
    """Return the hash of a key, as 16 hexadecimal digits."""
    return blake2b(key.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def distinct(named: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Yield names that differ: what begins a piece tells it from others of the same name.

    `named` are names, each with the key of what the piece begins with.
    """
    seen = set[str]()
    for name, key in named:
        own = f"{name}-{hash_of(key)[:6]}"
        names = chain((name, own), (f"{own}-{number}" for number in count(2)))
        told = next(filterfalse(seen.__contains__, names))
        seen.add(told)
        yield told
