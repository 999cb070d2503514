"""Pages: every link leads somewhere, every page has its own title, hostile text stays text."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import unquote, urljoin

import pytest
import yaml
from markdown import Markdown

from browser_text import BrowserText, read_html
from builder.catalogue import Catalogue
from builder.editorial import check_editorial
from builder.html.rendering import Page
from builder.index import build_index
from builder.kinds import KINDS
from builder.misprints import Misprint
from builder.model import Annotated, Entity, Fact, Figure, Known, Place
from builder.naming.entries import Entry
from builder.pages import pages
from builder.settings import Settings
from builder.site_files import TWIN
from made import made, stated

EVIL = "<script>alert(1)</script> [x](javascript:y) ## # --- {{ evil }} \u202e\x00 \"'>"
FIGURE = Figure(1.2e9, None, None, "more_than", ">", "USD", of="EVIL <b>", period="FY24")
PLACE = Place("seeds/catalogue/programs.yaml", 7)
MERIDA = Entity(
    "program",
    "merida-initiative",
    "Merida Initiative",
    about="A partnership.",
    facts=(
        Fact("Start", "2007-10", document="one", quote="the Merida Initiative", place=PLACE),
        Fact("Ended", "never", document="nowhere", quote="an <end>", place=PLACE),
        Fact("Changed", "never", document="one", quote="was changed", place=PLACE),
        Fact("Evil", EVIL, EVIL),
        Fact("Web", "x", "https://example.org/a?b=<c>"),
    ),
    links=(("wikidata", "https://www.wikidata.org/wiki/Q1"), ("bad", "javascript:alert(1)")),
)
TEXT = f"""HEADLINE OF ALL

Through the Merida Initiative, Mexico got $1.2 billion. {EVIL}

