"""The page /data/, and every address that the tables hold, in built sites."""

import csv
import io
import json
import re
from collections.abc import Callable, Iterator
from functools import cache
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

from builder.counting import size_in_words
from builder.exporting.schema import tables
from builder.settings import Settings, read_settings
from builder.site import Run, build

FIELDS = [(table, field) for table in tables().values() for field in table.fields]


@pytest.fixture(params=["built", "everything"])
def site(request: pytest.FixtureRequest) -> Path:
    folder: Path = request.getfixturevalue(request.param).site
    return folder


def page_of(site: Path) -> str:
    """Return the page, with all characters as they are that mean nothing in HTML."""
    text = (site / "data/index.html").read_text("utf-8")
    return re.sub("&#([0-9]+);", lambda found: _plain(int(found[1])), text)


def _plain(code: int) -> str:
    return f"&#{code};" if chr(code) in "<>&\"'" else chr(code)


def words_of(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", html)).split())


def rows_of(site: Path, name: str) -> Iterator[dict[str, str]]:
    package = json.loads((site / "data/datapackage.json").read_text("utf-8"))
    paths = next(one["path"] for one in package["resources"] if one["name"] == name)
    for path in [paths] if isinstance(paths, str) else paths:
        text = (site / "data" / path).read_bytes().decode("utf-8")
        yield from csv.DictReader(io.StringIO(text, newline=""))


def addresses_that_lead_nowhere(site: Path, base: str = "") -> list[str]:
    """Return what stands in a field of addresses and has no page, or no such place on it."""

    @cache
    def ids(page: str) -> frozenset[str]:
        file = site / page / "index.html"
        text = file.read_text("utf-8") if file.is_file() else ""
        return frozenset(map(unescape, re.findall(r'\sid="([^"]*)"', text))) | {""}

    wrong = []
    for table, field in FIELDS:
        if field.type != "url":
            continue
        for row in rows_of(site, table.name):
            address = row[field.name]
            page, _, anchor = unquote(address.removeprefix(base)).partition("#")
            lost = not (site / page / "index.html").is_file() or anchor not in ids(page)
            if address and (lost or not address.startswith(base)):
                wrong.append(f"{table.name}.{field.name}: {address}")
    return wrong


def test_every_address_leads_to_its_place(site: Path) -> None:
    assert addresses_that_lead_nowhere(site) == []


def test_rows_are_as_many_as_the_pages_show(site: Path) -> None:
    def shown(folder: str, pattern: str) -> int:
        pages = [site / folder / "index.html", *site.glob(f"{folder}[0-9]*/index.html")]
        return sum(len(re.findall(pattern, page.read_text("utf-8"))) for page in pages)

    counts = {name: sum(1 for _ in rows_of(site, name)) for name in tables()}
    assert shown("documents/", r'<a class="document-title"') == counts["documents"]
    assert shown("figures/", r'<td class="figure-value"') == counts["claims"]
    measures = sum(
        len(re.findall('<td class="measure-date"', page.read_text("utf-8")))
        for page in site.glob("figures/*/index.html")
    )
    assert measures == counts["measures"]
    reviewed = [row for row in rows_of(site, "entities") if row["reviewed"] == "true"]
    for row in reviewed:
        assert (site / row["url"] / "index.html").is_file()
    home = words_of((site / "index.html").read_text("utf-8"))
    assert f"{counts['documents']} document" in home
    assert f"{counts['claims']} claim" in home


def test_the_page_tells_rows_and_files(site: Path) -> None:
    page = page_of(site)
    for name, table in tables().items():
        rows = sum(1 for _ in rows_of(site, name))
        row = re.search(rf'<a href="#{name}">{table.title}</a>.*?</tr>', page, re.DOTALL)
        assert row
        assert f'data-label="Rows">{rows:,}<' in row[0]
        for form in ("csv", "json"):
            size = (site / f"data/{name}.{form}").stat().st_size
            assert f'href="{name}.{form}" download' in row[0]
            assert size_in_words(size) in words_of(row[0])


def test_the_dictionary_has_every_field(site: Path) -> None:
    page = page_of(site)
    for table, field in FIELDS:
        entry = re.search(rf'<tr id="{table.name}\.{field.name}">.*?</tr>', page, re.DOTALL)
        assert entry, (table.name, field.name)
        words = words_of(entry[0])
        assert words.startswith(field.name)
        assert " ".join(field.description.split()) in words
        assert all(value in words for value in field.values)
    assert len(re.findall(r'<tr id="', page)) == len(FIELDS)


def test_the_page_leads_to_what_describes_the_files(site: Path) -> None:
    head = page_of(site).partition("</head>")[0]
    assert re.search(
        r'<link rel="describedby" href="csv-metadata.json" type="application/csvm\+json"', head
    )
    links = set(re.findall(r'href="([^"#:]*)"', page_of(site)))
    own = {"datapackage.json", "csv-metadata.json", "references.bib", "../feed.xml"}
    assert own <= links
    for link in links:
        target = (site / "data" / unescape(link)).resolve()
        assert target.is_file() or (target / "index.html").is_file(), link
    assert re.search(r"<div [^>]*data-release[^>]*></div>", page_of(site))


def test_rights_are_counted(built: Any) -> None:
    rights = [row["rights"] for row in rows_of(built.site, "documents")]
    words = words_of(page_of(built.site).partition('id="rights"')[2])
    for said in set(rights):
        assert f"{said or 'nothing is stated'}" in words
        assert f": {rights.count(said)} document" in words
    assert "no license is stated" in words


@pytest.mark.parametrize(
    ("size", "words"),
    [
        (0, "0 bytes"),
        (999, "999 bytes"),
        (1000, "1 kB"),
        (25_600, "26 kB"),
        (4_160_000, "4.2 MB"),
        (2 * 10**9, "2.0 GB"),
    ],
)
def test_sizes_in_words(size: int, words: str) -> None:
    assert size_in_words(size) == words


def test_a_license_that_the_collection_grants(small: Callable[..., Settings]) -> None:
    settings = small(note="A Note\n\nNine pilots of Mexico counted 12 lamps.\n")
    assert settings.config_file
    settings.config_file.write_text(
        "site_name: '=Lamps & \"Co\" </script>'\nplugins:\n- collection:\n"
        "    license: CC-BY-4.0\n    license_url: https://example.org/by/4.0/\n"
    )
    settings = read_settings(settings.config_file)
    assert not build(settings, Run()).failed
    assert '<a rel="license" href="https://example.org/by/4.0/">CC-BY-4.0</a>' in page_of(
        settings.site
    )
    package = json.loads((settings.site / "data/datapackage.json").read_text("utf-8"))
    licensed = {one["name"]: one["licenses"] for one in package["resources"] if "licenses" in one}
    said = [{"name": "CC-BY-4.0", "path": "https://example.org/by/4.0/"}]
    assert licensed == {"mentions": said, "entities": said}
    assert package["title"] == '=Lamps & "Co" </script>'
    assert package["name"] == "lamps-co-script"


def test_a_collection_that_names_nothing_has_its_tables(small: Callable[..., Settings]) -> None:
    settings = small(note="Lamps\n\nNobody counts them.\n")
    build(settings, Run())
    for name in tables().keys() - {"documents", "passages"}:
        header = (settings.site / f"data/{name}.csv").read_bytes()
        assert header == ",".join(tables()[name].names).encode() + b"\r\n"
    assert addresses_that_lead_nowhere(settings.site) == []


@pytest.mark.slow
def test_a_thousand_documents(
    small: Callable[..., Settings], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Tables in parts: every address leads to its place, and pages link no file that is not."""
    note = "FACT SHEET: Lamps of {n}\n\n{year}-03-{day:02}\n\nMexico and Peru counted {n} lamps.\n"
    texts = {
        f"lamps-{n}": note.format(n=n, year=1990 + n % 30, day=n % 28 + 1) for n in range(1000)
    }
    monkeypatch.setenv("SITE_URL", "https://example.org/reader/")
    settings = small(**texts)
    settings = read_settings(settings.root / "mkdocs.yml")
    assert not build(settings, Run()).failed
    assert not (settings.site / "data/claims.csv").exists()
    assert addresses_that_lead_nowhere(settings.site, "https://example.org/reader/") == []
    assert sum(1 for _ in rows_of(settings.site, "documents")) == 1000
    for folder in ("data", "figures", "documents", "countries"):
        page = (settings.site / folder / "index.html").read_text("utf-8")
        for link in re.findall(r'href="([^":]*data/[^"#:]*|[^":/]*-\d{4}\.csv)', page):
            target = settings.site / folder / unescape(link)
            assert target.is_file() or (target / "index.html").is_file(), link
