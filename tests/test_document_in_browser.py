"""A document's page as its readers use it: citing, cards, switches; and without a script."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from page_kinds import one_of_each
from reading import PHONE, Noted
from site_fixtures import Built

pytestmark = pytest.mark.browser
expect = pytest.importorskip("playwright.sync_api").expect

Open = Callable[..., Any]
PAGE = "documents/fight-against-global-illicit-drug-trafficking/"
CARD = "#_card"


def test_a_number_is_a_plain_link(open_page: Open, address: str) -> None:
    page = open_page(f"{address}{PAGE}")
    expect(page.locator("#p12 a.number")).to_have_accessible_name("Paragraph 12")
    page.locator("#p12 a.number").click()
    assert page.url == f"{address}{PAGE}#p12"
    sign = "getComputedStyle(document.getElementById('p12'), '::after').content"
    assert page.evaluate(sign) == '"cited passage"'
    header = page.locator(".md-header").bounding_box()
    assert page.locator("#p12").bounding_box()["y"] >= header["y"] + header["height"]


def test_a_card_opens_on_hover_and_by_keyboard(open_page: Open, address: str) -> None:
    page = open_page(f"{address}{PAGE}")
    card = page.locator(CARD)
    mention = page.locator("#p4 a.mention.program").first
    mention.hover()
    expect(card).to_contain_text("mentions in")
    expect(card).to_contain_text("Global Coalition to Address Synthetic Drug Threats")
    link = card.get_by_role("link")
    link.hover()  # the card stays while the pointer is in it
    assert link.get_attribute("href") == mention.evaluate("link => link.href")
    page.keyboard.press("Escape")
    expect(card).to_be_hidden()
    page.mouse.move(0, 0)
    page.locator("#p3-f1").evaluate("mark => mark.previousElementSibling.focus()")
    page.keyboard.press("Tab")
    expect(page.locator("#p3-f1")).to_be_focused()
    expect(card).to_contain_text("100,000")
    page.keyboard.press("Enter")
    expect(card.get_by_role("link", name="Link to this figure")).to_be_focused()
    page.keyboard.press("Tab")
    expect(card.get_by_role("button", name="Cite “a hundred thousand”")).to_be_focused()
    page.keyboard.press("Tab")
    expect(card).to_be_hidden()
    expect(page.locator("#p3-f1")).to_be_focused()
    page.keyboard.press("Enter")
    expect(card).to_be_visible()
    page.keyboard.press("Escape")
    expect(card).to_be_hidden()
    expect(page.locator("#p3-f1")).to_be_focused()


def test_a_card_opens_on_a_tap_and_its_link_leads_on(open_page: Open, address: str) -> None:
    page = open_page(f"{address}{PAGE}", **{**PHONE, "viewport": {"width": 320, "height": 640}})
    page.locator("#p4 a.mention.program").first.tap()
    card = page.locator(CARD)
    expect(card).to_contain_text("mentions in")
    assert page.url == f"{address}{PAGE}"
    box = card.bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 320
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    card.get_by_role("link").tap()
    page.wait_for_url("**/programs/global-coalition-to-address-synthetic-drug-threats/")


def test_cards_come_from_disk_too(open_page: Open, built: Built) -> None:
    page = open_page((built.offline / PAGE / "index.html").as_uri())
    page.locator("#p2 a.mention.country").first.hover()
    expect(page.locator(CARD)).to_contain_text("China")
    expect(page.locator(CARD)).to_contain_text("mentions in")


def test_switches_are_remembered(open_page: Open, address: str) -> None:
    page = open_page(f"{address}{PAGE}")
    page.get_by_role("button", name="Marks").press("Enter")
    page.get_by_role("checkbox", name="Figures").press("Space")
    page.get_by_role("checkbox", name="Paragraph numbers").press("Space")
    page.keyboard.press("Escape")
    expect(page.locator("#_marks")).to_be_hidden()
    page.reload()
    expect(page.locator("#p3-f1")).to_have_class(re.compile("unmarked"))
    expect(page.locator("#p3-f1")).to_have_attribute("tabindex", "-1")
    expect(page.locator("#p3 a.number")).to_have_css("opacity", "0")
    page.get_by_role("button", name="Marks").click()
    expect(page.get_by_role("checkbox", name="Figures")).not_to_be_checked()
    page.get_by_role("checkbox", name="Clean text").click()
    expect(page.locator("#p3 a.mention").first).to_have_css("text-decoration-line", "none")


def test_clean_text_has_a_clean_title_too(open_page: Open, address: str) -> None:
    page = open_page(f"{address}documents/us-mexico-combatting-drug-scourge/")
    mention = page.locator("h1 a.mention").first
    expect(mention).to_have_css("text-decoration-line", "underline")
    page.get_by_role("button", name="Marks").click()
    page.get_by_role("checkbox", name="Clean text").click()
    expect(mention).to_have_css("text-decoration-line", "none")


def test_dates_have_a_switch_too(open_page: Open, address: str) -> None:
    page = open_page(f"{address}documents/global-coalition-summit/")
    date = page.locator(".block .mention.date").first
    expect(date).to_have_css("border-bottom-width", "1px")
    page.get_by_role("button", name="Marks").click()
    page.get_by_role("checkbox", name="Dates").click()
    expect(date).to_have_css("border-bottom-width", "0px")


AGAIN = """async () => {
  const own = (url) => url.includes("/assets/javascripts/") && !url.includes(".min.");
  const ran = performance.getEntriesByType("resource").map((one) => one.name);
  const all = () => document.querySelectorAll("body *, [tabindex], [role]").length;
  const before = all();
  for (const src of ran.filter((url) => own(url) && url.endsWith(".js"))) {
    if (/worker|redirect/.test(src)) continue;
    await new Promise((resolve) => {
      const script = document.createElement("script");
      script.src = src;
      script.onload = script.onerror = resolve;
      document.head.append(script);
    });
  }
  await new Promise((resolve) => requestAnimationFrame(resolve));
  return [before, all()];
}"""


def test_scripts_run_twice_change_nothing(open_page: Open, address: str, built: Built) -> None:
    """On a page of every kind, with the scripts that come when they are needed."""
    opened = [*one_of_each(built.site).values(), "countries/mx/?view=concordance"]
    for path in opened:
        noted = Noted()
        page = open_page("about:blank", noted=noted)
        page.goto(address + path, wait_until="networkidle")
        before, after = page.evaluate(AGAIN)
        assert before == after, path
        assert not noted.complaints, path
        page.context.close()


def test_the_page_reads_without_scripts(open_page: Open, address: str) -> None:
    page = open_page(f"{address}{PAGE}#p13", java_script_enabled=False)
    expect(page.locator("#p13 a.number")).to_be_visible()
    assert page.locator("button.cite").count() == 0
    page.get_by_role("button", name="Download").click()
    expect(page.get_by_role("link", name="Source text")).to_be_visible()
    page.keyboard.press("Escape")
    page.locator("details.copy > summary").click()
    expect(page.locator("details.copy code")).to_be_visible()
    page.locator("details.named > summary").click()
    page.locator("details.named").get_by_role("link", name="China").click()
    assert page.url.endswith("#p2")
    mention = page.locator("#p2 a.mention.country").first
    assert mention.get_attribute("title") is None
    assert page.locator("#p3-f1").get_attribute("title")


def test_paper_has_the_address_and_no_controls(open_page: Open, address: str) -> None:
    page = open_page(f"{address}{PAGE}", color_scheme="dark")
    page.emulate_media(media="print", color_scheme="dark")
    expect(page.locator("#p3")).to_have_css("color", "rgb(28, 36, 48)")
    expect(page.locator(".print-address")).to_have_text(f"{address}{PAGE}")
    expect(page.locator("details.copy code")).to_be_visible()
    expect(page.locator("#p3 a.number")).to_be_visible()
    for control in (".actions", "#p3 button.cite", "details.named"):
        expect(page.locator(control)).to_be_hidden()
