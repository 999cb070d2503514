"""Makes the rows of the figures table: one for each statement, repeats in one document folded."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from builder.kinds import KINDS
from builder.model import Annotated, Block, Document, Figure, Mention, Span
from builder.quoted_sentences import sentence_at

_NAMED_KINDS = frozenset(kind.name for kind in KINDS if kind.by_figures)


@dataclass(frozen=True, slots=True)
class FigureRow:
    """A figure as a document states it, with the sentence and what its passage names.

    `sentence` counts in the block's text. `repeats` are later passages of the same document that
    state the same (same value, unit and bound of the same thing).
    """

    document: Document
    block: Block
    mention: Mention
    figure: Figure
    sentence: Span
    named: tuple[tuple[str, str], ...]
    repeats: tuple[tuple[Block, Mention], ...] = ()


def counted_head(figure: Figure) -> str:
    """Return the head of what is counted, to compare statements: "deaths" for "overdose deaths"."""
    words = (figure.of or "").casefold().split(" of ")[0].split()
    return words[-1].rstrip("s.,") if words else ""


def same_statement(figure: Figure) -> tuple[object, ...]:
    """Return what two figures must share to be the same statement."""
    return (
        figure.value,
        figure.low,
        figure.high,
        figure.unit,
        figure.bound,
        figure.comparator,
        figure.change,
        counted_head(figure),
    )


def figure_rows(annotated: Iterable[Annotated]) -> tuple[FigureRow, ...]:
    """Return the rows of all documents, in the documents' order, each document's in text order."""
    return tuple(row for one in annotated for row in _rows_of(one))


def _rows_of(one: Annotated) -> Iterable[FigureRow]:
    named = _named_by_block(one.mentions)
    statements: dict[tuple[object, ...], list[Mention]] = {}
    for number, mention in enumerate(one.mentions):
        if mention.figure is not None:
            # A vague numeral ("dozens") says too little to be the same as another.
            vague = mention.figure.value is None and mention.figure.low is None
            key = (number,) if vague else same_statement(mention.figure)
            statements.setdefault(key, []).append(mention)
    blocks = one.document.blocks
    for first, *repeats in statements.values():
        block = blocks[first.block]
        assert first.figure is not None
        yield FigureRow(
            document=one.document,
            block=block,
            mention=first,
            figure=first.figure,
            sentence=sentence_at(block.text, first.at),
            named=named.get(first.block, ()),
            repeats=tuple((blocks[mention.block], mention) for mention in repeats),
        )


def _named_by_block(mentions: Sequence[Mention]) -> dict[int, tuple[tuple[str, str], ...]]:
    named: dict[int, dict[tuple[str, str], None]] = {}
    for mention in mentions:
        if mention.kind in _NAMED_KINDS:
            named.setdefault(mention.block, {})[mention.kind, mention.entity] = None
    return {block: tuple(whos) for block, whos in named.items()}
