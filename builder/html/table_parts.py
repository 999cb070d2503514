"""Data files behind a table: its rows in parts by year, and what its filters offer."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from builder.compact_json import compact, encoded
from builder.dating.display import UNDATED, year_or_undated
from builder.model import Document, Known

CHOICES = 200
"""How many values a filter offers before the rows are there; the most frequent ones."""

Values = Mapping[str, Iterable[tuple[str, str]]]
"""For each filter the values of one row, each with the words for it."""


def year_of(document: Document) -> str:
    """Return the year of a document's date, which names its part: "2024", "undated"."""
    return year_or_undated(document.metadata.date.value)


def year_words(year: str) -> str:
    """Return what a filter calls a part."""
    return "without a date" if year == UNDATED else year


def plain(known: Known) -> str:
    """Return a value as filters name it, however it is known."""
    return known.value[:1].upper() + known.value[1:] if known.value else "Not known"


def offered(rows: Iterable[Values]) -> dict[str, list[tuple[str, str, int]]]:
    """Count for each filter how many rows have each value, most first."""
    counts: defaultdict[str, Counter[tuple[str, str]]] = defaultdict(Counter)
    for row in rows:
        for key, values in row.items():
            counts[key].update(values)
    return {
        key: [
            (value, words, number)
            for (value, words), number in sorted(
                counted.items(), key=lambda one: (-one[1], one[0][1], one[0][0])
            )[:CHOICES]
        ]
        for key, counted in counts.items()
    }


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


def script_length(text: str) -> int:
    """Return how long a text is as scripts count, in units of UTF-16."""
    return len(text) + sum(letter > "\uffff" for letter in text)


def _lines(item: Any) -> str:
    if isinstance(item, list):
        return "[\n" + ",\n".join(map(compact, item)) + "]"
    return compact(item)
