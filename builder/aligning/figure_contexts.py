"""The words around a figure as the ledger prints them, and where they stand in a record's text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from builder.ledger_file import FigureRecord, Record, one_line
from builder.model import Span

WORDS_BEFORE, WORDS_AFTER = 2, 1  # of the context that the ledger prints
WIDE = 6  # of the context of a figure that is gone: there is no text any more to look it up in
WIDEST = 12  # of contexts that would else be equal
_SPELLED_CHARACTERS = 20  # of a word and the space after it, as a bound


def context(text: str, at: Span, *, before: int = WORDS_BEFORE, after: int = WORDS_AFTER) -> str:
    """Return the words around a figure as the ledger prints them: "has requested _ for"."""
    # A bounded stretch: words are looked for near the figure, however long the block is.
    start = max(0, at.start - max(80, before * _SPELLED_CHARACTERS))
    head = text[start : at.start].split()[-before:]
    tail = text[at.end : at.end + max(60, after * _SPELLED_CHARACTERS)].split()[:after]
    return " ".join((*head, "_", *tail))


def spans_before(record: Record, figures: Sequence[FigureRecord]) -> dict[str, Span]:
    """Return where figures of a record stand in its text, by id; those not found are left out.

    Equal literals in equal contexts are met in the order of their numbers.
    """
    stands = _occurrences(record.text, {one_line(figure.literal) for figure in figures})
    by_width: dict[int, dict[tuple[str, str], Iterator[Span]]] = {}
    found: dict[str, Span] = {}
    taken: set[Span] = set()
    # Wider contexts first: they were written because the short one stands there twice.
    for figure in sorted(figures, key=lambda figure: -len(figure.context.split())):
        for width in _widths(figure):
            if width not in by_width:
                by_width[width] = _by_context(record.text, stands, width)
            waiting = by_width[width].get((one_line(figure.literal), figure.context), iter(()))
            at = next((at for at in waiting if at not in taken), None)
            if at is not None:
                found[figure.id] = at
                taken.add(at)
                break
    return found


def _widths(figure: FigureRecord) -> Iterator[int]:
    """Yield how many words a context may show on each side, 0 for the usual ones."""
    if len(figure.context.split()) <= WORDS_BEFORE + 1 + WORDS_AFTER:
        yield 0
    # Further "_" are words of the text.
    head, _, tail = f" {figure.context} ".partition(" _ ")
    yield max(len(head.split()), len(tail.split()))


def _by_context(
    text: str, stands: Mapping[str, Sequence[Span]], width: int
) -> dict[tuple[str, str], Iterator[Span]]:
    found: dict[tuple[str, str], list[Span]] = {}
    before, after = (width, width) if width else (WORDS_BEFORE, WORDS_AFTER)
    for literal, spans in stands.items():
        for at in spans:
            around = context(text, at, before=before, after=after)
            found.setdefault((literal, around), []).append(at)
    return {key: iter(spans) for key, spans in found.items()}


_PIECE = re.compile(r"\d+|[^\W\d_]+|[^\w\s]|_")  # "$", "1", ".", "55", "billion"


def _occurrences(text: str, literals: Iterable[str]) -> dict[str, list[Span]]:
    """Return where each literal stands in a text, as whole words; the time grows with the text."""
    wanted: dict[int, dict[tuple[str, ...], list[str]]] = {}
    found: dict[str, list[Span]] = {}
    for literal in sorted(literals):
        pieces = tuple(_PIECE.findall(literal))
        found[literal] = []
        wanted.setdefault(len(pieces), {}).setdefault(pieces, []).append(literal)
    matches = list(_PIECE.finditer(text)) if wanted else []
    pieces_of_text = [match[0] for match in matches]
    for length, literals_by_pieces in wanted.items():
        for i in range(len(matches) - length + 1) if length else ():
            for literal in literals_by_pieces.get(tuple(pieces_of_text[i : i + length]), ()):
                start = matches[i].start()
                if text.startswith(literal, start):
                    found[literal].append(Span(start, start + len(literal)))
    return found
