"""Parts the lists of words that Pagefind writes into small ones, so that a query fetches little.

Pagefind puts 20,000 places into each list, about 33 kB as sent, and each word of a query costs one
list in each shard. Its program for the browser and its table of contents of all lists cost 150 kB
more before the first answer. Here the entries of the words stay as Pagefind made them, in lists by
the first letter that `assets/javascripts/search_shards.js` reads itself: `index/e-3.pf_index` is
the fourth list of e, and `index/e.json` tells with which word each list of e begins.
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter
from typing import Any

from builder.compact_json import compact
from builder.searching import cbor

_ARRAY = 4
_FIELDS = 3

# What each of Pagefind's files begins with, once unpacked.
_SIGNATURE = b"pagefind_dcd"

# How many bytes of words a list holds before it is packed (about half as many as sent).
SIZE = 6_000

# Stands alone after the title and each passage, so that no phrase runs over from one to the next.
GAP = "_"

_LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789"
_NO_LETTER = "other"

_INT = rb"(?:[\x00-\x17\x20-\x37]|[\x18\x38].|[\x19\x39]..|[\x1a\x3a].{4})"
_HEAD = rb"(?:[\x80-\x97]|\x98.|\x99..|\x9a.{4})"
_TEXT = b"(?:%s)" % b"|".join(
    [rb"%b.{%d}" % (re.escape(bytes([0x60 + size])), size) for size in range(24)]
    + [rb"\x78%b.{%d}" % (re.escape(bytes([size])), size) for size in range(24, 256)]
)
# [page, [places], [places in titles]], and a word's entry: [word, [pages], [[spelling, [pages]]]].
_PAGE = rb"\x83%b%b%b*%b%b*" % (_INT, _HEAD, _INT, _HEAD, _INT)
_PAGE_LIST = rb"%b(?:%b)*" % (_HEAD, _PAGE)
_SPELLING = rb"\x82%b%b" % (_TEXT, _PAGE_LIST)
_ENTRY = re.compile(
    rb"\x83(?P<word>%b)%b%b(?:%b)*" % (_TEXT, _PAGE_LIST, _HEAD, _SPELLING), re.DOTALL
)

_Entry = tuple[str, bytes]


def unpack(file: bytes) -> bytes:
    """Return what one of Pagefind's files holds. Raises ValueError where it is none."""
    data = gzip.decompress(file) if file[:2] == b"\x1f\x8b" else file
    if not data.startswith(_SIGNATURE):
        raise ValueError("not a file of Pagefind")
    return data[len(_SIGNATURE) :]


def pack(data: bytes) -> bytes:
    """Return what a file is to hold as it is sent: many servers compress no file of this kind."""
    return gzip.compress(data, 6, mtime=0)


def letter_of(word: str) -> str:
    """Return by which letter a word is listed: its first, "other" beyond a to z and 0 to 9."""
    return word[0] if word[:1] in _LETTERS else _NO_LETTER


def contents_of(meta: bytes) -> tuple[list[str], list[str]]:
    """Return the names of the pages and those of the lists of words, each in their order.

    `meta` is Pagefind's table of contents, unpacked: [version, pages, lists, …].
    """
    major, fields, at = cbor.head(meta, 0)
    if major != _ARRAY or fields < _FIELDS:
        raise ValueError("not a table of contents")
    _, at = cbor.read(meta, at)
    pages, at = cbor.read(meta, at)
    lists, _ = cbor.read(meta, at)
    return [str(row[0]) for row in _rows(pages)], [str(row[2]) for row in _rows(lists)]


def _rows(value: cbor.Value) -> list[list[Any]]:
    rows = value if isinstance(value, list) else []
    return [row for row in rows if isinstance(row, list)]


def small_lists(lists: Iterable[bytes], size: int = SIZE) -> Iterator[tuple[str, bytes]]:
    """Yield path and content of the files that hold the words of `lists`, unpacked.

    Raises ValueError for a list that reads otherwise.
    """
    letters: dict[str, list[_Entry]] = {letter: [] for letter in (*_LETTERS, _NO_LETTER)}
    for data in lists:
        for letter, some in groupby(_entries(data), lambda entry: letter_of(entry[0])):
            letters[letter] += some
    for letter, entries in letters.items():
        entries.sort(key=itemgetter(0))
        bounds = []
        before = ""
        for number, held in enumerate(_parted(entries, size)):
            bounds.append(_told_apart(before, held[0][0]))
            before = held[-1][0]
            listed = cbor.array([entry for _, entry in held])
            yield f"index/{letter}-{number}.pf_index", pack(listed)
        yield f"index/{letter}.json", compact(bounds).encode()


def _parted(entries: Iterable[_Entry], size: int) -> Iterator[list[_Entry]]:
    held: list[_Entry] = []
    holds = 0
    for word, entry in entries:
        if held and holds + len(entry) > size:
            yield held
            held, holds = [], 0
        held.append((word, entry))
        holds += len(entry)
    if held:
        yield held


def _told_apart(before: str, word: str) -> str:
    """Return as much of a word as tells that it stands after another."""
    same = next(
        (at for at, pair in enumerate(zip(before, word, strict=False)) if len({*pair}) > 1),
        len(before),
    )
    return word[: same + 1]


def _word_of(data: bytes, at: int) -> cbor.Value:
    """Return the word of an entry that the pattern does not meet: it is very long."""
    entry, _ = cbor.read(data, at)
    if not isinstance(entry, list) or len(entry) != _FIELDS or not isinstance(entry[0], str):
        raise ValueError("not a word's entry")
    return entry[0]


def _entries(data: bytes) -> Iterator[_Entry]:
    """Yield each word of a list with its entry."""
    major, fields, at = cbor.head(data, 0)
    kind, count, at = cbor.head(data, at)
    if (major, fields, kind) != (_ARRAY, 1, _ARRAY):
        raise ValueError("not a list of words")
    for _ in range(count):
        found = _ENTRY.match(data, at)
        word, _ = cbor.read(found["word"]) if found else (_word_of(data, at), at)
        end = found.end() if found else cbor.read(data, at)[1]
        if word != GAP:  # nobody looks for it
            yield str(word), data[at:end]
        at = end
    if at != len(data):
        raise ValueError("more than a list of words")
