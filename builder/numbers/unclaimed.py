"""Tells numbers that claim nothing from figures, where only the words around them can."""

from __future__ import annotations

import re

from builder.numbers.quantities import Quantity

_SMALL = 100  # a bare count below this is a score, a label or an age more often than a claim

_MOST = 1e16  # no document counts more


def _is_scaled(text: str, quantity: Quantity) -> bool:
    """Tell "16 million" from "10T", which may be the number of a model."""
    return text.endswith("illion", 0, quantity.end) and (quantity.value or 0) < _MOST


# "40 of them", "47 of these were new": the noun was named before.
_PARTS = re.compile(
    r" of (?:them|which|whom)\b| of (?:these|those) (?:were|are|was|have|had|could|will)\b"
)

# A count without a noun is a claim only where the sentence leads up to it: "rose to 1,300".
_STATED = re.compile(
    r"\b(?:to|of|by|at|was|were|is|are|than|over|reached|hit|totaled|totalled|nearly|almost|about"
    r"|some|from|record"
    r"|between|approximately|roughly|least|only|another|additional|estimated|exceed(?:ed|ing|s)?"
    r"|up|numbered|averaged|compared (?:with|to)|versus|against) $",
    re.I,
)


def needs_noun(text: str, quantity: Quantity) -> bool:
    """Tell whether the number says nothing without a noun: "the two agreed", a table's cell."""
    numeral = quantity.numeral
    if quantity.unit != "count" or numeral is None or quantity.plus:
        return False
    if numeral.words:
        return quantity.value is not None and quantity.value <= 20
    if _PARTS.match(text, quantity.end) or _is_scaled(text, quantity):
        return False
    if quantity.value is not None and quantity.value < _SMALL:
        return True
    return not _STATED.search(text[max(0, quantity.start - 14) : quantity.start])


_ONE_BEFORE = re.compile(
    r"(?:at least|more than|only|just|less than|fewer than|no more than|up to|not) $", re.I
)

_COUNTED_ZERO = re.compile(r" (?:[a-z]+ ){0,2}(?:people|[a-z]{3,}s)\b")  # "zero cases"


def is_pronoun(text: str, quantity: Quantity) -> bool:
    """Tell whether a small number word stands for a thing: "the one responsible"."""
    surface = text[quantity.start : quantity.end].lower()
    left = text[max(0, quantity.start - 14) : quantity.start]
    if surface == "zero":
        return not _COUNTED_ZERO.match(text, quantity.end) and not _ONE_BEFORE.search(left)
    if surface == "one":
        return not _ONE_BEFORE.search(left)
    if surface in ("one day", "one time", "one second", "one minute"):
        return not _ONE_BEFORE.search(left)
    return quantity.time and quantity.value == 1 and surface.startswith(("a ", "an "))
