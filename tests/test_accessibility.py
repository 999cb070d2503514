"""Every kind of page passes axe, in both color schemes, on desk and phone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from browsing import search_for
from page_kinds import KINDS
from reading import DESK, PHONE, checker

pytestmark = pytest.mark.browser

Open = Callable[..., Any]
NAMES = [name for name, _, _ in KINDS]
RUN = """() => axe.run(document, {
    resultTypes: ["violations"],
    runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
})"""


@pytest.fixture(scope="module")
def axe() -> str:
    """The source of axe."""
    return checker("axe-core/axe.min.js").read_text("utf-8")


def violations(page: Any, axe: str) -> list[str]:
    """Return what axe finds wrong, a line for each element."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(axe)
    return [
        f"{fault['id']}: {' '.join(map(str, node['target']))}: {node['failureSummary']}"
        for fault in page.evaluate(RUN)["violations"]
        for node in fault["nodes"]
    ]


def still(page: Any) -> None:
    """Keep a page that leads on where it is."""
    page.context.route("**/redirect.js", lambda route: route.abort())


def test_there_is_a_page_of_every_kind(kinds: dict[str, str]) -> None:
    assert list(kinds) == NAMES


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("kind", NAMES)
def test_axe_finds_nothing(
    open_page: Callable[..., Any],
    home: str,
    kinds: dict[str, str],
    axe: str,
    kind: str,
    scheme: str,
) -> None:
    page = open_page("about:blank", color_scheme=scheme, reduced_motion="reduce")
    still(page)
    page.goto(home + kinds[kind])
    for size in (DESK, PHONE):
        page.set_viewport_size(size["viewport"])
        faults = violations(page, axe)
        assert not faults, "\n".join([str(size), *faults])


# What opens on a page: its kind, what is added to its address, what is clicked or reached by the
# keyboard, and what is seen then.
FILTERS = "details:not([open]) > summary:has-text('Find, filter')"  # a desk has room for them
OPENED = {
    "citing": ("document", "", ".actions button:has-text('Cite')", "dialog[open]"),
    "citing a list": ("country", "", "button.cite-page", "dialog[open]"),
    "citing a figure": ("document", "?cite#p1-f1", "", "dialog[open]"),
    "downloads": ("document", "", "text=Download", "[popover]:popover-open"),
    "marks": ("document", "", "text=Marks", "[popover]:popover-open"),
    "card of a mention": ("document", "", ".block a.mention", "#_card"),
    "card of a figure": ("document", "", ".block .figure", "#_card"),
    "box": ("document", "", ".search-open", ".search-box[open]"),
    "search page": ("search", "?q=harbor", "", ".found-passage"),
    "concordance": ("country", "?view=concordance", "", ".concordance tr.line"),
    "sorted": ("figures", "?sort=value", "", "th[aria-sort]"),
    "filters": ("figures", "", FILTERS, ".table-filters"),
}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("opened", [*OPENED, "found"])
def test_axe_finds_nothing_in_what_opens(
    open_page: Open,
    home: str,
    kinds: dict[str, str],
    axe: str,
    *,
    opened: str,
    scheme: str,
) -> None:
    kind, query, control, seen = OPENED.get(opened, ("document", "", "", ".found-passage"))
    address, phone = home + kinds[kind] + query, {**PHONE, "is_mobile": False}
    for size in (DESK, phone):
        page = open_page(address, color_scheme=scheme, reduced_motion="reduce", **size)
        if opened == "found":
            search_for(page, "harbor")
        elif opened == "card of a mention":
            page.locator(control).first.hover()
        elif opened == "card of a figure":
            page.locator(control).first.focus()
            page.keyboard.press("Enter")
        elif control and page.locator(control).count():
            page.locator(control).first.click()
        page.locator(seen).first.wait_for()
        faults = violations(page, axe)
        assert not faults, "\n".join([str(size), *faults])
