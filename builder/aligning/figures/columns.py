"""Finds the columns of a changed table again: by the numbers that stand in them, row by row.

The ledger knows a table as one line of text. Where its first row reads otherwise than before, a
column may have come, gone, moved, or only been renamed. Without this, where columns change, a fifth
of the addresses would be lost or lead to another column.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from builder.aligning.figures.places import FigurePlace

MOST = 0.8
"""The share of its rows in which a column holds the same number as before: with 0.6 there are wrong
ones, with 0.95 1 % more are lost."""
ROWS = 4
"""In fewer rows numbers are equal by chance: with 3, of 10,000 addresses in tables whose columns
change 5 are wrong; with 5, 4 % more are lost."""


def columns_now(olds: Sequence[FigurePlace], news: Sequence[FigurePlace]) -> dict[int, int]:
    """Return for each column of before that is found again which one it is now."""
    rows, rows_now = _rows(olds), _rows(news)
    seen: Counter[int] = Counter()
    same: defaultdict[int, Counter[int]] = defaultdict(Counter)
    for head, row in rows.items():
        if head in rows_now:
            standing: defaultdict[str, list[int]] = defaultdict(list)
            for column, literal in rows_now[head].items():
                standing[literal].append(column)
            for column, literal in row.items():
                seen[column] += 1
                same[column].update(standing.get(literal, ()))
    found = {
        column: [now for now, count in same[column].items() if count >= MOST * seen[column]]
        for column in seen
        if seen[column] >= ROWS
    }
    claimed = Counter(now for nows in found.values() for now in nows)
    return {
        column: nows[0]
        for column, nows in found.items()
        if len(nows) == 1 and claimed[nows[0]] == 1
    }


def _rows(places: Sequence[FigurePlace]) -> dict[tuple[str, ...], dict[int, str]]:
    """Return the numbers of each row by column; rows that are headed alike are left out."""
    rows: defaultdict[tuple[str, ...], dict[int, str]] = defaultdict(dict)
    twice = set()
    for place in places:
        # The nearest word heads most rows well enough; the first row's is led by the header.
        head = place.frame.words[:1]
        if place.column in rows[head]:
            twice.add(head)
        rows[head][place.column] = place.literal
    return {head: row for head, row in rows.items() if head not in twice}
