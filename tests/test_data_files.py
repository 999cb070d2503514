"""The tables as files: rows, types, keys, numbers of the pages; validated by who reads them."""

import csv
import hashlib
import io
import json
import re
import warnings
from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from html import unescape
from itertools import chain
from pathlib import Path
from typing import Any

import csvw
import frictionless
import pytest
from test_data_schema import wrong

from builder.collection import read_collection
from builder.collection_pages import collection_index
from builder.exporting import parts
from builder.exporting.cells import value_of
from builder.exporting.citation_files import ENDINGS, citation_tasks
from builder.exporting.collection_files import describing_tasks
from builder.exporting.schema import Table, tables
from builder.exporting.tables import table_tasks
from builder.html import data_links
from builder.html.quoted_rows import names_in_row
from builder.html.rendering import Page
from builder.html.shown import Shown, shown
from builder.html.tasks import Digests, Filed
from builder.pages import publication_of
from builder.settings import Settings

TABLES = list(tables().values())
NAMES = list(tables())


def site_of(settings: Settings, url: str = "") -> Shown:
    state = read_collection(settings, provisional=True)
    publication = replace(publication_of(settings), url=url)
    return shown(collection_index(state), state.editorial, publication, state.past)


def data_files(site: Shown) -> Iterator[tuple[str, bytes]]:
    """Yield the files of the tables, and what describes them."""
    digests, filed = Digests(site, {}, ""), {}
    families = (table_tasks(site, digests), citation_tasks(site, digests))
    for task in chain.from_iterable(family.tasks() for family in families):
        for path, data, *rows in task.make():
            filed[path] = Filed(path, sha256(data).hexdigest(), len(data), *rows)
            yield path, data
    for task in describing_tasks(site, digests, filed):
        for made in task.make():
            yield (made.path, bytes(made)) if isinstance(made, Page) else made


def write(site: Shown, folder: Path) -> Path:
    for path, content in data_files(site):
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    return folder / "data"


@pytest.fixture(scope="session")
def folders(built: Any, everything: Any, tmp_path_factory: Any) -> dict[str, Path]:
    """Folders of data: of two built collections, and of ones with an address or in parts."""
    folder = tmp_path_factory.mktemp("data")
    addressed = write(site_of(built.settings, "https://example.org/reader/"), folder / "addressed")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(data_links, "DOCUMENTS", 2)
        patch.setattr(parts, "DOCUMENTS", 2)
        in_parts = write(site_of(everything.settings), folder / "parts")
        seeds_in_parts = write(
            site_of(built.settings, "https://example.org/reader/"), folder / "seeds-in-parts"
        )
    return {
        "seeds": built.settings.content / "data",
        "everything": everything.settings.content / "data",
        "addressed": addressed,
        "parts": in_parts,
        "seeds-in-parts": seeds_in_parts,
    }


@pytest.fixture(params=["seeds", "everything", "addressed", "parts", "seeds-in-parts"])
def data(request: pytest.FixtureRequest, folders: dict[str, Path]) -> Path:
    return folders[request.param]


# What these two check does not hang on the address, and the invented collection has every case.
WITH_ALL = pytest.mark.parametrize(
    "data",
    [
        "everything",
        "parts",
        pytest.param("seeds", marks=pytest.mark.slow),
        pytest.param("addressed", marks=pytest.mark.slow),
        pytest.param("seeds-in-parts", marks=pytest.mark.slow),
    ],
    indirect=True,
)


def package_of(data: Path) -> dict[str, Any]:
    package: dict[str, Any] = json.loads((data / "datapackage.json").read_text("utf-8"))
    return package


def paths_of(data: Path, name: str) -> list[str]:
    paths = next(one["path"] for one in package_of(data)["resources"] if one["name"] == name)
    return [paths] if isinstance(paths, str) else paths


def rows_of(data: Path, name: str) -> list[dict[str, Any]]:
    files = [data / path.replace(".csv", ".json") for path in paths_of(data, name)]
    return [row for file in files for row in json.loads(file.read_text("utf-8"))]


