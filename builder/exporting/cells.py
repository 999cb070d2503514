"""Reads the cells of the CSV files back: the other way round of `builder.cells`."""

from __future__ import annotations

import json

from builder.cells import SEPARATOR, Value, unguarded
from builder.exporting.schema import Field


def value_of(field: Field, cell: str) -> Value:
    """Return the value of a field that a cell of a CSV file stands for; None for an empty cell.

    A list without items is an empty one. Raises ValueError for a cell that is of another type.
    """
    if field.type == "list":
        return tuple(unguarded(cell).split(SEPARATOR)) if cell else ()
    if not cell:
        return None
    if field.type == "integer":
        return int(cell)
    if field.type in ("number", "boolean"):
        value = json.loads(cell)
        if isinstance(value, bool) is not (field.type == "boolean"):
            raise ValueError(f"{field.name}: {cell} is no {field.type}")
        return value  # type: ignore[no-any-return]  # a number, true or false
    return unguarded(cell)
