"""The tables in which a collection leaves as data, as `builder/data/tables.yaml` defines them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal, get_args

from builder import model
from builder.cells import SEPARATOR
from builder.dating.stated import is_edtf
from builder.dating.when import is_day
from builder.kinds import KINDS
from builder.strict_yaml import load_data

__all__ = ["SEPARATOR", "Field", "FieldType", "ForeignKey", "Table", "tables"]

FieldType = Literal["string", "integer", "number", "boolean", "date", "edtf", "url", "list"]


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a table; `values` are all that it may have, () where there is no list of them.

    `pattern` matches a whole value, `example` is one as the JSON file has it. `quoted` tells
    whether it holds sentences or titles of the documents.
    """

    name: str
    type: FieldType
    title: str
    description: str
    example: Any
    required: bool = False
    unique: bool = False
    values: tuple[str, ...] = ()
    pattern: str = ""
    unit: str = ""
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class ForeignKey:
    """Fields whose values stand in other fields, of a table that is named."""

    fields: tuple[str, ...]
    table: str
    to: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its fields in order, those that together are unique, and what they refer to."""

    name: str
    title: str
    description: str
    key: tuple[str, ...]
    references: tuple[ForeignKey, ...]
    fields: tuple[Field, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the fields, in order: the header of the CSV file."""
        return tuple(field.name for field in self.fields)

    @property
    def is_quoting(self) -> bool:
        """Whether it holds the documents' own sentences: no license of this site covers it."""
        return any(field.quoted for field in self.fields)

    def field(self, name: str) -> Field:
        """Return a field by its name."""
        return next(field for field in self.fields if field.name == name)


_TYPES: Mapping[FieldType, type | tuple[type, ...]] = {
    "integer": int,
    "number": (int, float),
    "boolean": bool,
    "list": list,
}


def wrong_with(field: Field, value: Any) -> Iterator[str]:
    """Yield what is wrong with a value as the JSON file has it, by type, values and pattern."""
    is_boolean = isinstance(value, bool)
    if not isinstance(value, _TYPES.get(field.type, str)) or is_boolean != (
        field.type == "boolean"
    ):
        yield f"{value!r} is no {field.type}"
        return
    if field.type == "edtf" and not is_edtf(str(value)):
        yield f"{value!r} is no date"
    if field.type == "date" and not is_day(str(value)):
        yield f"{value!r} is no day"
    if field.values and value not in field.values:
        yield f"{value!r} is none of {', '.join(field.values)}"
    if field.pattern and not re.fullmatch(field.pattern, str(value)):
        yield f"{value!r} does not look like {field.pattern}"


@cache
def tables() -> Mapping[str, Table]:
    """Return every table by its name, in the order in which they are described."""
    read = load_data("tables")
    return {name: _table(name, entry, read["shared"]) for name, entry in read["tables"].items()}


def _table(name: str, entry: Mapping[str, Any], shared: Mapping[str, Any]) -> Table:
    return Table(
        name=name,
        title=entry["title"],
        description=entry["description"],
        key=tuple(entry["key"]),
        references=tuple(map(_reference, entry.get("references", ()))),
        fields=tuple(_field(one, shared) for one in entry["fields"]),
    )


def _reference(entry: Mapping[str, Any]) -> ForeignKey:
    fields = tuple(entry["fields"])
    return ForeignKey(fields, entry["table"], tuple(entry.get("to", fields)))


def _field(entry: str | Mapping[str, Any], shared: Mapping[str, Any]) -> Field:
    """Return a field: one that is shared, one that differs from it, or one of the table's own."""
    if isinstance(entry, str):
        said = {"name": entry, **shared[entry]}
    elif "like" in entry:
        said = {"name": entry["like"], **shared[entry["like"]], **entry}
    else:
        said = dict(entry)
    said.pop("like", None)
    named, but = said.pop("values_of", ""), said.pop("but", ())
    values = _values_of(named) if named else said.pop("values", ())
    field = Field(**{**said, "values": tuple(value for value in values if value not in but)})
    if wrong := "; ".join(wrong_with(field, field.example)):
        raise ValueError(f'builder/data/tables.yaml: the example of field "{field.name}": {wrong}')
    return field


def _values_of(name: str) -> tuple[str, ...]:
    """Return the values that the program itself lists under a name."""
    if name == "kinds":
        return tuple(kind.name for kind in KINDS)
    return tuple(map(str, get_args(getattr(model, name))))
