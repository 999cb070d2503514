"""Checks the names of units that a measure asks for, and says which known one is nearest."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from functools import cache

from builder.model import Place, Problem
from builder.numbers.units import units

# Units that no table of measures or currencies holds: shares and factors.
_OTHERS = ("count", "percent", "fraction", "times")


def wrong_units(names: Iterable[str], place: Place) -> Iterator[Problem]:
    """Yield a problem for each unit that no figure has: "USB", "Metric tons", "usd"."""
    for name in names:
        if name not in known_units():
            yield Problem(place, f'"{name}" is no unit', f"write {_nearest(name)}")


@cache
def known_units() -> tuple[str, ...]:
    """Return every unit that a figure can have, as it is published."""
    table = units()
    measured = (unit for unit, _, _ in table.words.values())
    marked = (unit for some in table.marks.values() for unit, _, _ in some)
    money = (*table.signs.values(), *table.letters.values(), *table.large)
    shared = (code for codes in table.shared.values() for code in codes)
    return tuple(sorted({*_OTHERS, *measured, *marked, *money, *shared}))


def _nearest(name: str) -> str:
    """Return the units that look most like a name, whatever its case: "metric_ton"."""
    of_folded: dict[str, str] = {unit.casefold(): unit for unit in known_units()}
    folded = "_".join(name.casefold().split())
    if folded in of_folded:
        return f'"{of_folded[folded]}"'
    near = get_close_matches(folded, of_folded, n=3, cutoff=0.6)
    listed = [of_folded[unit] for unit in near] or ["count", "percent", "USD", "kilogram"]
    return " or ".join(f'"{unit}"' for unit in listed)
