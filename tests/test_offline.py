"""The copy for disk opens, leads and searches without a server and without any other host."""

import json
from pathlib import Path

import pytest

from browsing import follow_hit
from builder.model import Problems
from builder.publishing.offline import MARKER, copy_for_disk, on_disk, page_for_disk
from builder.publishing.site_check import check_site
from reading import Noted


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("../x/", "../x/index.html"),
        ("../x/#p12", "../x/index.html#p12"),
        ("x/?h=a#p1", "x/index.html?h=a#p1"),
        ("..", "../index.html"),
        ("../..", "../../index.html"),
        (".", "index.html"),
        ("./", "./index.html"),
        ("../#p1", "../index.html#p1"),
        ("source.txt", "source.txt"),
        ("../assets/x.css", "../assets/x.css"),
        ("#p12", "#p12"),
        ("?q=x", "?q=x"),
        ("", ""),
        ("https://example.org/x/", "https://example.org/x/"),
        ("//example.org/x/", "//example.org/x/"),
        ("mailto:a@example.org", "mailto:a@example.org"),
    ],
)
def test_addresses_name_files(address, expected):
    assert on_disk(address) == expected


def test_only_addresses_of_elements_change():
    page = '<a href="x/" title="y/">z/</a> href=&#34;x/&#34; <form action="../search/"></form>'
    assert page_for_disk(page) == (
        '<a href="x/index.html" title="y/">z/</a> href=&#34;x/&#34; '
        '<form action="../search/index.html"></form>'
    )


def test_what_leads_to_what_is_only_served_goes():
    page = (
        '<link data-served rel="alternate" href="../feed.xml">\n<link rel="icon" href="../x.svg">'
        '<ul><li data-served><a href="../feed.xml">Feed</a></li>\n<li>x</li></ul>'
        '<p>The <a class="y" href="../feed.xml">feed</a>, <a href="x/">data-served</a>'
    )
    assert page_for_disk(page) == (
        '\n<link rel="icon" href="../x.svg"><ul>\n<li>x</li></ul>'
        '<p>The feed, <a href="x/index.html">data-served</a>'
    )


def make_site(folder: Path) -> Path:
    (folder / "a").mkdir(parents=True)
    (folder / "index.html").write_text('<a href="a/">a</a>')
    (folder / "a/index.html").write_text('<a href="..">home</a>')
    (folder / "404.html").write_text("not here")
    return folder


def test_a_copy_is_a_whole_new_folder(tmp_path):
    site, target = make_site(tmp_path / "site"), tmp_path / "copy"
    assert copy_for_disk(site, target)
    assert (target / "index.html").read_text() == '<a href="a/index.html">a</a>'
    assert (target / "a/index.html").read_text() == '<a href="../index.html">home</a>'
    assert not (target / "404.html").exists()
    assert not copy_for_disk(site, target), "the same copy again changes nothing"
    (site / "a/index.html").unlink()
    assert copy_for_disk(site, target)
    assert not (target / "a").exists()


@pytest.mark.parametrize("where", ["full", "site", "site/inside", "."])
def test_no_other_folder_is_replaced(tmp_path, where):
    site = make_site(tmp_path / "site")
    (tmp_path / "full").mkdir()
    (tmp_path / "full/thesis.doc").write_text("ten years of work")
    with pytest.raises(Problems):
        copy_for_disk(site, tmp_path / where)
    assert (tmp_path / "full/thesis.doc").exists()
    assert (site / "index.html").exists()


def test_every_link_of_the_copy_resolves(built):
    assert (built.offline / MARKER).exists()
    assert [str(problem) for problem in check_site(built.offline)] == []


def test_no_link_of_the_copy_names_a_folder(built):
    for page in built.offline.rglob("*.html"):
        assert 'href="../"' not in page.read_text(encoding="utf-8")


def test_search_is_laid_beside_as_a_script(built):
    for name in ("search_index.json", "engine.json"):
        script = (built.offline / f"search/{name}.js").read_text(encoding="utf-8")
        value = script.removeprefix(f'reader.given("search/{name}", ').removesuffix(");\n")
        assert json.loads(value) == json.loads((built.site / "search" / name).read_text("utf-8"))


@pytest.mark.browser
def test_search_from_disk_lands_on_the_passage(built, open_page):
    noted = Noted()
    page = open_page((built.offline / "index.html").as_uri(), noted=noted)
    follow_hit(page, "synthetic opioids")
    assert "/documents/" in page.url
    assert "/index.html#" in page.url
    anchor = page.url.rpartition("#")[2]
    assert page.locator(":target").get_attribute("id") == anchor
    assert noted.elsewhere("file://") == []
    assert noted.complaints == []
