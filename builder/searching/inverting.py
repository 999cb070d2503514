"""Turns the prepared documents of a piece round: from each word to the places where it stands.

Of each word a piece has a segment: the piece's number, how many bytes follow, and for each of its
documents their number in the piece and the places, as `prepared` tells them.
"""

from __future__ import annotations

import json
from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any

from builder.compact_json import compact, encoded
from builder.searching.joined import bitmap
from builder.searching.keeping import keep, kept_parts, write
from builder.searching.prepared import Prepared, read_prepared
from builder.searching.shards import STRIDE, Piece
from builder.searching.varints import read_varints, varint, varints

TEXTS = "texts"


@dataclass(frozen=True, slots=True)
class Inverted:
    """A piece turned round.

    `texts` are the files of its documents with their sums, `documents` the short names of their
    addresses and their facets. For each of the `words` there is a segment, and in how many
    documents it stands; `pairs` is what `joined` needs.
    """

    number: int
    texts: Mapping[str, str]
    documents: Sequence[tuple[str, Mapping[str, Sequence[str]]]]
    words: Sequence[str]
    segments: Sequence[bytes]
    counts: Sequence[int]
    pairs: bytes


def inverted(piece: Piece, kept: Path) -> Inverted:
    """Return a piece turned round, as it is kept or made anew."""
    parts = kept_parts(kept / piece.key)
    if parts is None:
        parts = _made(piece, [read_prepared(member.load()) for member in piece.members])
        keep(kept / piece.key, *parts)
    return _read(piece.number, parts)


def lay_texts(piece: Piece, kept: Path, folder: Path, standing: Mapping[str, str]) -> list[str]:
    """Write the texts of a piece that do not stand in a shard's folder; return which.

    What is kept of the piece is made where it is not there.
    """
    documents = [read_prepared(member.load()) for member in piece.members]
    if kept_parts(kept / piece.key) is None:
        keep(kept / piece.key, *_made(piece, documents))
    written = []
    for number, document in enumerate(documents):
        for path, data in _texts(piece, number, document):
            if standing.get(path) != sum_of(data):
                write(folder / path, data)
                written.append(path)
    return written


def sum_of(data: bytes) -> str:
    """Return by what the bytes of a file are known."""
    return sha256(data).hexdigest()


def text_path(document: int, name: str = "") -> str:
    """Return where a text of a document lies in the folder of its shard."""
    return f"{TEXTS}/{document}{name}.text"


def places_of(segment: bytes) -> dict[int, list[int]]:
    """Return where a word stands: the places in each document of a piece."""
    numbers = read_varints(segment)
    next(numbers), next(numbers)
    found = {}
    for document in numbers:
        count = next(numbers)
        found[document] = list(accumulate(next(numbers) for _ in range(count)))
    return found


def segment_of(piece: int, places: Mapping[int, Sequence[int]]) -> bytes:
    """Return the segment of a word; `places_of` reads it."""
    numbers: list[int] = []
    for document, there in places.items():
        steps = (one - before for before, one in pairwise((0, *there)))
        numbers += [document, len(there), *steps]
    return _segment(varint(piece), varints(numbers))


def _segment(head: bytes, body: bytes) -> bytes:
    return head + varint(len(body)) + body


def _texts(piece: Piece, number: int, document: Prepared) -> Iterable[tuple[str, bytes]]:
    stands = STRIDE * piece.number + number
    return ((text_path(stands, name), data) for name, data in document.texts.items())


def _made(piece: Piece, documents: Sequence[Prepared]) -> list[bytes]:
    """Return what is kept of a piece."""
    places: dict[str, list[bytes]] = {}
    silent: dict[str, int] = {}
    for number, document in enumerate(documents):
        head = varint(number)
        for word, there in zip(document.words, document.places, strict=True):
            if word in places:
                places[word] += (head, there)
            else:
                places[word] = [head, there]
        for word in document.silent:
            silent[word] = silent.get(word, 0) + 1
    words, first = sorted(places), varint(piece.number)
    segments = [_segment(first, b"".join(places[word])) for word in words]
    counts = [len(places[word]) // 2 - silent.get(word, 0) for word in words]
    about: dict[str, Any] = {
        "texts": {
            path: sum_of(data)
            for number, document in enumerate(documents)
            for path, data in _texts(piece, number, document)
        },
        "documents": [(page_id(one.described.address), one.described.facets) for one in documents],
    }
    return [
        encoded(compact(about)),
        " ".join(words).encode(),
        array("I", map(len, segments)).tobytes(),
        array("I", counts).tobytes(),
        b"".join(segments),
        bitmap(one.pairs for one in documents),
    ]


def _read(number: int, parts: Sequence[bytes]) -> Inverted:
    about, words, lengths, counts, segments, pairs = parts
    told = json.loads(about)
    bounds = pairwise(accumulate(array("I", lengths), initial=0))
    return Inverted(
        number=number,
        texts=told["texts"],
        documents=told["documents"],
        words=words.decode().split(),
        segments=[segments[start:end] for start, end in bounds],
        counts=array("I", counts),
        pairs=pairs,
    )


def page_id(address: str) -> str:
    """Return by what a search is narrowed to a document: its address in short (FNV-1a)."""
    value = 0x811C9DC5
    for byte in address.encode():
        value = (value ^ byte) * 0x01000193 & 0xFFFFFFFF
    return f"{value:08x}"
