"""Makes the index of one shard: words as Pagefind lists them, and the passages to be shown."""

from __future__ import annotations

import json
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, pairwise
from pathlib import Path
from typing import Any

from builder.compact_json import compact
from builder.html.titles import UNTITLED
from builder.model import Place, Problem, Problems
from builder.searching.chunks import contents_of, pack, small_lists, unpack
from builder.searching.described import FACETS
from builder.searching.pagefind import make_index
from builder.searching.records import Record, fragments_of, page_of, rows_of, sizes_of
from builder.searching.shards import Shard

# A word in so great a part of the documents may be common, as `large.py` reckons.
_FIFTH = 5

# Letters of each of two words that may be printed as one.
_HALF = 3

# What reading an index raises that is none.
_NOT_READ = (ValueError, LookupError, TypeError, AttributeError, OSError, EOFError, zlib.error)

Rows = Sequence[Sequence[str]]
"""The words of a document: those of its title, then those of each passage."""

_ENTRY = "pagefind-entry.json"
FACET_FILE = "facets.json"

# The words of a shard and in how many documents each stands; not for readers.
WORDS = ".words.json"


def make_shard(binary: Path, shard: Shard, folder: Path) -> None:
    """Write the index of a shard into an empty folder.

    Raises Problems when Pagefind fails, or writes what we cannot read.
    """
    rows = [rows_of(record) for record in shard.records]
    find_joined(rows)
    raw = make_index(binary, _pages(shard.records, rows))
    try:
        files = dict(_files(raw, shard.records, rows))
    except _NOT_READ as error:
        raise Problems([_not_read(error)]) from error
    files[WORDS] = compact(_counts([*map(_of_reader, shard.records, rows)])).encode()
    for path, data in files.items():
        file = folder / path
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(data)


def find_joined(documents: Sequence[list[list[str]]]) -> None:
    """Let what is printed as one word be found as two, and the other way round.

    That holds for words that the shard prints in both ways: "counternarcotics" and "counter
    narcotics", never "organ" and "ization".
    """
    words = {word for rows in documents for row in rows for word in row}
    known = {word for word in words if len(word) >= 2 * _HALF and word.isalpha()}
    parted: dict[str, tuple[str, str]] = {}
    further: list[tuple[list[str], dict[str, None]]] = []
    for row in chain.from_iterable(documents):
        here: dict[str, None] = {}
        for one, other in pairwise(row):
            if (joined := one + other) in known and min(len(one), len(other)) >= _HALF:
                parted[joined] = (one, other)
                here[joined] = None
        if here:
            further.append((row, here))
    for row in chain.from_iterable(documents):
        for word in dict.fromkeys(word for word in row if word in parted):
            row.extend(parted[word])
    for row, here in further:
        row.extend(here)


def _pages(records: Sequence[Record], rows: Sequence[Rows]) -> Iterator[tuple[str, str]]:
    for record, own in zip(records, rows, strict=True):
        yield record.described.address, page_of(own)


def _files(
    raw: Mapping[str, bytes], records: Sequence[Record], rows: Sequence[Rows]
) -> Iterator[tuple[str, bytes]]:
    """Yield what is published of an index, each file with its path."""
    (language,) = json.loads(raw[_ENTRY])["languages"].values()
    meta = unpack(raw[f"pagefind.{language['hash']}.pf_meta"])
    pages, names = contents_of(meta)
    yield from small_lists(unpack(raw[f"index/{name}.pf_index"]) for name in names)
    by_address = {one.described.address: number for number, one in enumerate(records)}
    order = [by_address[_address(raw, page)] for page in pages]
    for page, number in enumerate(order):
        for place, piece in enumerate(fragments_of(records[number], rows[number])):
            yield fragment_path(page, place), pack(compact(piece).encode())
        if place and "sizes" not in piece:
            yield fragment_path(page, "sizes"), pack(compact(sizes_of(rows[number])).encode())
    yield FACET_FILE, compact(_facets([records[number] for number in order])).encode()


def fragment_path(page: str | int, piece: str | int = 0) -> str:
    """Return where a piece of a document lies: the first as Pagefind's own fragments do."""
    return f"fragment/{page}{f'-{piece}' if piece else ''}.pf_fragment"


def _address(raw: Mapping[str, bytes], page: str) -> str:
    fragment = json.loads(unpack(raw[fragment_path(page)]))
    return str(fragment["url"])


def page_id(address: str) -> str:
    """Return by what a search is narrowed to a document: its address in short (FNV-1a)."""
    value = 0x811C9DC5
    for byte in address.encode():
        value = (value ^ byte) * 0x01000193 & 0xFFFFFFFF
    return f"{value:08x}"


def _facets(records: Sequence[Record]) -> Mapping[str, Any]:
    """Return by what the documents of a shard can be narrowed: facet, value, numbers of pages."""
    facets: dict[str, dict[str, list[int]]] = {facet: {} for facet in FACETS}
    for number, record in enumerate(records):
        for facet, values in record.described.facets.items():
            for value in values:
                facets[facet].setdefault(value, []).append(number)
    return {"pages": [page_id(one.described.address) for one in records], "facets": facets}


def _of_reader(record: Record, rows: Rows) -> Rows:
    """Return the words of a document without those that we say for want of a title."""
    return rows[1:] if record.described.title.startswith(UNTITLED) else rows


def _counts(documents: Sequence[Rows]) -> Mapping[str, int]:
    """Return in how many documents each word stands that may be misspelled or is common."""
    counts: Counter[str] = Counter()
    for rows in documents:
        counts.update({word for row in rows for word in row})
    many = len(documents) / _FIFTH
    return {
        word: count
        for word, count in sorted(counts.items())
        if (len(word) > 2 and word.isalpha()) or count > many
    }


def _not_read(error: Exception) -> Problem:
    return Problem(
        Place("pagefind", 0),
        f"this version of the program writes an index that is not understood: {error}",
        'run "pip install pagefind[bin]==1.5.*"',
    )
