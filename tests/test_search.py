"""Every passage has a search entry, in the format of whichever renderer made the index."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from browsing import follow_hit
from builder.ledger import anchor
from builder.model import Annotated
from builder.publishing.search import finish_search
from conftest import document
from made import TODAY
from reading import Noted
from site_fixtures import served

MATERIAL = {
    "config": {"lang": ["en"], "separator": "x"},
    "docs": [
        {"location": "", "title": "Home", "text": "<p>Welcome</p>"},
        {"location": "about/", "title": "About", "text": "by hand"},
        {"location": "programs/", "title": "Programs", "text": "rows"},
        {"location": "documents/a/", "title": "A", "text": "all of it"},
        {"location": "documents/a/#head", "title": "Head", "text": "again"},
    ],
}
ZENSICAL = {
    "config": {},
    "items": [dict(row, level=1, path=[], tags=[]) for row in MATERIAL["docs"]],
}
GENERATED = ("", "programs/", "documents/a/")


def a_document(text: str) -> Annotated:
    one = replace(document(text), slug="a")
    return anchor(Annotated(one, ()), None, path="a.txt", today=TODAY).annotated


def site_with(folder: Path, name: str, index: dict) -> Path:
    for path in (name, "documents/a/index.html"):
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(json.dumps(index))
    (folder / "documents/a/index.html").write_text("")
    return folder


@pytest.mark.parametrize(
    ("name", "key", "index"),
    [("search/search_index.json", "docs", MATERIAL), ("search.json", "items", ZENSICAL)],
)
def test_passages_stand_under_their_document(tmp_path, name, key, index):
    site = site_with(tmp_path, name, index)
    text = (
        "A TITLE OF SOME LENGTH\n\nOne paragraph, <b>bold</b> & 5 < 6.\n\nAnother paragraph here.\n"
    )
    for _ in range(2):
        problems = finish_search(site, [a_document(text)], GENERATED.__contains__)
        assert problems == []
        entries = json.loads((site / name).read_text())[key]
        assert [entry["location"] for entry in entries] == [
            "about/",
            "documents/a/",
            *(f"documents/a/#p{number}" for number in range(1, len(entries) - 1)),
        ]
    passages = {entry["location"]: entry for entry in entries}
    assert "by hand" in passages["about/"]["text"]
    assert any(entry["text"] == "One paragraph, bold &amp; 5 &lt; 6." for entry in entries)
    assert passages["documents/a/#p2"]["title"] == "¶2"


def test_hostile_text_is_text(tmp_path):
    site = site_with(tmp_path, "search/search_index.json", MATERIAL)
    text = (
        "Hello <script>alert(1)</script> and <img src=x onerror=alert(1)> "
        "Biden-\u2060Harris \u202eabc.\n"
    )
    finish_search(site, [a_document(text)], GENERATED.__contains__)
    raw = (site / "search/search_index.json").read_text(encoding="utf-8")
    assert "<script" not in raw
    assert "<img" not in raw
    assert "\u202e" not in raw
    assert "Biden-Harris" in raw


def test_a_number_is_no_word_of_a_title(tmp_path):
    """Or whoever looks for "12 million" would get the twelfth paragraph of every document."""
    site = site_with(tmp_path, "search/search_index.json", MATERIAL)
    finish_search(site, [a_document("One.\n\nTwo.\n")], GENERATED.__contains__)
    entries = json.loads((site / "search/search_index.json").read_text())["docs"]
    assert not any(entry["title"].split()[-1].isdigit() for entry in entries)


def test_a_page_that_is_missing_is_told(tmp_path):
    site = site_with(tmp_path, "search/search_index.json", MATERIAL)
    (site / "documents/a/index.html").unlink()
    (problem,) = finish_search(site, [a_document("Text.\n")], GENERATED.__contains__)
    assert "not in the rendered site" in problem.what


def test_a_site_whose_renderer_made_no_index_gets_one(tmp_path):
    """Without "search" among the plugins; what was written by hand is read from its pages."""
    site = site_with(tmp_path, "documents/a/index.html", {})
    (site / "about").mkdir()
    (site / "moved").mkdir()
    (site / "moved/index.html").write_text("<h1>Moved</h1>")
    (site / "about/index.html").write_text(
        "<nav>menu</nav><article><h1 id=about>About</h1><p>Ours &lt;b&gt;<em>, all</em>.</p>"
        "<script>x = 1</script><h2 id=how>How<a class=headerlink>¶</a></h2>"
        "<table><tr><td>one</td><td>two</td></tr></table></article><footer>foot</footer>"
    )
    for _ in range(2):
        assert finish_search(site, [a_document("Text of it.\n")], GENERATED.__contains__) == []
        entries = json.loads((site / "search/search_index.json").read_text())["docs"]
        assert [
            tuple(entry[key] for key in ("location", "title", "text")) for entry in entries[:2]
        ] == [
            ("about/", "About", "Ours &lt;b&gt;, all."),
            ("about/#how", "How", "one two"),
        ]
        assert entries[-1]["location"] == "documents/a/#p1"


def test_every_entry_of_the_built_site_leads_to_a_passage(built):
    from builder.publishing.site_check import read_page

    entries = json.loads((built.site / "search/search_index.json").read_text("utf-8"))["docs"]
    pages: dict[str, set[str]] = {}
    for entry in entries:
        page, _, anchor = entry["location"].partition("#")
        if page not in pages:
            html = (built.site / page / "index.html").read_text("utf-8")
            pages[page] = read_page(html, page).ids
        assert not anchor or anchor in pages[page], entry["location"]
    assert sum("#p" in entry["location"] for entry in entries) == built.outcome.passages
    assert not any(entry["location"].startswith(("programs/", "countries/")) for entry in entries)


@pytest.mark.browser
@pytest.mark.parametrize("prefix", ["/", "/archive/reader/"])
def test_a_hit_lands_on_the_passage(built, open_page, prefix):
    noted = Noted()
    with served(built.site, prefix) as home:
        page = open_page(home, noted=noted)
        follow_hit(page, "synthetic opioids")
        assert page.url.startswith(f"{home}documents/")
        anchor = page.url.rpartition("#")[2]
        assert page.locator(":target").get_attribute("id") == anchor
    assert noted.elsewhere(home) == []
    assert noted.complaints == []
