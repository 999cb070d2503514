"""The figures that are to be paired, of before and of today, and what is paired so far."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from builder.aligning.figure_likeness import (
    EQUAL,
    OTHER_NAME,
    SILENT,
    compare_phrases,
)
from builder.aligning.figure_places import Phrase, Place


@dataclass(frozen=True, slots=True)
class Site:
    """A figure in its passage: the record or passage that it is of, its place, and its context.

    `standing` is false for one that is gone already: it may only come back just as it was.
    """

    home: str
    place: Place
    context: str
    standing: bool = True


@dataclass(slots=True)
class Pairing:
    """What is to be paired, and what is paired so far, both ways.

    `sources` tells for each passage the other records from which its figures may come.
    """

    olds: Sequence[Site]
    news: Sequence[Site]
    sources: Mapping[str, tuple[str, ...]]
    old_of: dict[int, int] = field(default_factory=dict)
    new_of: dict[int, int] = field(default_factory=dict)
    _frames: tuple[set[tuple[str, Phrase]], set[tuple[str, Phrase]]] = field(init=False)

    def __post_init__(self) -> None:
        self._frames = (_frames_of(self.olds), _frames_of(self.news))

    def homes_of(self, new: Site, *, own: bool = True, further: bool = True) -> Iterator[str]:
        """Yield where a figure may come from: its own passage, further records."""
        if own:
            yield new.home
        if further:
            yield from self.sources.get(new.home, ())

    def compare(self, old: int, new: int) -> tuple[float, float]:
        """Return how two figures' surroundings compare, before and after them.

        In a list the beginning of the sentence speaks before each. A sentence that stands in both
        texts keeps its own figures.
        """
        one, other = self.olds[old].place, self.news[new].place
        if one.column != other.column and min(one.column, other.column) >= 0:
            return SILENT, OTHER_NAME
        after = compare_phrases(one.after.phrase, other.after.phrase)
        before = compare_phrases(one.before.phrase, other.before.phrase)
        frame = compare_phrases(one.frame, other.frame)
        if frame not in (SILENT, EQUAL) and (
            (self.olds[old].home, other.frame) in self._frames[0]
            or (self.news[new].home, one.frame) in self._frames[1]
        ):
            return OTHER_NAME, after
        return before if before != SILENT else frame, after

    def take(self, old: int, new: int) -> None:
        """Pair the two for good."""
        self.old_of[new], self.new_of[old] = old, new

    def left_of_old(self) -> Iterator[tuple[int, Site]]:
        """Yield what of before is not paired."""
        return ((i, old) for i, old in enumerate(self.olds) if i not in self.new_of)

    def left_of_new(self) -> Iterator[tuple[int, Site]]:
        """Yield what of today is not paired."""
        return ((i, new) for i, new in enumerate(self.news) if i not in self.old_of)


def _frames_of(sites: Sequence[Site]) -> set[tuple[str, Phrase]]:
    return {(site.home, site.place.frame) for site in sites if site.standing}
