"""Reads the unit, the currency or the thing behind a number: " kg", "-year", " euros", "+"."""

from __future__ import annotations

import re

from builder.numbers.quantities import Quantity
from builder.numbers.units import units

MULTIPLE = "unit: times, a multiple"
HOW_OFTEN = "unit: times, how often"
_HUNDREDTHS = {"cent": "USD", "penny": "GBP"}


def with_unit(text: str, lower: str, quantity: Quantity) -> Quantity | None:
    """Return the quantity with its unit or currency; None if the number turns out to be none."""
    plus = text.startswith("+", quantity.end)
    more = "+" if plus else "-plus" if lower.startswith("-plus", quantity.end) else ""
    bare = quantity._replace(end=quantity.end + len(more), plus=True) if more else quantity
    found = _mark(text, bare) or _word(text, lower, bare) or _code(text, bare)
    return found or _counted(text, lower, quantity, bare)


def _mark(text: str, quantity: Quantity) -> Quantity | None:
    """Read a short form: "15 kg", "65%", "five MT"."""
    numeral = quantity.numeral
    match = units().mark.match(text, quantity.end) if not quantity.currency else None
    if match is None or numeral is None or numeral.value is None:
        return None
    mark, short = match["mark"], len(match["mark"]) == 1
    if short and mark != "%" and (numeral.words or (match[0][0] == " " and numeral.scale != 1)):
        return None
    for unit, only_before, time in units().marks[mark]:
        if only_before and not text.startswith(
            tuple(f" {word}" for word in only_before), match.end()
        ):
            continue
        if mark in _NAMED and _NAME_NEXT.match(text, match.end()):
            continue
        if mark == "m" and _is_audience(text, match.end(), quantity):
            return None
        if mark in "px" and match[0][0] == " ":
            return None
        if mark == "p" and not _PENCE.search(text):
            return None
        found = quantity.ruled("unit: mark behind", end=match.end(), unit=unit, time=time)
        return _hundredth(found, unit)
    return None


_NAMED = ("Mt", "Gt")  # "12 Mt Isa miners"
_NAME_NEXT = re.compile(r" [A-Z][a-z]")
# "85p" is money only where pounds are spoken of.
_PENCE = re.compile(r"£|\bpence\b|\bshares?\b|\bFTSE\b|\bper cent\b")
# "viewers fell from 2.8m to 2.2m": a text that writes millions with m and names no length.
_LENGTH = re.compile(
    r"\+?(?:[ -][a-z]+){0,2}[ -](?:high|wide|deep|tall|long|thick|above|below|away|apart|from|of|by"
    r"|boat|vessel|yacht|ship|wall|fence|tunnel|pole|race|sprint|hurdles|swim)\b"
)
_MILLIONS = re.compile(r"[£$€][0-9.,]+m\b|[0-9.]+m (?:people|viewers|tons|tonnes|jobs|homes)\b")


def _is_audience(text: str, end: int, quantity: Quantity) -> bool:
    if text[end - 2] == " " or _LENGTH.match(text, end):
        return False
    return "." in text[quantity.start : end] and _MILLIONS.search(text) is not None


def _hundredth(quantity: Quantity, unit: str) -> Quantity:
    """Turn cents into dollars and pence into pounds; leave other units as they are."""
    if unit not in _HUNDREDTHS:
        return quantity
    value = None if quantity.value is None else round(quantity.value / 100, 8)
    return quantity.ruled(
        "unit: cents and pence", value=value, unit=_HUNDREDTHS[unit], currency=True
    )


def _word(text: str, lower: str, quantity: Quantity) -> Quantity | None:
    """Read a unit or a currency in words: " kilograms", "-year-old", " million dollars"."""
    table, end = units(), quantity.end
    if lower.startswith(" of ", end):
        match = table.word.match(lower, end + 3) if quantity.vague else None
    else:
        match = table.word.match(lower, end)
    if match is None:
        return None
    unit, time, money = table.words[match["word"]]
    if quantity.currency and not money:
        return quantity
    if quantity.currency and match["join"] == "-":
        return None
    hyphen = match["join"] == "-"
    if unit == "times":
        rule = MULTIPLE if _is_multiple(lower, match, quantity) else HOW_OFTEN
        return quantity.ruled(rule, end=match.end(), unit="times", hyphen=hyphen)
    rule = (
        "unit: currency in words"
        if money
        else "unit: word behind a hyphen"
        if hyphen
        else "unit: word behind"
    )
    found = quantity.ruled(
        rule,
        end=match.end(),
        unit=quantity.unit if quantity.currency else unit,
        time=time,
        currency=money,
        hyphen=hyphen,
        plus=quantity.plus or match["more"] == "more",
    )
    return found if money else _hundredth(found, unit)


