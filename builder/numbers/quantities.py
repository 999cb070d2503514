"""A number with its unit, as it is handed on to what reads the clause around it."""

from __future__ import annotations

from typing import Any, NamedTuple

from builder.numbers.number_words import Numeral


class Quantity(NamedTuple):
    """A number with its unit expression; offsets count in the text that was read.

    A range has `low` and `high` and no `value`; a vague numeral none of the three. `plus` marks
    "50+". `unit` is as in `Figure`; `time` tells units of time. `hyphen` marks "10-year", where
    the noun follows. `paired` marks both numbers of "from 3 to 5". `rules` names the rules behind
    number and unit ("number: …", "unit: …"). It is a tuple because texts full of numbers make
    very many, which frozen dataclasses build three times as slowly.
    """

    start: int
    end: int
    value: float | None
    low: float | None = None
    high: float | None = None
    unit: str = "count"
    time: bool = False
    plus: bool = False
    vague: bool = False
    hyphen: bool = False
    numeral: Numeral | None = None
    currency: bool = False
    paired: bool = False
    rules: tuple[str, ...] = ()

    def ruled(self, rule: str, **changes: Any) -> Quantity:
        """Return the quantity with one more rule, and with changes."""
        return self._replace(rules=(*self.rules, rule), **changes)
