"""Finds the columns of a changed table again: by the numbers that stand in them, row by row.

The ledger knows a table as one line of text. Where its first row reads otherwise than before, a
column may have come, gone, moved, or only been renamed.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from builder.aligning.figure_places import PHRASE, Place

MOST = 0.8
"""The share of its rows in which a column must hold the same number as before."""
ROWS = 3
"""In fewer rows, small numbers are equal by chance."""

_Row = Mapping[int, str]


def columns_now(olds: Sequence[Place], news: Sequence[Place]) -> dict[int, int | None]:
    """Return for each column of before which one it is now, None for one that is gone.

    A column of which too little is known is left out.
    """
    # The last word heads most rows well enough, and the first row's is led by the table's header.
    both = [(_rows(olds, words), _rows(news, words)) for words in (1, PHRASE)]
    rows, rows_now = max(both, key=lambda pair: len(pair[0].keys() & pair[1].keys()))
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
        column: nows[0] if len(nows) == 1 and claimed[nows[0]] == 1 else None
        for column, nows in found.items()
    }


def _rows(places: Sequence[Place], words: int) -> dict[tuple[str, ...], _Row]:
    """Return the numbers of each row by column; rows that are headed alike are left out."""
    rows: defaultdict[tuple[str, ...], dict[int, str]] = defaultdict(dict)
    twice = set()
    for place in places:
        head = place.frame.words[:words]
        row = rows[head]
        if place.column in row:
            twice.add(head)
        row[place.column] = place.plain
    return {head: row for head, row in rows.items() if head not in twice}
