"""Tells of a collection's words which are common, and which may be meant by misspelled ones."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from string import ascii_lowercase

from builder.searching.lists import letter_of

# What stands in a greater part of the documents tells hardly one from another, and its list is
# long: it is not looked up where a query has rarer words, but in the texts of what these find.
_COMMON, _COMMON_FROM = 20, 200  # percent; documents

# Words in fewer documents are as often misprints as words, if there are more documents than _SMALL.
_WORTH_SUGGESTING, _SMALL = 2, 2_000


def counted(shards: Iterable[Mapping[str, int]]) -> dict[str, int]:
    """Return in how many documents each word of the collection stands."""
    counts: dict[str, int] = {}
    for shard in shards:
        have = counts.get
        counts.update([(word, have(word, 0) + count) for word, count in shard.items()])
    return counts


def common_words(counts: Mapping[str, int], documents: int) -> Mapping[str, int]:
    """Return the common words, each with the percent of the documents in which it stands."""
    most = max(_COMMON * documents / 100, _COMMON_FROM)
    common = sorted(word for word, count in counts.items() if count > most)
    return {word: 100 * counts[word] // documents for word in common}


def worth_suggesting(
    counts: Mapping[str, int], documents: int
) -> Iterator[tuple[str, Mapping[str, int]]]:
    """Yield the words that may be meant by others, by first letter; every letter has its words."""
    least = _WORTH_SUGGESTING if documents > _SMALL else 1
    by_letter: dict[str, dict[str, int]] = {letter: {} for letter in (*ascii_lowercase, "other")}
    for word, count in sorted(counts.items()):
        if count >= least and len(word) > 2 and word.isalpha():
            by_letter[letter_of(word)][word] = _rounded(count)
    yield from by_letter.items()


def _rounded(count: int) -> int:
    """Return a number with its first digit alone: it tells enough, and changes seldom."""
    digits = str(count)
    return int(digits[0]) * int("1" + "0" * (len(digits) - 1))
