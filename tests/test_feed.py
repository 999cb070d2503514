"""The feed: valid Atom, ids that stay, dates that no build makes, text that stays text."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from xml.etree.ElementTree import Element, fromstring

import feedparser
import pytest
from lxml import etree

from builder.citing.publication import Publication
from builder.editorial import Editorial
from builder.exporting.feed import ENTRIES, feed_file
from builder.html.shown import shown
from builder.index import build_index
from builder.last_changed import last_changed, whole_day
from builder.model import Annotated, Forward, Known, Past, RemovedDocument, Tombstone, Version
from made import made, stated

SCHEMA = etree.RelaxNG(etree.parse(Path(__file__).parent / "vendor/atom/atom.rng"))
ATOM = "{http://www.w3.org/2005/Atom}"
HERE = Publication("A <Reader> & more", "https://example.org/reader/", "What it holds")
NO_PAST = Past()
EVIL = "<b>x</b> & ]]> </title> \u202e\x00\x0b \ud800 \ufffe 😀 " + "word " * 400
TEXT = "A REPORT\n\nThe first sentence of Mr. Quill. The second one.\n"


def harbor(slug: str = "harbor", text: str = TEXT, **metadata: Known) -> Annotated:
    return made(slug, text, title=metadata.pop("title", stated("A report")), **metadata)


def changed(one: Annotated, day: str) -> Annotated:
    """Return a document as it is after an edit."""
    now = Version(one.document.source.sha256, day, "", (), after="0" * 12)
    before = Version("0" * 64, "", day, ())
    return replace(one, document=replace(one.document, versions=(now, before)))


def feed(
    *documents: Annotated, past: Past = NO_PAST, where: Publication = HERE, identity: str = "x"
) -> Element:
    path, data = feed_file(
        shown(build_index(documents, {}), Editorial(), where, past), past, identity
    )
    assert path == "feed.xml"
    assert SCHEMA.validate(etree.fromstring(data)), SCHEMA.error_log
    parsed = feedparser.parse(data)
    assert not parsed.bozo, parsed.bozo_exception
    assert len(parsed.entries) == min(len(documents), ENTRIES)
    root = fromstring(data)
    ids = [element.text for element in root.iter(f"{ATOM}id")]
    assert len(set(ids)) == len(ids)
    for entry in root.iter(f"{ATOM}entry"):  # what the schema leaves out
        assert entry.find(f"{ATOM}author/{ATOM}name") is not None
        assert len(entry.findall(f"{ATOM}link[@rel='alternate']")) == 1
    return root


def said(root: Element, name: str) -> list[str | None]:
    return [element.text for element in root.iterfind(f"{ATOM}entry/{ATOM}{name}")]


def links(root: Element, rel: str) -> list[str | None]:
    found = root.iterfind(f"{ATOM}entry/{ATOM}link[@rel='{rel}']")
    return [element.get("href") for element in found]


def test_an_entry_says_what_a_document_is():
    url = "https://www.state.gov/x?a=1&b=2"
    root = feed(
        harbor(
            issuer=stated("Ministry of Harbors, Lights, and Ropes; The Pilots"),
            type=stated("fact sheet"),
            date=stated("2023-11-16"),
            url=stated(url),
        )
    )
    authors = root.iterfind(f"{ATOM}entry/{ATOM}author/{ATOM}name")
    assert [one.text for one in authors] == [
        "Ministry of Harbors, Lights, and Ropes",
        "The Pilots",
    ]
    assert said(root, "title") == ["A report"]
    assert said(root, "updated") == said(root, "published") == ["2023-11-16T00:00:00Z"]
    assert said(root, "summary") == [
        "Ministry of Harbors, Lights, and Ropes; The Pilots, fact sheet, 16 November 2023."
        " The first sentence of Mr. Quill."
    ]
    terms = [one.get("term") for one in root.iterfind(f"{ATOM}entry/{ATOM}category")]
    assert "fact sheet" in terms
    assert links(root, "via") == [url]
    assert links(root, "alternate") == ["https://example.org/reader/documents/harbor/"]
    own = root.find(f"{ATOM}link[@rel='self']")
    assert own is not None
    assert own.get("href") == "https://example.org/reader/feed.xml"


def test_ids_stay_when_everything_else_changes():
    first = said(feed(harbor()), "id")
    moved = replace(HERE, url="https://other.example/", name="Another name")
    edited = harbor(text=TEXT + "\n\nA third.", title=stated("Another title"))
    assert said(feed(edited, where=moved), "id") == first
    assert said(feed(changed(harbor(), "2026-12-02")), "id") == first
    renamed = Past(renamed=(("harbor", "pier"),), first=(("pier", "harbor"),))
    assert said(feed(harbor("pier"), past=renamed), "id") == first
    again = Past(renamed=(("harbor", "a"), ("pier", "a")), first=(("a", "harbor"),))
    assert said(feed(harbor("a"), past=again), "id") == first


def test_ids_of_two_collections_differ():
    assert said(feed(harbor(), identity="y"), "id") != said(feed(harbor()), "id")


def test_a_change_comes_first_and_is_told():
    root = feed(
        harbor("new", date=stated("2025-01-01")),
        changed(harbor("old", date=stated("1999-01-01")), "2026-12-02"),
    )
    assert said(root, "updated") == ["2026-12-02T00:00:00Z", "2025-01-01T00:00:00Z"]
    assert (said(root, "summary")[0] or "").startswith(
        "Changed on 2 December 2026; its versions are listed."
    )
    assert links(root, "version-history") == ["https://example.org/reader/documents/old/versions/"]
    assert root.findtext(f"{ATOM}updated") == "2026-12-02T00:00:00Z"


def test_what_is_removed_is_told():
    gone = RemovedDocument("ropes", "Ropes & <more>", "", "", "2026-12-02", ())
    root = feed(harbor(date=stated("2023-11-16")), past=Past(removed=(gone,)))
    note = root.find("{http://purl.org/atompub/tombstones/1.0}deleted-entry")
    assert note is not None
    assert note.get("when") == "2026-12-02T00:00:00Z"
    assert [note.get("ref")] == said(feed(harbor("ropes")), "id")
    assert "Ropes & <more>" in "".join(note.itertext())
    assert root.findtext(f"{ATOM}updated") == "2026-12-02T00:00:00Z"


@pytest.mark.parametrize(
    ("date", "updated", "published"),
    [
        ("2023-11-16", "2023-11-16", "2023-11-16"),
        ("2019-06?", "2019-06-01", None),
        ("2023/2024", "2023-01-01", None),
        ("2023-21", "1970-01-01", None),
        ("199X", "1970-01-01", None),
        ("", "1970-01-01", None),
        ("2023-02-31", "1970-01-01", None),
    ],
)
def test_dates(date, updated, published):
    root = feed(harbor(date=stated(date) if date else Known()))
    assert said(root, "updated") == [f"{updated}T00:00:00Z"]
    assert said(root, "published") == ([f"{published}T00:00:00Z"] if published else [])


def test_an_inferred_day_is_not_told_as_the_day_of_publication():
    known = Known("2023-11-16", "inferred", "from the file's name")
    assert said(feed(harbor(date=known)), "published") == []


def test_undated_documents_come_last():
    root = feed(
        harbor("undated"), harbor("old", date=stated("1948")), harbor("new", date=stated("2001"))
    )
    ends = [(address or "").split("/")[-2] for address in links(root, "alternate")]
    assert ends == ["new", "old", "undated"]


def test_only_the_newest_stand_there():
    every = [harbor(f"d-{n}", date=stated(f"{1900 + n}-01-01")) for n in range(ENTRIES + 5)]
    assert (links(feed(*every), "alternate")[-1] or "").endswith("documents/d-5/")


def test_hostile_text_stays_text():
    one = harbor(
        text=f"HEAD\n\n{EVIL.replace(chr(0xD800), '')}\n",
        title=Known(EVIL, "supplied"),
        issuer=Known(EVIL, "inferred"),
        type=stated(EVIL),
        rights=stated(EVIL),
    )
    root = feed(one)
    assert "<b>x</b> & ]]> </title> 😀 word" in (said(root, "title")[0] or "")


def test_without_an_address_links_are_relative():
    root = feed(changed(harbor(), "2026-12-02"), where=Publication("Reader"))
    addresses = [one.get("href") for one in root.iter(f"{ATOM}link")]
    assert addresses == ["feed.xml", "./", "documents/harbor/", "documents/harbor/versions/"]


def test_a_collection_without_documents_has_a_feed():
    assert feed().findtext(f"{ATOM}updated") == "1970-01-01T00:00:00Z"


def test_last_changed():
    one = harbor(date=stated("2023-11-16"))
    grave = Tombstone("p9", "paragraph", "gone", "2026-03-01")
    led = Forward("p8", "p1", "2026-03-02", "x", led="2026-04-01")
    lost = replace(one.document, tombstones=(grave,), forwards=(led,))
    assert last_changed(one.document) == "2023-11-16"
    assert last_changed(changed(one, "2026-12-02").document) == "2026-12-02"
    assert last_changed(replace(lost, forwards=())) == "2026-03-01"
    assert last_changed(lost) == "2026-04-01"
    assert last_changed(harbor(date=stated("2019-06?")).document) == ""
    inferred = Known("2023-11-16", "inferred", "from the file's name")
    assert last_changed(harbor(date=inferred).document) == ""


@pytest.mark.parametrize(
    "text", ["2023-11", "2023-W46-4", "2023-02-30", "20231116", "2150-01-01", "2023-11-16?", ""]
)
def test_what_is_no_whole_day(text):
    assert whole_day(text) == ""
