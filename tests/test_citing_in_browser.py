"""Citing in a browser: passages, figures, documents and lists, and what is copied then."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
import yaml

from conftest import ROOT
from page_kinds import one_of_each
from reading import Noted
from site_fixtures import Built

# The rule is that of titles, too.
QUOTES = yaml.safe_load((ROOT / "tests/cases/quotes.yaml").read_text("utf-8"))

pytestmark = pytest.mark.browser
expect = pytest.importorskip("playwright.sync_api").expect

Open = Callable[..., Any]
PAGE = "documents/fight-against-global-illicit-drug-trafficking/"
SUPPLIED = "documents/global-coalition-summit/"
ENTITY = "countries/mx/"
COPYING = {"permissions": ["clipboard-read", "clipboard-write"]}
CLIPBOARD = "navigator.clipboard.readText()"
RICH = """async () => {
  const [item] = await navigator.clipboard.read();
  return (await item.getType("text/html")).text();
}"""
DIALOG = "dialog.citing"
TITLE = "FACT SHEET: Biden-Harris Administration Continues Progress on Fight Against"
ORIGINAL = "https://www.whitehouse.gov/briefing-room/statements-releases/2023/11/16/"
# Each style: its name, what its two fields are called, what the citation of a passage has.
PROSE = {
    "chicago": ("Chicago", "Note", "November 16, 2023, para. 13, https:"),
    "apa": ("APA", "In text", "(The White House, 2023, para. 13)"),
    "mla": ("MLA", "In text", ",” par. 13)"),
    "bluebook": ("Bluebook-style", "Footnote", " ¶ 13 (Nov. 16, 2023), https:"),
}
LISTED = {"chicago": "Bibliography", "apa": "Reference list", "mla": "Works cited"}
RECORDS = {"bibtex": "BibTeX", "ris": "RIS", "csl": "CSL-JSON"}


def cite(page: Any, passage: str) -> Any:
    """Open the dialog for a passage by its button."""
    page.locator(f"#{passage} button.cite").press("Enter")
    dialog = page.locator(DIALOG)
    expect(dialog).to_be_visible()
    return dialog


def choose(page: Any, style: str) -> None:
    page.locator(DIALOG).get_by_role("radio", name=style, exact=True).check(force=True)


def field(page: Any, name: str) -> str:
    """Return the words of a field as soon as it has any."""
    found = page.locator(DIALOG).get_by_role("textbox", name=name, exact=True)
    expect(found).to_have_text(re.compile(r"\S"))
    text: str = found.inner_text()
    return text


def copied(page: Any, name: str) -> str:
    """Copy a field by its button; return what is in the clipboard then."""
    status = page.locator(DIALOG).get_by_role("status")
    status.evaluate("one => (one.textContent = '')")
    page.locator(DIALOG).get_by_role("button", name=f"Copy: {name}", exact=True).press("Enter")
    expect(status).to_have_text("Copied")
    text: str = page.evaluate(CLIPBOARD)
    return text


@pytest.fixture
def passage(open_page: Open, address: str) -> Any:
    """A document's page with the dialog open for its passage 13."""
    page = open_page(f"{address}{PAGE}", **COPYING)
    cite(page, "p13")
    return page


def test_a_passage_is_cited_by_keyboard(open_page: Open, address: str) -> None:
    noted = Noted()
    page = open_page(f"{address}{PAGE}?h=drugs", noted=noted, **COPYING)
    page.locator("#p13 a.number").focus()
    page.keyboard.press("Tab")
    expect(page.locator("#p13 button.cite")).to_be_focused()
    page.keyboard.press("Enter")
    dialog = page.locator(DIALOG)
    expect(dialog).to_have_accessible_name("Cite paragraph 13")
    expect(dialog.get_by_role("button", name="Copy: Link")).to_be_focused()
    page.keyboard.press("Enter")
    expect(dialog.get_by_role("status")).to_have_text("Copied")
    assert page.evaluate(CLIPBOARD) == f"{address}{PAGE}#p13"
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(dialog.get_by_role("radio", name="Chicago")).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(dialog.get_by_role("radio", name="APA")).to_be_checked()
    assert "(The White House, 2023, para. 13)" in field(page, "In text")
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(page.locator("#p13 button.cite")).to_be_focused()
    assert noted.hosts == {"127.0.0.1"}
    assert not noted.complaints


