"""The words around a figure as the ledger prints them, and where they stand in a record's text."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence

from builder.ledger_file import FigureRecord, Record, one_line
from builder.model import Span

USUAL = (2, 1)
"""Words before and after a figure in the context that the ledger prints."""
WIDE = (6, 6)
"""Of figures that are gone: with 3, of 1,000 that come back 2 get another one's address."""
WIDEST = (12, 12)
"""Of contexts that would else be equal: with 6, of 100,000 addresses 4 are wrong."""
_CHARACTERS = 20  # of a word and the space after it, as a bound


def context(text: str, at: Span, *, words: tuple[int, int] = USUAL) -> str:
    """Return the words around a figure as the ledger prints them: "has requested _ for"."""
    before, after = words
    # A bounded stretch: words are looked for near the figure, however long the block is.
    start = max(0, at.start - max(80, before * _CHARACTERS))
    head = text[start : at.start].split()[-before:]
    tail = text[at.end : at.end + max(60, after * _CHARACTERS)].split()[:after]
    return " ".join((*head, "_", *tail))


def stands_in(around: str, wider: str) -> bool:
    """Tell whether a context is part of a wider one, with the figure at the same place."""
    head, _, tail = f" {around} ".partition(" _ ")
    wider_head, _, wider_tail = f" {wider} ".partition(" _ ")
    return wider_head.endswith(head) and wider_tail.startswith(tail)


def spans_before(record: Record, figures: Sequence[FigureRecord]) -> dict[str, Span]:
    """Return where figures of a record stand in its text, by id; those not found are left out.

    Equal literals in equal contexts are met in the order of their numbers.
    """
    stands = _occurrences(record.text, {one_line(figure.literal) for figure in figures})
    found: dict[str, Span] = {}
    taken: set[Span] = set()
    # Wide contexts first: they were written because the usual one stands there twice.
    wide = [figure for figure in figures if len(figure.context.split()) > 1 + sum(USUAL)]
    for words, left in ((WIDEST, wide), (WIDE, wide), (USUAL, figures)):
        waiting: defaultdict[tuple[str, str], list[Span]] = defaultdict(list)
        for literal, spans in stands.items() if left else ():
            for at in reversed(spans):
                if at not in taken:
                    waiting[literal, context(record.text, at, words=words)].append(at)
        for figure in left:
            spans = waiting[one_line(figure.literal), figure.context]
            if figure.id not in found and spans:
                found[figure.id] = spans.pop()
                taken.add(found[figure.id])
    return found


_PIECE = re.compile(r"\d+|[^\W\d_]+|[^\w\s]|_")  # "$", "1", ".", "55", "billion"


def _occurrences(text: str, literals: Iterable[str]) -> dict[str, list[Span]]:
    """Return where each literal stands in a text, as whole words; the time grows with the text."""
    wanted: defaultdict[tuple[str, ...], list[str]] = defaultdict(list)
    for literal in sorted(literals):
        wanted[tuple(_PIECE.findall(literal))].append(literal)
    found: defaultdict[str, list[Span]] = defaultdict(list)
    matches = list(_PIECE.finditer(text)) if wanted else []
    pieces = [match[0] for match in matches]
    for length in {len(key) for key in wanted} - {0}:
        for i in range(len(pieces) - length + 1):
            for literal in wanted.get(tuple(pieces[i : i + length]), ()):
                start = matches[i].start()
                if text.startswith(literal, start):
                    found[literal].append(Span(start, start + len(literal)))
    return found
