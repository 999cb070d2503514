"""Makes the index of one shard: Pagefind's, in smaller lists, with the passages to be shown."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from builder.model import Place, Problem, Problems
from builder.searching.chunks import (
    contents_of,
    pack,
    split,
    unpack,
    with_contents,
)
from builder.searching.described import FACETS
from builder.searching.pagefind import make_index
from builder.searching.records import Record, fragments_of, page_of, rows_of
from builder.searching.shards import Shard

Rows = Sequence[Sequence[str]]
"""The words of a document: those of its title, then those of each passage."""

ENTRY = "pagefind-entry.json"
FACET_FILE = "facets.json"

# What is the same in every shard: Pagefind's script, and its program for the browser.
PROGRAM = ("pagefind.js", "wasm.unknown.pagefind")

# The words of a shard and in how many documents each stands; not for readers.
WORDS = ".words.json"


def make_shard(binary: Path, shard: Shard, folder: Path) -> None:
    """Write the index of a shard into an empty folder.

    Raises Problems when Pagefind fails, or writes what we cannot read.
    """
    rows = [rows_of(record) for record in shard.records]
    raw = make_index(binary, _pages(shard.records, rows))
    try:
        files = dict(_files(raw, shard.records, rows))
    except (ValueError, KeyError) as error:
        raise Problems([_not_read(error)]) from error
    files[WORDS] = _json(_counts(rows))
    for path, data in files.items():
        file = folder / path
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(data)


def _pages(records: Sequence[Record], rows: Sequence[Rows]) -> Iterator[tuple[str, str]]:
    for record, own in zip(records, rows, strict=True):
        yield record.described.address, page_of(own)


def _files(
    raw: Mapping[str, bytes], records: Sequence[Record], rows: Sequence[Rows]
) -> Iterator[tuple[str, bytes]]:
    """Yield what is published of an index, each file with its path."""
    entry = json.loads(raw[ENTRY])
    (language,) = entry["languages"].values()
    meta = unpack(raw[f"pagefind.{language['hash']}.pf_meta"])
    pages, names = contents_of(meta)
    chunks = split(unpack(raw[f"index/{name}.pf_index"]) for name in names)
    for number, chunk in enumerate(chunks):
        yield f"index/{number}.pf_index", chunk.data
    by_address = {one.described.address: number for number, one in enumerate(records)}
    order = [by_address[_address(raw, page)] for page in pages]
    packed = pack(with_contents(meta, chunks))
    language["hash"] = hashlib.sha256(packed).hexdigest()[:10]
    yield f"pagefind.{language['hash']}.pf_meta", packed
    yield ENTRY, _json(entry)
    for page, number in enumerate(order):
        for place, piece in enumerate(fragments_of(records[number], rows[number])):
            yield fragment_path(page, place), pack(_json(piece))
    yield FACET_FILE, _json(_facets([records[number] for number in order]))
    for name in PROGRAM:
        yield name, raw[name]


def fragment_path(page: str | int, piece: int = 0) -> str:
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


def _counts(documents: Iterable[Rows]) -> Mapping[str, int]:
    """Return in how many documents each word stands that may be misspelled."""
    counts: Counter[str] = Counter()
    for rows in documents:
        counts.update({word for row in rows for word in row})
    return {word: counts[word] for word in sorted(counts) if len(word) > 2 and word.isalpha()}


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _not_read(error: Exception) -> Problem:
    return Problem(
        Place("pagefind", 0),
        f"this version of the program writes an index that is not understood: {error}",
        'run "pip install pagefind[bin]==1.5.*"',
    )
