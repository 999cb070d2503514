"""Every kind of page by keyboard, enlarged, printed, from disk, without scripts; all quiet."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from browsing import seen, texts_seen
from page_kinds import KINDS
from reading import PHONE, Noted
from site_fixtures import Built

pytestmark = pytest.mark.browser

Open = Callable[..., Any]
NAMES = [name for name, _, _ in KINDS]
STAY = [name for name in NAMES if name not in ("redirect", "pinned")]  # the others lead on
ON_DISK = [name for name in NAMES if name != "404"]  # that is a server's page
SETTLED = "new Promise(done => requestIdleCallback(done))"
CONTROLS = (".site-header", ".site-menu", ".contents", ".site-footer", ".skip")
MOST_STOPS = 60  # of the Tab key; a page of a hundred rows is as its first ones

# What was reached by Tab: how often, whether it is seen, and whether it shows that it was reached.
FOCUSED = """() => {
    const one = document.activeElement;
    if (!one || one === document.body) return null;
    one.walked = (one.walked || 0) + 1;
    const words = one.textContent.trim().slice(0, 30);
    const about = `${one.tagName} ${one.getAttribute("class")} "${words}"`;
    const label = one.labels && one.labels[0];
    const own = each => each.contains(one) || one.contains(each) || label && label.contains(each);
    const seen = [...one.getClientRects()].some(box => {
        if (one.ownerSVGElement) return box.bottom > 0 && box.top < innerHeight;
        const x = box.x + box.width / 2, y = box.y + Math.min(box.height / 2, 12);
        const top = document.elementFromPoint(x, y);
        return top && own(top);
    });
    const look = each => {
        const style = getComputedStyle(each);
        return [style.boxShadow, style.backgroundColor, style.textDecorationLine, style.borderColor,
            style.fill, style.stroke, style.strokeWidth].join();
    };
    const looks = () => [one, one.parentElement, ...one.children].map(look).join();
    const outlined = [one, one.parentElement, ...one.children].some(each => {
        const style = getComputedStyle(each);
        return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0;
    });
    const focused = looks();
    if (!outlined) one.blur();
    const told = outlined || looks() !== focused;
    if (!outlined) one.focus({preventScroll: true, focusVisible: true});
    return {about, times: one.walked, seen, told};
}"""
# What can be reached: shown, not passed over, in the order of the page.
REACHABLE = """() => [...document.querySelectorAll(
    "a[href], button, input, select, textarea, summary, [tabindex='0']")].filter(one =>
        one.tabIndex >= 0 && !one.disabled && one.checkVisibility({visibilityProperty: true})
        && one.getClientRects().length).length"""
SIDEWAYS = """() => {
    const page = document.scrollingElement;
    if (page.scrollWidth <= innerWidth) return [];
    const wide = [...document.body.querySelectorAll("*")].filter(one =>
        one.getBoundingClientRect().right > innerWidth + 1 && one.checkVisibility());
    return [`${page.scrollWidth} > ${innerWidth}`,
        ...wide.slice(0, 5).map(one => `${one.tagName} ${one.className}`)];
}"""


@pytest.mark.parametrize("kind", STAY)
def test_everything_is_reached_by_tab(
    open_page: Open, home: str, kinds: dict[str, str], kind: str
) -> None:
    page = open_page(home + kinds[kind], reduced_motion="reduce")
    page.wait_for_load_state("networkidle")  # controls that scripts make are there
    reachable = page.evaluate(REACHABLE)
    wanted = min(reachable, MOST_STOPS)
    stops: list[dict[str, Any]] = []
    for _ in range(wanted + 1):  # one more: a page that begins in its search box is gone around
        page.keyboard.press("Tab")
        focus = page.evaluate(FOCUSED)
        if focus and len(stops) < wanted:
            stops.append(focus)
    faults = [f"twice: {stop['about']}" for stop in stops if stop["times"] > 1]
    faults += [f"covered or outside: {stop['about']}" for stop in stops if not stop["seen"]]
    faults += [f"shows no focus: {stop['about']}" for stop in stops if not stop["told"]]
    assert not faults, "\n".join(faults)
    assert len(stops) == wanted, f"{len(stops)} of {reachable} reached"


@pytest.mark.parametrize("kind", NAMES)
def test_a_page_is_quiet_and_fits(
    open_page: Open, home: str, kinds: dict[str, str], kind: str
) -> None:
    """At 320 pixels, which is 1280 at 400 percent, on a phone, in forced colors, and on paper."""
    noted, narrow = Noted(), {"width": 320, "height": 256}
    page = open_page(home + kinds[kind], noted=noted, viewport=narrow, forced_colors="active")
    faults = page.evaluate(SIDEWAYS)
    header = page.locator(".site-header")
    if header.count():  # a header that stayed would take half of so low a window
        assert header.evaluate("one => getComputedStyle(one).position") == "static"
    page.set_viewport_size(PHONE["viewport"])
    faults += page.evaluate(SIDEWAYS)
    assert not faults, "\n".join(faults)
    page.emulate_media(media="print")
    assert seen(page, ", ".join((*CONTROLS, "button:not(.sort)"))) == []
    page.evaluate(SETTLED)
    assert noted.complaints == []
    assert noted.elsewhere(home) == []


@pytest.mark.parametrize("kind", ["document", "version"])
def test_paper_says_where_it_is_from(
    open_page: Open, home: str, kinds: dict[str, str], kind: str
) -> None:
    """The numbers of passages, the page's address, the version of the file."""
    page = open_page(home + kinds[kind])
    page.emulate_media(media="print")
    numbers = "all => all.every(one => getComputedStyle(one, '::before').content.length > 2)"
    assert page.locator(".block > a.number").evaluate_all(numbers)
    words = " ".join(texts_seen(page, ".print-address, .copy, .version-head, .superseded"))
    assert kinds[kind].split("/")[1] in page.url
    assert re.search(r"[0-9a-f]{12}", words), words


@pytest.mark.parametrize("kind", ON_DISK)
def test_a_page_from_disk_is_quiet(
    open_page: Open, everything: Built, kinds: dict[str, str], kind: str
) -> None:
    noted, file = Noted(), everything.offline / kinds[kind] / "index.html"
    open_page(file.as_uri(), noted=noted).evaluate(SETTLED)
    assert noted.complaints == []
    assert noted.elsewhere(everything.offline.as_uri()) == []


@pytest.mark.parametrize("kind", STAY)
def test_without_scripts_no_control_is_dead(
    open_page: Open, home: str, kinds: dict[str, str], kind: str
) -> None:
    """What needs a script is made by it; what a page brings works without."""
    page = open_page(home + kinds[kind], java_script_enabled=False)
    dead = "all => all.filter(one => one.checkVisibility() && !one.popoverTargetElement"
    dead += " && !one.closest('form')).map(one => one.outerHTML.slice(0, 120))"
    assert page.locator("button").evaluate_all(dead) == []
    assert page.locator("h1").count() == 1
    assert page.locator("main").inner_text().strip()
