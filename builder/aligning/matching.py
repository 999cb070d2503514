"""The working state of an alignment: records, passages, and which continues which so far.

The steps fill it, each looking only at what those before have left (see `steps`).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Literal

from builder.aligning.wording import Wording

SHORT = 6
"""Passages of fewer words ("Background") are not recognized by their words alone."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage as it is compared: a record of the ledger, or a block of today."""

    wording: Wording
    kind: str
    section: str = ""

    @property
    def is_short(self) -> bool:
        """Whether its words alone do not tell it from others."""
        return len(self.wording) < SHORT


@dataclass(frozen=True, slots=True)
class Buried:
    """A passage that was removed; `place` counts the records before it that still live."""

    passage: Passage
    place: int


Part = Literal["", "old", "new"]
"""Which of a record and a passage the other contains."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike a record and a passage read."""

    old: int
    new: int
    similarity: float
    part: Part = ""


@dataclass(frozen=True, slots=True)
class Doubt:
    """A record and a passage that may be the same; nobody but a person can tell."""

    old: int
    new: int
    similarity: float


@dataclass(frozen=True, slots=True)
class Gap:
    """What is left on both sides between two pairs of the backbone; `place` bounds the records.

    `olds` and `news` are numbers of records and passages, in order.
    """

    olds: tuple[int, ...]
    news: tuple[int, ...]
    place: tuple[int, int]

    @property
    def is_single(self) -> bool:
        """Whether one record and one passage face each other."""
        return len(self.olds) == len(self.news) == 1


@dataclass(slots=True)
class Matching:
    """What the steps have found so far, by numbers of records (`old`) and of passages (`new`)."""

    old: Sequence[Passage]
    new: Sequence[Passage]
    buried: Sequence[Buried] = ()
    new_of: dict[int, int] = field(default_factory=dict)
    old_of: dict[int, int] = field(default_factory=dict)
    merged: dict[int, int] = field(default_factory=dict)
    """Records whose text has become part of a passage that continues another record."""
    revived: dict[int, int] = field(default_factory=dict)
    """Passages that are back: number of the passage → number of the buried one."""
    doubts: list[Doubt] = field(default_factory=list)
    alike: dict[tuple[int, int], Likeness] = field(default_factory=dict)
    """What has been compared already."""

    def pair(self, old: int, new: int) -> None:
        """Note that a passage continues a record."""
        self.new_of[old] = new
        self.old_of[new] = old

    def part(self, old: int) -> None:
        """Take a pairing back."""
        del self.old_of[self.new_of.pop(old)]

    def merge(self, old: int, new: int) -> None:
        """Note that a record's text has become part of a passage."""
        self.merged[old] = new

    def revive(self, new: int, buried: int) -> None:
        """Note that a buried passage is back."""
        self.revived[new] = buried

    def old_left(self) -> list[int]:
        """Return the records that nothing continues yet."""
        taken = self.new_of.keys() | self.merged.keys()
        return [i for i in range(len(self.old)) if i not in taken]

    def new_left(self) -> list[int]:
        """Return the passages that continue nothing yet."""
        taken = self.old_of.keys() | self.revived.keys()
        return [i for i in range(len(self.new)) if i not in taken]

    def backbone(self) -> list[tuple[int, int]]:
        """Return the longest run of pairs that stand in the same order on both sides."""
        pairs = sorted(self.new_of.items())
        ends: list[int] = []  # the smallest last passage of a run, by the run's length
        last: list[int] = []  # the pair that ends such a run
        before: list[int] = []
        for number, (_, new) in enumerate(pairs):
            length = bisect_left(ends, new)
            before.append(last[length - 1] if length else -1)
            ends[length : length + 1] = [new]
            last[length : length + 1] = [number]
        run = []
        number = last[-1] if last else -1
        while number >= 0:
            run.append(pairs[number])
            number = before[number]
        return run[::-1]

    def gaps(self) -> Iterator[Gap]:
        """Yield what is left between each two neighbors of the backbone, and before and after."""
        olds, news = self.old_left(), self.new_left()
        edges = [(-1, -1), *self.backbone(), (len(self.old), len(self.new))]
        for (old, new), (next_old, next_new) in pairwise(edges):
            gap_olds = olds[bisect_right(olds, old) : bisect_left(olds, next_old)]
            gap_news = news[bisect_right(news, new) : bisect_left(news, next_new)]
            if gap_olds or gap_news:
                yield Gap(tuple(gap_olds), tuple(gap_news), (old + 1, next_old))
