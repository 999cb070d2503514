"""Decides where a long list is cut into pages or files, so that a small change moves few cuts.

Counted from one end, a row that comes or goes moves every cut behind it. Here what stands in a list
says where it is cut: a piece begins with the group of rows, a document's say, whose key has the
smallest hash among those that may begin one. A row that comes or goes changes the piece it is in
and, now and then, one or two beside it; the cuts further on are found where they were.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b
from itertools import accumulate, groupby
from typing import Generic, TypeVar

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
        groups = list(self._groups(rows, self._weights(rows) if weights is None else weights))
        starts = _Starts(groups, self.size, self.heavy).found(from_end=self.from_end)
        bounds = [0, *accumulate(group.rows for group in groups)]
        ends = [*starts[1:], len(groups)]
        return [rows[bounds[start] : bounds[end]] for start, end in zip(starts, ends, strict=True)]

    def _weights(self, rows: Sequence[Row]) -> Sequence[int]:
        return list(map(self.weigh, rows)) if self.weigh else [0] * len(rows)

    def _groups(self, rows: Sequence[Row], weights: Sequence[int]) -> Iterator[_Group]:
        start = 0
        for key, grouped in groupby(map(self.key, rows)):
            end = start + len(list(grouped))
            together = weights[start:end]
            start = end
            if len(together) <= self.size and not (weight := sum(together)) > self.heavy > 0:
                yield _Group(key, len(together), weight)
                continue
            for number, weight in enumerate(together):
                yield _Group(f"{key}/{number}" if number else key, 1, weight)


@dataclass(frozen=True, slots=True)
class _Group:
    """Rows that stay together: how many, and what they weigh."""

    key: str
    rows: int
    weight: int


class _Starts:
    """Finds the groups with which pieces begin."""

    def __init__(self, groups: Sequence[_Group], size: int, heavy: int) -> None:
        self._groups = groups
        self._size, self._heavy = size, heavy
        self._rows = [0, *accumulate(group.rows for group in groups)]
        self._weights = [0, *accumulate(group.weight for group in groups)]

    def found(self, *, from_end: bool) -> list[int]:
        """Return the numbers of the groups that begin a piece, in order, first of all 0."""
        return [0, *sorted(self._from_end() if from_end else self._from_start())]

    def _from_end(self) -> Iterator[int]:
        end = len(self._groups)
        while not self._fits(0, end):
            near = end - 1
            may = []
            for at in range(end - 1, 0, -1):
                if not self._fits(at, end):
                    break
                near = at
                if self._is_enough(at, end) and self._is_enough(0, at):
                    may.append(at)
            end = self._smallest(may) if may else near
            yield end

    def _from_start(self) -> Iterator[int]:
        start, last = 0, len(self._groups)
        while not self._fits(start, last):
            near = start + 1
            may = []
            for at in range(start + 1, last):
                if not self._fits(start, at):
                    break
                near = at
                if self._is_enough(start, at) and self._is_enough(at, last):
                    may.append(at)
            start = self._smallest(may) if may else near
            yield start

    def _fits(self, start: int, end: int) -> bool:
        rows = self._rows[end] - self._rows[start]
        weight = self._weights[end] - self._weights[start]
        return end - start <= 1 or (rows <= self._size and not weight > self._heavy > 0)

    def _is_enough(self, start: int, end: int) -> bool:
        rows = self._rows[end] - self._rows[start]
        weight = self._weights[end] - self._weights[start]
        return _RANGE * rows >= self._size or _RANGE * weight >= self._heavy > 0

    def _smallest(self, may: Iterable[int]) -> int:
        return min(may, key=lambda at: hash_of(self._groups[at].key))


@cache
def hash_of(key: str) -> str:
    """Return the hash of a key, as 16 hexadecimal digits."""
    return blake2b(key.encode(), digest_size=8).hexdigest()


def distinct(named: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Yield names that differ: what begins a piece tells it from others of the same name.

    `named` are names, each with the key of what the piece begins with.
    """
    seen: Counter[str] = Counter()
    for name, key in named:
        seen[name] += 1
        if seen[name] > 1:
            name = f"{name}-{hash_of(key)[:6]}"
            seen[name] += 1
        yield name if seen[name] == 1 else f"{name}-{seen[name]}"