# "50 times stronger", "three times as many", "rose by four times"; "voted three times" is none.
_MULTIPLE_AFTER = re.compile(
    r" (?:as|more|less|the|that|what|its|their|his|our|fewer|likely|[a-z]{2,12}er|over|since)\b"
)
_MULTIPLE_BEFORE = re.compile(
    r"\b(?:by|rose|grew|risen|grown|increased|multiplied|up|jumped|surged|climbed|more than) $"
)


def _is_multiple(lower: str, match: re.Match[str], quantity: Quantity) -> bool:
    return (
        match["word"] != "times"
        or (quantity.value or 0) % 1 != 0
        or _MULTIPLE_AFTER.match(lower, match.end()) is not None
        or _MULTIPLE_BEFORE.search(lower, max(0, quantity.start - 12), quantity.start) is not None
    )


def _code(text: str, quantity: Quantity) -> Quantity | None:
    """Read a currency behind the digits: "5 €", "1.2bn USD"."""
    numeral = quantity.numeral
    match = units().code_after.match(text, quantity.end)
    if match is None or numeral is None or numeral.words:
        return None
    code = units().signs[match["code"]]
    if quantity.currency and len(match["code"]) < len("USD"):
        return None  # "$5 CAD" is in one currency, "$5 €6" in two
    if match["code"] in units().large and numeral.scale == 1 and numeral.mantissa < 1000:
        return None
    if match["code"] == "$" and match[0][0] == " ":
        return None
    rule = "unit: currency sign or code behind"
    return quantity.ruled(rule, end=match.end(), unit=code, currency=True)


def _counted(text: str, lower: str, quantity: Quantity, bare: Quantity) -> Quantity | None:
    """Return the number as a count, an age or an amount that needs no more; None if it is none."""
    numeral = quantity.numeral
    if numeral is None or numeral.rule == "number: a for one":
        return None
    if numeral.comma and not quantity.currency and numeral.scale == 1:
        return None  # "3,4" is a list unless a unit says otherwise
    if text[quantity.start] == "." and not quantity.currency:
        return None  # ".50 caliber"
    if not _may_end(text, lower, bare.end, quantity):
        return None
    if quantity.currency:
        return bare._replace(hyphen=text.startswith("-", bare.end))
    if _is_age(text, lower, bare):
        return bare.ruled("unit: age", unit="year", time=True)
    return bare.ruled("unit: a count", hyphen=text.startswith("-", bare.end))


_OLDEST = 110
_AGED = re.compile(r"\b(?:aged?|ages)(?: of)?(?: between| from)? $", re.I)
_AGE_GROUP = re.compile(
    r"[ -](?:age|years? of age)[ -](?:group|range|bracket|band)s?\b"
    r"| (?:and|or) (?:older|over|above|younger|up)\b"
)

_UNDER_AGE = re.compile(
    r"\b(?:child|children|kids?|girls?|boys?|minors?|teens?|youth|women|men|people|persons?|adults?"
    r"|anyone|everyone|those|americans|patients|players) (?:under|over|above|below) $"
)


def _is_age(text: str, lower: str, quantity: Quantity) -> bool:
    if _AGED.search(text, max(0, quantity.start - 20), quantity.start):
        return True
    old = 0 < (quantity.value or 0) <= _OLDEST
    return old and (
        _AGE_GROUP.match(lower, quantity.end) is not None
        or _UNDER_AGE.search(lower, max(0, quantity.start - 30), quantity.start) is not None
    )


def _may_end(text: str, lower: str, end: int, quantity: Quantity) -> bool:
    """Refuse numbers that run on: "5G", "3-D", "1,4-butanediol", "12-step" but "15-member"."""
    following = text[end : end + 1]
    if not following or not (following.isalnum() or following in "-_/\\°'@&"):
        return True
    if following == "-":
        return _may_join(text, lower, end, quantity)
    if following == "/":
        return quantity.currency or text[end + 1 : end + 2].isalpha()
    return following == "'"


def _may_join(text: str, lower: str, end: int, quantity: Quantity) -> bool:
    second = text[end + 1 : end + 2]
    if lower.startswith(("-to-", "-or-", "-in-", "-out-of-"), end) and not quantity.currency:
        return True  # "a three-to-five-year term", "a one-in-five chance"
    if second in "- " or second.isdigit() or second in "$€£":
        return True
    numeral = quantity.numeral
    large = numeral is not None and not numeral.bare and (quantity.value or 0) >= 1000
    return quantity.currency or large or units().hyphen_noun.match(lower, end) is not None
