"""The search knows the names of the index: what a query names is a link above the hits."""

import json
from pathlib import Path
from typing import Any

import pytest

from browsing import search_for
from builder.settings import read_settings
from builder.site import Run, build
from reading import PHONE, Noted
from site_fixtures import served


def names_of(site: Path) -> dict[str, Any]:
    """Return the rows of the names of a site by the address that each leads to."""
    file = json.loads((site / "search/names.json").read_text("utf-8"))
    return {f"{file['kinds'][row[0]]}{row[1]}/": row for row in file["names"]}


def test_what_has_a_page_has_its_names(built):
    names = names_of(built.site)
    pages = {
        f"{folder}/{page.parent.name}/"
        for folder in ("countries", "people", "programs", "organizations", "substances")
        for page in (built.site / folder).glob("*/index.html")
        if page.parent.name != "candidates" and not page.parent.name.isdigit()
    }
    assert pages == {address for address in names if not address.startswith("figures/")}
    for address in names:
        assert (built.site / address / "index.html").is_file(), address
    assert "Great Britain" in names["countries/gb/"]
    assert {"Joe Biden", "Biden"} <= {*names["people/joseph-r-biden/"]}
    counts = [row[2] for row in names.values()]
    assert counts == sorted(counts, reverse=True)


def test_names_are_told_once_and_on_one_line(small):
    settings = small(a="A\n\nThe port of Kingston, U.K.,\nis not in the UK.\n\nViet Nam is far.\n")
    build(settings, Run())
    names = names_of(settings.site)
    for row in names.values():
        plain = ["".join(filter(str.isalnum, name)).casefold() for name in row[3:]]
        assert not any("\n" in name for name in row[3:])
        assert len({*plain}) > len(plain) / 2
    assert names["countries/gb/"][3:].count("UK") == 1
    assert names["countries/gb/"][2] == 1
    assert names["countries/vn/"][:4] == ["country", "vn", 1, "Vietnam"]


# What is typed, and the pages that are offered, first of all.
NAMED = [
    ("CJNG", ["organizations/cjng/"]),
    ("inl", ["organizations/inl/"]),
    ("U.K.", ["countries/gb/"]),
    ("great britain", ["countries/gb/"]),
    ("great bri", ["countries/gb/"]),
    ("14059", ["programs/executive-order-14059/"]),
    ("NCHS", ["organizations/national-center-for-health-statistics/"]),
    ("Mérida", ["programs/merida-initiative/"]),
    ("Overdose deaths a year", ["figures/overdose-deaths-a-year/"]),
    ("China fentanyl", ["substances/fentanyl/", "countries/cn/"]),
    ("help US", ["countries/us/"]),
    ("help us", []),
    ("organ ", []),
    ("zebra", []),
]
LINKS = "all => all.map(one => new URL(one.href).pathname.slice(1))"


@pytest.mark.browser
def test_names_stand_above_the_hits(address, open_page):
    page = open_page(address)
    for query, expected in NAMED:
        search_for(page, query)
        named = page.locator(".search-box .found-name")
        assert named.evaluate_all(LINKS) == expected, query
        if expected:
            told = page.locator(".search-box .search-count").inner_text()
            assert "Nothing found" not in told
            assert page.locator(".found-near").count() == 0
    search_for(page, "CJNG")
    assert page.locator(".found-named").inner_text() == (
        "In the index: Cartel de Jalisco Nueva Generación (organization, 1 passage)"
    )
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/organizations/cjng/")


@pytest.mark.browser
def test_on_the_search_page_and_from_disk(address, built, open_page):
    page = open_page(f"{address}search/?q=CJNG", **PHONE)
    page.locator(".found-name").first.wait_for()
    assert not page.locator(".search-facets").is_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.goto(f"{address}search/?q=zebra")
    page.get_by_text("Nothing found").wait_for()
    assert not page.locator(".search-facets").is_visible()
    noted = Noted()
    page = open_page((built.offline / "search/index.html").as_uri() + "?q=CJNG", noted=noted)
    page.locator(".found-name").click()
    page.wait_for_url("**/organizations/cjng/index.html")
    assert noted.complaints == []


@pytest.mark.browser
def test_a_facet_keeps_its_name(address, open_page):
    page = open_page(f"{address}search/?q=Merida&country=cn")
    assert page.locator(".search-chosen button").inner_text().endswith("China")
    assert page.get_by_label("China").is_checked()
    page.goto(f"{address}search/?q=zebra&document=documents/global-coalition-summit/")
    assert page.locator(".search-chosen button").inner_text().endswith("Global coalition summit")


@pytest.mark.browser
def test_pages_about_the_site_stand_apart(address, open_page):
    page = open_page(address)
    search_for(page, "how to cite")
    assert (
        page.locator(".search-box .search-count").inner_text() == "Nothing found in the documents."
    )
    assert page.locator(".found-pages > h2").inner_text() == "About this site"
    assert page.locator(".found-pages li a").first.inner_text() == "How to cite"
    assert page.locator("ol.found li").count() == 0
    search_for(page, "accents capital letters")
    assert "“Mérida”: accents" in page.locator(".found-pages").inner_text()
    search_for(page, "fentanyl")
    assert page.locator(".found-pages").is_hidden()
    search_for(page, "cocaine -heroin")
    assert "leaves nothing out" in page.locator(".search-list").inner_text()


@pytest.mark.browser
@pytest.mark.parametrize("option", ["candidates_from: 25", "pagefind_from: 1"])
def test_a_site_rendered_without_the_search_plugin(small, open_page, option):
    settings = small(a="A\n\nThe harbor of Kingston was closed to the Netherlands.\n")
    settings.config_file.write_text(f"site_name: Small\nplugins:\n- collection: {{{option}}}\n")
    settings = read_settings(settings.config_file)
    assert [str(problem) for problem in build(settings, Run()).problems] == []
    with served(settings.site) as home:
        page = open_page(home)
        assert search_for(page, "harbor Kingston").count() == 1
        search_for(page, "Holland")
        assert page.locator(".found-name").inner_text() == "Netherlands"
        search_for(page, "quotation marks")
        assert page.locator(".found-pages a").first.inner_text() == "What to write"