- one item in the Western Hemishpere
- Mexico, [a link with Mexico](https://www.state.gov/x)

1. first
2. second

Scroll to Top
"""
NAMED: tuple[tuple[str, str, str] | tuple[str, str, str, Figure], ...] = (
    ("program", "merida-initiative", "Merida Initiative"),
    ("country", "mx", "Mexico"),
    ("figure", "", "$1.2 billion", FIGURE),
    ("organization", "new-thing", "Western Hemishpere"),
    ("date", "2019-06-11", "second"),
)


def documents() -> list[Annotated]:
    one = made("one", TEXT, *NAMED, title=stated(EVIL), date=stated("2023-11-16"))
    two = made(
        "two",
        "---\nkey: <i>value</i>\n---\n" + TEXT,
        *NAMED,
        title=Known("A title", "supplied", "its subject"),
        issuer=Known(EVIL, "inferred", EVIL),
        date=Known("2019-06", "inferred", EVIL),
        type=Known(EVIL, "supplied"),
        url=Known("javascript:alert(1)", "stated"),
    )
    many = "\n\n".join(f"Mexico is named here for the {number}th time." for number in range(300))
    three = made("three", many, ("country", "mx", "Mexico"), title=Known("A title", "supplied"))
    return [one, two, three]


def content() -> Mapping[str, bytes]:
    entities = {"program": (MERIDA,), "country": (Entity("country", "mx", "Mexico"),)}
    index = build_index(documents(), entities)
    misprints = (
        Misprint("Hemishpere", "Hemisphere", "one", PLACE),
        Misprint("Scroll", "Scrawl", "one", PLACE),
        Misprint("Initiativ", "Initiative", "one", PLACE),
    )
    catalogue = Catalogue({"program": (Entry(MERIDA),)}, misprints=misprints)
    editorial = check_editorial(catalogue, index.documents)
    root = Path("/collection")
    settings = Settings(root, None, root / "content", root / "seeds", root / "site", "A Reader")
    return dict(pages(index, editorial, settings))


FILES = content()


class RenderedPage:
    """A page as the renderer would give it: its settings and what a browser reads."""

    def __init__(self, path: str, data: bytes) -> None:
        _, front, body = data.decode().split("---\n", 2)
        self.folder = posixpath.dirname(path) + "/" if "/" in path else ""
        self.settings = yaml.safe_load(front)
        self.html = Markdown(extensions=["attr_list", "toc", "tables"]).convert(body)
        self.read: BrowserText = read_html(self.html)
        self.ids = [one["id"] for _, one, _ in self.read.elements if "id" in one]


PAGES = {
    path.removesuffix("index.md"): RenderedPage(path, data)
    for path, data in FILES.items()
    if path.endswith("index.md")
}


def test_every_index_has_its_page() -> None:
    wanted = {"", "documents/", "figures/", "timeline/"}
    wanted |= {f"{kind.plural}/" for kind in KINDS if kind.pages}
    assert wanted <= PAGES.keys()
    assert "organizations/candidates/" in PAGES
    assert "countries/mx/2/" in PAGES


@pytest.mark.parametrize("folder", PAGES)
def test_html_is_well_nested_and_ids_stand_once(folder: str) -> None:
    page = PAGES[folder]
    assert not page.read.wrong
    assert len(page.ids) == len(set(page.ids))


@pytest.mark.parametrize("folder", PAGES)
def test_links_resolve(folder: str) -> None:
    for tag, attributes, around in PAGES[folder].read.elements:
        href = attributes.get("href")
        if tag != "a" or href is None:
            continue
        assert "a" not in around
        if attributes.get("rel") == "external":
            assert href.startswith("https://")
            continue
        target = urljoin(f"http://x/{folder}", unquote(href)).removeprefix("http://x/")
        path, _, name = target.partition("#")
        if path.startswith("about/") or path.endswith(f"/{TWIN}"):
            continue  # hand-written; laid beside the rendered page
        assert path in PAGES or path in FILES or f"{path}index.html" in FILES, href
        assert not name or name in PAGES[path].ids, href


@pytest.mark.parametrize("folder", PAGES)
def test_nothing_hostile_acts(folder: str) -> None:
    page = PAGES[folder]
    for tag, attributes, around in page.read.elements:
        if tag == "script" and attributes == {"type": "application/ld+json"}:
            continue  # a block of data, which acts on nothing
        assert tag not in ("script", "style", "iframe", "img")
        assert tag != "i" or {"section", "dd"} <= set(around)  # a title in a citation
        assert not any(name.startswith("on") for name in attributes)
        assert not str(attributes.get("href", "")).lower().startswith("javascript")
    assert "\u202e" not in page.html


def test_titles_and_descriptions_are_unique() -> None:
    for key in ("title", "description"):
        values = [page.settings[key] for page in PAGES.values()]
        assert len(values) == len(set(values))
        assert all(values)
        assert not any(re.search(r"[<>\"]", value) for value in values)


def test_only_documents_are_searched() -> None:
    for folder, page in PAGES.items():
        is_document = re.fullmatch(r"documents/[a-z]+/", folder) is not None
        assert page.settings.get("search") == (None if is_document else {"exclude": True})


def test_every_passage_is_on_the_page() -> None:
    for one in documents():
        page = PAGES[f"documents/{one.document.slug}/"]
        text = " ".join(page.read.text.split())
        for block in one.document.passages:
            assert block.anchor in page.ids
            assert " ".join(block.text.split()) in text
        for block in one.document.furniture:
            source = one.document.source.text[block.span.start : block.span.end]
            assert source in page.read.text


def test_hostile_title_is_shown_as_it_is() -> None:
    assert EVIL in PAGES["documents/one/"].read.text


def test_source_is_offered_under_a_harmless_name() -> None:
    assert FILES["documents/one/source.txt"] == TEXT.encode()
    assert 'href="source.txt" download' in PAGES["documents/one/"].html


def test_signs_of_provenance() -> None:
    text = " ".join(PAGES["documents/two/"].read.text.split())
    assert "[A title]" in text
    assert "[June 2019?]" in text
    three = " ".join(PAGES["documents/three/"].read.text.split())
    assert "n.d." in three


def test_misprint_has_its_note() -> None:
    assert 'class="sic"' in PAGES["documents/one/"].html
    assert "printed “Hemishpere”, read “Hemisphere”" in PAGES["documents/one/"].read.text
    assert 'class="sic"' not in PAGES["documents/two/"].html


def test_misprint_in_what_is_left_out_has_a_note_and_no_sign() -> None:
    page = PAGES["documents/one/"]
    assert page.html.count('class="sic"') == 1
    note = "In what is not part of the text: printed “Scroll”, read “Scrawl”"
    assert note in " ".join(page.read.text.split())


def test_numbers_are_links_without_text() -> None:
    html = PAGES["documents/one/"].html
    assert '<a class="number" href="#p2" data-number="2" aria-label="Paragraph 2"></a>' in html


def test_numbered_lists_keep_their_numbers() -> None:
    html = PAGES["documents/one/"].html
    assert re.search(r'<li class="block item depth-1" id="p\d+" value="2">', html)


def test_a_fact_links_to_the_passage_that_says_it() -> None:
    html = PAGES["programs/merida-initiative/"].html
    assert 'href="../../documents/one/#p2" data-number="2"' in html
    text = PAGES["programs/merida-initiative/"].read.text
    assert "nowhere “an <end>”" in text
    assert "one “was changed”" in text


def test_rows_are_paged_and_folded() -> None:
    first, second = PAGES["countries/mx/"], PAGES["countries/mx/2/"]
    shown = [page.html.count('<li><a class="passage-link"') for page in (first, second)]
    assert sum(shown) == 304
    assert 250 / 3 <= min(shown) < max(shown) <= 250
    assert "more passages in this document" in first.read.text


def test_no_blank_line_ends_raw_html() -> None:
    for data in FILES.values():
        assert b"\n\n\n" not in data or not data.startswith(b"---")


def test_attributes_in_templates_are_escaped_for_attributes() -> None:
    """A sign (`<span …>`) must not stand in an attribute: every value there names its filter."""
    folder = Path(__file__).parent.parent / "builder" / "templates"
    in_attribute = re.compile(r'=\s*"[^"<>]*?\{\{(?P<value>[^}]*)\}\}')
    for file in folder.glob("*.jinja"):
        for match in in_attribute.finditer(file.read_text(encoding="utf-8")):
            value = match["value"]
            assert re.search(r"\|\s*(attribute|address|web)", value), f"{file.name}: {value}"


def test_the_same_input_gives_the_same_files() -> None:
    assert content() == FILES


@pytest.mark.parametrize(("length", "ends"), [(100, ""), (101, " .long"), (221, " .longest")])
def test_a_long_headline_says_so(length: int, ends: str) -> None:
    headline = f'<a href="#x">{"&#45;" * length}</a> {{#_title}}'
    page = bytes(Page("x/", "x", "x", "", headline)).decode()
    assert f"</a> {{#_title{ends}}}\n" in page
