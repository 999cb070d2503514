"""Tells whether a number says nothing without a noun, or is stated by the words before it."""

from __future__ import annotations

import re

from builder.numbers.quantities import Quantity
from builder.numbers.words import is_plural, is_stop

NOTHING_COUNTED = "not a figure: nothing is counted"
_SMALL = 100  # a bare count below this is a score, a label or an age more often than a claim
_MOST = 1e16  # no document counts more

# "40 of them", "47 of these were new": the noun was named before.
_PARTS = re.compile(
    r" of (?:them|which|whom)\b| of (?:these|those) (?:were|are|was|have|had|could|will)\b"
    r"| (?:who|fewer|more|less) | per (?:100|1,000|10,000|100,000|million|hundred|thousand|capita)"
)

# A count without a noun is a claim only where the sentence leads up to it: "rose to 1,300".
_STATED = re.compile(
    r"\b(?:to|of|by|at|was|were|is|are|than|over|reached|hit|totaled|totalled|nearly|almost|about"
    r"|some|from|record|between|approximately|roughly|least|only|another|additional|estimated"
    r"|exceed(?:ed|ing|s)?|up|numbered|averaged|compared (?:with|to)|versus|against|above|below"
    r"|nearing|around|unprecedented|including|with|surpass(?:ed|ing)?|topp?(?:ed|ing)?"
    r"|approach(?:ed|ing)?|passed) $",
    re.I,
)
# Even a small count is one where two numbers are compared: "(down from 11 in 2016)".
_COMPARED = re.compile(
    r"\b(?:(?:up|down|rose|risen|fell|fallen|grew|increased?|decreased?|dropped|declined|climbed"
    r"|jumped|compared)(?: slightly| sharply)? (?:to|from|by|with)(?: (?:just|only|about|over))?"
    r"|an? (?:total|average|record) of|totall?ed|totall?ing|including) $",
    re.I,
)
_BEFORE = 90  # characters before a number in which a sentence leads up to it
# "bringing the total number of beds to 42"
_TOTAL = re.compile(
    r"\b(?:total|number|toll|count|tally)\b[^.;,]{0,70} to (?:nearly |almost |about |over )?$"
)
# "– 22 received loans": the item of a list opens with its count.
_OPENING = re.compile(r"(?P<first>^\W{0,3})$|[–—•] $")
_LOWER_NEXT = re.compile(r" [a-z]{2,20}?(?P<verb>ed|ing)?\b")


_AT_LEAST = re.compile(r"\b(?:at least|more than|up to) $", re.I)
ONE_BEFORE = re.compile(
    r"(?:at least|more than|only|just|less than|fewer than|no more than|up to|not) $", re.I
)


def needs_noun(text: str, quantity: Quantity) -> bool:
    """Tell whether the number says nothing without a noun: "the two agreed", a table's cell."""
    numeral = quantity.numeral
    if quantity.unit != "count" or numeral is None or quantity.plus:
        return False
    if quantity.value != 1 and _plural_follows(text, quantity.end):
        return False
    left = text[max(0, quantity.start - _BEFORE) : quantity.start]
    if _TOTAL.search(left):
        return False
    if numeral.words:
        if quantity.value == 1 and _AT_LEAST.search(left):
            return not _LOWER_NEXT.match(text, quantity.end)
        return quantity.value is not None and quantity.value <= 20
    if _PARTS.match(text, quantity.end) or _is_scaled(text, quantity) or quantity.paired:
        return False
    if _COMPARED.search(left) or _opens_item(text, left, quantity.end):
        return False
    if quantity.value is not None and quantity.value < _SMALL:
        return True
    if _STATED.search(left):
        return False
    return not ("," in text[quantity.start : quantity.end] and not _is_cell(text, quantity))


# "six high-poppy districts", "two opposite signals"
_NOUN_NEXT = re.compile(r"[ -]([\w'-]+)(?: ([\w'-]+))?(?: ([\w'-]+))?(?: ([\w'-]+))?")


_OTHER_SORT = re.compile(r" [\w'-]+ (?:and|or) [0-9]")  # "12 rural and 15 urban clinics"


def _plural_follows(text: str, end: int) -> bool:
    """Tell whether the phrase behind a number comes to a noun in the plural."""
    if _OTHER_SORT.match(text, end):
        return True
    words = _NOUN_NEXT.match(text, end)
    for word in words.groups() if words else ():
        if word is None or is_stop(word):
            return False
        if is_plural(word.rpartition("-")[2]):
            return True
    return False


def _opens_item(text: str, left: str, end: int) -> bool:
    opening, following = _OPENING.search(left), _LOWER_NEXT.match(text, end)
    if opening is None or following is None:
        return False
    return opening["first"] is not None or following["verb"] is not None


def _is_scaled(text: str, quantity: Quantity) -> bool:
    """Tell "16 million" from "10T", which may be the number of a model."""
    return text.endswith("illion", 0, quantity.end) and (quantity.value or 0) < _MOST


def _is_cell(text: str, quantity: Quantity) -> bool:
    """Tell whether a number stands by itself: in a cell of a table, as a whole line."""
    left = text[max(0, quantity.start - 3) : quantity.start].rstrip(" ")[-1:]
    right = text[quantity.end : quantity.end + 3].lstrip(" ")[:1]
    return left in ("|", "") or right in ("|", "")
