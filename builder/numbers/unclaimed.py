"""Tells numbers that claim nothing from figures, where only the words around them can."""

from __future__ import annotations

import re

from builder.numbers.measures import HOW_OFTEN
from builder.numbers.quantities import Quantity
from builder.numbers.words import is_plural, is_stop
from builder.numbers.years import is_year

_SMALL = 100  # a bare count below this is a score, a label or an age more often than a claim
_OFTEN = 10  # "shot three times" is a part of a story, "raided 25 times" a claim
_LARGEST_NAME = 20  # "Seven Hills", but "One Hundred Thousand Jobs" in a title
_MOST = 1e16  # no document counts more

YEAR = "not a figure: year"
PRONOUN = "not a figure: one as a pronoun"
NAME = "not a figure: number word in a name"
LABEL = "not a figure: number behind a name"
OFTEN = "not a figure: a few times"
AGE = "not a figure: age of a person"
ROW = "not a figure: row of numbers"
NOTHING_COUNTED = "not a figure: nothing is counted"


def why_not(text: str, quantity: Quantity) -> str | None:
    """Return the rule by which a number is no figure whatever it counts, or None."""
    if is_year(text, quantity):
        return YEAR
    if is_pronoun(text, quantity):
        return PRONOUN
    if HOW_OFTEN in quantity.rules and (quantity.value or quantity.high or 0) <= _OFTEN:
        return OFTEN
    if quantity.numeral is None:
        return None
    if quantity.unit == "count" and _is_persons_age(text, quantity):
        return AGE
    if quantity.numeral.words:
        named = quantity.unit == "count" or _CAPITALS.fullmatch(text, quantity.start, quantity.end)
        return NAME if named and _is_in_name(text, quantity) else None
    if quantity.unit != "count":
        return None
    if _is_in_row(text, quantity):
        return ROW
    return LABEL if _is_label(text, quantity) else None


_OLDEST = 110
# "Ana Ruiz, 62, left", "their son Li, four,"; "she was 19 when": the age of the one who is named.
_NAMED_BEFORE = re.compile(r"[A-Za-z][\w'-]*\)?, (?:now |then |also |just |both )?$")
_NAME_BEFORE_COMMA = re.compile(
    r"\b(?:[A-Z][\w'-]+|boys?|girls?|sons?|daughters?|baby|child|children|twins?|brother|sister),"
    r" (?:both )?$"
)
_AFTER_AGE = re.compile(r"(?:,(?! [0-9])|\)|;|\.(?: |$)| [(–—-]|$)")
_WAS = re.compile(
    r"\b(?:who|[Ss]he|[Hh]e|I|they) (?:was|am|is|were|are|turned|turns)(?: just)? $|\bI'm $"
)
_TURNING = re.compile(r"\b(?:people|who|she|he|they|those|adults|Americans) turn(?:ing|ed|s)? $")
_AFTER_WAS = re.compile(r"(?: (?:when|at the time|and|but|or)\b|[,.;)]|$)")


def _is_persons_age(text: str, quantity: Quantity) -> bool:
    numeral = quantity.numeral
    if numeral is None or numeral.scale != 1 or quantity.low is not None or quantity.plus:
        return False
    if not 0 < (quantity.value or 0) <= _OLDEST or (quantity.value or 0) % 1:
        return False
    left = text[max(0, quantity.start - 40) : quantity.start]
    before = _NAME_BEFORE_COMMA if numeral.words else _NAMED_BEFORE
    if before.search(left) and _AFTER_AGE.match(text, quantity.end):
        return True
    if _TURNING.search(left):
        return True
    return _WAS.search(left) is not None and _AFTER_WAS.match(text, quantity.end) is not None


# "at Quakers Hill, Seven Hills": a capital number word before a capital word, in running text.
_CAPITALS = re.compile(r"[A-Z][a-z]+[ -][A-Z][a-z]+")  # "Nine Mile Creek"
_NAME_NEXT = re.compile(r"[ -][A-Z][a-z]|'s\b")
_RUNNING = re.compile(r"\b[a-z]{3,}(?:[ ,]+(?:[a-z]{1,3}|[A-Z][\w'-]*),?){0,3} $")