@pytest.mark.parametrize("style", PROSE)
def test_a_passage_in_each_style(passage: Any, address: str, style: str) -> None:
    name, label, locator = PROSE[style]
    here = f"{address}{PAGE}#p13"
    choose(passage, name)
    note = field(passage, label)
    assert locator in note
    assert copied(passage, label) == note
    # A list names the document, a note the passage.
    for text, via in ((LISTED.get(style), f"{address}{PAGE}"), (label, here)):
        if text in (None, "In text"):
            continue
        listed = field(passage, text)
        assert copied(passage, text) == listed
        assert TITLE in listed
        assert ORIGINAL in listed
        assert listed.rstrip(".").endswith(f", via {via}")
    if style in ("apa", "bluebook"):
        assert "<i>FACT SHEET" in passage.evaluate(RICH)
    quotation = field(passage, f"Quotation with citation, {name}")
    assert quotation.startswith("“Increasing security at the border. Under President")
    assert locator in quotation
    assert (here in quotation) == (style not in LISTED or style == "chicago")
    assert "Cite" not in quotation


@pytest.mark.parametrize("style", RECORDS)
def test_a_passage_for_reference_managers(passage: Any, address: str, style: str) -> None:
    name = RECORDS[style]
    choose(passage, name)
    record = field(passage, name)
    where = f"Para. 13, via {address}{PAGE}" + ("\\#" if style == "bibtex" else "#") + "p13"
    assert record.count(where) == 1
    assert ORIGINAL in record
    assert copied(passage, name).replace("\r", "") == record.replace("\r", "")
    if style == "csl":
        (item,) = json.loads(record)
        assert item["author"] == [{"literal": "The White House"}]
    with passage.expect_download() as saved:
        passage.locator(DIALOG).get_by_role("button", name="Save as a file").click()
    assert saved.value.suggested_filename.endswith(("ris", "bib", "json"))


def test_a_figure_is_cited_by_its_sentence(passage: Any, address: str) -> None:
    dialog = passage.locator(DIALOG)
    dialog.get_by_role("button", name="Cite the figure “20,200”").press("Enter")
    expect(dialog).to_have_accessible_name("Cite “20,200” in paragraph 13")
    here = f"{address}{PAGE}#p13-f3"
    assert copied(passage, "Link") == here
    quotation = field(passage, "Quotation with citation, Chicago")
    assert quotation.startswith("“Further, President Biden’s national security supplemental")
    assert f", para. 13, {ORIGINAL}" in quotation
    for name, label, locator in PROSE.values():
        choose(passage, name)
        assert locator in field(passage, label)
        cites_it = label != "In text"
        assert (here in field(passage, f"Quotation with citation, {name}")) == cites_it
    choose(passage, "RIS")
    assert f"Para. 13, via {here}" in field(passage, "RIS")
    dialog.get_by_role("button", name="Cite the whole of paragraph 13").press("Enter")
    assert field(passage, "Link") == f"{address}{PAGE}#p13"


def test_a_figure_is_cited_from_its_card(open_page: Open, address: str) -> None:
    page = open_page(f"{address}{PAGE}")
    page.locator("#p3-f1").press("Enter")
    page.locator("#_card").get_by_role("button", name=re.compile("^Cite")).press("Enter")
    expect(page.locator(DIALOG)).to_have_accessible_name("Cite “a hundred thousand” in paragraph 3")
    page.keyboard.press("Escape")
    expect(page.locator("#p3-f1")).to_be_focused()


def test_a_document_in_each_style(open_page: Open, address: str) -> None:
    page = open_page(f"{address}{PAGE}", **COPYING)
    page.locator(".actions").get_by_role("button", name="Cite").press("Enter")
    expect(page.locator(DIALOG)).to_have_accessible_name("Cite this document")
    for style, (name, label, _) in PROSE.items():
        choose(page, name)
        text = field(page, LISTED.get(style, label))
        assert text.rstrip(".").endswith(f", via {address}{PAGE}")
        assert "para." not in field(page, label)
        expect(page.locator(DIALOG).get_by_role("textbox", name="Quotation")).to_be_hidden()
    for name in RECORDS.values():
        choose(page, name)
        assert f"Via {address}{PAGE}" in field(page, name)


def test_brackets_and_no_original_address(open_page: Open, address: str) -> None:
    page = open_page(f"{address}{SUPPLIED}")
    cite(page, "p6")
    note = field(page, "Note")
    assert "[Fact sheet on the Summit of the Global Coalition" in note
    assert "via" not in note
    assert note.endswith(f" {address}{SUPPLIED}#p6.")


