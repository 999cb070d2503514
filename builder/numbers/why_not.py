"""Tells which numbers are no figures whatever they count, and by which rule."""

from __future__ import annotations

import re

from builder.numbers.measures import HOW_OFTEN
from builder.numbers.quantities import Quantity
from builder.numbers.unclaimed import ONE_BEFORE
from builder.numbers.words import is_plural
from builder.numbers.years import is_year

_OFTEN = 10  # "shot three times" is a part of a story, "raided 25 times" a claim
_LARGEST_NAME = 20  # "Seven Hills", but "One Hundred Thousand Jobs" in a title
_OLDEST = 110

YEAR = "not a figure: year"
PRONOUN = "not a figure: one as a pronoun"
NAME = "not a figure: number word in a name"
LABEL = "not a figure: number behind a name"
OFTEN = "not a figure: a few times"
AGE = "not a figure: age of a person"
ROW = "not a figure: row of numbers"
TELLS_APART = "not a figure: number that tells one thing from others"


def why_not(text: str, quantity: Quantity) -> str | None:
    """Return the rule by which a number is no figure whatever it counts, or None."""
    if is_year(text, quantity):
        return YEAR
    if _is_pronoun(text, quantity):
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
    if _tells_apart(text, quantity):
        return TELLS_APART
    return LABEL if _is_label(text, quantity) else None


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
        and text[quantity.start - 2] not in '.!?:;"'
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


# "the 457 visa programme", "a subclass 482 visa": three digits before one thing, not before some;
# "a 500 bed hospital" has lost its hyphen.
_ONE_THING_BEFORE = re.compile(r"\b(?:the|an?|this|that|each|every|subclass) $", re.I)
_SIZED = frozenset(["strong", "bed", "member", "person", "seat", "unit", "room", "man", "vehicle"])


def _tells_apart(text: str, quantity: Quantity) -> bool:
    digits = text[quantity.start : quantity.end]
    if len(digits) != 3 or not digits.isdigit() or quantity.plus or quantity.hyphen:
        return False
    if not _ONE_THING_BEFORE.search(text, max(0, quantity.start - 12), quantity.start):
        return False
    words = _NEXT.match(text, quantity.end)
    if words is None or not words[1].islower() or words[1] in _SIZED:
        return False
    return not any(word and is_plural(word) for word in words.groups())


_COUNTED_ZERO = re.compile(r" (?:[a-z]+ ){0,2}(?:people|[a-z]{3,}s)\b")  # "zero cases"


def _is_pronoun(text: str, quantity: Quantity) -> bool:
    """Tell whether a small number word stands for a thing: "the one responsible"."""
    surface = text[quantity.start : quantity.end].lower()
    if not surface.startswith(("one", "zero")):
        return False
    left = text[max(0, quantity.start - 14) : quantity.start]
    if surface == "zero":
        return not _COUNTED_ZERO.match(text, quantity.end) and not ONE_BEFORE.search(left)
    alone = surface in ("one", "one day", "one time", "one second", "one minute")
    return alone and not ONE_BEFORE.search(left)