def _is_in_name(text: str, quantity: Quantity) -> bool:
    return (
        text[quantity.start].isupper()
        and quantity.value is not None
        and quantity.value <= _LARGEST_NAME
        and _NAME_NEXT.match(text, quantity.end) is not None
        and _RUNNING.search(text, max(0, quantity.start - 50), quantity.start) is not None
        and not text[: quantity.start].rstrip().endswith((".", "!", "?", ":", ";", '"'))
        and text[quantity.end : quantity.end + 60].upper() != text[quantity.end : quantity.end + 60]
    )


# "Turkey KG 33,086 39,137": numbers in a row, cells of a table that lost its lines.
_NUMBER_BEFORE = re.compile(r"(?<![\w.,])(?!(?:19|20)[0-9]{2} )[0-9](?:[0-9.,]*[0-9])? $")


_NUMBER_AFTER = re.compile(r" [0-9][0-9.,]*+(?=[ ;|]|$)(?! (?:mm|cm|in)\b)")


def _is_in_row(text: str, quantity: Quantity) -> bool:
    if quantity.numeral is None or quantity.numeral.scale != 1:
        return False
    return (
        _NUMBER_BEFORE.search(text, max(0, quantity.start - 20), quantity.start) is not None
        or _NUMBER_AFTER.match(text, quantity.end) is not None
    )


# "the show Studio 10 on", "the Fast 800 diet": behind a name, and nothing in the plural follows.
_NAME_BEFORE = re.compile(r"[a-z,] (?:[A-Z][\w'&-]* ){0,3}[A-Z][a-zA-Z'&.-]*(?<!'s) $")
_NEXT = re.compile(r" ([\w'-]+)(?: ([\w'-]+))?(?: ([\w'-]+))?(?: ([\w'-]+))?")


def _is_label(text: str, quantity: Quantity) -> bool:
    numeral = quantity.numeral
    if numeral is None or not numeral.bare or quantity.plus or quantity.hyphen:
        return False
    if not _NAME_BEFORE.search(text, max(0, quantity.start - 40), quantity.start):
        return False
    words = _NEXT.match(text, quantity.end)
    if quantity.low is not None or quantity.paired:
        return False
    return words is None or not any(word and is_plural(word) for word in words.groups())


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
# "– 22 received loans": the item of a list opens with its count.
_OPENING = re.compile(r"(?P<first>^\W{0,3})$|[–—•] $")
_LOWER_NEXT = re.compile(r" [a-z]{2,20}?(?P<verb>ed|ing)?\b")


def needs_noun(text: str, quantity: Quantity) -> bool:
    """Tell whether the number says nothing without a noun: "the two agreed", a table's cell."""
    numeral = quantity.numeral
    if quantity.unit != "count" or numeral is None or quantity.plus:
        return False
    if quantity.value != 1 and _plural_follows(text, quantity.end):
        return False
    if numeral.words:
        return quantity.value is not None and quantity.value <= 20
    if _PARTS.match(text, quantity.end) or _is_scaled(text, quantity) or quantity.paired:
        return False
    left = text[max(0, quantity.start - 40) : quantity.start]
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
    left = text[: quantity.start].rstrip(" ")[-1:]
    right = text[quantity.end :].lstrip(" ")[:1]
    return left in ("|", "") or right in ("|", "")


_ONE_BEFORE = re.compile(
    r"(?:at least|more than|only|just|less than|fewer than|no more than|up to|not) $", re.I
)

_COUNTED_ZERO = re.compile(r" (?:[a-z]+ ){0,2}(?:people|[a-z]{3,}s)\b")  # "zero cases"


def is_pronoun(text: str, quantity: Quantity) -> bool:
    """Tell whether a small number word stands for a thing: "the one responsible"."""
    surface = text[quantity.start : quantity.end].lower()
    if not surface.startswith(("one", "zero")):
        return False
    left = text[max(0, quantity.start - 14) : quantity.start]
    if surface == "zero":
        return not _COUNTED_ZERO.match(text, quantity.end) and not _ONE_BEFORE.search(left)
    alone = surface in ("one", "one day", "one time", "one second", "one minute")
    return alone and not _ONE_BEFORE.search(left)
