"""Reads files with recognizers-text and prints its results as our figures are printed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from recognizers_date_time import recognize_datetime
from recognizers_number import recognize_number, recognize_percentage
from recognizers_number_with_unit import (
    recognize_age,
    recognize_currency,
    recognize_dimension,
    recognize_temperature,
)
from rival_text import Figure, print_figures

_CULTURE = "en-us"
_WITH_UNIT = (recognize_currency, recognize_dimension, recognize_age, recognize_temperature)
_CURRENCIES = {"Dollar": "USD", "Euro": "EUR", "Pound": "GBP"}
_DURATION = re.compile(r"P(?:T(?=[\d.]+[HMS]))?(?P<number>[\d.]+)(?P<unit>[YMWDHS])$")
_TIMES = {"Y": "year", "M": "month", "W": "week", "D": "day", "H": "hour", "S": "second"}
_FRACTION = re.compile(r"half|halves|third|quarter|fifth|tenth", re.I)


def figures_in(line: str) -> Iterator[Figure]:
    """Yield the results of one line; where several overlap, the longest stands.

    Its dates and times hide the numbers in them, and its durations count as figures.
    """
    found = [*_times(line), *_units(line), *_numbers(line)]
    found.sort(key=lambda one: -(int(str(one["end"])) - int(str(one["start"]))))
    taken: set[int] = set()
    for one in found:
        place = set(range(int(str(one["start"])), int(str(one["end"]))))
        if not place & taken:
            taken |= place
            if one["unit"]:
                yield one


def _times(line: str) -> Iterator[Figure]:
    for result in recognize_datetime(line, _CULTURE):
        values = (result.resolution or {}).get("values") or [{}]
        duration = _DURATION.match(values[0].get("timex") or "")
        unit = _TIMES[duration["unit"]] if duration else ""
        yield _figure(result, float(duration["number"]) if duration else None, unit)


def _units(line: str) -> Iterator[Figure]:
    for recognize in _WITH_UNIT:
        for result in recognize(line, _CULTURE):
            resolution = result.resolution or {}
            unit = resolution.get("isoCurrency") or str(resolution.get("unit"))
            unit = _CURRENCIES.get(unit, unit if unit.isupper() else unit.lower().replace(" ", "_"))
            if resolution.get("value") is not None:
                yield _figure(result, float(resolution["value"]), unit)


def _numbers(line: str) -> Iterator[Figure]:
    for result in recognize_percentage(line, _CULTURE):
        value = str((result.resolution or {}).get("value") or "").rstrip("%")
        if re.fullmatch(r"-?[\d.]+", value):
            yield _figure(result, float(value), "percent")
    for result in recognize_number(line, _CULTURE):
        value = str((result.resolution or {}).get("value"))
        if re.fullmatch(r"-?[\d.]+(?:E[+-]?\d+)?", value):
            unit = "fraction" if _FRACTION.search(result.text) else "count"
            yield _figure(result, float(value), unit)


def _figure(result: object, value: float | None, unit: str) -> Figure:
    start, end = result.start, result.end + 1  # type: ignore[attr-defined]  # it has no types
    return {"start": start, "end": end, "value": value, "low": None, "high": None, "unit": unit}


print_figures(figures_in)
