"""Gives a passage that was removed, or taken into another one, its old address when it is back."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict

from builder.aligning.likeness import worth_comparing
from builder.aligning.matching import Matching, Passage
from builder.aligning.wording import similarity

RETURNED = 0.85
"""An edited passage that comes back is recognized where it stood, if it reads nearly the same."""


def same_text_returned(matching: Matching) -> None:
    """Revive what reads as it did when it was removed; the last removed of equal ones."""
    if not matching.buried:
        return
    wanted: defaultdict[str, list[int]] = defaultdict(list)
    for new in matching.new_left():
        if not matching.new[new].is_short:
            wanted[matching.new[new].wording.key].append(new)
    if not wanted:
        return
    for number in range(len(matching.buried) - 1, -1, -1):
        news = wanted.get(matching.buried[number].passage.wording.key)
        if news:
            matching.revive(news.pop(), number)


def returned_to_its_place(matching: Matching) -> None:
    """Revive, within a gap, short texts that are the same and long ones that are nearly so."""
    if not matching.buried:
        return
    taken = set(matching.revived.values())
    buried = [one.passage for one in matching.buried]
    places = [one.place for one in matching.buried]
    for gap in list(matching.gaps()):
        first, last = gap.place
        within = range(bisect_left(places, first), bisect_right(places, last))
        here = [number for number in within if number not in taken]
        alike = [
            (-likeness, new, number)
            for number, new in worth_comparing(buried, here, matching.new, gap.news)
            if (likeness := _likeness(buried[number], matching.new[new])) >= RETURNED
        ]
        # Of equal ones the first takes the first.
        for _, new, number in sorted(alike):
            if number not in taken and new not in matching.revived:
                taken.add(number)
                matching.revive(new, number)


def _likeness(buried: Passage, passage: Passage) -> float:
    if buried.wording.key == passage.wording.key:
        return 1.0
    if buried.is_short or passage.is_short:
        return 0.0
    return similarity(buried.wording, passage.wording, least=RETURNED)
