"""Makes of a document what the index of a big collection holds of it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import Any

from builder.editorial import Sic
from builder.html.escape import as_seen
from builder.model import Annotated
from builder.searching.described import Described
from builder.searching.tokens import plain_words, words_of

# How many words one piece of a long document holds: the passages that answer come without the rest.
PIECE = 800

# The sizes of so many passages stand in each piece; those of more stand in a file of their own.
MANY = 400

# A place that holds no word, after the title and each passage: no phrase runs over from one to the
# next.
GAP = 1

Misprint = tuple[str, str]
"""What is printed, and what it should say."""

Stated = tuple[str, str]
"""A figure's address and what is printed."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage as the search shows it: its id, its text, its misprints and its figures."""

    id: str
    text: str
    misprints: tuple[Misprint, ...] = ()
    figures: tuple[Stated, ...] = ()


@dataclass(frozen=True, slots=True)
class Record:
    """A document as the search shows it, with its passages."""

    described: Described
    passages: tuple[Passage, ...]


def record_of(one: Annotated, described: Described, misprints: Iterable[Sic] = ()) -> Record:
    """Return the record of a document."""
    read: dict[int, list[Misprint]] = {}
    for sic in misprints:
        read.setdefault(sic.block, []).append((sic.misprint.printed, sic.misprint.reading))
    stated: dict[int, list[Stated]] = {}
    for mention in one.mentions:
        if mention.figure and mention.id:
            printed = one.document.blocks[mention.block].text[mention.at.start : mention.at.end]
            stated.setdefault(mention.block, []).append((mention.id, as_seen(printed)))
    passages = tuple(
        Passage(
            id=block.anchor,
            text=as_seen(block.text),
            misprints=tuple(read.get(number, ())),
            figures=tuple(stated.get(number, ())),
        )
        for number, block in enumerate(one.document.blocks)
        if block.anchor and block.text and block.kind != "furniture"
    )
    return Record(described, passages)


def rows_of(record: Record) -> list[list[str]]:
    """Return the words of the title as they are looked up, then those of each passage."""
    readings = ([right for _, right in passage.misprints] for passage in record.passages)
    pairs = zip(record.passages, readings, strict=True)
    return [plain_words(record.described.title), *(words_of(one.text, read) for one, read in pairs)]


def sizes_of(rows: Iterable[Sequence[str]]) -> list[int]:
    """Return how many words the title and each passage has, the gap after it among them."""
    return [len(row) + GAP for row in rows]


def fragments_of(record: Record, rows: Sequence[Sequence[str]]) -> list[Mapping[str, Any]]:
    """Return what is fetched when a record is found.

    `rows` are the record's words, as `rows_of` tells. `anchors` holds passages, `location` where in
    the row of all words each begins, `until` where the last ends. A long document comes in pieces:
    each holds all passages with a word among its `PIECE` words, so that who knows the place of a
    word knows the piece. `sizes` tells where the passages of the other pieces are.
    """
    sizes = sizes_of(rows)
    ends = list(accumulate(sizes))
    told = {"sizes": sizes} if ends[-1] > PIECE and len(sizes) <= MANY else {}
    pieces: list[Mapping[str, Any]] = []
    for first in range(0, max(ends[-1], 1), PIECE):
        near = slice(max(bisect_left(ends, first) - 1, 0), bisect_left(ends, first + PIECE))
        bounds = pairwise(ends[near.start : near.stop + 1])
        inside = [
            (passage, start, end)
            for passage, (start, end) in zip(record.passages[near], bounds, strict=True)
            if max(end, start + 1) > first
        ]
        pieces.append(
            {
                "url": record.described.address,
                "word_count": ends[-1],
                "meta": {"title": record.described.title, "about": record.described.about},
                "anchors": [anchor_of(passage, start) for passage, start, _ in inside],
                "until": inside[-1][2] if inside else 0,
                **told,
            }
        )
    return pieces


def anchor_of(passage: Passage, location: int = 0) -> Mapping[str, Any]:
    """Return a passage as it stands in what is fetched."""
    anchor: dict[str, Any] = {"id": passage.id, "text": passage.text, "location": location}
    if passage.misprints:
        anchor["also"] = passage.misprints
    if passage.figures:
        anchor["figures"] = passage.figures
    return anchor
