"""What stays at the addresses of documents that were removed or have a new slug."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import html5lib
import pytest
from markdown import Markdown

from browser_text import read_html
from browsing import box_of
from builder.editorial import Editorial
from builder.html.redirect_pages import redirect_pages
from builder.html.removed_page import removed_pages
from builder.html.shown import shown
from builder.html.version_ids import ids_of
from builder.index import build_index
from builder.ledger import remove
from builder.model import Past, Tombstone, Version
from builder.pages import pages
from builder.publishing.offline import copy_for_disk
from builder.publishing.site_check import check_site, read_page
from builder.settings import Settings
from builder.site import Run, build
from lost import EVIL, build_lost_site, damaged, harbor, past, removed
from made import made
from reading import Noted
from site_fixtures import served

SETTINGS = Settings(Path(), None, Path("content"), Path("seeds"), Path("site"))


def files(past: Past, *, site_url: str = "") -> dict[str, bytes]:
    index = build_index([harbor()], {})
    return dict(pages(index, Editorial(), replace(SETTINGS, site_url=site_url), past))


def test_without_a_past_nothing_is_made() -> None:
    assert files(Past()) == dict(pages(build_index([harbor()], {}), Editorial(), SETTINGS))


# Removed documents


def removed_page() -> str:
    page, *_ = removed_pages(Past((removed(),)))
    return bytes(page).decode()


def test_a_removed_document_says_what_it_was() -> None:
    page = removed_page()
    body = Markdown(extensions=["attr_list", "toc"]).convert(page.split("---\n", 2)[2])
    read = read_html(body)
    assert not read.wrong
    text = " ".join(read.text.split())
    assert text.startswith("Removed: The <pier> & its lamps")
    assert "was removed from this collection on 2 December 2026." in text
    assert "Title The <pier> & its lamps" in text.replace("TitleThe", "Title The")
    assert "Office of Piers" in text
    assert "June 2019?" in text
    assert EVIL in read.text
    assert "¶ 4 stood until 31 January 2025" in text
    ids = [one["id"] for _, one, _ in read.elements if "id" in one]
    assert ids == ["_title", "p1", "the-pier", "p2", "p2-f1", "p3", "p4", "_versions"]
    assert not {tag for tag, _, _ in read.elements} & {"script", "h3"}


def test_it_is_neither_searched_nor_a_document() -> None:
    page = removed_page()
    assert "search:\n  exclude: true" in page
    assert 'kind: "removed"' in page


def test_nothing_is_known_of_some() -> None:
    bare = replace(removed("bare"), title="", issuer="", date="", tombstones=(), versions=())
    page, *_ = removed_pages(Past((bare,)))
    assert page.title == "Removed: bare"
    assert "n.d." in read_html(page.body).text


def test_its_versions_keep_their_own_words() -> None:
    made_files = {page.path: page for page in removed_pages(Past((removed(),)))}
    page = made_files["documents/pier/versions/0123456789ab/index.md"]
    text = " ".join(read_html(page.body).text.split())
    assert "This document was removed on 2 December 2026." in text
    assert "An earlier word." in text
    assert "1 passage changed, 1 removed" in text
    assert re.findall(r' id="(p[^"]*)"', page.body) == ["p1", "p2", "p2-f1", "p3", "p4"]
    last = made_files["documents/pier/versions/ba9876543210/index.md"].body
    assert EVIL in read_html(last).text
    assert 'class="tombstone" id="p4"' in last
    assert 'href="../0123456789ab/#p4">in the version of that time' in last
    assert {page.kind for page in made_files.values()} == {"removed", "kept"}
    own = removed_page()
    for digits in ("0123456789ab", "ba9876543210"):
        assert f'href="../../documents/pier/versions/{digits}/"' in own
    assert 'href="versions/0123456789ab/#p4">in the version of that time' in own


def test_titles_are_a_page_s_own() -> None:
    titles = [page.title for page in removed_pages(past())]
    assert len(set(titles)) == len(titles) == 8


def test_a_document_that_stands_again_keeps_its_page() -> None:
    made_files = files(Past((removed("harbor"),)))
    assert made_files == files(Past())


# Former addresses


def redirects(*renamed: tuple[str, str], site_url: str = "") -> dict[str, str]:
    site = shown(build_index([harbor()], {}), Editorial())
    given = redirect_pages(site, Past((removed(),), renamed), site_url)
    return {path: data.decode() for path, data in given}


def target_of(page: str) -> str:
    (address,) = re.findall(r'class="new-address" href="([^"]*)"', page)
    return str(address)


@pytest.mark.parametrize(
    ("renamed", "leads"),
    [
        ([("a", "harbor")], {"a": "harbor"}),
        ([("a", "b"), ("b", "harbor")], {"a": "harbor", "b": "harbor"}),
        ([("c", "harbor"), ("b", "c"), ("a", "b")], dict.fromkeys("abc", "harbor")),
        ([("a", "pier")], {"a": "pier"}),
        ([("a", "elsewhere")], {}),
        ([("harbor", "a")], {}),
        ([("pier", "harbor")], {}),
        ([("a", "harbor"), ("harbor", "b")], {"a": "harbor"}),
        ([("a", "a")], {}),
        ([("a", "b"), ("b", "a")], {}),
    ],
)
def test_chains_lead_straight_to_their_end(
    renamed: list[tuple[str, str]], leads: dict[str, str]
) -> None:
    pages_found = redirects(*renamed).items()
    found = {path: target_of(page) for path, page in pages_found if path.count("/") == 2}
    assert found == {
        f"documents/{name}/index.html": f"../../documents/{slug}/" for name, slug in leads.items()
    }


def test_every_published_id_leads_on() -> None:
    site = shown(build_index([damaged()], {}), Editorial())
    (path, data), *_ = redirect_pages(site, Past((), (("port", "harbor"),)), "")
    assert path == "documents/port/index.html"
    tree = html5lib.parse(data.decode(), namespaceHTMLElements=False)
    leads = {item.get("id"): item.find("a").get("href") for item in tree.iter("li")}
    assert tuple(leads) == ids_of(damaged())
    assert {"p1", "p4", "p4-f1", "p5", "p91-f1", "what-was-found", "p90"} <= leads.keys()
    assert all(href == f"../../documents/harbor/#{name}" for name, href in leads.items())


def test_nothing_is_inline_and_nothing_acts() -> None:
    evil = made("evil", f"# {EVIL}\n\nText.\n")
    site = shown(build_index([evil], {}), Editorial())
    (_, data), *_ = redirect_pages(site, Past((), (("old", "evil"),)), "")
    read = read_html(data.decode().replace("<!doctype html>", ""))
    assert not read.wrong
    for tag, attributes, _ in read.elements:
        assert tag != "style"
        assert "style" not in attributes
        assert not any(name.startswith("on") for name in attributes)
        assert tag != "script" or list(attributes) == ["src"]


@pytest.mark.parametrize(
    ("site_url", "canonical"),
    [
        ("", "../../documents/harbor/"),
        ("https://example.org/a-b/", "https://example.org/a-b/documents/harbor/"),
    ],
)
def test_the_new_address_is_canonical(site_url: str, canonical: str) -> None:
    page = redirects(("a", "harbor"), site_url=site_url)["documents/a/index.html"]
    tree = html5lib.parse(page, namespaceHTMLElements=False)
    links = [link.get("href") for link in tree.iter("link") if link.get("rel") == "canonical"]
    assert links == [canonical]


def test_pinned_versions_lead_on_too() -> None:
    one = harbor()
    now = Version(one.document.source.sha256, "2026-01-01", "", (("p1", "new"),))
    lost = Tombstone("p9", "item", "lost by then", "2025-01-01", ("p9-f1",), behind="p2")
    passages, aliases = (("p1", "old"), ("p2", "gone")), (("p2", ("birds", "p2-f1", "p4-f1")),)
    then = Version("f" * 64, "", "2026-01-01", passages, aliases=aliases, tombstones=(lost,))
    one = replace(one, document=replace(one.document, versions=(now, then)))
    site = shown(build_index([one], {}), Editorial())
    found = dict(redirect_pages(site, Past((removed(),), (("port", "harbor"),)), ""))
    leads = {path: target_of(data.decode()) for path, data in found.items()}
    below = f"versions/{now.digits}/"
    assert leads == {
        "documents/port/index.html": "../../documents/harbor/",
        "documents/port/versions/index.html": "../../../documents/harbor/versions/",
        f"documents/port/{below}index.html": f"../../../../documents/harbor/{below}",
        "documents/port/versions/ffffffffffff/index.html": (
            "../../../../documents/harbor/versions/ffffffffffff/"
        ),
    }
    pinned = found["documents/port/versions/ffffffffffff/index.html"].decode()
    ids = ["p1", "report-on-the-harbor", "p2", "birds", "p2-f1", "p4-f1", "p9", "p9-f1"]
    assert re.findall(r'<li id="([^"]*)">', pinned) == ids
    made_pages = dict(pages(build_index([one], {}), Editorial(), SETTINGS))
    page = made_pages["documents/harbor/versions/ffffffffffff/index.md"].decode()
    assert [name for name in re.findall(r' id="([^"]*)"', page) if name[0] != "_"] == ids


# In a rendered site


@pytest.fixture(scope="module")
def settings(tmp_path_factory):
    folder = tmp_path_factory.mktemp("former") / "collection"
    return build_lost_site(folder, "https://example.org/sub/path/")


@pytest.fixture(scope="module")
def disk(settings):
    copy_for_disk(settings.site, settings.root / "disk")
    return settings.root / "disk"


def test_every_link_resolves(settings, disk):
    assert [str(one) for one in check_site(settings.site, site_url=settings.site_url)] == []
    assert [str(one) for one in check_site(disk)] == []


def test_no_list_and_no_search_names_what_was_removed(settings):
    site = settings.site
    for path in ("sitemap.xml", "search/search_index.json", "documents/index.html", "index.html"):
        text = (site / path).read_text("utf-8")
        assert "documents/harbor/" in text, path
        assert "pier" not in text.replace("last the pier", ""), path
    assert '<meta name="robots" content="noindex">' in (
        site / "documents/pier/index.html"
    ).read_text("utf-8")
    assert "noindex" not in (site / "documents/harbor/index.html").read_text("utf-8")


def test_the_sitemap_is_a_list_of_pages(settings):
    from xml.etree import ElementTree

    tree = ElementTree.parse(settings.site / "sitemap.xml")
    found = {element.text for element in tree.iter() if element.tag.endswith("loc")}
    wanted = {f"https://example.org/sub/path/{page}" for page in ("", "about/", "documents/log/")}
    assert wanted <= found


@pytest.mark.slow
def test_down_the_whole_line(small, monkeypatch):
    """From an edited source, its ledger and its new name to the pages of the site."""
    report = (
        "REPORT ON LAMPS\n\nThe lamps of the pier were counted twice in the spring.\n\n"
        "Nobody knows who counted them first, or why it was done.\n\n"
        "The oil for them costs $26 billion a year, which is far too much.\n\n"
        "The keeper signs the book every evening before he goes home.\n\n"
        "Ships have asked for brighter ones since the winter of the fog.\n"
    )
    other = "A NOTE ON ROPES\n\nRopes are made of hemp in this harbor.\n\nThey last nine years.\n"
    settings = small(lamps=report, ropes=other)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1767225600")  # 1 January 2026
    assert not build(settings, Run()).failed
    before = {path for path in settings.site.rglob("index.html") if "documents" in path.parts}

    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1796169600")  # 2 December 2026
    text = report.replace("Nobody knows who counted them first, or why it was done.\n\n", "")
    (settings.seeds / "lamps.txt").write_text(text.replace("$26", "$28"), encoding="utf-8")
    (settings.seeds / "ropes.txt").unlink()
    (settings.seeds / "manifest.yaml").write_text("documents:\n  lamps.txt:\n    slug: lights\n")
    ledger = settings.anchors / "ropes.txt"
    removed_text = remove(ledger.read_text("utf-8"), today=date(2026, 12, 2), path=ledger.name)
    ledger.write_text(removed_text, encoding="utf-8")
    outcome = build(settings, Run(), offline=settings.root / "disk")
    assert [str(one) for one in outcome.problems] == []
    assert [str(one) for one in check_site(settings.site)] == []
    assert [str(one) for one in check_site(settings.root / "disk")] == []
    assert {path for path in before if not path.is_file()} == set()

    page = (settings.site / "documents/lights/index.html").read_text("utf-8")
    assert '<div class="tombstone" id="p3"' in page
    assert "was removed on 2 December 2026." in page
    assert 'data-was="&#36;26 billion"' in page
    former = (settings.site / "documents/lamps/index.html").read_text("utf-8")
    assert '<li id="p3"><a href="../../documents/lights/#p3">' in former
    gone = (settings.site / "documents/ropes/index.html").read_text("utf-8")
    assert "Ropes are made of hemp in this harbor" in gone


ADDRESSES = [
    ("port/?q=x", "harbor/?q=x"),
    ("port/#p4", "harbor/#p4"),
    ("haven/#what-was-found", "harbor/#what-was-found"),
    ("port/#p91-f1", "harbor/#p91-f1"),
    ("old-pier/#p3", "pier/#p3"),
    ("old-pier/versions/0123456789ab/#p2-f1", "pier/versions/0123456789ab/#p2-f1"),
]


@pytest.mark.browser
@pytest.mark.parametrize(("former", "address"), ADDRESSES)
def test_a_former_address_leads_on_with_its_fragment(settings, open_page, former, address):
    from playwright.sync_api import expect

    noted = Noted()
    with served(settings.site, "/sub/path/") as home:
        page = open_page(f"{home}about/", noted=noted)
        page.goto(f"{home}documents/{former}")
        expect(page).to_have_url(f"{home}documents/{address}")
        name = address.partition("#")[2]
        if name:
            assert page.locator(":target").get_attribute("id") == name
        page.go_back()
        expect(page).to_have_url(f"{home}about/")
    assert noted.elsewhere(home) == []
    assert noted.complaints == []


@pytest.mark.browser
@pytest.mark.parametrize(("former", "address"), ADDRESSES[1:])
def test_it_does_from_disk(disk, open_page, former, address):
    from playwright.sync_api import expect

    def on_disk(page: str) -> str:
        path, mark, rest = page.partition("#")
        return f"{(disk / 'documents').as_uri()}/{path}index.html{mark}{rest}"

    expect(open_page(on_disk(former))).to_have_url(on_disk(address))


@pytest.mark.browser
@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize(("former", "address"), ADDRESSES[1:])
def test_without_scripts_the_passage_is_named_first(settings, open_page, former, address, width):
    name = former.partition("#")[2]
    size = {"width": width, "height": 700}
    with served(settings.site, "/sub/path/") as home:
        page = open_page(f"{home}documents/{former}", viewport=size, java_script_enabled=False)
        items = [(box_of(one), one) for one in page.locator("li").all()]
        items.sort(key=lambda item: (item[0]["y"], item[0]["x"]))
        (box, first), (other, _) = items[:2]
        assert first.get_attribute("id") == name
        assert box["height"] > other["height"]
        assert box["x"] + box["width"] <= width
        first.locator("a").click()
        assert page.url == f"{home}documents/{address}"


def test_the_page_reads_as_an_html_parser_reads_it(settings):
    html = (settings.site / "documents/port/index.html").read_text("utf-8")
    assert read_page(html, "port").ids == set(ids_of(damaged()))
