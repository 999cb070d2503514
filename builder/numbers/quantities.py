"""Joins a number with its currency and unit: "$1.55 billion", "120 metric tons", "10-year"."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from builder.numbers.numerals import Numeral, numeral_at
from builder.numbers.units import units

_CURRENCY_WORDS = 20  # characters before a number in which its currency sign may stand


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit expression; offsets count in the text that was read.

    A range has `low` and `high` and no `value`; a vague numeral none of the three. `plus` marks
    "50+". `unit` is as in `Figure`; `time` tells units of time. `hyphen` marks "10-year", where
    the noun follows. `rules` names the rules behind number and unit ("number: …", "unit: …").
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
    rules: tuple[str, ...] = ()


def quantity_at(text: str, lower: str, start: int, floor: int) -> Quantity | None:
    """Read the number at `start` with the currency before it and the unit after it."""
    table = units()
    before = text[max(floor, start - _CURRENCY_WORDS) : start]
    sign = table.sign.search(before) if text[start].isdigit() or text[start] == "." else None
    code = table.signs[sign[0].rstrip()] if sign else None
    if sign is None and not _may_begin(text, start):
        return None
    numeral = numeral_at(text, lower, start, money=sign is not None)
    if numeral is None:
        return None
    if sign and sign[0] in ("R", "R ") and not _is_rand(text, sign[0], numeral):
        return None
    first = start - (len(sign[0]) if sign else 0)
    quantity = Quantity(
        first,
        numeral.end,
        numeral.value,
        unit=code or "count",
        numeral=numeral,
        currency=code is not None,
        vague=numeral.value is None,
    )
    if numeral.fraction and not code:
        return _fraction(lower, quantity)
    if numeral.multiple:
        if lower.startswith("twice", start) and not _TWICE.match(lower, quantity.end):
            return None  # "voted twice" says how often
        return replace(quantity, unit="times")
    return _signed(text, with_unit(text, lower, quantity))


def _signed(text: str, quantity: Quantity | None) -> Quantity | None:
    """Read the sign of "-0.3 percent", "+5%"; elsewhere it may be a bullet or a dash."""
    if quantity is None or quantity.value is None or quantity.start == 0:
        return quantity
    if not quantity.unit.startswith(("percent", "degree")):
        return quantity
    word = _MINUS.search(text, max(0, quantity.start - 9), quantity.start)
    if word or text[quantity.start - 1] == "-":
        start = word.start() if word else quantity.start - 1
        return replace(quantity, start=start, value=-quantity.value)
    if text[quantity.start - 1] == "+" and text[quantity.start - 2 : quantity.start - 1] in " (":
        return replace(quantity, start=quantity.start - 1)
    return quantity


_MINUS = re.compile(r"\b(?:minus|negative) $", re.I)


def _is_rand(text: str, sign: str, numeral: Numeral) -> bool:
    """Tell "R2.5 million" and "R1,200" from "Plan R 5" and "R2-D2"."""
    surface = text[numeral.start : numeral.end]
    grouped = re.match(r"[0-9]{1,3},[0-9]{3}", surface) is not None
    return numeral.scale > 1 or (sign == "R" and grouped)


_AGED = re.compile(r"\b(?:aged?|ages)(?: of)?(?: between| from)? $", re.I)


def _may_begin(text: str, start: int) -> bool:
    """Refuse digits that continue something: "B-52", "v.2", "1,1,1", "word.12"."""
    if start == 0:
        return True
    last = text[start - 1]
    if last.isalpha():
        return False
    if last in ".,'_/\\&@#°":
        return False
    if last in "-–" and start > 1:
        return (text[start - 2] in " (" and (last == "–" or text[start].isdigit())) or (
            last == "–" and not text[start - 2].isdigit()
        )
    return True


_TWICE = re.compile(r" (?:as|the|that|what|its|their|more)\b")
_OF_A = re.compile(r"(?: of)?(?: an?)?(?=[ -])")
# What may follow "a third" or "two quarters"; "a third person" is no fraction.
_AFTER_PART = re.compile(
    r" (?:of|less|more|fewer|lower|higher|in|from|since|over|to|by|compared|as)\b|[^\w -]|$"
)


def _fraction(lower: str, quantity: Quantity) -> Quantity | None:
    """Read "half a century" as 0.5 century and "half of" as a fraction."""
    table = units()
    surface = lower[quantity.start : quantity.end]
    if surface.endswith(("half", "quarter")):
        lead = _OF_A.match(lower, quantity.end)
        word = table.word.match(lower, lead.end()) if lead else None
        if word:
            unit, time, money = table.words[word["word"]]
            if not money and unit not in ("percent", "times"):
                return replace(quantity, end=word.end(), unit=unit, time=time)
    loose = surface.startswith(("a ", "an ")) or (" " in surface and "quarter" in surface)
    if loose and not surface.endswith("half") and not _AFTER_PART.match(lower, quantity.end):
        return None
    return replace(quantity, unit="fraction")


def with_unit(text: str, lower: str, quantity: Quantity) -> Quantity | None:
    """Read the unit or currency after a number; None if the number turns out to be none."""
    table, end = units(), quantity.end
    plus = text[end : end + 1] == "+"
    end += plus
    numeral = quantity.numeral
    assert numeral is not None
    mark = table.mark.match(text, end) if not numeral.words and not quantity.currency else None
    if mark and not (mark["mark"] in "gmL" and mark[0][0] == " " and numeral.scale != 1):
        return _measured(quantity, mark.end(), table.marks[mark["mark"]], plus=plus)
    word = table.word.match(lower, end) or re.match(r"( of )()", lower[end : end + 4])
    if word and word[1] == " of ":
        word = table.word.match(lower, end + 3) if quantity.vague else None
    if word:
        unit, time, money = table.words[word["word"]]
        if unit == "cent":
            hundredth = None if quantity.value is None else quantity.value / 100
            return replace(quantity, end=word.end(), value=hundredth, unit="USD", currency=True)
        if quantity.currency and not money:
            return replace(quantity, end=end, plus=plus)
        if not (quantity.currency and word["join"] == "-"):
            return replace(
                _measured(
                    quantity, word.end(), quantity.unit if quantity.currency else unit, plus=plus
                ),
                time=time,
                currency=money,
                hyphen=word["join"] == "-",
            )
    code = table.code_after.match(text, end)
    if code and not numeral.words:
        unit = table.signs.get(code["code"], code["code"])
        return replace(_measured(quantity, code.end(), unit, plus=plus), currency=True)
    if numeral.comma and not quantity.currency and numeral.scale == 1:
        return None  # "3,4" is a list unless a unit says otherwise
    if text[quantity.start] == "." and not quantity.currency:
        return None  # ".50 caliber"
    if not _may_end(text, lower, end, quantity):
        return None
    hyphen = text[end : end + 1] == "-"
    if quantity.unit == "count" and _AGED.search(text, max(0, quantity.start - 20), quantity.start):
        return replace(quantity, end=end, plus=plus, unit="year", time=True)
    return replace(quantity, end=end, plus=plus, hyphen=hyphen)


def _measured(quantity: Quantity, end: int, unit: str, *, plus: bool) -> Quantity:
    return replace(quantity, end=end, unit=unit, plus=plus)


def _may_end(text: str, lower: str, end: int, quantity: Quantity) -> bool:
    """Refuse numbers that run on: "5G", "3-D", "1,4-butanediol", "12-step" but "15-member"."""
    following = text[end : end + 1]
    if not following or not (following.isalnum() or following in "-_/\\°'@&"):
        return True
    if following == "-":
        second = text[end + 1 : end + 2]
        if lower.startswith(("-to-", "-or-"), end) and not quantity.currency:
            return True  # "a three-to-five-year term"
        if second in "- " or second.isdigit() or second in "$€£":
            return True
        return quantity.currency or units().hyphen_noun.match(lower, end) is not None
    if following == "/":
        return quantity.currency or text[end + 1 : end + 2].isalpha()
    return following == "'"
