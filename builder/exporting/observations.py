"""Says a figure in schema.org's words: an `Observation` with a value or its bounds, and a unit."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from builder.exporting.schema_things import one_or_more
from builder.figure_fields import figure_fields
from builder.html.figure_words import bound_words
from builder.model import Figure, Mention

# "2022", "in 2022": the period of a figure that is a year and nothing else.
_YEAR = re.compile(r"(?:in )?(?P<year>[12]\d{3})")


def observation(mention: Mention, figure: Figure, measures: Iterable[str]) -> dict[str, Any]:
    """Return a figure as a node; `measures` are the addresses of those to which it belongs."""
    return {
        "@id": f"#{mention.id}",
        "@type": "Observation",
        **_values(mention, figure),
        **_unit(figure),
        **one_or_more("measurementQualifier", _qualifiers(figure)),
        **one_or_more("observationDate", _date(figure)),
        **one_or_more("variableMeasured", measures),
    }


def _values(mention: Mention, figure: Figure) -> dict[str, Any]:
    """Return the value, or what bounds it; of a vague numeral its words."""
    numbers = figure_fields(figure)
    value, low, high = numbers["value"], numbers["low"], numbers["high"]
    if value is not None and figure.bound == "more_than":
        return {"minValue": value}
    if value is not None and figure.bound == "less_than":
        return {"maxValue": value}
    if value is not None:
        return {"value": value}
    known = {"minValue": low, "maxValue": high}
    bounds = {name: number for name, number in known.items() if number is not None}
    return bounds or {"name": " ".join(mention.surface.split())}


def _unit(figure: Figure) -> dict[str, str]:
    """Return the unit; of what is counted, the thing that is."""
    if figure.unit == "count" and figure.of:
        return {"unitText": figure.of}
    return {"unitText": figure.unit, **({"name": figure.of} if figure.of else {})}


def _qualifiers(figure: Figure) -> Iterator[str]:
    """Yield what keeps a number from being a plain observation: a bound, a plan, a change."""
    if bound_words(figure):
        yield bound_words(figure)
    if figure.status != "reported":
        yield figure.status
    if figure.change:
        yield figure.change


def _date(figure: Figure) -> Iterator[str]:
    match = _YEAR.fullmatch(figure.period or "")
    if match and figure.status == "reported":
        yield match["year"]
