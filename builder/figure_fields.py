"""The fields of a figure as every machine-readable output writes them, in one order."""

from __future__ import annotations

from typing import Any

from builder.model import Figure


def figure_fields(figure: Figure) -> dict[str, Any]:
    """Return a figure's fields; whole numbers are whole: 1550000000, not 1550000000.0."""
    return {
        "value": _number(figure.value),
        "low": _number(figure.low),
        "high": _number(figure.high),
        "bound": figure.bound,
        "comparator": figure.comparator,
        "unit": figure.unit,
        "of": figure.of,
        "change": figure.change,
        "period": figure.period,
        "status": figure.status,
    }


def _number(value: float | None) -> float | int | None:
    return int(value) if value is not None and float(value).is_integer() else value
