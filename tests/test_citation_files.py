"""Files of references and what pages tell reference managers, over whole built collections."""

from __future__ import annotations

import json
import re
from functools import cache
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import jsonschema
import pytest
import rispy
from citeproc.source.json import CiteProcJSON
from lxml import html
from pybtex.database import parse_file

from conftest import ROOT
from site_fixtures import Built

SCHEMA = json.loads((ROOT / "tests/vendor/csl/csl-data.json").read_text("utf-8"))
COINS = re.compile(r'<span class="Z3988" title="([^"]*)" hidden></span>')
ENDINGS = ("json", "ris", "bib")


@pytest.fixture(params=["built", "everything"])
def site(request: pytest.FixtureRequest) -> Path:
    """The site of this collection, and that of the invented one."""
    collection: Built = request.getfixturevalue(request.param)
    return collection.site


def documents(site: Path) -> list[Path]:
    return sorted(path.parent for path in site.glob("documents/*/citation.json"))


@cache
def page(folder: Path) -> str:
    return (folder / "index.html").read_text("utf-8")


def tags(folder: Path) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for meta in html.document_fromstring(page(folder)).xpath("//head/meta[@name]"):
        found.setdefault(meta.get("name"), []).append(meta.get("content"))
    return found


def address(item: dict[str, Any]) -> list[str]:
    return [item["URL"]] if "URL" in item else []


def test_every_document_has_its_files_and_is_in_those_of_all(site: Path):
    sources = {path.parent for path in site.glob("documents/*/source.txt")}
    assert set(documents(site)) == sources
    for ending in ENDINGS:
        whole = (site / f"data/references.{ending}").read_bytes()
        for folder in sources:
            own = (folder / f"citation.{ending}").read_bytes()
            assert own.removeprefix(b"[\n").removesuffix(b"\n]\n") in whole


def test_the_files_are_read_and_agree(site: Path):
    items = json.loads((site / "data/references.json").read_text("utf-8"))
    jsonschema.validate(items, SCHEMA)
    assert len(CiteProcJSON(items)) == len(items) == len(documents(site))
    records = rispy.loads((site / "data/references.ris").read_bytes().decode())
    entries = parse_file(str(site / "data/references.bib"), "bibtex").entries
    assert [record["id"] for record in records] == [item["id"] for item in items]
    assert list(entries) == [item["id"] for item in items]
    for item, record, entry in zip(items, records, entries.values(), strict=True):
        names = [author["literal"] for author in item.get("author", ())]
        assert record["title"] == item["title"]
        assert record.get("authors", []) == names
        assert record.get("urls", []) == address(item)
        assert record["notes"] == [item["note"]]
        assert len(entry.persons.get("author", ())) == len(names)
        (issued, *_) = item.get("issued", {}).get("date-parts", [[]])
        day, month, year = (*map("{:02}".format, issued[::-1]),) if len(issued) == 3 else ("",) * 3
        assert not day or record["date"] == f"{year}/{month}/{day}/"
        assert record.get("year", "") == (str(issued[0]) if issued else "")


def test_each_page_tells_what_its_reference_tells(site: Path):
    for folder in documents(site):
        (item,) = json.loads((folder / "citation.json").read_text("utf-8"))
        found = tags(folder)
        names = [author["literal"] for author in item.get("author", ())]
        assert found["citation_title"] == found["dcterms.title"] == [item["title"]]
        assert found.get("citation_author", []) == [f"{name}," for name in names]
        assert found.get("dcterms.creator", []) == names
        publisher = item.get("publisher", item.get("container-title"))
        expected = [publisher] if publisher else []
        assert found.get("citation_technical_report_institution", []) == expected
        assert found["dcterms.type"] == ["report"]
        assert "citation_journal_title" not in found
        # One makes Zotero save the document; of two it would ask which.
        (coins,) = COINS.findall(page(folder))
        pairs = parse_qs(unescape(coins), strict_parsing=True)
        assert pairs["rft.btitle"] == [item["title"]]
        assert pairs["rft.genre"] == ["report"]
        assert pairs.get("rft.aucorp", [])[::-1] == names
        assert pairs.get("rft_id", []) == address(item)
        assert page(folder).count("Z3988") == 1


def test_lists_tell_of_each_document_that_they_list(site: Path):
    lists = [site / "documents", *(one.parent for one in site.glob("countries/??/index.html"))]
    assert len(lists) > 2
    for folder in lists:
        text = page(folder)
        listed = html.document_fromstring(text).xpath(
            "//*[self::h3 or self::td]/a[@class='document-title']"
        )
        assert len(COINS.findall(text)) == len(listed) > 0


def test_no_other_page_looks_like_a_document(site: Path):
    of_documents = {folder / "index.html" for folder in documents(site)}
    for path in set(site.rglob("index.html")) - of_documents:
        text = path.read_text("utf-8")
        citable = '<meta name="citation_' in text
        assert not citable or re.search(r"/documents/[^/]+/versions/[0-9a-f]{12}/", str(path)), path


def test_a_version_is_cited_at_its_own_address(everything: Built):
    versions = [path.parent for path in everything.site.glob("documents/*/versions/*/index.html")]
    citable = [folder for folder in versions if "citation_title" in tags(folder)]
    assert [folder.parent.parent.name for folder in citable] == ["harbor-plan"]
    assert len(COINS.findall(page(citable[0]))) == 1


def test_nothing_absolute_is_written_without_the_site_s_address(site: Path):
    for folder in documents(site):
        found = tags(folder)
        assert "citation_public_url" not in found
        assert "dcterms.identifier" not in found
        (item,) = json.loads((folder / "citation.json").read_text("utf-8"))
        assert item["note"].endswith(f"Via documents/{folder.name}/")
