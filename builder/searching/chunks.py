"""Parts the word lists that Pagefind writes into smaller ones, so that a query fetches less.

Pagefind puts 20,000 places into each list, about 33 kB as sent, and each word of a query costs one
list in each shard. In smaller lists the same words cost a fifth. A file that does not read as
Pagefind 1.5 writes it is left as it is: the search works with either.
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from builder.searching import cbor

_ARRAY = 4
_FIELDS = 3
_LENGTH = 500  # words

# Sorts behind every character of a word.
_LAST_OF_ALL = "\U0010ffff"

# What each of Pagefind's files begins with, once unpacked.
_SIGNATURE = b"pagefind_dcd"

# How many bytes of words a list holds before it is packed (about half as many as sent).
SIZE = 16_000

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


@dataclass(frozen=True, slots=True)
class Chunk:
    """A list of words as a file, with its first and its last word."""

    first: str
    last: str
    data: bytes


def unpack(file: bytes) -> bytes:
    """Return what one of Pagefind's files holds. Raises ValueError where it is none."""
    data = gzip.decompress(file) if file[:2] == b"\x1f\x8b" else file
    if not data.startswith(_SIGNATURE):
        raise ValueError("not a file of Pagefind")
    return data[len(_SIGNATURE) :]


def pack(data: bytes) -> bytes:
    """Return a file as Pagefind writes it."""
    return gzip.compress(_SIGNATURE + data, 9, mtime=0)


def split(lists: Iterable[bytes], size: int = SIZE) -> list[Chunk]:
    """Part lists of words, each unpacked and in the order of their words, into smaller ones.

    Raises ValueError for a list that reads otherwise.
    """
    return [chunk for data in lists for chunk in _split(data, size)]


def _split(data: bytes, size: int) -> Iterator[Chunk]:
    held: list[tuple[str, bytes]] = []
    holds = 0
    for word, entry in _entries(data):
        if held and holds + len(entry) > size:
            yield _chunk(held)
            held, holds = [], 0
        held.append((word, entry))
        holds += len(entry)
    if held:
        yield _chunk(held)


def _entries(data: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield each word of a list with its entry."""
    major, fields, at = cbor.head(data, 0)
    kind, count, at = cbor.head(data, at)
    if (major, fields, kind) != (4, 1, 4):
        raise ValueError("not a list of words")
    for _ in range(count):
        found = _ENTRY.match(data, at)
        if found is None:
            raise ValueError("not a word's entry")
        word, _ = cbor.read(found["word"])
        yield str(word), found[0]
        at = found.end()
    if at != len(data):
        raise ValueError("more than a list of words")


def _chunk(held: list[tuple[str, bytes]]) -> Chunk:
    data = cbor.array([cbor.array([entry for _, entry in held])])
    return Chunk(held[0][0], held[-1][0], pack(data))


def contents_of(meta: bytes) -> tuple[list[str], list[str]]:
    """Return the names of the pages and those of the lists of words, each in their order.

    `meta` is a table of contents, unpacked: [version, pages, lists, …].
    """
    pages, lists, _ = _parts(meta)
    return [str(row[0]) for row in pages], [str(row[2]) for row in lists]


def with_contents(meta: bytes, chunks: Sequence[Chunk]) -> bytes:
    """Return a table of contents of other lists; pages and lists are named by their numbers.

    Numbers pack better than the hashes that Pagefind gives, and every search fetches the table. It
    tells no page's length either: that is for Pagefind's own ranking, which is not asked for.
    """
    pages, _, rest = _parts(meta)
    named = [cbor.array([cbor.text(str(at)), cbor.number(_LENGTH)]) for at in range(len(pages))]
    lists = [
        cbor.array([*map(cbor.text, (*bounds, str(at)))])
        for at, bounds in enumerate(_bounds(chunks))
    ]
    return rest[0] + cbor.array(named) + cbor.array(lists) + rest[1]


def _bounds(chunks: Sequence[Chunk]) -> Iterator[tuple[str, str]]:
    """Yield between which texts the words of each list stand, as short as tells them apart."""
    first = chunks[0].first if chunks else ""
    for one, after in pairwise(chunks):
        pairs = enumerate(zip(one.last, after.first, strict=False), start=1)
        differs = next((size for size, (left, right) in pairs if left != right), None)
        yield first, one.last[:differs] + _LAST_OF_ALL
        first = after.first[:differs]
    if chunks:
        yield first, chunks[-1].last


def _parts(meta: bytes) -> tuple[list[list[Any]], list[list[Any]], tuple[bytes, bytes]]:
    """Return the rows of pages and of lists of a table of contents, and what stands around them."""
    major, fields, at = cbor.head(meta, 0)
    if major != _ARRAY or fields < _FIELDS:
        raise ValueError("not a table of contents")
    _, start = cbor.read(meta, at)
    pages, at = cbor.read(meta, start)
    lists, end = cbor.read(meta, at)
    return _rows(pages), _rows(lists), (meta[:start], meta[end:])


def _rows(value: cbor.Value) -> list[list[Any]]:
    rows = value if isinstance(value, list) else []
    return [row for row in rows if isinstance(row, list)]
