"""Tells a year from a count of four digits: drop it rather than guess."""

from __future__ import annotations

import re

from builder.numbers.quantities import Quantity

# "more than 2000 people": words that only a count follows.
_COUNT_BEFORE = re.compile(
    r"\b(?:more than|over|nearly|almost|about|around|roughly|approximately|some|at least|fewer than"
    r"|less than|no more than|additional|estimated|total of|another|exceeding|well over) $",
    re.I,
)
# "to talk about 2024 events"
_ABOUT = re.compile(r"\b(?:about|around|some) $", re.I)
# "in 2000", "the 1800s": words that a year follows.
_YEAR_BEFORE = re.compile(
    r"\b(?:the|in|since|by|of|from|until|through|during|for|'s|early|late|and|to|before|after|a) $",
    re.I,
)
# "in constant 2005 dollars"
_PRICES = re.compile(r"\b(?:in|constant|real) $")
_COUNTED_NEXT = re.compile(r" (?:[A-Za-z]+ ){0,2}?(?:people|men|women|children|[A-Za-z]{2,}s)\b")


def is_year(text: str, quantity: Quantity) -> bool:
    """Tell whether a bare number of four digits is, or may be, a year."""
    numeral = quantity.numeral
    if numeral is None or not numeral.bare or quantity.plus:
        return False
    if numeral.end - numeral.start != 4 or not 1500 <= numeral.mantissa <= 2099:
        return False
    if quantity.currency and quantity.end > numeral.end:
        return _PRICES.search(text, max(0, quantity.start - 16), quantity.start) is not None
    if quantity.unit != "count":
        return False
    if quantity.low is not None:
        return False
    before = text[max(0, numeral.start - 24) : numeral.start]
    if not _COUNTED_NEXT.match(text, numeral.end):
        return True
    if _COUNT_BEFORE.search(before) and not (_ABOUT.search(before) and numeral.mantissa % 100):
        return False
    whole = numeral.mantissa % 100 == 0 or numeral.mantissa < 1700
    return not whole or _YEAR_BEFORE.search(before) is not None
