"""Reads all quantities of a text, joining ranges and shares: "44 to 66 pounds", "one in five"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from builder.numbers.numerals import lowered, number_start, numeral_at, run_end
from builder.numbers.quantities import Quantity, quantity_at, with_unit
from builder.numbers.units import units
from builder.numbers.years import is_year


def quantities_in(text: str) -> Iterator[Quantity]:
    """Yield every quantity of a masked text, from left to right, without overlaps."""
    lower = lowered(text)
    at = 0
    for match in number_start().finditer(lower):
        if match.start() < at:
            continue
        found = quantity_at(text, lower, match.start(), at)
        if found is None:
            at = run_end(lower, match.start())
            continue
        for quantity in _with_range(text, lower, found):
            yield quantity
            at = quantity.end


_JOINS = re.compile(
    r"(?P<dash> ?[-–] ?(?=[$€£A-Z]{0,3}[0-9.]))"
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
    r"|an estimated|its current|the current) )*$",
    re.I,
)
_IN_OF = re.compile(r",? (?:in|out of)(?: every)? (?=[a-z0-9])", re.I)


def _with_range(text: str, lower: str, first: Quantity) -> Iterator[Quantity]:
    """Join `first` with what follows it into a range or "N in M", or yield it as it is."""
    share = _share(text, lower, first) or _part_of_percent(text, lower, first)
    if share:
        yield share
        return
    second = _second(text, lower, first)
    if second is None:
        if not is_year(text, first):
            yield first
        return
    if is_year(text, first) and (is_year(text, second) or _year_by_itself(text, first, second)):
        if not is_year(text, second):
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
    join = _JOINS.match(text, first.end)
    if not join or first.plus or first.vague:
        return None
    before = text[max(0, first.start - 40) : first.start]
    start = join.end()
    sign = re.compile(r"(?:[A-Z]{0,3} ?[$€£¥] ?|(?:USD|EUR|GBP|AUD|CAD) )").match(text, start)
    at = sign.end() if sign else start
    if at >= len(text) or not number_start().match(lower, at):
        return None
    second = quantity_at(text, lower, at, first.end) if sign else _bare_second(text, lower, at)
    if second is None or second.vague or second.value is None or first.value is None:
        return None
    word = (join["word"] or "").strip(" -").lower()
    if word == "and" and not _BETWEEN.search(before):
        return None
    if word == "or" and not (
        second.value - first.value in (1, 2, 5, 10) and first.unit in ("count", second.unit)
    ):
        return None
    if join["dash"] and " " in join["dash"] and first.unit != "count":
        return None
    return second


def _bare_second(text: str, lower: str, at: int) -> Quantity | None:
    numeral = numeral_at(text, lower, at, money=True)
    if numeral is None or numeral.fraction or numeral.multiple:
        return None
    quantity = Quantity(at, numeral.end, numeral.value, numeral=numeral)
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
    if first.unit not in ("count", second.unit) and second.unit != "count":
        return None
    aged = first.time and first.numeral is not None and first.end == first.numeral.end
    if first.unit != "count" and second.unit == "count" and not (first.currency or aged):
        return None
    numeral = second.numeral
    if first.currency and not second.currency and second.unit != "count":
        return None
    if (
        numeral is not None
        and first.unit == second.unit == "count"
        and numeral.bare
        and high > low * 50
    ):
        return None  # "22-1234" is a docket
    unit = first.unit if first.currency or aged else second.unit
    time = first.time or second.time
    return replace(second, start=first.start, value=None, low=low, high=high, unit=unit, time=time)


def _pair(first: Quantity, second: Quantity) -> Iterator[Quantity]:
    """Yield "from 3 to 5 percent" as 3 percent and 5 percent, two figures."""
    value = (
        _scaled_low(first, second)
        if first.value is not None and second.value is not None and second.value > first.value
        else first.value
    )
    if first.unit == "count" and second.unit != "count":
        yield replace(first, value=value, unit=second.unit, time=second.time)
    else:
        yield replace(first, value=value)
    if second.unit == "count" and first.currency:
        second = replace(second, unit=first.unit, currency=True)
    yield second


_OF_PERCENT = re.compile(r" of (?:1|one|a) ?(?:percentage point|per ?cent|%)")


def _part_of_percent(text: str, lower: str, first: Quantity) -> Quantity | None:
    """Read "two tenths of 1 percent" as 0.2 percent."""
    if first.unit != "fraction" or first.value is None:
        return None
    match = _OF_PERCENT.match(lower, first.end)
    if match is None:
        return None
    unit = "percentage_point" if match[0].endswith("point") else "percent"
    return replace(first, end=match.end(), unit=unit)


def _share(text: str, lower: str, first: Quantity) -> Quantity | None:
    """Read "one in five" and "9 out of 10" as a fraction."""
    join = _IN_OF.match(text, first.end)
    if not join or first.unit != "count" or first.value is None or first.value >= 100:
        return None
    if not number_start().match(lower, join.end()):
        return None
    whole = numeral_at(text, lower, join.end())
    if whole is None or whole.value is None or whole.fraction or not first.value < whole.value:
        return None
    out_of = "out of" in join[0] or "every" in join[0]
    simple = whole.value <= 20 or whole.value in (
        25,
        30,
        40,
        50,
        60,
        100,
        1000,
        10000,
        100000,
        1000000,
    )
    if (
        not (simple or out_of)
        or units().word.match(lower, whole.end)
        or units().mark.match(text, whole.end)
    ):
        return None
    if (
        not out_of
        and re.match(
            r"(?: [a-z-]+)? (?:states|countries|cities|counties|nations|provinces|districts"
            r"|regions|days|schools|communities|locations|sites|categories)\b",
            lower[whole.end : whole.end + 40],
        )
        and first.value != 1
    ):
        return None
    return replace(first, end=whole.end, value=round(first.value / whole.value, 6), unit="fraction")