def cells_of(data: Path, name: str) -> Iterator[dict[str, str]]:
    for path in paths_of(data, name):
        text = (data / path).read_bytes().decode("utf-8")
        yield from csv.DictReader(io.StringIO(text, newline=""), strict=True)


@pytest.mark.parametrize("table", TABLES, ids=NAMES)
def test_rows_are_what_the_schema_says(data: Path, table: Table) -> None:
    rows = rows_of(data, table.name)
    assert rows or table.name in ("measures", "links")
    for row in rows:
        assert tuple(row) == table.names
        found = {field.name: list(wrong(field, row[field.name])) for field in table.fields}
        assert {name: what for name, what in found.items() if what} == {}


@pytest.mark.parametrize("table", TABLES, ids=NAMES)
def test_both_forms_say_the_same(data: Path, table: Table) -> None:
    read = [
        {field.name: value_of(field, cells[field.name]) for field in table.fields}
        for cells in cells_of(data, table.name)
    ]
    written = [
        {name: tuple(one) if isinstance(one, list) else one for name, one in row.items()}
        for row in rows_of(data, table.name)
    ]
    assert read == written


@pytest.mark.parametrize("table", TABLES, ids=NAMES)
def test_cells_are_plain(data: Path, table: Table) -> None:
    for path in paths_of(data, table.name):
        content = (data / path).read_bytes()
        assert not content.startswith(b"\xef\xbb\xbf")
        assert content.startswith(",".join(table.names).encode() + b"\r\n")
        assert content.endswith(b"\r\n")
    for cells in cells_of(data, table.name):
        for field in table.fields:
            cell = cells[field.name]
            if field.type in ("integer", "number"):
                assert re.fullmatch(r"-?\d+(\.\d*[1-9])?|", cell), (field.name, cell)
            elif field.type == "boolean":
                assert cell in ("true", "false", "")
            else:
                assert not re.match(r"[=+\-@\t\r\n＝＋－＠].", cell, re.DOTALL), (field.name, cell)


@pytest.mark.parametrize("table", TABLES, ids=NAMES)
def test_keys_are_unique_and_references_lead_somewhere(data: Path, table: Table) -> None:
    rows = rows_of(data, table.name)
    keys = [tuple(row[name] for name in table.key) for row in rows]
    assert len(set(keys)) == len(keys)
    for field in table.fields:
        if field.unique:
            assert len({row[field.name] for row in rows}) == len(rows)
    for reference in table.references:
        there = {
            tuple(row[name] for name in reference.to) for row in rows_of(data, reference.table)
        }
        for row in rows:
            here = tuple(row[name] for name in reference.fields)
            assert here in there or here == (None,)


@WITH_ALL
def test_frictionless_accepts_the_package(data: Path) -> None:
    report = frictionless.Package(str(data / "datapackage.json")).validate()
    assert report.flatten(["taskName", "rowNumber", "fieldName", "message"]) == []
    assert report.valid
    assert report.stats["tasks"] == len(TABLES)


@WITH_ALL
def test_csvw_accepts_the_files(data: Path) -> None:
    file = data / "csv-metadata.json"
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        group = csvw.TableGroup.from_file(file)
        read = {str(table.url): list(table.iterdicts(strict=True)) for table in group.tables}
        assert group.check_referential_integrity()
        assert csvw.CSVW(str(file), validate=True).is_valid
    paths = [path for name in NAMES for path in paths_of(data, name)]
    assert list(read) == paths
    for name in NAMES:
        rows = [row for path in paths_of(data, name) for row in read[path]]
        expected = rows_of(data, name)
        assert len(rows) == len(expected)
        for row, other in zip(rows, expected, strict=True):
            for field in tables()[name].fields:
                if field.type in ("integer", "number", "boolean"):
                    assert row[field.name] == other[field.name]
                elif field.type == "list":
                    assert list(row[field.name] or []) == [
                        item.replace("|", "¦") for item in other[field.name]
                    ]


