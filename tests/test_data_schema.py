"""The schema of the tables: every field says what it is, and its example proves it."""

import re
from collections.abc import Iterator
from datetime import date

import pytest

from builder.dating.stated import is_edtf
from builder.elsewhere import iso_codes, same_as
from builder.exporting.rows import ROWS
from builder.exporting.schema import Field, Table, tables
from builder.kinds import KINDS
from builder.model import Entity
from builder.strict_yaml import load_data

TYPES = {
    "string": str,
    "integer": int,
    "number": (int, float),
    "boolean": bool,
    "date": str,
    "edtf": str,
    "url": str,
    "list": list,
}
FIELDS = [(table, field) for table in tables().values() for field in table.fields]
IDS = [f"{table.name}.{field.name}" for table, field in FIELDS]


def wrong(field: Field, value: object) -> Iterator[str]:
    """Yield what is wrong with a value of a row as the JSON file has it."""
    if value is None:
        if field.required:
            yield "nothing, where something is required"
        return
    if not isinstance(value, TYPES[field.type]) or (
        isinstance(value, bool) and field.type != "boolean"
    ):
        yield f"{value!r} is no {field.type}"
        return
    if value == "":
        yield "an empty text, where nothing is null"
    if field.type == "list" and not all(isinstance(item, str) and item for item in value):
        yield f"{value!r} holds what is no text"
    if field.type == "date" and date.fromisoformat(value).isoformat() != value:
        yield f"{value!r} is no day"
    if field.type == "edtf" and not is_edtf(value):
        yield f"{value!r} is no date"
    if field.values and value not in field.values:
        yield f"{value!r} is none of {field.values}"
    if field.pattern and not re.fullmatch(field.pattern, str(value)):
        yield f"{value!r} does not look like {field.pattern}"


@pytest.mark.parametrize(("table", "field"), FIELDS, ids=IDS)
def test_fields_explain_themselves(table: Table, field: Field) -> None:
    assert re.fullmatch("[a-z][a-z0-9_]*", field.name)
    assert field.title
    assert field.description[0].isupper()
    assert field.description.endswith(".")
    assert field.type in TYPES
    assert field.example is not None
    assert list(wrong(field, field.example)) == []


@pytest.mark.parametrize("table", tables().values(), ids=list(tables()))
def test_keys_and_references_name_fields(table: Table) -> None:
    assert len(set(table.names)) == len(table.names)
    assert table.key
    for name in table.key:
        assert table.field(name).required
    for reference in table.references:
        target = tables()[reference.table]
        assert set(reference.fields) <= set(table.names)
        is_key = reference.to == target.key
        assert is_key or all(target.field(name).unique for name in reference.to)


def test_every_table_has_rows_and_an_address() -> None:
    assert {*ROWS, "entities"} == set(tables())
    for table in tables().values():
        assert table.field("url").required
        assert table.description.endswith(".")


def test_listed_values_are_those_of_the_program() -> None:
    names = {kind.name for kind in KINDS}
    assert set(tables()["mentions"].field("kind").values) == names - {"figure"}
    assert set(tables()["entities"].field("kind").values) == {
        kind.name for kind in KINDS if kind.pages
    }
    assert "furniture" not in tables()["passages"].field("kind").values


@pytest.mark.parametrize("name", load_data("authorities"))
def test_identifiers_prove_themselves(name: str) -> None:
    authority = load_data("authorities")[name]
    for example in authority["examples"]:
        entity = Entity("organization", "x", "X", links=((name, example),))
        assert same_as(entity) == (authority["address"] + example,)
    for other in authority["not"]:
        assert same_as(Entity("organization", "x", "X", links=((name, other),))) == ()


def test_what_an_entity_is_elsewhere() -> None:
    links = (
        ("Wikidata", "Q96"),
        ("wikidata", "https://www.wikidata.org/wiki/Q96"),
        ("Site", "https://example.org/"),
        ("wikidata", "https://example.org/Q96"),
    )
    mexico = Entity("country", "mx", "Mexico", links=links)
    assert same_as(mexico) == (
        "https://www.wikidata.org/entity/Q96",
        "https://www.wikidata.org/wiki/Q96",
    )
    assert iso_codes(mexico) == ("MEX", "484")
    assert iso_codes(Entity("program", "mx", "Mexico")) == (None, None)
    assert iso_codes(Entity("country", "xk", "Kosovo"))[1] is None
