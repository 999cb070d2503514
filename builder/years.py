"""Tells a year from a count of four digits: drop it rather than guess."""

from __future__ import annotations

import re

from builder.quantities import Quantity

_YEAR_BEFORE = re.compile(
    r"(?:more than|over|nearly|almost|about|around|roughly|approximately|some|up to|at least|than"
    r"|least|only|"
    r"additional|estimated|total of|to|another|exceeding|an|a|these|those|all) $",
    re.I,
)
_COUNTED_NEXT = re.compile(r" (?:[a-z]+ ){0,2}?(?:people|men|women|children|[a-z]{3,}s)\b")


def is_year(text: str, lower: str, quantity: Quantity) -> bool:
    """Tell whether a bare number of four digits is a year: drop it rather than guess."""
    numeral = quantity.numeral
    if numeral is None or not numeral.bare or quantity.unit != "count" or quantity.plus:
        return False
    if numeral.end - numeral.start != 4 or not 1500 <= numeral.mantissa <= 2099:
        return False
    if quantity.low is not None:
        return False
    counted = _COUNTED_NEXT.match(lower, numeral.end)
    before = text[max(0, numeral.start - 24) : numeral.start]
    if counted and _YEAR_BEFORE.search(before) and not re.search(r"\bto $", before):
        return False
    round_number = numeral.mantissa % 100 == 0 or numeral.mantissa < 1700
    in_a_year = re.search(
        r"\b(?:the|in|since|by|of|from|until|through|during|for|'s|early|late|and|to) $",
        before,
        re.I,
    )
    return not (counted and round_number and not in_a_year)