def test_the_package_says_what_the_files_are(data: Path) -> None:
    package = package_of(data)
    assert [one["name"] for one in package["resources"]] == NAMES
    assert re.fullmatch(r"[-a-z0-9._/]+", package["name"])
    assert re.fullmatch(r"\d+\.\d+\.\d+\+[0-9a-f]{12}", package["version"])
    assert "contributors" not in package
    assert "licenses" not in package
    for one in package["resources"]:
        described = one.get("parts") or [{**one, "path": one["path"]}]
        for part in described:
            content = (data / part["path"]).read_bytes()
            assert part["bytes"] == len(content)
            assert part["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
        assert one["rows"] == sum(part["rows"] for part in described)
        assert one["rows"] == len(rows_of(data, one["name"]))


def test_counts_of_documents_and_entities_are_those_of_the_other_tables(data: Path) -> None:
    counted = {name: rows_of(data, name) for name in NAMES}
    for row in counted["documents"]:
        for name in ("passages", "mentions", "figures", "claims"):
            own = [one for one in counted[name] if one["document"] == row["document"]]
            assert row[name] == len(own)
        for kind, name in (("program", "programs"), ("country", "countries")):
            named = {
                one["entity"]
                for one in counted["mentions"]
                if one["document"] == row["document"] and one["kind"] == kind
            }
            assert row[name] == len(named)
    for row in counted["entities"]:
        who = (row["kind"], row["entity"])
        own = [one for one in counted["mentions"] if (one["kind"], one["entity"]) == who]
        assert {one["entity_url"] for one in own} == {row["url"] if row["reviewed"] else None}
        assert row["mentions"] == len(own)
        assert row["passages"] == len({(one["document"], one["anchor"]) for one in own})
        assert row["documents"] == len({one["document"] for one in own})
    claims = [one for one in counted["figures"] if one["same_claim_as"] is None]
    assert [one["url"] for one in claims] == [one["url"] for one in counted["claims"]]


def test_claims_name_what_the_table_of_figures_names(built: Any, folders: dict[str, Path]) -> None:
    site = site_of(built.settings)
    rows = rows_of(folders["seeds"], "claims")
    assert len(rows) == site.index.claim_count
    more = 0
    for row, claim in zip(rows, site.index.claims, strict=True):
        shown_beside = names_in_row(claim, site.addresses)[0]
        named = {("program", key) for key in row["programs"]}
        named |= {("country", key) for key in row["countries"]}
        assert set(shown_beside) <= named == set(claim.named)
        first = [who for who in claim.stated.named if who[0] in ("program", "country")]
        more += len(named) > len(first)
    assert more  # some claims are said again where other names stand


def test_offsets_lead_to_the_words(built: Any, folders: dict[str, Path]) -> None:
    sources = {}
    for row in rows_of(folders["seeds"], "mentions") + rows_of(folders["seeds"], "figures"):
        slug = row["document"]
        if slug not in sources:
            file = built.settings.content / f"documents/{slug}/source.txt"
            sources[slug] = file.read_bytes().decode("utf-8")
        assert sources[slug][row["start"] : row["end"]] == row["surface"]


def test_files_are_the_same_each_time(built: Any, folders: dict[str, Path]) -> None:
    for path, content in data_files(site_of(built.settings)):
        if not path.endswith(".md"):
            assert (folders["seeds"] / path.removeprefix("data/")).read_bytes() == content


def test_a_version_is_another_one_for_other_rows(folders: dict[str, Path]) -> None:
    versions = [package_of(folder)["version"] for folder in folders.values()]
    assert len(set(versions)) == len(versions)


def test_parts_are_by_year_and_never_large(folders: dict[str, Path]) -> None:
    data = folders["seeds-in-parts"]
    for name in NAMES:
        for path in paths_of(data, name):
            part = path.removeprefix(f"{name}-").removesuffix(".csv")
            assert re.fullmatch(r"(\d{4}(-\d\d){0,2}|undated)(-[0-9a-f]{6})?|[a-z]+", part)
            rows = json.loads((data / path.replace(".csv", ".json")).read_text("utf-8"))
            if name == "documents":
                assert 1 <= len(rows) <= 2
                assert {str(row["year"] or "undated") for row in rows} == {part.split("-")[0]}
            if name == "entities":
                assert {row["kind"] for row in rows} <= {part}
    assert not (data / "figures.csv").exists()


def test_parts_hold_the_rows_of_the_whole(folders: dict[str, Path]) -> None:
    for name in NAMES:
        whole = rows_of(folders["addressed"], name)
        in_parts = rows_of(folders["seeds-in-parts"], name)
        key = tables()[name].key
        ordered = [
            sorted(rows, key=lambda row: [str(row[one]) for one in key])
            for rows in (whole, in_parts)
        ]
        assert ordered[0] == ordered[1]


def test_references_in_parts_are_those_of_the_whole(built: Any, folders: dict[str, Path]) -> None:
    data, whole = folders["seeds-in-parts"], built.settings.content / "data"
    parts_of_tables = {path.removeprefix("documents-") for path in paths_of(data, "documents")}
    for ending in ENDINGS:
        paths = sorted(data.glob(f"references-*.{ending}"))
        assert {f"{path.stem.removeprefix('references-')}.csv" for path in paths} == parts_of_tables
        assert not (data / f"references.{ending}").exists()
    items = [json.loads(path.read_text("utf-8")) for path in data.glob("references-*.json")]
    ids = sorted(item["id"] for some in items for item in some)
    of_all = json.loads((whole / "references.json").read_text("utf-8"))
    assert ids == sorted(item["id"] for item in of_all)
    page = (data / "index.md").read_text("utf-8")
    assert all(f'href="{path.name}"' in page for path in data.glob("references-*"))


def test_addresses_are_absolute_where_the_site_knows_its_own(folders: dict[str, Path]) -> None:
    for row in rows_of(folders["addressed"], "mentions"):
        assert row["url"].startswith("https://example.org/reader/documents/")
    assert package_of(folders["addressed"])["homepage"] == "https://example.org/reader/"
    for name in NAMES:
        for file in folders["seeds"].glob(f"{name}.*"):
            assert "example.org/reader" not in file.read_text("utf-8")


LICENSES = [
    ("CC-BY-4.0", "", [{"name": "CC-BY-4.0"}]),
    (
        "Open Government Licence",
        "https://example.org/l",
        [{"title": "Open Government Licence", "path": "https://example.org/l"}],
    ),
    ("", "https://example.org/l", [{"path": "https://example.org/l"}]),
    ("Ask us", "", None),
    ("", "", None),
]


@pytest.fixture(scope="module")
def site(built: Any) -> Shown:
    """This collection, as pages and files show it."""
    return site_of(built.settings)


@pytest.mark.parametrize(("name", "address", "said"), LICENSES)
def test_the_license_is_what_the_collection_says(
    site: Shown, tmp_path: Path, name: str, address: str, said: Any
) -> None:
    publication = replace(site.publication, license=name, license_url=address)
    data = write(replace(site, publication=publication), tmp_path)
    package = package_of(data)
    assert "licenses" not in package
    licensed = {one["name"]: one.get("licenses") for one in package["resources"]}
    assert licensed == {name: said if name in ("mentions", "entities") else None for name in NAMES}
    told = json.loads((data / "csv-metadata.json").read_text("utf-8"))
    assert "dc:license" not in told
    files = {one["url"] for one in told["tables"] if "dc:license" in one}
    assert files == ({"mentions.csv", "entities.csv"} if name or address else set())
    (block,) = re.findall(r'ld\+json">(.*?)</script>', (data / "index.md").read_text("utf-8"))
    said_there = json.loads(block)
    assert "license" not in said_there
    named = {one["name"] for one in said_there["distribution"] if "license" in one}
    assert named == ({"mentions", "entities"} if address else set())
    frictionless.Package.from_descriptor(str(data / "datapackage.json"))
    page = unescape((data / "index.md").read_text("utf-8"))
    assert name in page
    assert f'rel="license" href="{address}"' in page or not address
    assert ("no license is stated" in page) is not bool(name or address)
