"""Every kind of page passes axe, in both color schemes, on desk and phone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from page_kinds import KINDS, one_of_each
from reading import DESK, PHONE, checker
from site_fixtures import Built, served

pytestmark = pytest.mark.browser

Open = Callable[..., Any]
NAMES = [name for name, _, _ in KINDS]
RUN = """() => axe.run(document, {
    resultTypes: ["violations"],
    runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
})"""


@pytest.fixture(scope="module")
def home(everything: Built) -> Iterator[str]:
    with served(everything.site) as address:
        yield address


@pytest.fixture(scope="module")
def kinds(everything: Built) -> dict[str, str]:
    return one_of_each(everything.site)


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


OPENED = [("document", ".actions button:has-text('Cite')"), ("document", "text=Marks")]
OPENED += [("document", ".search-open"), ("figures", "summary:has-text('Find, filter')")]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("kind", "control"), OPENED)
def test_axe_finds_nothing_in_what_opens(
    open_page: Open,
    home: str,
    kinds: dict[str, str],
    axe: str,
    *,
    kind: str,
    control: str,
    scheme: str,
) -> None:
    page = open_page(home + kinds[kind], color_scheme=scheme, reduced_motion="reduce")
    page.locator(control).first.click()
    faults = violations(page, axe)
    assert not faults, "\n".join(faults)
