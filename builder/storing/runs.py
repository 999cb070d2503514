"""Packs the offsets of a block's text into runs: nearly all follow one another, "12, 13, 14 …".

A run is two numbers in a flat list: its first offset and how many there are.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Sequence

from builder.consecutive import consecutive


def packed(offsets: array[int]) -> list[int]:
    """Return the runs of an array; what is in no order is as many runs of one.

    Raises ValueError where the array is of other numbers than offsets are.
    """
    if offsets.typecode != "I":
        raise ValueError(f'offsets stand in an array of "I", not of "{offsets.typecode}"')
    runs: list[int] = []
    position, length = 0, len(offsets)

    def behind(other: int) -> int:
        return offsets[other] - other

    while position < length:
        first, end = offsets[position], length
        if offsets[-1] - first != length - 1 - position:
            end = bisect_right(range(length), first - position, position + 1, length, key=behind)
        if offsets[end - 1] - first != end - 1 - position:
            return _singles(offsets)
        runs += first, end - position
        position = end
    # Halving finds the ends of runs where offsets rise, as they do in every text.
    return runs if unpacked(runs) == offsets else _singles(offsets)


def _singles(offsets: array[int]) -> list[int]:
    return [number for offset in offsets for number in (offset, 1)]


def unpacked(runs: Sequence[int]) -> array[int]:
    """Return the array that was packed."""
    offsets = array("I")
    for first, length in zip(runs[::2], runs[1::2], strict=True):
        offsets += consecutive(first, first + length)
    return offsets
