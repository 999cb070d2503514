"""Versions in a real browser: signs open by keyboard, pinned links keep their passage."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from browsing import box_of, copied_from, texts_seen
from builder.publishing.site_check import check_site
from builder.settings import read_settings
from builder.site import Run, build
from site_fixtures import served

pytestmark = pytest.mark.browser

FIRST = """# A Plan for Safer Ports

The plan was agreed by twelve ministers in Vienna on the third of March.

- Inspect half of all containers before they leave the port.
- Train the crews of all ferries.

| Year | Scanners in all ports |
|------|-----------------------|
| 2026 | 40 |
| 2027 | 60 |
"""
SECOND = FIRST.replace("twelve ministers", "fourteen ministers").replace("half of", "most of")
NOW = SECOND.replace("60", "75").replace("third of March", "fourth of March")
DAYS = {FIRST: "1796169600", SECOND: "1799884800", NOW: "1804204800"}  # seconds since 1970
PAGE = "documents/plan/"


@dataclass(frozen=True)
class Versioned:
    """A site whose document has had three texts, and the digits of each, oldest first."""

    site: Path
    home: str
    digits: tuple[str, ...]


@pytest.fixture(scope="module")
def versioned(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Versioned]:
    root = tmp_path_factory.mktemp("versioned")
    (root / "seeds").mkdir()
    (root / "mkdocs.yml").write_text("site_name: Small\n")
    settings = read_settings(root / "mkdocs.yml")
    for text, day in DAYS.items():
        (root / "seeds" / "plan.md").write_text(text, encoding="utf-8")
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("SOURCE_DATE_EPOCH", day)
            outcome = build(settings, Run())
        assert not outcome.failed, outcome.problems
    with served(settings.site) as home:
        folders = (settings.site / PAGE / "versions").iterdir()
        found = {one.name: one / "source.txt" for one in folders if one.is_dir()}
        texts = {file.read_text(): name for name, file in found.items() if file.is_file()}
        (now,) = found.keys() - set(texts.values())
        yield Versioned(settings.site, home, (texts[FIRST], texts[SECOND], now))


@pytest.fixture(params=[True, False], ids=["scripts", "no scripts"])
def opened(
    open_page: Callable[..., Any], versioned: Versioned, request: pytest.FixtureRequest
) -> Callable[..., Any]:
    """Opens a page of the site with and without JavaScript."""

    def open_one(address: str, **options: Any) -> Any:
        return open_page(versioned.home + address, java_script_enabled=request.param, **options)

    return open_one


def test_the_site_passes_its_check(versioned: Versioned) -> None:
    assert check_site(versioned.site) == []


SIGNS = "details.reworded > summary"


def test_a_sign_opens_by_keyboard(opened: Callable[..., Any]) -> None:
    page = opened(PAGE)
    signs = page.locator(SIGNS)
    assert signs.count() == 3
    for sign, number in zip(signs.all(), (2, 3, 5), strict=True):
        expect(sign).to_have_accessible_name(re.compile(f"^Paragraph {number},"))
    assert texts_seen(page, ".reworded-words") == []
    signs.first.press("Enter")
    (words,) = texts_seen(page, ".reworded-words")
    assert "it read:" in words
    assert "twelve ministers in Vienna" in words
    assert "fourteen ministers in Vienna on the third of March" in words


def text_edge(page: Any) -> float:
    """Return where the lines of a paragraph begin, in pixels from the left."""
    passage = page.locator("#p2")
    padding = passage.evaluate("element => parseFloat(getComputedStyle(element).paddingLeft)")
    return float(box_of(passage)["x"] + padding)


def test_signs_cover_no_text(opened: Callable[..., Any]) -> None:
    for width in (1280, 360):
        page = opened(PAGE, viewport={"width": width, "height": 800}, is_mobile=width < 800)
        for sign in page.locator(SIGNS).all():
            box = box_of(sign)
            assert box["width"] >= 24
            assert box["height"] >= 24
            assert box["x"] + box["width"] <= text_edge(page)


def test_signs_are_not_copied(open_page: Callable[..., Any], versioned: Versioned) -> None:
    page = open_page(versioned.home + PAGE)
    page.evaluate("for (const one of document.querySelectorAll('.reworded')) one.open = true")
    copied = copied_from(page, "article")
    assert "fourteen ministers in Vienna on the fourth" in copied
    assert "it read" not in copied
    assert "twelve" not in copied.partition("Versions of this document")[0]


def test_signs_are_not_printed(opened: Callable[..., Any]) -> None:
    page = opened(PAGE)
    page.emulate_media(media="print")
    assert page.locator(".reworded, li.beside").count()
    assert texts_seen(page, ".reworded, li.beside") == []


def test_a_pinned_version_shows_the_passage(
    opened: Callable[..., Any], versioned: Versioned
) -> None:
    first, second, _ = versioned.digits
    for digits, words in ((first, "half of all"), (second, "most of all")):
        page = opened(f"{PAGE}versions/{digits}/#p3")
        assert page.url.endswith(f"/versions/{digits}/#p3")
        (target,) = texts_seen(page, ":target")
        assert words in target
        assert texts_seen(page, ".superseded")


def test_what_stands_now_is_pinned_with_its_fragment(
    open_page: Callable[..., Any], versioned: Versioned
) -> None:
    page = open_page(f"{versioned.home}{PAGE}versions/{versioned.digits[-1]}/#p3")
    expect(page).to_have_url(f"{versioned.home}{PAGE}#p3")


def test_what_stands_now_is_pinned_without_scripts(
    open_page: Callable[..., Any], versioned: Versioned
) -> None:
    address = f"{versioned.home}{PAGE}versions/{versioned.digits[-1]}/#p3"
    page = open_page(address, java_script_enabled=False)
    page.locator(":target a").click()
    expect(page).to_have_url(f"{versioned.home}{PAGE}#p3")


def test_a_version_is_cited_as_such(open_page: Callable[..., Any], versioned: Versioned) -> None:
    first = versioned.digits[0]
    page = open_page(f"{versioned.home}{PAGE}versions/{first}/")
    page.locator("#p2 button.cite").press("Enter")
    dialog = page.locator("dialog.citing")
    here = f"{versioned.home}{PAGE}versions/{first}/#p2"
    expect(dialog.get_by_role("textbox", name="Link")).to_have_text(here)
    expect(dialog.get_by_role("textbox", name="Note")).to_contain_text(f"para. 2, {here}")
    dialog.get_by_role("radio", name="RIS").check(force=True)
    record = dialog.get_by_role("textbox", name="RIS")
    expect(record).to_contain_text(f"Para. 2, version {first}, via {here}")