def test_a_list_is_a_page_of_this_site_seen_today(open_page: Open, address: str) -> None:
    page = open_page(f"{address}{ENTITY}", **COPYING)
    page.get_by_role("button", name="Cite", exact=True).press("Enter")
    expect(page.locator(DIALOG)).to_have_accessible_name("Cite this page")
    today = date.fromisoformat(page.evaluate("new Date().toLocaleDateString('sv')"))
    for style, day in {
        "chicago": f"{today:%B} {today.day}, {today.year}",
        "apa": f"{today:%B} {today.day}, {today.year}",
        "mla": f"{today.day} ",
        "bluebook": f"{today.day}, {today.year}",
    }.items():
        name, label, _ = PROSE[style]
        choose(page, name)
        text = field(page, LISTED.get(style, label))
        assert "Mexico (country)" in text
        assert day in text, style
        assert f"{address}{ENTITY}" in text
        assert copied(page, LISTED.get(style, label)) == text
    for name in RECORDS.values():
        choose(page, name)
        text = field(page, name)
        assert f"{address}{ENTITY}" in text
        assert copied(page, name).replace("\r", "") == text.replace("\r", "")
    (item,) = json.loads(text)
    assert item["type"] == "webpage"
    assert item["accessed"] == {"date-parts": [[today.year, today.month, today.day]]}


WIDE = """dialog => [...dialog.querySelectorAll("*")].filter((one) =>
  one.scrollWidth > one.clientWidth + 1 && getComputedStyle(one).overflowX !== "visible").length"""
LISTS = (
    "documents",
    "programs",
    "program",
    "countries",
    "country",
    "figures",
    "measure",
    "timeline",
)


def test_every_kind_of_page_is_cited(open_page: Open, address: str, built: Built) -> None:
    kinds = one_of_each(built.site)
    for kind in LISTS:
        page = open_page(f"{address}{kinds[kind]}")
        page.locator("button.cite-page").press("Enter")
        assert field(page, "Link") == f"{address}{kinds[kind]}"
        page.context.close()


def test_a_row_leads_to_its_citation(open_page: Open, address: str) -> None:
    page = open_page(f"{address}figures/")
    row = page.locator(".figures-table tbody tr").first
    row.hover()
    row.get_by_role("link", name="Cite paragraph").click()
    page.wait_for_url(re.compile("/documents/"))
    expect(page.locator(DIALOG)).to_have_accessible_name(re.compile("^Cite “.*” in paragraph"))
    assert "cite" not in page.url
    page.keyboard.press("Escape")
    expect(page.locator(DIALOG)).to_be_hidden()


def test_the_choice_of_a_style_is_remembered(open_page: Open, address: str) -> None:
    page = open_page(f"{address}{PAGE}")
    cite(page, "p13")
    choose(page, "MLA")
    choose(page, "RIS")
    page.goto(f"{address}{SUPPLIED}")
    dialog = cite(page, "p6")
    expect(dialog.get_by_role("radio", name="RIS")).to_be_checked()
    assert "par. 6" in field(page, "Quotation with citation, MLA")


def test_what_is_selected_is_quoted(open_page: Open, address: str) -> None:
    page = open_page(f"{address}{PAGE}")
    page.evaluate(
        """() => {
          const [one, two] = ["p4", "p5"].map((id) => document.getElementById(id));
          getSelection().setBaseAndExtent(one, one.childNodes.length - 1, two, 3);
        }"""
    )
    page.locator("#p5").hover()
    page.locator("#p5 button.cite").click()
    assert field(page, "Quotation with citation, Chicago").startswith(
        "“The” The White House, “FACT"
    )


def test_what_is_selected_beyond_a_passage_is_not_quoted(open_page: Open, address: str) -> None:
    page = open_page(f"{address}{PAGE}")
    select = """(ends) => {
      const [from, to] = ends.map((id) => document.getElementById(id));
      getSelection().setBaseAndExtent(from, from.childNodes.length - 1, to, to.id === "p5" ? 3 : 0);
    }"""
    for ends, passage, told in (
        (["p4", "p5"], "p4", "Your selection goes beyond this paragraph; only what stands in para"),
        (["p4", "p5"], "p5", "Your selection goes beyond this paragraph; only what stands in para"),
        (["p5", "p6"], "p5", ""),  # three clicks select a paragraph up to the next
    ):
        page.evaluate(select, ends)
        page.locator(f"#{passage}").hover()
        page.locator(f"#{passage} button.cite").click()
        expect(page.locator(f"{DIALOG} .beyond")).to_have_text(re.compile(f"^{told}"))
        if not told:
            expect(page.locator(f"{DIALOG} .beyond")).to_be_empty()
        page.keyboard.press("Escape")


