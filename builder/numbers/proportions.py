"""Reads proportions: "one in five", "9 out of 10", "two tenths of 1 percent"."""

from __future__ import annotations

import re

from builder.numbers.number_words import Numeral
from builder.numbers.numerals import begins_number, numeral_at
from builder.numbers.quantities import Quantity
from builder.numbers.units import units

_MOST = 100  # of how many at least, "99 in 1000"; more than that is a count in a place or time
_WHOLES = frozenset((25, 30, 40, 50, 60, 100, 1000, 10000, 100000, 1000000))
_IN_OF = re.compile(r"(?:,? (?:in|out of)(?: every)? |-in-|-out-of-(?:every-)?)(?=[a-z0-9])", re.I)
_OF_PERCENT = re.compile(r" of (?:1|one|a) ?(?:percentage point|per ?cent|%)")
# "12 in 20 states": the places, not a share of them
_PLACES = re.compile(
    r"(?: [a-z-]+)? (?:states|countries|cities|counties|nations|provinces|districts|regions|days"
    r"|schools|communities|locations|sites|categories)\b"
)


def proportion(text: str, lower: str, first: Quantity) -> Quantity | None:
    """Return the fraction that begins with the number `first`, or None."""
    return _share(text, lower, first) or _part_of_percent(lower, first)


def _part_of_percent(lower: str, first: Quantity) -> Quantity | None:
    """Read "two tenths of 1 percent" as 0.2 percent."""
    if first.unit != "fraction" or first.value is None:
        return None
    match = _OF_PERCENT.match(lower, first.end)
    if match is None:
        return None
    unit = "percentage_point" if match[0].endswith("point") else "percent"
    part = first._replace(end=match.end(), unit=unit, rules=("number: part of one percent",))
    return part.ruled("unit: word behind")


def _share(text: str, lower: str, first: Quantity) -> Quantity | None:
    """Read "one in five" and "9 out of 10" as a fraction."""
    join = _IN_OF.match(text, first.end)
    if not join or first.unit != "count" or first.value is None or first.value >= _MOST:
        return None
    if not begins_number(lower, join.end()):
        return None
    whole = numeral_at(text, lower, join.end())
    if whole is None or whole.value is None or whole.fraction or not first.value < whole.value:
        return None
    out_of = "out" in join[0] or "every" in join[0]
    year = whole.bare and whole.end - whole.start == len("2023")
    simple = whole.value <= 20 or whole.value in _WHOLES or (first.value == 1 and not year)
    if not (simple or out_of) or _is_measured(text, lower, first, whole):
        return None
    if not out_of and first.value != 1 and _PLACES.match(lower, whole.end):
        return None
    return first._replace(
        end=whole.end,
        value=round(first.value / whole.value, 10),
        unit="fraction",
        hyphen=text.startswith("-", whole.end),
        rules=("number: one in so many", "unit: part of a whole"),
    )


def _is_measured(text: str, lower: str, first: Quantity, whole: Numeral) -> bool:
    """Tell "two in 10 minutes" from "one in five miles of road"."""
    if units().mark.match(text, whole.end):
        return True
    word = units().word.match(lower, whole.end)
    return word is not None and (first.value != 1 or units().words[word["word"]][1])
