"""What stands around every text: by keyboard, narrow, without scripts, in any colors."""

import re

import pytest

from reading import PHONE

pytestmark = pytest.mark.browser
NARROW = {"viewport": {"width": 320, "height": 256}}  # a window of 1280 pixels at 400 %
DOCUMENT = "documents/global-coalition-summit/"
PAPER = "getComputedStyle(document.body).backgroundColor"
COLORS = "color_scheme.js"
PAINTED = "() => performance.getEntriesByName('first-contentful-paint').length"
LIGHT, DARK = "rgb(251, 250, 246)", "rgb(18, 22, 28)"


def focused(page) -> str:
    return page.evaluate("document.activeElement.textContent.trim()")


def test_the_text_is_painted_before_any_other_script_arrives(open_page, address):
    page = open_page("about:blank")
    held = []
    page.route(
        lambda url: url.endswith(".js") and COLORS not in url, lambda route: held.append(route)
    )
    page.goto(address + DOCUMENT, wait_until="commit")
    page.wait_for_function(PAINTED)
    assert page.locator("h1").is_visible()
    assert page.locator("#p6").is_visible()
    assert page.evaluate(PAPER) == LIGHT
    assert page.evaluate("document.readyState") != "complete"
    assert held, "there are scripts, and none has come"
    for route in held:
        route.abort()


def test_no_page_flashes_in_colors_that_were_not_chosen(open_page, address):
    page = open_page(address, color_scheme="dark")
    page.get_by_role("button", name="Colors").click()
    held = []
    page.route(f"**/{COLORS}", lambda route: held.append(route))
    page.goto(address + DOCUMENT, wait_until="commit")
    page.wait_for_selector("footer", state="attached")  # everything else is here
    page.wait_for_timeout(300)
    assert held
    assert not page.evaluate(PAINTED)
    held[0].continue_()
    page.wait_for_function(PAINTED)
    assert page.evaluate(PAPER) == LIGHT


def test_the_drawer_of_sections_by_keyboard(open_page, address):
    page = open_page(address + DOCUMENT, **PHONE, java_script_enabled=False)
    page.keyboard.press("Tab")
    assert focused(page) == "Skip to the text"
    page.keyboard.press("Tab")
    assert focused(page) == "Menu"
    menu = page.get_by_role("navigation", name="Sections")
    assert not menu.is_visible()
    page.keyboard.press("Enter")
    assert menu.is_visible()
    page.keyboard.press("Tab")
    assert focused(page) == "Close"
    page.keyboard.press("Tab")
    assert focused(page) == "Home"
    page.keyboard.press("Escape")
    assert not menu.is_visible()
    assert focused(page) == "Menu"
    page.keyboard.press("Enter")
    menu.get_by_role("link", name="Countries").press("Enter")
    page.wait_for_url("**/countries/")


def test_a_drawer_closes_when_the_keyboard_leaves_it(open_page, address):
    page = open_page(address + DOCUMENT, **PHONE)
    page.get_by_role("button", name="Menu").press("Enter")
    menu = page.get_by_role("navigation", name="Sections")
    menu.get_by_role("link").last.focus()
    page.keyboard.press("Tab")
    menu.wait_for(state="hidden")
    assert not page.evaluate("document.activeElement === document.body")


def test_contents_of_a_document_on_a_phone(open_page, address):
    page = open_page(address + DOCUMENT, **PHONE)
    contents = page.get_by_role("navigation", name="Contents")
    page.get_by_role("button", name="Contents").tap()
    link = contents.get_by_role("link").last
    heading = link.get_attribute("href")
    link.tap()
    contents.wait_for(state="hidden")
    assert page.url.endswith(heading)
    page.locator(".contents [aria-current=location]").wait_for(state="attached")


