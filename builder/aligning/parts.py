"""Tells a passage that was split into several, and several that were merged into one.

Of the pieces of a split the largest keeps the address; the others are new passages. Of merged
passages the largest one's address stays, and the others forward to the passage they are now in.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from builder.aligning.matching import Matching, Passage
from builder.aligning.wording import (
    Wording,
    contains,
    is_part,
    joined,
    similarity,
    size_within,
    stands_in,
)

WHOLE = 0.80
"""The pieces, one after the other, must read as the whole does."""
_PIECES = 12  # of longer runs only the longest is tried, for their number grows with the square
_WIDE = 64  # in a wider gap a whole is compared with what stands about as far in only


def exact_parts(matching: Matching) -> None:
    """Pair a split passage with its largest piece, and the largest of several with their whole."""
    for gap in list(matching.gaps()):
        if gap.olds and len(gap.news) > 1:
            for old, pieces in _wholes(matching.old, gap.olds, matching.new, gap.news):
                whole = matching.old[old].wording
                largest = max(pieces, key=lambda new: size_within(whole, matching.new[new].wording))
                if old not in matching.new_of and not matching.old_of.keys() & set(pieces):
                    matching.pair(old, largest)
        if gap.news and len(gap.olds) > 1:
            for new, pieces in _wholes(matching.new, gap.news, matching.old, gap.olds):
                if new in matching.old_of or matching.new_of.keys() & set(pieces):
                    continue
                if matching.merged.keys() & set(pieces):
                    continue
                whole = matching.new[new].wording
                largest = max(pieces, key=lambda old: size_within(whole, matching.old[old].wording))
                matching.pair(largest, new)
                for old in pieces:
                    if old != largest:
                        matching.merge(old, new)


def _wholes(
    ones: Sequence[Passage],
    ones_left: Sequence[int],
    others: Sequence[Passage],
    others_left: Sequence[int],
) -> Iterator[tuple[int, tuple[int, ...]]]:
    """Yield each passage of one side that is a run of passages of the other, with the run."""
    for position, one in enumerate(ones_left):
        near = others_left
        if len(others_left) > _WIDE:
            middle = position * len(others_left) // len(ones_left)
            near = others_left[max(0, middle - _WIDE // 2) : middle + _WIDE // 2]
        whole = ones[one].wording
        inside = [other for other in near if stands_in(whole, others[other].wording)]
        best: tuple[float, tuple[int, ...]] = (0.0, ())
        for run in _runs(inside):
            best = max(best, _fits(whole, [others[other].wording for other in run], run))
        if best[1]:
            yield one, best[1]


def _runs(numbers: Sequence[int]) -> Iterator[tuple[int, ...]]:
    """Yield the runs of neighbors, of two passages or more: all short ones, and the longest."""
    start = 0
    for position, number in enumerate(numbers):
        if position and number != numbers[position - 1] + 1:
            start = position
        for first in range(max(start, position + 1 - _PIECES), position):
            yield tuple(numbers[first : position + 1])
        ends = position + 1 == len(numbers) or numbers[position + 1] != number + 1
        if ends and position + 1 - start > _PIECES:
            yield tuple(numbers[start : position + 1])


def _fits(
    whole: Wording, pieces: list[Wording], run: tuple[int, ...]
) -> tuple[float, tuple[int, ...]]:
    """Return how well pieces make up the whole, better than the best of them alone, and the run."""
    if sum(map(len, pieces)) > len(whole) / WHOLE or not _is_framed(whole, pieces):
        return (0.0, ())
    together = similarity(whole, joined(pieces))
    if together < WHOLE or together <= max(similarity(whole, piece) for piece in pieces):
        return (0.0, ())
    return (together, run)


def _is_framed(whole: Wording, pieces: list[Wording]) -> bool:
    """Tell whether few words at either end of a run are those at that end of the whole."""
    first, last = pieces[0], pieces[-1]
    return (first.is_telling or whole.begins_with(first)) and (
        last.is_telling or whole.ends_with(last)
    )


def loose_parts(matching: Matching) -> None:
    """Forward what was taken into an edited passage beside it, and let the largest piece lead.

    The steps before have paired the whole with one of its pieces already.
    """
    for gap in list(matching.gaps()):
        for old in (*gap.olds, *reversed(gap.olds)):
            if old not in matching.merged:
                _forward(matching, old)
        for new in gap.news:
            _lead(matching, new)


def _forward(matching: Matching, old: int) -> None:
    part = matching.old[old].wording
    for beside in (old - 1, old + 1):
        new = matching.new_of.get(beside, matching.merged.get(beside))
        if new is None:
            continue
        whole, leading = matching.new[new].wording, matching.old[matching.old_of[new]].wording
        if contains(whole, part) and not contains(leading, part):
            matching.merge(old, new)
            return


def _lead(matching: Matching, new: int) -> None:
    part = matching.new[new].wording
    for beside in (new - 1, new + 1):
        old = matching.old_of.get(beside)
        if old is None:
            continue
        whole, piece = matching.old[old].wording, matching.new[beside].wording
        larger = size_within(whole, part) > size_within(whole, piece)
        if larger and contains(whole, part) and is_part(whole, piece):
            del matching.old_of[beside]
            matching.pair(old, new)
            return
