"""A release is made from the finished site alone, whole, twice the same, and opens everywhere."""

from __future__ import annotations

import asyncio
import json
import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from click.testing import CliRunner

from browsing import follow_hit
from builder.cli import main
from builder.exporting.schema import tables
from builder.model import Problems
from builder.publishing.exchange import files_of
from builder.publishing.site_check import check_site
from builder.releasing import release as releasing
from builder.releasing.finished import read_finished
from builder.releasing.offered import offered_tables
from builder.releasing.release import release, released
from builder.releasing.release_page import PAGE, ReleaseFile, with_release, without_release
from builder.settings import Settings
from reading import Noted
from site_fixtures import Built, free_port, wait_for


def copy_of(built: Built, folder: Path) -> Settings:
    """Return the settings of a collection with a copy of a finished site, and nothing else."""
    shutil.copytree(built.site, folder / "site")
    return replace(built.settings, root=folder, site=folder / "site")


def sums_of(folder: Path) -> dict[str, str]:
    return {path: sha256((folder / path).read_bytes()).hexdigest() for path in files_of(folder)}


@pytest.fixture(scope="module", params=["built", "everything"])
def of_site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A site with its release: of this collection, and of the invented one."""
    settings = copy_of(request.getfixturevalue(request.param), tmp_path_factory.mktemp("release"))
    made, problems = release(settings)
    assert problems == []
    assert len(made) == 3
    return settings


def file_of(settings: Settings, ending: str) -> Path:
    (file,) = (settings.site / "data").glob(f"*{ending}")
    return file


@pytest.fixture
def database(of_site: Settings) -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(file_of(of_site, ".sqlite"))
    connection.row_factory = sqlite3.Row
    yield connection
    connection.close()


def rows_of(site: Path, table: str) -> list[dict[str, Any]]:
    """Return the rows of a table as the site's JSON files have them."""
    package = json.loads((site / "data/datapackage.json").read_text("utf-8"))
    (resource,) = (one for one in package["resources"] if one["name"] == table)
    paths = [resource["path"]] if isinstance(resource["path"], str) else resource["path"]
    files = [(site / "data" / path).with_suffix(".json") for path in paths]
    return [row for file in files for row in json.loads(file.read_text("utf-8"))]


# --- the same bytes


def test_the_same_site_gives_the_same_bytes(of_site, tmp_path):
    before = sums_of(of_site.site)
    release(of_site)
    assert sums_of(of_site.site) == before, "a release over a release"
    made, _ = release(of_site, tmp_path / "elsewhere")
    elsewhere = sums_of(tmp_path / "elsewhere")
    assert elsewhere == {name: before[f"data/{name}"] for name in elsewhere}
    assert len(elsewhere) == len(made) + 1
    assert sums_of(of_site.site) == before, "a release elsewhere leaves the site alone"


def test_sums_are_those_of_the_files(of_site):
    sums = file_of(of_site, ".sha256").read_text()
    for line in sums.splitlines():
        digest, name = line.split("  ")
        assert sha256((of_site.site / "data" / name).read_bytes()).hexdigest() == digest
    assert len(sums.splitlines()) == 3


# --- the database


def test_the_database_is_sound(database):
    assert [tuple(row) for row in database.execute("PRAGMA integrity_check")] == [("ok",)]
    assert database.execute("PRAGMA foreign_key_check").fetchall() == []
    for table, offered in offered_tables().items():
        if offered.search:
            order = f"INSERT INTO {table}_fts ({table}_fts, rank) VALUES ('integrity-check', 1)"
            database.execute(order)


@pytest.mark.parametrize("table", tables())
def test_a_table_holds_the_rows_of_the_data_files(of_site, database, table):
    lists = {field.name for field in tables()[table].fields if field.type == "list"}
    booleans = {field.name for field in tables()[table].fields if field.type == "boolean"}
    found = []
    for row in map(dict, database.execute(f"SELECT * FROM {table} ORDER BY rowid")):
        row |= {name: json.loads(row[name]) if row[name] else [] for name in lists}
        row |= {name: row[name] if row[name] is None else bool(row[name]) for name in booleans}
        found.append(row)
    assert found == rows_of(of_site.site, table)


