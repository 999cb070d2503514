"""Returns what pages quote of documents from their texts alone: passages, figures, dates.

To read the document itself for a row of each of its names would take longer than all else. What is
returned is no more than what is quoted: of a block its address and text, of a mention its place.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from builder.claims import Statement
from builder.indexing.contributed import Claimed, Dated, Named
from builder.model import Block, Mention, Span

BlockTexts = Sequence[tuple[str | None, str]]
"""The address and the text of each block of a document."""
Texts = Callable[[str], BlockTexts]
"""Gives them by the document's slug."""

_NOWHERE = Span(0, 0)
_NO_OFFSETS = array("I")


@dataclass(frozen=True, slots=True)
class Passage:
    """A block in which an entity is named, with its mentions there."""

    block: Block
    mentions: tuple[Mention, ...]


def quoted_passage(texts: BlockTexts, named: Named, place: int) -> Passage:
    """Return one of the passages that name an entity, by its place among them."""
    number = named.blocks[place]
    block = _block(*texts[number])
    mentions = tuple(
        _mention(block, number, named.kind, named.key, Span(start, end))
        for start, end in named.places(place)
    )
    return Passage(block, mentions)


def quoted_statement(texts: BlockTexts, claimed: Claimed, place: int) -> Statement:
    """Return one of the statements of a claim, by its place; who is named there is not told."""
    number, start, end, first, last = claimed.place_of(place)
    block, at, figure = _block(*texts[number]), Span(start, end), claimed.figure(place)
    words, name = block.text[start:end], claimed.ids[place]
    mention = Mention("figure", "", at, _NOWHERE, words, number, figure, name or None)
    sentence = Span(first, last)
    return Statement(block, mention, figure, sentence, block.text[first:last], (), ())


def quoted_date(texts: BlockTexts, dated: Dated) -> tuple[Block, Mention]:
    """Return where a document first names a date."""
    block, at = _block(*texts[dated.block]), Span(dated.start, dated.end)
    words = block.text[dated.start : dated.end]
    rules = tuple(dated.rules)
    return block, Mention("date", dated.date, at, _NOWHERE, words, dated.block, rules=rules)


@lru_cache(maxsize=4096)  # a page and its files quote the same ones, and so do many pages
def _block(anchor: str | None, text: str) -> Block:
    return Block("paragraph", None, _NOWHERE, text, _NO_OFFSETS, anchor=anchor)


def _mention(block: Block, number: int, kind: str, key: str, at: Span) -> Mention:
    return Mention(kind, key, at, _NOWHERE, block.text[at.start : at.end], number)
