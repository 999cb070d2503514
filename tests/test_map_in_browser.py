"""Home and timeline as readers use them: the map by mouse, keyboard and finger; switches."""

from __future__ import annotations

import re

import pytest

from reading import PHONE, Noted

pytestmark = pytest.mark.browser


def test_a_country_of_the_map_leads_to_its_page(open_page, address):
    noted = Noted()
    page = open_page(address, noted=noted)
    page.get_by_role("link", name=re.compile("^United States: ")).click()
    page.wait_for_url("**/countries/us/")
    page.go_back()
    page.locator(".skip-map").focus()
    fill = "getComputedStyle(document.querySelectorAll('.world a path')[1]).fill"
    before = page.evaluate(fill)
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert page.evaluate(fill) != before
    focused = page.evaluate("document.activeElement.getAttribute('href')")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/{focused.removeprefix('./')}")
    assert not noted.complaints


def test_on_a_phone_each_country_is_in_a_list(open_page, address):
    page = open_page(address, **PHONE)
    picture = page.locator(".world").bounding_box()
    assert picture["x"] >= 0
    assert picture["x"] + picture["width"] <= 390
    page.locator(".behind-map summary").tap()
    links = page.locator(".map-table a")
    assert links.count() == page.locator(".world a, .small-states a").count()
    assert min(box["height"] for box in (link.bounding_box() for link in links.all())) >= 24
    links.last.tap()
    page.wait_for_url(re.compile("/countries/../$"))


def test_switches_of_the_timeline(open_page, address):
    noted = Noted()
    page = open_page(f"{address}timeline/", noted=noted)
    total = page.locator(".timeline .event").count()
    page.get_by_role("checkbox", name=re.compile("in the texts")).uncheck()
    shown = page.locator(".timeline .event:visible")
    years = page.locator(".year-jumps li:visible")
    counted = "all => all.reduce((sum, one) => sum + parseInt(one.innerText.split(' ')[1]), 0)"
    assert years.evaluate_all(counted) == shown.count()
    assert 0 < shown.count() < total
    assert page.locator(".timeline .event.mention:visible").count() == 0
    assert page.url.endswith("?without=mention")
    page.reload()
    assert page.locator(".timeline .event.mention:visible").count() == 0
    assert "without=mention" in page.locator(".year-jumps a").last.get_attribute("href")
    page.get_by_role("checkbox", name=re.compile("in the texts")).check()
    assert shown.count() == total
    assert page.url.endswith("/timeline/")
    assert not noted.complaints


def test_without_scripts_the_timeline_is_complete(open_page, address):
    page = open_page(f"{address}timeline/", java_script_enabled=False)
    assert page.locator("input[type=checkbox]:visible").count() == 0
    assert page.locator(".event-kinds li").first.inner_text().endswith("documents")
    assert page.locator(".timeline .event:visible").count() > 0