def test_counts_equal_the_pages(of_site, database):
    """Each document, passage and figure of the pages is a row, and each row is on its page."""
    slugs = {row["document"] for row in database.execute("SELECT document FROM documents")}
    assert slugs == {file.parent.name for file in of_site.site.glob("documents/*/source.txt")}
    for slug in slugs:
        page = (of_site.site / "documents" / slug / "index.html").read_text("utf-8")
        passages = database.execute("SELECT anchor FROM passages WHERE document = ?", (slug,))
        numbered = re.findall(r'<a class="number" href="#([^"]+)"', page)
        assert sorted(anchor for (anchor,) in passages) == sorted(numbered)
        figures = database.execute("SELECT id FROM figures WHERE document = ?", (slug,))
        marked = set(re.findall(r'<mark class="figure[^"]*" id="([^"]+)"', page))
        assert {name for (name,) in figures if name} == marked


def test_a_passage_is_found_by_its_words(database):
    for row in database.execute("SELECT rowid, text FROM passages").fetchmany(40):
        words = [word for word in row["text"].split() if word.isalpha()][:6]
        if words:
            asked = " ".join(f'"{word.upper()}"' for word in words)
            found = database.execute(
                "SELECT rowid FROM passages_fts WHERE passages_fts MATCH ?", (asked,)
            )
            assert row["rowid"] in [number for (number,) in found]


def test_what_is_offered_exists(database):
    for name, offered in offered_tables().items():
        columns = set(tables()[name].names)
        named = {column for index in offered.indexes for column in index}
        named |= {*offered.search, *filter(None, (offered.label, offered.sort, offered.sort_desc))}
        assert named <= columns, name
    views = database.execute("SELECT name FROM sqlite_master WHERE type = 'view'").fetchall()
    for (view,) in views:
        database.execute(f"SELECT * FROM {view}").fetchall()
    assert len(views) == 4


def test_a_view_has_a_row_for_each_figure(database):
    counts = [
        database.execute(f"SELECT count(*) FROM {name}").fetchone()[0]
        for name in ("figures", "figures_with_documents")
    ]
    assert counts[0] == counts[1] > 0


def test_the_database_explains_itself(of_site, database):
    columns = database.execute('SELECT "table", "column" FROM data_dictionary').fetchall()
    assert {tuple(row) for row in columns} == {
        (table.name, name) for table in tables().values() for name in table.names
    }
    about = dict(tuple(row) for row in database.execute("SELECT name, value FROM about"))
    assert about["title"] == of_site.site_name


# --- Datasette


def asked(settings: Settings, *paths: str) -> list[str]:
    """Return what Datasette answers to some addresses."""
    from datasette.app import Datasette

    async def answers() -> list[str]:
        metadata = json.loads(file_of(settings, ".datasette.json").read_text("utf-8"))
        client = Datasette([str(file_of(settings, ".sqlite"))], metadata=metadata).client
        got = [await client.get(path) for path in paths]
        assert [one.status_code for one in got] == [200] * len(got)
        return [one.text for one in got]

    # In a thread of its own: a browser that other tests left open runs a loop in this one.
    with ThreadPoolExecutor(1) as apart:
        return apart.submit(lambda: asyncio.run(answers())).result()


def test_datasette_shows_tables_rows_and_search(of_site):
    name = file_of(of_site, ".sqlite").stem
    passage = rows_of(of_site.site, "passages")[0]
    word = next(word for word in passage["text"].split() if word.isalpha() and len(word) > 3)
    table, found, row, view, home = asked(
        of_site,
        f"/{name}/documents",
        f"/{name}/passages.json?_search={word}&_shape=array&_size=max",
        f"/{name}/passages/{passage['document']},{passage['anchor']}.json?_shape=objects",
        f"/{name}/figures_with_documents.json?_shape=array&_size=1",
        f"/{name}",
    )
    assert tables()["documents"].description[:20] in table
    assert passage["text"] in [one["text"] for one in json.loads(found)]
    assert json.loads(row)["rows"][0]["text"] == passage["text"]
    assert json.loads(view)[0]["document_title"]
    assert "figures_with_documents" in home


