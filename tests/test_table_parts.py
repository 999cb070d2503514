"""Parts of the tables: their rows are the claims and documents, and all addresses are there."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from builder.html.table_parts import as_part, offered, script_length, short
from builder.html.titles import short_title
from site_fixtures import Built


def read(site: Path, path: str) -> Any:
    return json.loads((site / path).read_text("utf-8"))


@pytest.fixture(scope="module")
def site(built: Built) -> Path:
    return built.site


@pytest.fixture(scope="module")
def rows(site: Path) -> list[dict[str, Any]]:
    """Every row of the parts as the script of the table reads it."""
    index = read(site, "data/figures/index.json")
    found = []
    for name, number, year in index["parts"]:
        part = read(site, f"data/figures/{name}.json")
        assert len(part["rows"]) == number
        for place, cells in enumerate(part["rows"]):
            file, line = divmod(place, index["sentences"])
            said = read(site, f"data/figures/{name}_{file}.json")
            quoted = said["rows"][line] + [[], [], []]
            document, at, value, bound, unit, of, names, period, change, status = (
                cells + ["", [], "", "", ""][len(cells) - 5 :]
            )
            found.append(
                {
                    "year": year,
                    "document": part["documents"][document][0],
                    "title": part["documents"][document][1],
                    "id": at,
                    "value": value,
                    "bound": index["bounds"][bound][2],
                    "comparator": index["bounds"][bound][3],
                    "unit": unit,
                    "of": of,
                    "names": [part["names"][name] for name in names],
                    "period": period,
                    "change": change,
                    "status": status or "reported",
                    "sentence": said["said"][quoted[0]],
                    "hit": quoted[1],
                    "printed": quoted[2],
                    "shown": quoted[3],
                    "repeats": quoted[4],
                    "measures": quoted[5],
                }
            )
    return found


def test_rows_are_the_claims(site: Path, rows: list[dict[str, Any]]) -> None:
    claims = read(site, "data/claims.json")
    assert [(row["document"], row["id"]) for row in rows] == [
        (claim["document"], claim["id"]) for claim in claims
    ]
    for row, claim in zip(rows, claims, strict=True):
        for name in ("bound", "comparator", "unit", "sentence", "status"):
            assert row[name] == claim[name]
        for name in ("of", "period", "change"):
            assert row[name] == (claim[name] or "")
        values = [claim["value"], claim["low"], claim["high"]]
        assert row["value"] in (claim["value"], values[1:])
        assert (row["value"] is None) == (values == [None] * 3)
        assert [one for one, _ in row["repeats"]] == claim["repeats"]


def test_the_figure_stands_where_the_sentence_says(rows: list[dict[str, Any]]) -> None:
    for row in rows:
        sentence = row["sentence"].encode("utf-16-le")
        start, end = (2 * offset for offset in row["hit"])
        assert sentence[start:end].decode("utf-16-le") == row["printed"]


def test_every_address_is_there(site: Path, rows: list[dict[str, Any]]) -> None:
    pages: dict[str, set[str]] = {}
    for row in rows:
        addresses = [
            *(f"documents/{row['document']}/#{one}" for one in (row["id"], *dict(row["repeats"]))),
            *(address for _, _, _, address, _ in row["names"]),
            *(address for address, _ in row["measures"]),
        ]
        for address in addresses:
            path, _, name = address.partition("#")
            if path not in pages:
                html = (site / path / "index.html").read_text("utf-8")
                pages[path] = set(re.findall(r'\bid="([^"]*)"', html))
            assert not name or name in pages[path]


def test_filters_offer_what_the_rows_hold(site: Path, rows: list[dict[str, Any]]) -> None:
    choices = read(site, "data/figures/index.json")["choices"]
    for name in ("unit", "year", "status", "document"):
        counted = Counter(row[name] for row in rows)
        assert {value: number for value, _, number in choices[name]} == counted
    countries = Counter(key for row in rows for kind, key, *_ in row["names"] if kind == "country")
    assert {value: number for value, _, number in choices["country"]} == countries


def test_documents_of_the_parts_are_all(site: Path) -> None:
    index = read(site, "data/documents/index.json")
    listed = [row for name, *_ in index["parts"] for row in read_part(site, name)]
    documents = read(site, "data/documents.json")
    assert [row[0] for row in listed] == [one["document"] for one in documents]
    assert [row[9:10] or [0] for row in listed] == [[one["passages"]] for one in documents]
    assert sum(number for _, _, number in index["choices"]["kind"]) == len(documents)


def read_part(site: Path, name: str) -> list[list[Any]]:
    rows: list[list[Any]] = read(site, f"data/documents/{name}.json")["rows"]
    return rows


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("A short one", "A short one"),
        ("[A supplied title that is far too long]", "[A supplied title that…]"),
        ("A stated title that is far too long", "A stated title that is…"),
    ],
)
def test_short_titles(title: str, shown: str) -> None:
    assert short_title(title, 24) == shown


def test_parts_are_compact() -> None:
    assert (
        as_part({"rows": [[1, "é"], []], "n": 2}) == '{"rows":[\n[1,"é"],\n[]],\n"n":2}\n'.encode()
    )
    assert short([0, None, "", []]) == [0]
    assert offered({("a", "A"): 1, ("b", "B"): 2}) == [("b", "B", 2), ("a", "A", 1)]


def test_places_are_counted_as_scripts_count() -> None:
    text = "a🚢b🚢🚢c"
    for start in range(len(text) + 1):
        for end in range(start, len(text) + 1):
            assert script_length(text, start, end) == len(text[start:end].encode("utf-16-le")) // 2
