"""The records of pages of this site, as programs read them once a reader's day stands in them."""

from __future__ import annotations

import json
import re
from html import unescape

import jsonschema
import pytest
import rispy
from pybtex.database import parse_string

from builder.citing.page_records import PageRecord, page_records
from builder.html.cite_section import with_citations
from conftest import ROOT

SCHEMA = json.loads((ROOT / "tests/vendor/csl/csl-data.json").read_text("utf-8"))
HERE, DAY = "\ue001", "\ue002"
ADDRESS = "https://reader.example/countries/mx/"
PARTS = {"year": "2026", "mm": "03", "m": "3", "dd": "04", "day": "4"}
TITLES = (
    "Mexico (country)",
    "50 % & more: #1 {of} \\n_x ~ ^",
    "</pre><script>x</script> \ue001 \ue002 {year}",
    'A "line"\nand\u2028two',
)


def filled(record: PageRecord, address: str = ADDRESS) -> str:
    """Return a record as a reader sees it."""
    day = record.accessed.format(**PARTS)
    return record.text.replace(HERE, address).replace(DAY, day)


def records(title: str, address: str = ADDRESS) -> dict[str, PageRecord]:
    made = page_records("countries/mx/", title, address, "Harbor Reader")
    return {one.format: one for one in made}


@pytest.mark.parametrize("address", [ADDRESS, "countries/mx/"])
@pytest.mark.parametrize("title", TITLES)
def test_programs_read_them(title: str, address: str) -> None:
    of = records(title, address)
    assert all((HERE in one.text) == (address != ADDRESS) for one in of.values())
    assert all(one.text.count(DAY) == 1 for one in of.values())
    shown = " ".join(title.replace("\ue001", "\ufffd").replace("\ue002", "\ufffd").split())

    (item,) = json.loads(filled(of["csl"]))
    jsonschema.validate([item], SCHEMA)
    assert (item["title"], item["URL"]) == (shown, ADDRESS)
    assert item["accessed"] == {"date-parts": [[2026, 3, 4]]}

    (read,) = rispy.loads(filled(of["ris"]))
    assert (read["title"], read["urls"]) == (shown, [ADDRESS])
    assert read["access_date"] == "2026/03/04/"

    (entry,) = parse_string(filled(of["bibtex"]), "bibtex").entries.values()
    assert entry.fields["urldate"] == "2026-03-04"
    assert entry.fields["url"] == ADDRESS
    assert entry.key == "countries-mx"


def test_the_first_page_has_a_key() -> None:
    text = next(page_records("", "Harbor Reader", ADDRESS, "Harbor Reader")).text
    assert text.startswith("@misc{page,\n")


@pytest.mark.parametrize("title", TITLES)
def test_the_page_gives_them_back(title: str) -> None:
    of = records(title, "countries/mx/")
    body = with_citations("", (), of.values(), "countries/mx/")
    assert not re.search("[\ue000-\uf8ff]", body)
    held = dict(re.findall(r'<pre data-record="(\w+)" hidden>(.*?)</pre>', body))
    for name, record in of.items():
        text = held[name].replace('<span class="here">[address of this page]</span>', HERE)
        found = re.search('<span class="accessed" data-written="([^"]*)">[^<]*</span>', text)
        assert found
        assert unescape(found[1]) == record.accessed
        assert unescape(text.replace(found[0], DAY)) == record.text