@pytest.mark.slow
def test_datasette_starts(of_site):
    database, port = file_of(of_site, ".sqlite"), free_port()
    metadata = file_of(of_site, ".datasette.json")
    command = [sys.executable, "-m", "datasette", str(database), "--metadata", str(metadata)]
    process = subprocess.Popen(
        [*command, "--port", str(port)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        address = f"http://127.0.0.1:{port}/{database.stem}/documents?_facet=issuer"
        assert "facet-results" in wait_for(address, "<h1>Documents</h1>")
    finally:
        process.terminate()
        process.wait()


# --- the archive


def test_the_archive_is_the_copy_for_disk(of_site, tmp_path):
    with ZipFile(file_of(of_site, ".zip")) as archive:
        assert archive.testzip() is None
        entries = archive.infolist()
        archive.extractall(tmp_path)
    assert len({one.filename for one in entries}) == len(entries)
    assert len({one.date_time for one in entries}) == 1
    assert {one.external_attr >> 16 for one in entries} == {0o100644}
    (folder,) = tmp_path.iterdir()
    assert folder.name == file_of(of_site, ".zip").stem
    assert "index.html" in (folder / "README.txt").read_text("utf-8")
    assert released(folder / "data") == set()
    assert not [*folder.glob("data/*.zip"), *folder.glob("data/*.sqlite")]
    page = (folder / PAGE).read_bytes()
    assert without_release(page) == page
    assert (folder / "data/datapackage.json").is_file()
    assert [str(problem) for problem in check_site(folder)] == []


@pytest.mark.browser
def test_the_archive_opens_and_searches_from_disk(built, tmp_path, open_page):
    settings = copy_of(built, tmp_path)
    release(settings, tmp_path / "out")
    (packed,) = (tmp_path / "out").glob("*.zip")
    with ZipFile(packed) as archive:
        archive.extractall(tmp_path / "unpacked")
    home = tmp_path / "unpacked" / packed.stem / "index.html"
    noted = Noted()
    page = open_page(home.as_uri(), noted=noted)
    follow_hit(page, "synthetic opioids")
    assert "/documents/" in page.url
    assert page.locator(":target").get_attribute("id") == page.url.rpartition("#")[2]
    page.goto((home.parent / PAGE).as_uri())
    assert page.locator("h1").count() == 1
    assert noted.elsewhere("file://") == []
    assert noted.complaints == []


def test_the_archive_bears_the_day_that_is_given(built, tmp_path, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1767225600")
    settings = copy_of(built, tmp_path)
    release(settings)
    with ZipFile(file_of(settings, ".zip")) as archive:
        assert {one.date_time for one in archive.infolist()} == {(2026, 1, 1, 0, 0, 0)}


# --- the page of the data


def test_the_page_links_to_the_release(of_site):
    page = (of_site.site / PAGE).read_text("utf-8")
    for ending in (".sqlite", ".datasette.json", ".zip", ".sha256"):
        assert f'href="{file_of(of_site, ending).name}"' in page
    assert sha256(file_of(of_site, ".zip").read_bytes()).hexdigest() in page


def test_the_site_stays_in_order(of_site):
    assert [str(problem) for problem in check_site(of_site.site)] == []


def test_the_place_on_the_page():
    page = b'<div class="x" data-release></div><div data-released></div>'
    filled = with_release(page, [ReleaseFile("a&b.zip", "all", 1_500_000, "0" * 64)], "a&b.sha256")
    assert filled is not None
    assert b'href="a&amp;b.zip" download>a&amp;b.zip</a> (1.5 MB): all.' in filled
    assert without_release(filled) == page
    assert with_release(b"<div></div>", [], "") is None


# --- what stands in the way


def told(settings: Settings, **keywords: Any) -> list[str]:
    with pytest.raises(Problems) as caught:
        release(settings, **keywords)
    return [str(problem) for problem in caught.value.problems]


def test_without_a_site_it_says_what_to_do_first(small):
    settings = small(one="A Note\n\nOf 12 ropes.")
    assert told(settings) == ['site: there is no finished site; run "builder build" first']
    run = CliRunner().invoke(main, ["release", "-f", str(settings.config_file)])
    assert run.exit_code == 1
    assert 'run "builder build" first' in run.stderr


def test_a_site_of_before_is_not_released(built, tmp_path):
    settings = copy_of(built, tmp_path)
    (settings.site / "data/datapackage.json").unlink()
    assert told(settings) == [
        'site/data/datapackage.json: the site says nothing of its data; run "builder build" first'
    ]


@pytest.mark.parametrize(
    "package", ["", "[]", '{"resources": 3}', '{"resources": [{"schema": 1}]}']
)
def test_a_package_that_no_build_wrote(built, tmp_path, package):
    settings = copy_of(built, tmp_path)
    (settings.site / "data/datapackage.json").write_text(package)
    assert "is not the data package that a build writes" in told(settings)[0]


def test_data_that_the_build_did_not_write(built, tmp_path):
    settings = copy_of(built, tmp_path)
    with (settings.site / "data/figures.csv").open("a") as file:
        file.write("x\r\n")
    (settings.site / "data/claims.csv").unlink()
    again = 'run "builder build", then "builder release" again'
    assert told(settings) == [
        f"site/data/figures.csv: is not the file that the build wrote; {again}",
        f"site/data/claims.csv: is missing from the site; {again}",
    ]


def test_json_files_that_the_build_did_not_write(built, tmp_path):
    settings = copy_of(built, tmp_path)
    with (settings.site / "data/claims.json").open("a") as file:
        file.write("\n")
    (problem,) = told(settings)
    assert problem.startswith("site/data/claims.json: is not the file that the build wrote")


def test_half_a_site_is_not_released(built, tmp_path):
    settings = copy_of(built, tmp_path)
    folder = settings.site / "documents/global-coalition-summit"
    for name in ("text.txt", "index.html.md", "citation.bib"):
        (folder / name).unlink()
    assert [line.partition(";")[0] for line in told(settings)] == [
        f"site/documents/{folder.name}/{name}: is missing from the site"
        for name in ("text.txt", "index.html.md", "citation.bib")
    ]
    for path in settings.site.iterdir():
        if path.name == "index.html":
            path.unlink()
        elif path.name == "documents":
            shutil.rmtree(path)
    lines = told(settings)
    assert lines[0].startswith("site/index.html: is missing from the site")
    assert len(lines) == 11
    assert "more files" in lines[-1]


def test_files_of_others_are_not_replaced(built, tmp_path):
    settings = copy_of(built, tmp_path)
    name = read_finished(settings.site, "site").name
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / f"{name}.zip").write_text("ten years of work")
    (only,) = told(settings, to=tmp_path / "out")
    assert "is not a file of a release" in only
    assert sorted(files_of(tmp_path / "out")) == [f"{name}.zip"]
    (only,) = told(settings, to=settings.site / "downloads")
    assert "lies in the site" in only


def test_what_fails_leaves_everything_as_it_was(built, tmp_path, monkeypatch):
    settings = copy_of(built, tmp_path)
    before = sums_of(tmp_path / "site")

    def full(finished: Any, target: Path, **_: Any) -> int:
        target.write_bytes(b"PK half")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(releasing, "write_archive", full)
    with pytest.raises(OSError, match="No space"):
        release(settings)
    assert sums_of(tmp_path / "site") == before
    assert [one.name for one in tmp_path.iterdir() if "building" in one.name] == []


@pytest.mark.slow
def test_files_of_a_former_name_go(built, tmp_path):
    settings = copy_of(built, tmp_path)
    release(settings)
    before = sums_of(settings.site)
    data = settings.site / "data"
    for file in [data / name for name in released(data)]:
        text = file.read_bytes()
        old = file.with_name(file.name.replace(file.name.partition(".")[0], "former"))
        file.rename(old)
        if old.suffix == ".sha256":
            name = file.name.partition(".")[0]
            old.write_bytes(text.replace(name.encode(), b"former"))
    release(settings)
    assert sums_of(settings.site) == before


def test_a_page_without_the_place_is_a_warning(built, tmp_path, monkeypatch):
    settings = copy_of(built, tmp_path)
    monkeypatch.setattr(releasing, "write_archive", lambda _, target, **__: target.touch())
    (settings.site / PAGE).write_text("<title>Data</title>")
    _, (problem,) = release(settings)
    assert problem.warning
    assert "has no place" in str(problem)
