"""The figures that are to be paired, of before and of today, and what is paired so far."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, field

from builder.aligning.figures.likeness import EQUAL, OTHER_NAME, SILENT, compare_phrases
from builder.aligning.figures.places import FigurePlace, Phrase
from builder.ledger_file import FigureRecord


@dataclass(slots=True)
class Pairs:
    """What is to be paired, and what is paired so far, both ways.

    `olds` are the figures of before by id, those of one record in the order of its text; `gone` are
    those whose place is not known. `news` are those of today; `sources` tells for each passage the
    other records from which its figures may come. `homes` are the records that are known here.
    `frames` are the beginnings of sentences, before and now.
    """

    olds: dict[str, FigurePlace] = field(default_factory=dict)
    gone: dict[str, FigureRecord] = field(default_factory=dict)
    news: list[FigurePlace] = field(default_factory=list)
    sources: dict[str, Sequence[str]] = field(default_factory=dict)
    homes: set[str] = field(default_factory=set)
    frames: set[tuple[str, Phrase]] = field(default_factory=set)
    frames_now: set[tuple[str, Phrase]] = field(default_factory=set)
    old_of: dict[int, str] = field(default_factory=dict)
    new_of: dict[str, int] = field(default_factory=dict)

    def forget(self, names: Container[str | None]) -> None:
        """Leave out figures of before of which it is known where they are."""
        self.olds = {name: old for name, old in self.olds.items() if name not in names}
        self.frames = {(old.home, old.frame) for old in self.olds.values()}
        self.frames_now = {(new.home, new.frame) for new in self.news}
        self.gone = {name: old for name, old in self.gone.items() if name not in names}

    def compare(self, old: str, new: int) -> tuple[float, float]:
        """Return how two figures' surroundings compare, before and after them.

        In a list the beginning of the sentence speaks before each. A sentence that begins so in
        both texts keeps its own figures: else, of 40,000 addresses of lists 5 are wrong.
        """
        one, other = self.olds[old], self.news[new]
        if one.column != other.column:
            return SILENT, OTHER_NAME
        after = compare_phrases(one.after.phrase, other.after.phrase)
        before = compare_phrases(one.before.phrase, other.before.phrase)
        frame = compare_phrases(one.frame, other.frame)
        if frame not in (SILENT, EQUAL) and (
            (one.home, other.frame) in self.frames or (other.home, one.frame) in self.frames_now
        ):
            return OTHER_NAME, after
        return (before if before != SILENT else frame), after

    def take(self, old: str, new: int) -> None:
        """Pair the two for good."""
        self.old_of[new], self.new_of[old] = old, new

    def left_of_old(self) -> Iterator[tuple[str, FigurePlace]]:
        """Yield what of before is not paired."""
        return ((name, old) for name, old in self.olds.items() if name not in self.new_of)

    def left_of_new(self) -> Iterator[tuple[int, FigurePlace]]:
        """Yield what of today is not paired."""
        return ((i, new) for i, new in enumerate(self.news) if i not in self.old_of)
