"""Lets what is printed as one word be found as two, and the other way round.

That holds for words that a shard prints in both ways: "counternarcotics" and "counter narcotics",
never "organ" and "ization". Which words follow each other is told by a number for each pair, so
that a piece of a shard need not be read again when another one has learned a word.
"""

from __future__ import annotations

from array import array
from collections.abc import Collection, Container, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple
from zlib import crc32

# Letters of each of two words that may be printed as one.
_HALF = 3

# How many bits tell which pairs a piece holds; its documents have some hundred pairs each.
_BITS = 1 << 21


class Split(NamedTuple):
    """A word, the two of which it is made, and by what pairs that make it are told."""

    word: str
    one: str
    other: str
    number: int


def _number(joined: str) -> int:
    return crc32(joined.encode()) % _BITS


def pairs_of(rows: Iterable[Sequence[str]]) -> bytes:
    """Return a number for each two words that follow each other, as they would be in one."""
    joined = {
        one + other
        for row in rows
        for one, other in pairwise(row)
        if len(one) >= _HALF and len(other) >= _HALF
    }
    # As `_number` does, all at once: a document has some hundred, and no word holds a space.
    numbers = map(crc32, " ".join(joined).encode().split(b" "))
    return array("I", sorted({number % _BITS for number in numbers} if joined else ())).tobytes()


def bitmap(pairs: Iterable[bytes]) -> bytes:
    """Return one bit for each number that stands in any of `pairs`."""
    told = bytearray(_BITS // 8)
    for number in {number for one in pairs for number in array("I", one)}:
        told[number >> 3] |= 1 << (number & 7)
    return bytes(told)


def possible(told: bytes, known: Iterable[Split], words: Container[str]) -> list[Split]:
    """Return which of the `known` words a piece has in two; seldom it has not.

    `told` is the bitmap of the piece, `words` are its own.
    """
    return [
        split
        for split in known
        if told[split.number >> 3] >> (split.number & 7) & 1
        and split.one in words
        and split.other in words
    ]


def splits(words: Collection[str]) -> Iterator[Split]:
    """Yield each of the words that is made of two others, and these."""
    halves = {word for word in words if len(word) >= _HALF}
    for word in words:  # in their order: that of a set is another one in each process
        if len(word) < 2 * _HALF or not word.isalpha():
            continue
        for at in range(_HALF, len(word) - _HALF + 1):
            if word[:at] in halves and word[at:] in halves:
                yield Split(word, word[:at], word[at:], _number(word))


Places = Mapping[int, Sequence[int]]
"""Where a word stands: the places in each document."""


def in_row(one: Places, other: Places) -> dict[int, list[int]]:
    """Return where one word stands right before another."""
    found = {}
    for document in one.keys() & other.keys():
        there = {*other[document]}
        if places := [place for place in one[document] if place + 1 in there]:
            found[document] = places
    return dict(sorted(found.items()))