def test_tabs_say_where_the_page_stands(open_page, address):
    for path, tab, current in (
        ("", "Home", "page"),
        ("documents/", "Documents", "page"),
        (DOCUMENT, "Documents", "true"),
        ("countries/mx/", "Countries", "true"),
        ("about/figures/", "About", "true"),
    ):
        page = open_page(address + path)
        marked = page.get_by_role("navigation", name="Sections").locator("[aria-current]")
        assert [marked.inner_text(), marked.get_attribute("aria-current")] == [tab, current]
    tops = page.locator(".site-menu li").evaluate_all("all => all.map(one => one.offsetTop)")
    assert len(tops) >= 10
    assert len(set(tops)) == 1, "the sections stand in one line"


def test_the_skip_link_leads_past_the_header(open_page, address):
    page = open_page(address + DOCUMENT)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('#__text') !== null")


def test_colors_follow_the_system_or_the_reader_who_is_remembered(open_page, address):
    page = open_page(address, color_scheme="dark")
    assert page.evaluate(PAPER) == DARK
    change = page.get_by_role("button", name="Colors")
    for name, paper in (("light", LIGHT), ("dark", DARK), ("as the system has it", DARK)):
        change.click()
        assert re.match(f"Colors: {name}\\.", change.get_attribute("aria-label"))
        assert page.evaluate(PAPER) == paper
    change.click()
    page.goto(address + DOCUMENT)
    assert page.evaluate(PAPER) == LIGHT
    page.emulate_media(color_scheme="light")
    assert page.evaluate(PAPER) == LIGHT


def test_without_scripts_colors_follow_the_system(open_page, address):
    page = open_page(address, color_scheme="dark", java_script_enabled=False)
    assert page.evaluate(PAPER) == DARK
    assert not page.get_by_role("button", name="Colors").count()


def test_a_scrolled_page_names_itself_in_the_header(open_page, address):
    page = open_page(address + DOCUMENT)
    title = page.locator(".site-name .page-title")
    assert not title.is_visible()
    page.locator("#p12").scroll_into_view_if_needed()
    page.evaluate("document.querySelector('#p12').scrollIntoView()")
    title.wait_for(state="visible")
    assert "Summit of the Global Coalition" in title.inner_text()
    home = page.get_by_role("banner").get_by_role("link", name="Counternarcotics Policy Reader")
    assert home.count() == 1


def test_linked_words_of_a_title_are_in_the_header_too(open_page, address):
    page = open_page(address + DOCUMENT)
    page.evaluate(
        "document.querySelector('h1').innerHTML = '<a class=number href=#p1></a>'"
        " + '<a class=mention href=#>Harbor</a> Strategy'"
    )
    page.locator(".page-title").evaluate("title => title.remove()")
    page.evaluate("delete document.documentElement.dataset.framed")
    page.add_script_tag(url=f"{address}assets/javascripts/page_frame.js")
    assert page.locator(".page-title").text_content() == "Harbor Strategy"


def test_paragraph_numbers_stay_at_400_percent(open_page, address):
    page = open_page(address + DOCUMENT, **NARROW)
    number = page.locator("#p6 > a.number")
    assert number.is_visible()
    assert number.bounding_box()["width"] >= 24


def test_forced_colors_keep_what_colors_say(open_page, address):
    page = open_page(address + DOCUMENT, forced_colors="active")
    current = page.locator(".site-menu [aria-current]")
    line = "one => getComputedStyle(one).textDecorationLine"
    assert current.evaluate(line) == "underline"
    others = page.locator(".site-menu a:not([aria-current])")
    assert set(others.evaluate_all(f"all => all.map({line})")) == {"none"}
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    outline = "getComputedStyle(document.activeElement).outlineStyle"
    assert page.evaluate(outline) == "solid"
    sign = "getComputedStyle(document.querySelector('.tool.scheme'), '::before').backgroundColor"
    paper = page.evaluate(PAPER)
    assert page.evaluate(sign) != paper


def test_nothing_moves_where_motion_is_not_wanted(open_page, address):
    page = open_page(address + DOCUMENT, reduced_motion="reduce")
    durations = page.evaluate(
        "[...new Set([...document.querySelectorAll('*')].map("
        "(one) => parseFloat(getComputedStyle(one).transitionDuration)))]"
    )
    assert max(durations) <= 0.001
    assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"
