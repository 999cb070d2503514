"""The concordance and the indexes of kinds in a real browser: what is shown, shared, downloaded."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from reading import PHONE, Noted
from site_fixtures import Built

pytestmark = pytest.mark.browser
expect = pytest.importorskip("playwright.sync_api").expect

MEXICO = "countries/mx/"
LINES = ".concordance tr.line"
# What a line shows: paragraph, left, words, right.
SHOWN = """lines => lines.map(line => [line.querySelector('a').dataset.number,
  ...['left', 'words', 'right'].map(name => line.querySelector(`.${name}`).textContent)])"""


def shown(page: Any) -> list[list[str]]:
    lines: list[list[str]] = page.locator(LINES).evaluate_all(SHOWN)
    return [[cell.strip() for cell in line] for line in lines]


def mentions(built: Built) -> list[dict[str, str]]:
    text = (built.site / MEXICO / "mentions.csv").read_text("utf-8")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def downloaded(page: Any, button: str) -> list[dict[str, str]]:
    with page.expect_download() as waiting:
        page.get_by_role("button", name=button).click()
    text = Path(waiting.value.path()).read_text("utf-8")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def first_word(text: str) -> str:
    words = re.findall(r"\w+", text.lower())
    return words[0] if words else ""


def test_each_mention_is_a_line_and_its_passage_a_link(
    open_page: Callable[..., Any], address: str, built: Built
) -> None:
    noted = Noted()
    page = open_page(address + MEXICO, noted=noted)
    expect(page.locator(".document-group").first).to_be_visible()
    page.get_by_role("button", name="Concordance").click()
    wanted = mentions(built)
    expect(page.locator(LINES)).to_have_count(len(wanted))
    assert "view=concordance" in page.url
    assert [line[2] for line in shown(page)] == [row["words"] for row in wanted]
    expect(page.locator(".document-group").first).to_be_hidden()
    headings = page.locator(".concordance .of-document th")
    assert headings.count() == len({row["address"].partition("#")[0] for row in wanted})
    # "back" shows the passages again
    page.go_back()
    expect(page.locator(".document-group").first).to_be_visible()
    expect(page.locator(LINES)).to_have_count(0)
    page.go_forward()
    link = page.locator(LINES).nth(1).get_by_role("link")
    number = link.get_attribute("data-number")
    link.click()
    expect(page.locator(f"#p{number}")).to_be_in_viewport()
    assert noted.complaints == []


def test_width_order_and_words_are_in_the_address(
    open_page: Callable[..., Any], address: str
) -> None:
    page = open_page(f"{address}{MEXICO}?view=concordance&width=40")
    expect(page.locator(LINES).first).to_be_visible()
    narrow = shown(page)
    assert max(len(cell) for line in narrow for cell in (line[1], line[3])) <= 40
    page.get_by_label("Context on each side").select_option("160 characters")
    assert "width=160" in page.url
    assert max(len(line[1]) for line in shown(page)) > 80

    page.get_by_label("Order").select_option("Words to the right")
    keys = [first_word(line[3]) for line in shown(page)]
    assert keys == sorted(keys)
    page.get_by_label("Order").select_option("Words to the left")
    keys = [(re.findall(r"\w+", line[1].lower()) or [""])[-1] for line in shown(page)]
    assert keys == sorted(keys)
    assert "sort=left" in page.url

    page.get_by_label("Find in the lines").fill("MÉRIDA initiative")
    expect(page.locator(LINES)).not_to_have_count(len(narrow))
    assert all("merida" in " ".join(line).lower() for line in shown(page))
    again = open_page(page.url)
    expect(again.locator(LINES)).to_have_count(page.locator(LINES).count())
    assert shown(again) == shown(page)
    expect(again.get_by_label("Find in the lines")).to_have_value("MÉRIDA initiative")


def test_a_mention_is_one_line_and_its_words_one_column(
    open_page: Callable[..., Any], address: str
) -> None:
    page = open_page(f"{address}{MEXICO}?view=concordance")
    expect(page.locator(LINES).first).to_be_visible()
    heights = page.locator(f"{LINES} .at").evaluate_all("all => all.map(one => one.offsetHeight)")
    assert max(heights) < 2 * min(heights)
    starts = page.locator(f"{LINES} .words").evaluate_all("all => all.map(one => one.offsetLeft)")
    assert len(set(starts)) == 1
    assert page.evaluate("document.documentElement.scrollWidth") == 1280


def test_the_download_holds_the_lines_shown(open_page: Callable[..., Any], address: str) -> None:
    page = open_page(f"{address}{MEXICO}?view=concordance&sort=right&width=sentence&find=u.s.")
    expect(page.locator(LINES).first).to_be_visible()
    rows = downloaded(page, "Download these lines")
    cells = [[row[key].strip() for key in ("paragraph", "left", "words", "right")] for row in rows]
    assert cells == shown(page)
    assert all(row["address"].startswith(address + "documents/") for row in rows)


def test_the_concordance_reads_from_disk_and_on_a_phone(
    open_page: Callable[..., Any], built: Built
) -> None:
    noted = Noted()
    file = (built.offline / MEXICO / "index.html").as_uri()
    page = open_page(f"{file}?view=concordance", noted=noted, **PHONE)
    expect(page.locator(LINES)).to_have_count(len(mentions(built)))
    wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert wide <= 0
    page.locator(LINES).first.get_by_role("link").tap()
    page.wait_for_url("**/documents/**/index.html#p*")
    assert not any(url.startswith("http") for url in noted.requests)


def test_without_scripts_there_is_no_dead_control(
    open_page: Callable[..., Any], address: str, built: Built
) -> None:
    page = open_page(address + MEXICO, java_script_enabled=False)
    expect(page.locator(".view-switch")).to_have_count(0)
    assert page.locator(".passages .hit").count() == len(mentions(built))
    assert page.locator("section.passages").get_by_role("button").count() == 0


def test_an_index_is_found_sorted_and_downloaded(
    open_page: Callable[..., Any], address: str
) -> None:
    page = open_page(f"{address}programs/")
    names = page.locator(".entity-table .entity-name a")
    by_kind = names.all_text_contents()
    page.get_by_label("Sort by").select_option(label="Name: A to Z")
    expect(page.locator("th[aria-sort=ascending]")).to_have_count(1)
    expect(page.locator(".table-count")).to_contain_text(" of ")
    by_name = names.all_text_contents()
    assert sorted(by_name) == sorted(by_kind)
    assert by_name != by_kind
    page.get_by_label("Find in the programs").fill("hidta")
    expect(names).to_have_count(1)
    assert "find=hidta" in page.url
    (row,) = downloaded(page, "Download what I see")
    assert row["name"] == names.first.text_content()
    names.first.click()
    page.wait_for_url("**/programs/*/")
