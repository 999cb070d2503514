"""Reads an amount: a number with its currency and unit, "$1.55 billion", "120 metric tons"."""

from __future__ import annotations

import re

from builder.numbers.measures import MULTIPLE, with_unit
from builder.numbers.number_words import Numeral
from builder.numbers.numerals import numeral_at
from builder.numbers.quantities import Quantity
from builder.numbers.units import units

# What ends no currency sign or code: Rs, KSh, Dh, Tk, Rp and Rmb end in small letters too.
_NO_SIGN = frozenset("acdefgijlmnoqrtuvwxyz0123456789,;:)\"'%?!-–—\x00")
_CURRENCY_WORDS = 8  # characters before a number in which its currency sign may stand


def quantity_at(text: str, lower: str, start: int, floor: int) -> Quantity | None:
    """Read the number at `start` with the currency before it and the unit after it."""
    sign = _sign(text, start, floor)
    if not sign and not _may_begin(text, start):
        return None
    numeral = numeral_at(text, lower, start, money=bool(sign))
    if numeral is None:
        return None
    code = units().signs[sign.rstrip()] if sign else ""
    if code and not _is_money(text, sign, code, numeral):
        sign, code = "", ""
        if not _may_begin(text, start):
            return None
    quantity = Quantity(
        start - len(sign),
        numeral.end,
        numeral.value,
        unit=code or "count",
        numeral=numeral,
        currency=bool(code),
        plus=numeral.plus,
        vague=numeral.value is None,
        rules=(numeral.rule, "unit: currency before") if code else (numeral.rule,),
    )
    if numeral.multiple:
        return _multiple(lower, quantity)
    if numeral.fraction and not code:
        return _fraction(text, lower, quantity)
    return _signed(text, with_unit(text, lower, quantity))


def _sign(text: str, start: int, floor: int) -> str:
    """Return the currency sign or code that stands before the digits at `start`, or nothing."""
    if start == floor or not (text[start].isdigit() or text[start] == "."):
        return ""
    last = text[start - 1] if text[start - 1] != " " else text[start - 2 : start - 1]
    if (
        not last
        or (last.islower() and last not in "hskpb")
        or last in ",;:)\"'%?!-–—0123456789\x00"
    ):
        return ""
    found = units().sign_before.search(text, max(floor, start - _CURRENCY_WORDS), start)
    return found[0] if found else ""


def _is_money(text: str, sign: str, code: str, numeral: Numeral) -> bool:
    """Tell "R2.5 million" and "COP 50,000" from "Plan R 5", "R2-D2" and "COP 27"."""
    table = units()
    sign = sign.rstrip()
    if sign in table.letters:
        grouped = "," in text[numeral.start : numeral.end]
        return numeral.scale > 1 or (sign == "R" and grouped)
    if sign in table.large:
        return numeral.scale > 1 or numeral.mantissa >= 1000
    return True


def _multiple(lower: str, quantity: Quantity) -> Quantity | None:
    if lower.startswith("twice", quantity.start) and not _TWICE.match(lower, quantity.end):
        return None  # "voted twice" says how often
    return quantity._replace(unit="times").ruled(MULTIPLE)


_TWICE = re.compile(r" (?:as|the|that|what|its|their|more)\b")


def _signed(text: str, quantity: Quantity | None) -> Quantity | None:
    """Read the sign of "-0.3 percent", "+5%"; elsewhere it may be a bullet or a dash."""
    if quantity is None or quantity.value is None or quantity.start == 0:
        return quantity
    if not quantity.unit.startswith(("percent", "degree")):
        return quantity
    word = _MINUS.search(text, max(0, quantity.start - 9), quantity.start)
    if word or text[quantity.start - 1] == "-":
        start = word.start() if word else quantity.start - 1
        if not word and start and text[start - 1] not in " (":
            return quantity  # "sub-4%"
        return quantity._replace(start=start, value=-quantity.value).ruled("number: minus")
    if text[quantity.start - 1] == "+" and text[quantity.start - 2 : quantity.start - 1] in " (":
        return quantity._replace(start=quantity.start - 1)
    return quantity


_MINUS = re.compile(r"\b(?:minus|negative) $", re.I)


def _may_begin(text: str, start: int) -> bool:
    """Refuse digits that continue something: "B-52", "v.2", "1,1,1", "word.12"."""
    if start == 0:
        return True
    last = text[start - 1]
    if last == " ":
        return True
    if last == "'":
        return start < 2 or not text[start - 2].isalnum()
    if last.isalpha() or last in ".,_/\\&@#°":
        return False
    if last in "-–" and start > 1:
        if last == "-" and _PREFIX.search(text, max(0, start - 8), start):
            return True
        return (text[start - 2] in " (" and (last == "–" or text[start].isdigit())) or (
            last == "–" and not text[start - 2].isdigit()
        )
    return True


_PREFIX = re.compile(r"\b(?:sub|over|nearly|near|under)-$", re.I)  # "a sub-4% rate"
_OF_A = re.compile(r"(?: of)?(?: an?)?(?=[ -])")
# What may follow "a third" or "two quarters"; "a third person" is no fraction.
_AFTER_PART = re.compile(
    r" (?:of|less|more|fewer|lower|higher|in|from|since|over|to|by|compared|as)\b|[^\w -]|$"
)
# What may stand before or after a bare "half"; "as the half wore on" is no fraction.
_BEFORE_HALF = re.compile(
    r"\b(?:than|about|nearly|almost|over|under|least|by|in|around|roughly|approximately|only|just"
    r"|some|to|exactly|up|and|or|one|other|cut|is|was|are|were) $"
)
_AFTER_HALF = re.compile(
    r" (?:of|the|an?|all|its|their|our|his|her|my|your|that|those|these|this|as|were|was|are|is|had"
    r"|have|did|do|said|say|will|would|in|to|or|american|[a-z]+s)\b|[,.;)]"
)


def _fraction(text: str, lower: str, quantity: Quantity) -> Quantity | None:
    """Read "half a century" as 0.5 century and "half of" as a fraction."""
    table = units()
    surface = lower[quantity.start : quantity.end]
    numeral = quantity.numeral
    if numeral is not None and not numeral.words:
        measured = with_unit(text, lower, quantity)
        if measured is not None and measured.unit != "count":
            return measured
    elif surface.endswith(("half", "quarter")):
        lead = _OF_A.match(lower, quantity.end)
        word = table.word.match(lower, lead.end()) if lead else None
        if word:
            unit, time, money = table.words[word["word"]]
            if not money and unit not in ("percent", "times"):
                half = quantity._replace(end=word.end(), unit=unit, time=time)
                return half.ruled("unit: measure of a part")
    if not _is_part(lower, quantity, surface):
        return None
    return quantity._replace(unit="fraction").ruled("unit: part of a whole")


def _is_part(lower: str, quantity: Quantity, surface: str) -> bool:
    if surface == "half":
        return (
            _AFTER_HALF.match(lower, quantity.end) is not None
            or _BEFORE_HALF.search(lower, max(0, quantity.start - 16), quantity.start) is not None
        ) and not lower.startswith("the ", max(0, quantity.start - 4))
    loose = surface.startswith(("a ", "an ")) or (" " in surface and "quarter" in surface)
    return (
        not loose or surface.endswith("half") or _AFTER_PART.match(lower, quantity.end) is not None
    )
