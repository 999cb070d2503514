"""Reads files with quantulum3 and prints its quantities as our figures are printed."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator

warnings.simplefilter("ignore")  # it tells that it has no classifier of units; none is trained

from quantulum3 import parser  # noqa: E402  # after the warnings are off
from rival_text import Figure, print_figures  # noqa: E402

_UNITS = {
    "dimensionless": "count",
    "percentage": "percent",
    "count": "times",
    "tonne": "metric_ton",
}
_FRACTION = re.compile(r"half|halves|third|quarter|fifth|tenth", re.I)


def figures_in(line: str) -> Iterator[Figure]:
    """Yield the quantities of one line; one with an uncertainty is a range."""
    for quantity in parser.parse(line):
        value, around = quantity.value, quantity.uncertainty
        yield {
            "start": quantity.span[0],
            "end": quantity.span[1],
            "value": None if around else value,
            "low": value - around if around else None,
            "high": value + around if around else None,
            "unit": _unit(quantity),
        }


def _unit(quantity: parser.cls.Quantity) -> str:
    name = quantity.unit.name
    if quantity.unit.entity.name == "currency":
        return str(quantity.unit.currency_code or name.upper())
    if name == "dimensionless" and _FRACTION.search(quantity.surface):
        return "fraction"
    return _UNITS.get(name, name.replace(" ", "_"))


print_figures(figures_in)
