"""Versions in a real browser: signs open by keyboard, pinned links keep their passage."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

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
def window(browser: Any, request: pytest.FixtureRequest) -> Iterator[Any]:
    """The browser with and without JavaScript."""
    browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": not request.param})
    yield browser
    browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})
    browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


def texts(window: Any, selector: str) -> list[str]:
    found = window.find_elements("css selector", selector)
    return [one.text for one in found if one.is_displayed()]


def test_the_site_passes_its_check(versioned: Versioned) -> None:
    assert check_site(versioned.site) == []


def test_a_sign_opens_by_keyboard(window: Any, versioned: Versioned) -> None:
    window.get(f"{versioned.home}{PAGE}")
    signs = window.find_elements("css selector", "details.reworded > summary")
    assert [sign.accessible_name.split(",")[0] for sign in signs] == [
        f"Paragraph {number}" for number in (2, 3, 5)
    ]
    assert texts(window, ".reworded-words") == []
    signs[0].send_keys("\ue007")
    (words,) = texts(window, ".reworded-words")
    assert "it read:" in words
    assert "twelve ministers in Vienna" in words
    assert "fourteen ministers in Vienna on the third of March" in words


def text_edge(window: Any) -> float:
    """Return where the lines of a paragraph begin, in pixels from the left."""
    passage = window.find_element("css selector", "#p2")
    padding = passage.value_of_css_property("padding-left").removesuffix("px")
    return float(passage.rect["x"]) + float(padding)


def test_signs_cover_no_text(window: Any, versioned: Versioned) -> None:
    for width in (1280, 360):
        size = {"width": width, "height": 800, "deviceScaleFactor": 1, "mobile": width < 800}
        window.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
        window.get(f"{versioned.home}{PAGE}")
        for sign in window.find_elements("css selector", "details.reworded > summary"):
            assert sign.rect["width"] >= 24
            assert sign.rect["height"] >= 24
            assert sign.rect["x"] + sign.rect["width"] <= text_edge(window)


def test_signs_are_not_copied(browser: Any, versioned: Versioned) -> None:
    browser.get(f"{versioned.home}{PAGE}")
    copied = browser.execute_script(
        "for (const one of document.querySelectorAll('.reworded')) one.open = true;"
        "getSelection().selectAllChildren(document.querySelector('article'));"
        "return getSelection().toString()"
    )
    assert "fourteen ministers in Vienna on the fourth" in copied
    assert "it read" not in copied
    assert "twelve" not in copied.partition("Versions of this document")[0]


def test_signs_are_not_printed(window: Any, versioned: Versioned) -> None:
    window.get(f"{versioned.home}{PAGE}")
    window.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    signs = window.find_elements("css selector", ".reworded, li.beside")
    assert signs
    assert not [sign for sign in signs if sign.is_displayed()]


def test_a_pinned_version_shows_the_passage(window: Any, versioned: Versioned) -> None:
    first, second, _ = versioned.digits
    for digits, words in ((first, "half of all"), (second, "most of all")):
        window.get(f"{versioned.home}{PAGE}versions/{digits}/#p3")
        assert window.current_url.endswith(f"/versions/{digits}/#p3")
        (target,) = texts(window, ":target")
        assert words in target
        assert texts(window, ".superseded")


def test_what_stands_now_is_pinned_with_its_fragment(browser: Any, versioned: Versioned) -> None:
    browser.get(f"{versioned.home}{PAGE}versions/{versioned.digits[-1]}/#p3")
    assert browser.current_url == f"{versioned.home}{PAGE}#p3"


def test_what_stands_now_is_pinned_without_scripts(browser: Any, versioned: Versioned) -> None:
    try:
        browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
        browser.get(f"{versioned.home}{PAGE}versions/{versioned.digits[-1]}/#p3")
        (target,) = browser.find_elements("css selector", ":target a")
        assert target.is_displayed()
        target.click()
        assert browser.current_url == f"{versioned.home}{PAGE}#p3"
    finally:
        browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})
