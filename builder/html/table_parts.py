"""Data files behind a table: its rows in parts by year and day, and what its filters offer."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import groupby
from typing import Any, TypeVar

from builder.compact_json import compact, encoded
from builder.cuts import Cutting, distinct
from builder.dating.display import UNDATED, day_of, year_or_undated
from builder.model import Document, Known

Row = TypeVar("Row")

CHOICES = 200
"""How many values a filter offers before the rows are there; the most frequent ones."""


def year_of(document: Document) -> str:
    """Return the year of a document's date, which names its part: "2024", "undated"."""
    return year_or_undated(document.metadata.date.value)


def by_year(
    rows: Iterable[Row],
    document_of: Callable[[Row], Document],
    size: int,
    heavy: int = 0,
    weigh: Callable[[Row], int] | None = None,
) -> Iterator[tuple[str, str, Sequence[Row]]]:
    """Yield rows, newest first, in parts of at most `size` rows of a year: name, year, rows.

    A year in one part names it, "2024"; of a year in several, each is named by the day with which
    it begins, "2024-03-01": a change touches one of them (`builder.cuts`). `document_of` gives the
    document of a row; the rows of one lie together where they are no more than a part holds.
    """

    def slug(row: Row) -> str:
        return document_of(row).slug

    cutting = Cutting(slug, size, heavy, weigh, from_end=False)
    for year, some in groupby(rows, lambda row: year_of(document_of(row))):
        # From the oldest on, so that what is new makes its part longer and leaves its name.
        pieces = cutting.pieces(list(some)[::-1])
        oldest = [document_of(piece[0]) for piece in pieces]
        days = ((day_of(one.metadata.date.value), one.slug) for one in oldest)
        names = [year] if len(pieces) == 1 else list(distinct(days))
        for name, piece in zip(reversed(names), reversed(pieces), strict=True):
            yield name, year, piece[::-1]


def year_words(year: str) -> str:
    """Return what a filter calls a part."""
    return "without a date" if year == UNDATED else year


def plain(known: Known) -> str:
    """Return a value as filters name it, however it is known."""
    return known.value[:1].upper() + known.value[1:] if known.value else "Not known"


def offered(counts: Mapping[tuple[str, str], int]) -> list[tuple[str, str, int]]:
    """Return what a filter offers, of the values with their words and how many rows have them."""
    ranked = sorted(counts.items(), key=lambda one: (-one[1], one[0][1], one[0][0]))
    return [(value, words, number) for (value, words), number in ranked[:CHOICES]]


def as_part(value: Mapping[str, Any]) -> bytes:
    """Return a part as JSON without spaces, each list with one item a line."""
    fields = (f"{compact(key)}:{_lines(item)}" for key, item in value.items())
    return encoded("{" + ",\n".join(fields) + "}\n")


def short(row: Sequence[Any]) -> list[Any]:
    """Return a row without the empty cells at its end."""
    end = len(row)
    while end and row[end - 1] in (None, "", [], ()):
        end -= 1
    return list(row[:end])


def script_length(text: str, start: int, end: int) -> int:
    """Return how long a stretch of a text is as scripts count, in units of UTF-16."""
    pairs = _pairs(text)
    further = bisect_left(pairs, end) - bisect_left(pairs, start) if pairs else 0
    return end - start + further


# "😀": what takes two units of UTF-16
_PAIR = re.compile("[\U00010000-\U0010ffff]")


@lru_cache(maxsize=256)
def _pairs(text: str) -> Sequence[int]:
    """Return where the characters of a text stand that take two units, which most have none of."""
    return tuple([found.start() for found in _PAIR.finditer(text)])


def _lines(item: Any) -> str:
    if isinstance(item, list):
        return "[\n" + ",\n".join(map(compact, item)) + "]"
    return compact(item)