@pytest.mark.parametrize(
    ("words", "apa", "chicago"),
    [
        ("The harbor opens.", "“The harbor opens” (", "“The harbor opens.” The"),
        ("The harbor opens:", "“The harbor opens” (", "“The harbor opens” The"),
        ("Does it open?", "“Does it open?” (", "“Does it open?” The"),
        ("It opens in the U.S.", "“It opens in the U.S.” (", "“It opens in the U.S.” The"),
        ("And so on...", "“And so on...” (", "“And so on...” The"),
        ("He said: “Open.”", "“He said: ‘Open’” (", "“He said: ‘Open.’” The"),
    ],
)
def test_a_citation_in_brackets_stands_before_the_full_stop(
    open_page: Open, address: str, words: str, apa: str, chicago: str
) -> None:
    page = open_page(f"{address}{PAGE}")
    page.locator("#p13").evaluate(
        "(one, words) => one.replaceChildren(words, ...one.querySelectorAll('.number, .cite'))",
        words,
    )
    cite(page, "p13")
    assert field(page, "Quotation with citation, Chicago").startswith(chicago)
    choose(page, "APA")
    quotation = field(page, "Quotation with citation, APA").split("\n")[0]
    assert quotation.startswith(f"{apa}The White House, 2023, para. 13)")
    assert re.search(r"[^.]\.$", quotation)


def test_marks_within_a_quotation_are_single(open_page: Open, address: str) -> None:
    page = open_page(f"{address}{SUPPLIED}")
    for case in QUOTES:
        page.locator("#p6").evaluate(
            "(one, words) => one.replaceChildren(words, ...one.querySelectorAll('.number, .cite'))",
            case["text"],
        )
        cite(page, "p6")
        quotation = field(page, "Quotation with citation, Chicago")
        assert quotation.startswith(f"“{case['within']}” The White House, [Fact sheet on the")
        page.keyboard.press("Escape")


def test_from_disk_too(open_page: Open, built: Built) -> None:
    noted = Noted()
    page = open_page((built.offline / PAGE / "index.html").as_uri(), noted=noted)
    dialog = cite(page, "p13")
    here = f"{(built.offline / PAGE / 'index.html').as_uri()}#p13"
    assert field(page, "Link, on this computer only") == here
    expect(page.locator("p.print-address")).to_have_text(PAGE)
    for name, label, _ in PROSE.values():
        choose(page, name)
        assert "file:" not in field(page, label) + field(page, f"Quotation with citation, {name}")
    assert field(page, "Footnote").endswith(f", via {PAGE}#p13.")
    for name in RECORDS.values():
        choose(page, name)
        assert re.search(rf"Para\. 13, via {PAGE}\\?#p13", field(page, name))
        assert "file:" not in dialog.locator(".record").inner_text()
    page.goto((built.offline / ENTITY / "index.html").as_uri())
    page.locator("button.cite-page").press("Enter")
    assert field(page, "Link, on this computer only").endswith(f"{ENTITY}index.html")
    for name in ("CSL-JSON", "RIS", "BibTeX"):
        choose(page, name)
        record = field(page, name)
        assert ENTITY in record
        assert "file:" not in record
    choose(page, "Chicago")
    assert field(page, "Note").endswith(f", {ENTITY}.")
    assert noted.elsewhere("file://") == []
    assert noted.complaints == []


def test_without_a_script_the_section_stands(open_page: Open, address: str) -> None:
    page = open_page(f"{address}{PAGE}", java_script_enabled=False)
    page.locator(".actions").get_by_role("link", name="Cite").click()
    section = page.locator(".citations dl")
    expect(section).to_be_visible()
    for name, label, _ in PROSE.values():
        expect(section).to_contain_text(name)
        expect(section.locator(f"[data-form='{label}']").first).to_be_visible()
    expect(page.get_by_role("link", name="BibTeX").last).to_be_visible()
    page.goto(f"{address}{ENTITY}")
    page.get_by_role("link", name="Cite", exact=True).click()
    expect(page.locator(".citations dl")).to_contain_text("day of your visit")


def test_a_phone_scrolls_nothing_sideways(open_page: Open, address: str) -> None:
    page = open_page(f"{address}{PAGE}", viewport={"width": 320, "height": 640}, is_mobile=True)
    cite(page, "p13")
    for name in ("Chicago", "Bluebook-style", "CSL-JSON"):
        choose(page, name)
        assert page.locator(DIALOG).evaluate(WIDE) == 0
    assert page.evaluate("document.documentElement.scrollWidth") == 320
