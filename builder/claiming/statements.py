"""Sets each figure into its sentence and passage, with whom they name."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter

from builder.kinds import KINDS
from builder.model import Annotated, Block, Figure, Mention, Span
from builder.quoted_sentences import sentence_at, sentences

Who = tuple[str, str]
"""An entity as (kind, key)."""

_NAMES = frozenset(kind.name for kind in KINDS if not kind.claim)
_block = attrgetter("block")
_start = attrgetter("start")


@dataclass(frozen=True, slots=True)
class Statement:
    """A figure where a document states it.

    `sentence` counts in the block's text, `words` are the sentence itself. `beside` are the
    mentions of names and dates that begin in the sentence; `named` are the entities that the
    passage names, in order.
    """

    block: Block
    mention: Mention
    figure: Figure
    sentence: Span
    words: str
    beside: tuple[Mention, ...]
    named: tuple[Who, ...]

    @property
    def named_beside(self) -> frozenset[Who]:
        """The entities that the sentence itself names."""
        return frozenset(
            (mention.kind, mention.entity) for mention in self.beside if mention.kind in _NAMES
        )


def statements_of(one: Annotated) -> list[Statement]:
    """Return every figure of a document as a statement, in text order.

    Each mention is looked at once, so the work is linear in mentions.
    """
    statements: list[Statement] = []
    for number, mentions in groupby(one.mentions, key=_block):
        statements += statements_in(one.document.blocks[number], list(mentions))
    return statements


def statements_in(block: Block, mentions: Sequence[Mention]) -> Iterable[Statement]:
    """Yield every figure of a block as a statement; `mentions` are those of the block, in order."""
    if all(mention.figure is None for mention in mentions):
        return
    named = tuple(dict.fromkeys((one.kind, one.entity) for one in mentions if one.kind in _NAMES))
    starts = sentences(block.text)
    beside: dict[int, list[Mention]] = {}
    for mention in mentions:
        if mention.figure is None:
            place = bisect_right(starts, mention.at.start, key=_start)
            beside.setdefault(place, []).append(mention)
    shared = {place: tuple(some) for place, some in beside.items()}
    words: dict[Span, str] = {}  # one text for all statements of a sentence, however long it is
    for mention in mentions:
        if mention.figure is not None:
            sentence = sentence_at(block.text, mention.at)
            if sentence not in words:
                words[sentence] = block.text[sentence.start : sentence.end]
            yield Statement(
                block=block,
                mention=mention,
                figure=mention.figure,
                sentence=sentence,
                words=words[sentence],
                beside=shared.get(bisect_right(starts, mention.at.start, key=_start), ()),
                named=named,
            )
