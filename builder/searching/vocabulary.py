"""Tells of a collection's words which are common, and which may be meant by misspelled ones."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from string import ascii_lowercase
from zlib import crc32

from builder.searching.lists import LETTERS, letter_of

SUGGESTED = (*ascii_lowercase, "other")
"""By which letters words are suggested."""

# What stands in a greater part of the documents tells hardly one from another, and its list is
# long: it is not looked up where a query has rarer words, but in the texts of what these find.
_COMMON, _COMMON_FROM = 20, 200  # percent; documents

# Words in fewer documents are as often misprints as words, if there are more documents than _SMALL.
_WORTH_SUGGESTING, _SMALL = 2, 2_000


@dataclass(slots=True)
class Counts:
    """In how many documents of a shard words stand, by letter; read when they are asked for.

    `held` has for each letter the words and the numbers, as `kept_parts` gives them.
    """

    held: Sequence[bytes]
    _read: dict[str, dict[str, int]] = field(default_factory=dict)

    @classmethod
    def of(cls, counts: Mapping[str, int]) -> Counts:
        """Return the counts of words."""
        by_letter: dict[str, list[str]] = {letter: [] for letter in LETTERS}
        for letter, group in groupby(sorted(counts), letter_of):
            by_letter[letter] += group
        held = []
        for words in by_letter.values():
            held += [" ".join(words).encode(), array("I", [counts[w] for w in words]).tobytes()]
        return cls(held)

    def sum_of(self, letter: str) -> int:
        """Return what tells whether words of a letter, and their counts, are the same."""
        words, counts = self._held(letter)
        return crc32(counts, crc32(words))

    def by(self, letter: str) -> Mapping[str, int]:
        """Return the words of a letter."""
        if letter not in self._read:
            words, counts = self._held(letter)
            self._read[letter] = dict(zip(words.decode().split(), array("I", counts), strict=True))
        return self._read[letter]

    def _held(self, letter: str) -> Sequence[bytes]:
        at = 2 * LETTERS.index(letter)
        return self.held[at : at + 2]


def least_of_common(documents: int) -> float:
    """Return in how many documents of a shard a word must stand that may be common in all."""
    return _COMMON * documents / 100


def common_words(
    shards: Sequence[tuple[Counts, Iterable[str]]], documents: int
) -> Mapping[str, int]:
    """Return the common words, each with the percent of the documents in which it stands.

    With the counts of a shard come its words that are common there: no other one can be in all.
    """
    most = max(least_of_common(documents), _COMMON_FROM)
    counts = {
        word: sum(counts.by(letter_of(word)).get(word, 0) for counts, _ in shards)
        for word in sorted({word for _, words in shards for word in words})
    }
    return {word: 100 * count // documents for word, count in counts.items() if count > most}


def is_small(documents: int) -> bool:
    """Tell whether a collection has so few documents that each of its words is suggested."""
    return documents <= _SMALL


def worth_suggesting(shards: Sequence[Counts], letter: str, documents: int) -> Mapping[str, int]:
    """Return the words of a letter that may be meant by others."""
    least = 1 if is_small(documents) else _WORTH_SUGGESTING
    counts: dict[str, int] = {}
    for shard in shards:
        have = counts.get
        counts.update([(word, have(word, 0) + count) for word, count in shard.by(letter).items()])
    return {
        word: _rounded(count)
        for word, count in sorted(counts.items())
        if count >= least and len(word) > 2 and word.isalpha()
    }


def _rounded(count: int) -> int:
    """Return a number with its first digit alone: it tells enough, and changes seldom."""
    digits = str(count)
    return int(digits[0]) * int("1" + "0" * (len(digits) - 1))
