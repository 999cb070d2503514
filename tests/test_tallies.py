"""What was counted of parts is counted again only where their keys have changed."""

from __future__ import annotations

import json
import pickle
import sqlite3
from pathlib import Path

import pytest

from builder.storing.store import Store
from builder.tallies import Part, Tallies, parted

GENERAL = "this program"


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "build.sqlite", "code", write=True)


def _counted(store: Store, keys: dict[str, str], general: str = GENERAL) -> tuple[list[str], int]:
    """Count parts of these keys, and keep the tallies; return what was counted, and how often."""
    asked: list[str] = []

    def of(key: str) -> str:
        asked.append(key)
        return f"count of {key}"

    tallies = Tallies(store, general)
    parts = (Part(name, key.encode(), lambda key=key: of(key)) for name, key in keys.items())
    found = list(tallies.of("pages", parts))
    store.keep_results(tallies.taken())
    assert not tallies.taken()
    return found, len(asked)


@pytest.mark.parametrize(
    ("keys", "general", "counted"),
    [
        ({"a": "1", "b": "2"}, GENERAL, 0),
        ({"a": "1", "b": "3"}, GENERAL, 1),
        ({"b": "2"}, GENERAL, 0),
        ({"a": "1", "b": "2", "c": "3"}, GENERAL, 1),
        ({"a": "2", "b": "1"}, GENERAL, 2),
        ({"a": "1", "b": "2"}, "another program", 2),
        ({"a": "1", "b": "2"}, "", 2),
    ],
)
def test_parts_that_have_changed_are_counted(store, keys, general, counted):
    _counted(store, {"a": "1", "b": "2"})
    told = [f"count of {key}" for key in keys.values()]
    assert _counted(store, keys, general) == (told, counted)
    assert _counted(store, keys, general) == (told, counted if not general else 0)


def test_what_is_no_more_there_is_not_kept(store):
    _counted(store, {"a": "1", "b": "2"})
    _counted(store, {"b": "2"})
    assert _counted(store, {"a": "1", "b": "2"})[1] == 1


@pytest.mark.parametrize("row", ["name", "key", "value"])
def test_a_damaged_tally_is_counted_again(tmp_path, store, row):
    _counted(store, {"a": "1"})
    store.close()
    with sqlite3.connect(tmp_path / "build.sqlite") as database:
        database.execute(f"UPDATE results SET {row} = 'x' || {row}")
    assert _counted(store, {"a": "1"}) == (["count of 1"], 1)


def test_what_is_counted_is_told_as_json_gives_it():
    told = Tallies().of("pages", [Part("a", b"1", lambda: {"a": (1, "\ud800")})])
    assert told == [{"a": [1, "\ud800"]}]
    assert not Tallies().taken()


def test_rows_keep_their_order_and_are_counted_by_part(store):
    rows = [f"row-{number % 300}" for number in range(900)]
    asked: list[str] = []

    def counted(row: str) -> str:
        asked.append(row)
        return row.upper()

    def of_each(rows: list[str]) -> list[str]:
        tallies = Tallies(store, GENERAL)
        found = tallies.of_each("rows", rows, str, lambda some: json.dumps(some).encode(), counted)
        store.keep_results(tallies.taken())
        return list(found)

    assert of_each(rows) == [row.upper() for row in rows]
    asked.clear()
    assert of_each([*rows, "row-new"])[-1] == "ROW-NEW"
    part = next(some for some in parted([*rows, "row-new"], str).values() if "row-new" in some)
    assert asked == part


def test_tallies_go_to_another_process_without_what_is_to_be_kept(store):
    tallies = Tallies(store, GENERAL)
    tallies.of("pages", [Part("a", b"1", lambda: 1)])
    there = pickle.loads(pickle.dumps(tallies))
    assert not there.taken()
    store.keep_results(tallies.taken())
    assert there.of("pages", [Part("a", b"1", lambda: 2)]) == [1]
