"""Reads all quantities of a text, and tells which of its numbers are none and why."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from builder.model import Span
from builder.numbers.amounts import quantity_at
from builder.numbers.masks import masked, masks_in
from builder.numbers.numerals import lowered, numbers_at, run_end
from builder.numbers.quantities import Quantity
from builder.numbers.ranges import with_range
from builder.numbers.why_not import ROW, why_not


@dataclass(frozen=True, slots=True)
class Scan:
    """The quantities of a text from left to right, and the stretches that are none, with rules."""

    quantities: list[Quantity]
    passed_over: list[tuple[Span, str]]


def quantities_in(text: str) -> list[Quantity]:
    """Return every quantity of a text, from left to right, without overlaps."""
    return scan(text).quantities


def scan(text: str) -> Scan:
    """Read a text once: its quantities, and its numbers that claim nothing."""
    lower = lowered(text)
    numbers = numbers_at(lower)
    if not numbers:
        return Scan([], [])
    masks = masks_in(text, numbers)
    passed = [(span, f"not a figure: {name}") for span, name in masks]
    blanked = masked(text, masks)
    found: list[Quantity] = []
    for quantity in _read(blanked, masked(lower, masks), numbers):
        rule = why_not(blanked, quantity)
        if rule:
            passed.append((Span(quantity.start, quantity.end), rule))
        else:
            found.append(quantity)
    found, rows = _without_rows(blanked, found)
    return Scan(_listed(blanked, found), sorted(passed + rows))


def _read(text: str, lower: str, numbers: Sequence[int]) -> Iterator[Quantity]:
    at = 0
    for number in numbers:
        if number < at or text[number] == "\x00":
            continue
        first = quantity_at(text, lower, number, at)
        if first is None:
            at = run_end(lower, number)
            continue
        for quantity in with_range(text, lower, first):
            yield quantity
            at = quantity.end


_ROW = 4  # amounts side by side with nothing between them are the cells of a table


def _without_rows(
    text: str, quantities: list[Quantity]
) -> tuple[list[Quantity], list[tuple[Span, str]]]:
    """Leave out "10% 20% 30% 40%": the axis of a chart, a row of a table that lost its lines."""
    kept: list[Quantity] = []
    rows: list[tuple[Span, str]] = []
    run: list[Quantity] = []
    for quantity in (*quantities, None):
        if quantity is not None and run and text[run[-1].end : quantity.start] == " ":
            run.append(quantity)
            continue
        if len(run) >= _ROW:
            rows += ((Span(one.start, one.end), ROW) for one in run)
        else:
            kept += run
        run = [quantity] if quantity is not None else []
    return kept, rows


_LIKE = 1000  # numbers of one list are not farther apart
_AND = re.compile(r",? (?:and|or) ")


def _listed(text: str, quantities: list[Quantity]) -> list[Quantity]:
    """Give "5, 10 and 15 percent" one unit: what stands at the last number holds for all."""
    out = quantities[:]
    joined = False
    for index in range(len(out) - 2, -1, -1):
        one, following = out[index], out[index + 1]
        between = text[one.end : following.start]
        joined = _shares_unit(one, following, between) and (
            _AND.fullmatch(between) is not None
            or (between == ", " and (joined or _is_guess(text, one, following)))
        )
        if joined:
            out[index] = one._replace(
                unit=following.unit,
                time=following.time,
                rules=(*one.rules[:1], "unit: one for a whole list"),
            )
    return out


_OF_WHOLE = re.compile(r"\b[Oo]f (?:the |those |these |all )?$")


def _is_guess(text: str, one: Quantity, following: Quantity) -> bool:
    """Tell "the last 10, 12 days" from "Of the 45, 60 percent agree"."""
    if not 0 < (one.value or 0) < (following.value or 0) < 2 * (one.value or 0):
        return False
    return not _OF_WHOLE.search(text, max(0, one.start - 12), one.start)


def _shares_unit(one: Quantity, following: Quantity, between: str) -> bool:
    if "or" in between and (one.value or 0) >= (following.value or 0):
        return False  # "20,500 or 16.6%"
    numeral, second = one.numeral, following.numeral
    return (
        one.unit == "count"
        and following.unit not in ("count", "fraction", "times")
        and not following.currency
        and one.value is not None
        and following.value is not None
        and one.value < _LIKE * following.value
        and numeral is not None
        and second is not None
        and (numeral.scale == 1 or numeral.scale == second.scale)
        and not one.plus
    )
