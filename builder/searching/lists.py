"""Parts the words of a shard into short lists, so that a query fetches little.

`words/e-3.words` is the fourth list of the words that begin with e; `assets/javascripts/
search_shards.js` reads it. A word's entry: the bytes of the word and how many they are, then its
segments (`inverting`) and how many bytes they are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from zlib import crc32

from builder.searching.varints import varint

WORDS = "words"

# How many bytes of words a list holds before it is packed.
SIZE = 4_000

# Every so many words a list begins whatever stands before it: no change reaches further.
_APART = 256

_LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789"
_NO_LETTER = "other"
LETTERS = (*_LETTERS, _NO_LETTER)
"""By what words are listed."""

Entry = tuple[str, bytes]


def letter_of(word: str) -> str:
    """Return by which letter a word is listed: its first, "other" beyond a to z and 0 to 9."""
    return word[0] if word[:1] in _LETTERS else _NO_LETTER


def list_path(letter: str, number: int) -> str:
    """Return where a list of words lies in the folder of its shard."""
    return f"{WORDS}/{letter}-{number}.words"


def lists_of(
    segments: Mapping[str, bytes], size: int = SIZE
) -> Iterator[tuple[str, list[str], list[bytes]]]:
    """Yield of each letter what tells its lists apart, and the lists."""
    by_letter: dict[str, list[str]] = {letter: [] for letter in LETTERS}
    for letter, group in groupby(sorted(segments), letter_of):
        by_letter[letter] += group
    for letter, words in by_letter.items():
        bounds, lists, before = list[str](), list[bytes](), ""
        for held in _parted(_entries(words, segments), size):
            bounds.append(_told_apart(before, held[0][0]))
            before = held[-1][0]
            lists.append(b"".join([entry for _, entry in held]))
        yield letter, bounds, lists


def _entries(words: Iterable[str], segments: Mapping[str, bytes]) -> Iterator[Entry]:
    for word in words:
        name, own = word.encode(), segments[word]
        yield word, b"".join((varint(len(name)), name, varint(len(own)), own))


def _parted(entries: Iterable[Entry], size: int) -> Iterator[Sequence[Entry]]:
    """Yield lists of some `size`, which are mostly the same when some entries are not.

    An entry counts by the next power of two: a place more seldom moves words to another list.
    """
    held: list[Entry] = []
    holds = 0
    for word, entry in entries:
        counts = 1 << len(entry).bit_length()
        if held and (holds + counts > size or not crc32(word.encode()) % _APART):
            yield held
            held, holds = [], 0
        held.append((word, entry))
        holds += counts
    if held:
        yield held


def _told_apart(before: str, word: str) -> str:
    """Return as much of a word as tells that it stands after another."""
    same = next(
        (at for at, pair in enumerate(zip(before, word, strict=False)) if len({*pair}) > 1),
        len(before),
    )
    return word[: same + 1]
