"""Prepares a document for the search: its texts as they are sent, and where each word stands.

It is made once for each document, and kept; the index of a shard is put together of such parts
(`inverting`, `merging`). A document in this form is bytes that hold JSON.
"""

from __future__ import annotations

import gzip
import json
from base64 import b64decode, b64encode
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import accumulate, pairwise
from operator import sub
from typing import Any

from builder.compact_json import compact, encoded
from builder.html.titles import UNTITLED
from builder.searching.described import Described
from builder.searching.joined import pairs_of
from builder.searching.records import Record, anchor_of, fragments_of, rows_of, sizes_of
from builder.searching.varints import varint, varints


@dataclass(frozen=True, slots=True)
class Prepared:
    """A document for the search.

    `texts` are what a page fetches, by what stands behind its number in their names; `places`
    holds for each of the `words` how often and where it stands, `pairs` what `joined` needs.
    `silent` words are ours, not the document's: we say them for want of a title.
    """

    described: Described
    texts: Mapping[str, bytes]
    words: Sequence[str]
    places: Sequence[bytes]
    silent: frozenset[str]
    pairs: bytes


def prepare(record: Record) -> bytes:
    """Return a document prepared for the search, to be kept."""
    rows = rows_of(record)
    places = _places(rows)
    words = sorted(places)
    silent: Iterable[str] = ()
    if record.described.title.startswith(UNTITLED):
        silent = {*rows[0]}.difference(*rows[1:])
    held = {
        "described": asdict(record.described),
        "texts": {name: _in_ascii(data) for name, data in _texts(record, rows)},
        "words": " ".join(words),
        "lengths": [len(places[word]) for word in words],
        "places": _in_ascii(b"".join([places[word] for word in words])),
        "silent": sorted(silent),
        "pairs": _in_ascii(pairs_of(rows)),
    }
    return encoded(compact(held))


def prepare_few(record: Record) -> bytes:
    """Return a document of a small collection, to be kept: its words stand in no index."""
    anchors = [anchor_of(passage) for passage in record.passages]
    return encoded(compact({"described": asdict(record.described), "anchors": anchors}))


def read_prepared(data: bytes) -> Prepared:
    """Return what `prepare` has made."""
    held = json.loads(data)
    places = b64decode(held["places"])
    bounds = pairwise(accumulate(held["lengths"], initial=0))
    return Prepared(
        described=_described(held["described"]),
        texts={name: b64decode(text) for name, text in held["texts"].items()},
        words=held["words"].split(),
        places=[places[start:end] for start, end in bounds],
        silent=frozenset(held["silent"]),
        pairs=b64decode(held["pairs"]),
    )


def read_few(data: bytes) -> tuple[Described, list[Mapping[str, Any]]]:
    """Return what `prepare_few` has made: a document and its passages."""
    held = json.loads(data)
    return _described(held["described"]), held["anchors"]


def _described(held: Mapping[str, Any]) -> Described:
    facets = {facet: tuple(values) for facet, values in held["facets"].items()}
    return Described(held["address"], held["title"], held["about"], facets)


def _texts(record: Record, rows: Sequence[Sequence[str]]) -> Iterator[tuple[str, bytes]]:
    for number, piece in enumerate(fragments_of(record, rows)):
        yield f"-{number}" if number else "", pack(encoded(compact(piece)))
    if number and "sizes" not in piece:
        yield "-sizes", pack(compact(sizes_of(rows)).encode())


def pack(data: bytes) -> bytes:
    """Return what a file is to hold as it is sent: many servers compress no file of this kind."""
    return gzip.compress(data, 6, mtime=0)


def _in_ascii(data: bytes) -> str:
    return b64encode(data).decode("ascii")


def _places(rows: Sequence[Sequence[str]]) -> Mapping[str, bytes]:
    """Return where each word stands: how often, the first place, and how far on each other one."""
    found: defaultdict[str, list[int]] = defaultdict(list)
    first = 0
    for row, size in zip(rows, sizes_of(rows), strict=True):
        for place, word in enumerate(row, first):
            found[word].append(place)
        first += size
    once = varint(1)
    return {
        word: once + varint(places[0])
        if len(places) == 1  # as more than half of them
        else varints([len(places), places[0], *map(sub, places[1:], places)])
        for word, places in found.items()
    }
