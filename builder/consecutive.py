"""Consecutive numbers, cut from a row that is counted once: the offsets of a stretch of a text."""

from __future__ import annotations

from array import array

# The row grows as texts do, up to a bound: to copy from it is far faster than to count.
_ROW = array("I", range(1 << 16))
_MOST = 1 << 20


def consecutive(first: int, end: int) -> array[int]:
    """Return the numbers from `first` on, before `end`."""
    if end > _MOST or not 0 <= first < end:
        return array("I", range(first, end))
    if end > len(_ROW):
        _ROW.extend(range(len(_ROW), min(_MOST, 2 * end)))
    return _ROW[first:end]
