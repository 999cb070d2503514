"""What a figure's literal says by itself: "100" and "one hundred" are one value."""

from __future__ import annotations

from functools import lru_cache

from builder.numbers.scan import quantities_in


def plain(literal: str) -> str:
    """Return a literal without what is no change of it: case, kinds of spaces."""
    return " ".join(literal.casefold().split())


Meaning = tuple[float | None, float | None, float | None, str]


@lru_cache(maxsize=4096)
def meaning_of(literal: str) -> Meaning | None:
    """Return value, low, high and unit of a literal by itself, None where it has none."""
    found = quantities_in(literal)
    if len(found) != 1 or found[0].vague:
        return None
    return found[0].value, found[0].low, found[0].high, found[0].unit


def kind_of(literal: str) -> str:
    """Return what a literal measures: "money", "percent", "count", "kilogram" …"""
    meaning = meaning_of(literal)
    if meaning is None:
        return "count"
    return "money" if meaning[3].isupper() else meaning[3]


def is_same_value(one: str, other: str) -> bool:
    """Tell whether two literals print one value."""
    meaning = meaning_of(one)
    return one == other or (meaning is not None and meaning == meaning_of(other))
