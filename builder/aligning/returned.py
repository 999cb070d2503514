"""Gives a passage that was removed, or taken into another one, its old address when it is back."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Sequence

from builder.aligning.matching import SHORT, Matching
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
    places = [buried.place for buried in matching.buried]
    for gap in list(matching.gaps()):
        first, last = gap.place
        within = range(bisect_left(places, first), bisect_right(places, last))
        here = [number for number in within if number not in taken]
        for new in gap.news:
            number = _most_alike(matching, new, here)
            if number is not None:
                here.remove(number)
                taken.add(number)
                matching.revive(new, number)


def _most_alike(matching: Matching, new: int, here: Sequence[int]) -> int | None:
    passage = matching.new[new]
    best: tuple[float, int] | None = None
    for number in here:
        buried = matching.buried[number].passage
        if min(len(buried.wording), len(passage.wording)) < SHORT:
            alike = 1.0 if buried.wording.key == passage.wording.key else 0.0
        else:
            alike = similarity(buried.wording, passage.wording)
        if alike >= RETURNED and (best is None or alike >= best[0]):
            best = alike, number
    return best[1] if best else None
