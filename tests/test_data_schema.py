"""The schema of the tables: every field says what it is, and its example proves it."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import get_args

import pytest

from builder.elsewhere import iso_codes, same_as
from builder.exporting import schema
from builder.exporting import tables as written
from builder.exporting.rows import ROWS
from builder.exporting.schema import Field, FieldType, Table, tables, wrong_with
from builder.kinds import KINDS
from builder.model import Entity
from builder.strict_yaml import load_data

FIELDS = [(table, field) for table in tables().values() for field in table.fields]
IDS = [f"{table.name}.{field.name}" for table, field in FIELDS]


def wrong(field: Field, value: object) -> Iterator[str]:
    """Yield what is wrong with a value of a row as the JSON file has it."""
    if value is None:
        if field.required:
            yield "nothing, where something is required"
        return
    yield from wrong_with(field, value)
    if value == "":
        yield "an empty text, where nothing is null"
    if field.type == "list" and not all(isinstance(item, str) and item for item in value):
        yield f"{value!r} holds what is no text"


@pytest.mark.parametrize(("table", "field"), FIELDS, ids=IDS)
def test_fields_explain_themselves(table: Table, field: Field) -> None:
    assert re.fullmatch("[a-z][a-z0-9_]*", field.name)
    assert field.title
    assert field.description[0].isupper()
    assert field.description.endswith(".")
    assert field.type in get_args(FieldType)
    assert field.example is not None
    assert list(wrong(field, field.example)) == []


def test_an_example_that_does_not_fit_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    read = load_data("tables")
    slip = {"name": "age", "type": "integer", "title": "Age", "description": "A.", "example": "old"}
    people = {"title": "People", "description": "P.", "key": ["age"], "fields": [slip]}
    monkeypatch.setattr(schema, "load_data", lambda _: {**read, "tables": {"people": people}})
    with pytest.raises(ValueError, match=r"tables\.yaml: .*field \"age\": 'old' is no integer"):
        tables.__wrapped__()


def test_a_field_without_a_value_is_told_by_its_name(monkeypatch: pytest.MonkeyPatch) -> None:
    links = tables()["links"]
    further = replace(links.field("words"), name="mood")
    changed = {**tables(), "links": replace(links, fields=(*links.fields, further))}
    monkeypatch.setattr(written, "tables", lambda: changed)
    row = dict.fromkeys(links.names)
    with pytest.raises(LookupError, match=r'tables\.yaml: field "mood" of links .*rows\.py'):
        list(written._whole([row], "links"))


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
