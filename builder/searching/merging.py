"""Puts the pieces of a shard together: lists of words, and by what documents are narrowed."""

from __future__ import annotations

import json
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, pairwise
from pathlib import Path

from builder.compact_json import compact, encoded
from builder.searching.described import FACETS
from builder.searching.inverting import Inverted, inverted, places_of, segment_of, sum_of
from builder.searching.joined import Split, in_row, possible, splits
from builder.searching.keeping import keep, kept_parts, write
from builder.searching.lists import list_path, lists_of
from builder.searching.prepared import pack
from builder.searching.shards import Piece, Shard, own_version
from builder.searching.vocabulary import Counts, least_of_common

FACET_FILE = "facets.json"


@dataclass(slots=True)
class Made:
    """A shard as it was made: its files with their sums, and what is told of it beside them.

    `texts` are those of each piece, by its key. `packed` has for each list of words the sum of what
    is packed in it. `bounds` tells with which word each list begins, by letter. `kept` names what
    was kept of its pieces. `counts` tells in how many documents the words stand that may be
    misspelled or are common, and `common` which are so in the shard.
    """

    texts: Mapping[str, Mapping[str, str]]
    files: dict[str, str] = field(default_factory=dict)
    packed: dict[str, str] = field(default_factory=dict)
    bounds: dict[str, Sequence[str]] = field(default_factory=dict)
    kept: Sequence[str] = ()
    common: Sequence[str] = ()
    counts: Counts = field(default_factory=lambda: Counts.of({}))


def name_of(shard: Shard) -> str:
    """Return under which name a shard is kept."""
    return f"{shard.name}-{shard.key}"


def made_before(name: str, kept: Path) -> Made | None:
    """Return what was made of a shard, None where it is to be made."""
    parts = kept_parts(kept / name)
    if parts is None:
        return None
    told = json.loads(parts[0])
    if told.pop("version") != own_version():
        return None
    return Made(**told, counts=Counts(parts[1:]))


def _keep(made: Made, file: Path) -> None:
    told = {
        "version": own_version(),
        "texts": made.texts,
        "files": made.files,
        "packed": made.packed,
        "bounds": made.bounds,
        "kept": made.kept,
        "common": made.common,
    }
    keep(file, encoded(compact(told)), *made.counts.held)


def make_shard(
    shard: Shard, kept: Path, folder: Path, standing: Mapping[str, str], before: str = ""
) -> tuple[Made, list[str]]:
    """Write the files of a shard that do not stand in its folder; return it, and what was written.

    Texts are not among them (`inverting.lay_texts`). `before` names what was made of it last.
    """
    pieces = [inverted(piece, kept) for piece in shard.pieces]
    last = (made_before(before, kept) if before else None) or Made({})
    keys = (piece.key for piece in shard.pieces)
    texts = {key: piece.texts for key, piece in zip(keys, pieces, strict=True)}
    counts, common = _counts(pieces)
    made = Made(texts, counts=Counts.of(counts), common=common)
    written = []

    def lay(path: str, data: bytes) -> None:
        made.files[path] = sum_of(data)
        if standing.get(path) != made.files[path]:
            write(folder / path, data)
            written.append(path)

    segments, made.kept = _segments(shard.pieces, pieces, kept)
    for letter, starts, lists in lists_of(segments):
        made.bounds[letter] = starts
        for number, data in enumerate(lists):
            path = list_path(letter, number)
            made.packed[path] = sum_of(data)
            there = last.files[path] if last.packed.get(path) == made.packed[path] else None
            if there and standing.get(path) == there:
                made.files[path] = there
            else:
                lay(path, pack(data))
    lay(FACET_FILE, encoded(compact(_facets(pieces))))
    _keep(made, kept / name_of(shard))
    return made, written


def _segments(
    own: Sequence[Piece], pieces: Sequence[Inverted], kept: Path
) -> tuple[dict[str, bytes], list[str]]:
    """Return the segments of each word, one after the other, and what was kept for them."""
    segments: dict[str, bytes] = {}
    for piece in pieces:
        have = segments.get
        pairs = zip(piece.words, piece.segments, strict=True)
        segments.update([(word, have(word, b"") + segment) for word, segment in pairs])
    known = [*splits(segments)]
    both: dict[tuple[str, str, str], None] = {}
    names = [piece.key for piece in own]
    of_pieces = [dict(zip(piece.words, piece.segments, strict=True)) for piece in pieces]
    for key, piece, words in zip([*names], pieces, of_pieces, strict=True):
        names.append(f"{key}-two")
        splitted = possible(piece.pairs, known, words)
        for split, segment in _in_two(piece.number, words, splitted, kept / names[-1]):
            both[split] = None
            segments[split[0]] += segment
    for word, one, other in both:
        for words in of_pieces:
            if word in words:
                segments[one] += words[word]
                segments[other] += words[word]
    return segments, names


def _in_two(
    number: int, words: Mapping[str, bytes], splitted: Iterable[Split], file: Path
) -> Iterator[tuple[tuple[str, str, str], bytes]]:
    """Yield which words a piece prints as two, and their segments: as they are kept, or found."""
    there, found = _read_two(file), dict[str, bytes]()
    places: dict[str, dict[int, list[int]]] = {}
    for word, one, other, _ in splitted:
        name = f"{one} {other}"
        if name in there:
            found[name] = there[name]
        else:
            for half in (one, other):
                if half not in places:
                    places[half] = places_of(words[half])
            in_two = in_row(places[one], places[other])
            found[name] = segment_of(number, in_two) if in_two else b""
        if found[name]:
            yield (word, one, other), found[name]
    if found.keys() != there.keys():
        lengths = array("I", map(len, found.values()))
        keep(file, "\n".join(found).encode(), lengths.tobytes(), b"".join(found.values()))


def _read_two(file: Path) -> dict[str, bytes]:
    parts = kept_parts(file)
    if parts is None:
        return {}
    names, lengths, segments = parts
    bounds = pairwise(accumulate(array("I", lengths), initial=0))
    cut = (segments[start:end] for start, end in bounds)
    return dict(zip(names.decode().splitlines(), cut, strict=True))


def _facets(pieces: Iterable[Inverted]) -> Mapping[str, object]:
    """Return by what documents can be narrowed: facet, value, their places in the row of `pages`.

    `pages` has a row for each number of a piece.
    """
    facets: dict[str, dict[str, list[int]]] = {facet: {} for facet in FACETS}
    pages: list[list[str]] = []
    number = 0
    for piece in pieces:
        pages += [[] for _ in range(len(pages), piece.number + 1)]
        for page, described in piece.documents:
            pages[piece.number].append(page)
            for facet, values in described.items():
                for value in values:
                    facets[facet].setdefault(value, []).append(number)
            number += 1
    return {"pages": pages, "facets": facets}


def _counts(pieces: Sequence[Inverted]) -> tuple[dict[str, int], list[str]]:
    """Return in how many documents words stand that may be misspelled or are common, and these."""
    counts: dict[str, int] = {}
    for piece in pieces:
        have = counts.get
        words = zip(piece.words, piece.counts, strict=True)
        counts.update([(word, have(word, 0) + count) for word, count in words])
    many = least_of_common(sum(len(piece.documents) for piece in pieces))
    common = {word for word, count in counts.items() if count > many}
    told = {
        word: count
        for word, count in counts.items()
        if count and (word in common or (len(word) > 2 and word.isalpha()))
    }
    return told, sorted(common)
