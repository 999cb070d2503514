"""Joins two numbers into a range or a pair: "44 to 66 pounds", "from 25% to 35%"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from builder.numbers.amounts import quantity_at
from builder.numbers.measures import with_unit
from builder.numbers.numerals import begins_number, numeral_at
from builder.numbers.proportions import proportion
from builder.numbers.quantities import Quantity
from builder.numbers.units import units
from builder.numbers.years import is_year

_JOINS = re.compile(
    r"(?P<dash>(?: [-–] |[-–] ?)(?=(?:[A-Z]{0,3}[$€£¥] ?)?[0-9.]))"
    r"|(?P<word>-to-|-or-|-? to |-? or | and )(?=[a-z0-9$€£.])",
    re.I,
)
_BETWEEN = re.compile(
    r"(?:\bbetween|\bages(?: of)?|\baged)(?: an?)?(?: estimated| about| roughly| approximately)? $",
    re.I,
)
_FROM = re.compile(
    r"(?<!ranging )(?<!ranged )(?<!ranges )(?<!range )(?<!anywhere )\bfrom (?:(?:about|around"
    r"|roughly|nearly|almost|approximately|more than|less than|over|under|just|only|a low of"
    r"|an estimated|its current|the current|at least|up to|some) )*+$",
    re.I,
)


def with_range(text: str, lower: str, first: Quantity) -> Iterator[Quantity]:
    """Join `first` with what follows it into a range, a pair or "N in M", or yield it as it is."""
    share = proportion(text, lower, first)
    if share:
        yield share
        return
    second = _second(text, lower, first)
    if second is None:
        yield first
        return
    if is_year(text, first) and (is_year(text, second) or _year_by_itself(text, first, second)):
        yield second
        return
    if _FROM.search(text, max(0, first.start - 60), first.start) and lower.startswith(
        " to ", first.end
    ):
        yield from _pair(first, second)
        return
    joined = _joined(first, second)
    if joined:
        yield joined
    elif not text.startswith(("-to-", "-or-"), first.end):  # "a 10-to-1 rule"
        yield first


_IN = re.compile(r"\b(?:in|since|by|during|until|of) $", re.I)


def _year_by_itself(text: str, first: Quantity, second: Quantity) -> bool:
    """Tell "204,000 hectares in 2021 to 230,000 hectares in 2022" from "2000 to 2500 tonnes"."""
    before = text[max(0, first.start - 8) : first.start]
    return _IN.search(before) is not None or "," in text[second.start : second.end]


def _second(text: str, lower: str, first: Quantity) -> Quantity | None:
    """Return the number that is joined to `first` as the other end of a range."""
    join = _JOINS.match(text, first.end)
    if not join or first.plus or first.vague or first.value is None:
        return None
    sign = units().sign_ahead.match(text, join.end())
    at = sign.end() if sign else join.end()
    if at >= len(text) or not begins_number(lower, at):
        return None
    second = quantity_at(text, lower, at, first.end) if sign else _bare_second(text, lower, at)
    if second is None or second.vague or second.value is None:
        return None
    return second if _fits(text, join, first, second) else None


def _fits(text: str, join: re.Match[str], first: Quantity, second: Quantity) -> bool:
    word = (join["word"] or "").strip(" -").lower()
    assert first.value is not None
    assert second.value is not None
    if word == "to" and _is_change(text, first, second):
        return False
    if word == "and":
        return _BETWEEN.search(text, max(0, first.start - 40), first.start) is not None
    if word == "or":
        near = second.value - first.value in (1, 2, 5, 10)
        return near and first.unit in ("count", second.unit)
    parted = join["dash"] is not None and " " in join["dash"]
    return not parted or first.unit in ("count", second.unit) or _is_age(first)


# "fell 9.3 cents to $3.77": by how much, and to what.
_CHANGED = re.compile(
    r"\b(?:rose|fell|dropped|gained|lost|jumped|climbed|slipped|declined|grew|down|up|added|shed"
    r"|increased|decreased)(?: by)?(?: (?:nearly|about|almost|another|more than))? $"
)


def _is_change(text: str, first: Quantity, second: Quantity) -> bool:
    return (
        first.unit != "count"
        and (second.currency or second.unit == first.unit)
        and _CHANGED.search(text, max(0, first.start - 30), first.start) is not None
        and (first.currency or (first.numeral is not None and first.end > first.numeral.end))
    )


def _bare_second(text: str, lower: str, at: int) -> Quantity | None:
    numeral = numeral_at(text, lower, at, money=True)
    if numeral is None or numeral.fraction or numeral.multiple:
        return None
    rules = (numeral.rule,)
    quantity = Quantity(at, numeral.end, numeral.value, numeral=numeral, rules=rules)
    return with_unit(text, lower, quantity)


def _scaled_low(first: Quantity, second: Quantity) -> float:
    """Give "5" of "5 to 10 million" the scale that stands behind the second number only."""
    one, two = first.numeral, second.numeral
    assert one is not None
    assert two is not None
    assert first.value is not None
    if (
        one.scale == 1
        and two.scale > 1
        and one.mantissa < two.mantissa * 100
        and first.value < 1000
    ):
        return round(first.value * two.scale, 6)
    if first.hyphen and first.value < 1000 <= two.mantissa and two.mantissa % 1000 == 0:
        return first.value * 1000  # "25- to 50,000 people"
    return first.value


def _joined(first: Quantity, second: Quantity) -> Quantity | None:
    low, high = _scaled_low(first, second), second.value
    if high is None or not low < high:
        return None
    if _is_age(first) and second.unit != "count":
        first = first._replace(unit="count", time=False)  # "aged 6 to 23 months"
    if first.unit not in ("count", second.unit) and second.unit != "count":
        return None
    aged = _is_age(first)
    if first.unit != "count" and second.unit == "count" and not (first.currency or aged):
        return None
    if first.currency and not second.currency and second.unit != "count":
        return None
    numeral = second.numeral
    counts = first.unit == second.unit == "count"
    if counts and numeral is not None and numeral.bare and high > low * 50:
        return None  # "22-1234" is a docket
    by_first = first.currency or aged
    return second._replace(
        start=first.start,
        value=None,
        low=low,
        high=high,
        unit=first.unit if by_first else second.unit,
        time=first.time or second.time,
        rules=("number: range", *(first.rules[-1:] if by_first else second.rules[-1:])),
    )


def _is_age(first: Quantity) -> bool:
    """Tell "aged 18", where the unit stands before the number."""
    return first.time and first.numeral is not None and first.end == first.numeral.end


def _pair(first: Quantity, second: Quantity) -> Iterator[Quantity]:
    """Yield "from 3 to 5 percent" as 3 percent and 5 percent, two figures."""
    rule = "number: two ends of a change"
    value = (
        _scaled_low(first, second)
        if first.value is not None and second.value is not None and second.value > first.value
        else first.value
    )
    if first.unit == "count" and second.unit != "count":
        first = first._replace(unit=second.unit, time=second.time, rules=second.rules)
    if second.unit == "count" and (first.currency or _is_age(first)):
        second = second._replace(
            unit=first.unit, currency=first.currency, time=first.time, rules=first.rules
        )
    yield first._replace(value=value, paired=True).ruled(rule)
    yield second._replace(paired=True).ruled(rule)
