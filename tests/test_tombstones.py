"""Tombstones and further ids: on the page, outside the text, and only for who asks for them."""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import replace
from typing import Any
from urllib.parse import urljoin
from xml.etree.ElementTree import Element

import html5lib
import pytest

from browsing import box_of, copied_from, seen
from builder.aligning.addressed import tombstones_of
from builder.html.ids import id_in_words, is_figure, number_in
from builder.html.tombstones import lost_of
from builder.ledger_file import Record
from builder.model import Annotated, Forward, Tombstone, Version
from builder.publishing.site_check import check_site
from laws import HOSTILE, addressed, holder, rendered, shown, squeezed
from lost import (
    DAY,
    EVIL,
    GONE,
    LOST_WORDS,
    anchor_of,
    build_lost_site,
    bury,
    damaged,
    harbor,
    with_aliases,
    with_figure,
)
from made import made, stated
from site_fixtures import ROOT, served


@pytest.mark.parametrize(
    ("name", "number", "figure", "words"),
    [
        ("p12", "12", False, "¶ 12"),
        ("p12ab", "12ab", False, "¶ 12ab"),
        ("p0a-f2", "0a", True, "¶ 0a, figure 2"),
        ("p-12", "", False, "p-12"),
        ("p12-figures", "", False, "p12-figures"),
        ("what-was-found", "", False, "what-was-found"),
    ],
)
def test_ids_in_words(name: str, number: str, figure: bool, words: str) -> None:
    assert (number_in(name), is_figure(name), id_in_words(name)) == (number, figure, words)


def page_of(one: Annotated) -> Element:
    """Return the page of a document, under the name that `rendered` looks for."""
    return rendered(replace(one, document=replace(one.document, slug="document")))


def grave(tree: Element, name: str) -> Element:
    (found,) = (element for element in tree.iter() if element.get("id") == name)
    return found


def text_of(element: Element) -> str:
    return squeezed(shown(element))


def test_a_tombstone_says_what_was_where() -> None:
    one = bury(harbor(), "A second survey", "What was found", "nine", "REPORT ON", "The report")
    tree = page_of(one)
    assert text_of(grave(tree, "p5")) == (
        f"¶ 5 was removed on {DAY}. It read: “A second survey is planned.”"
        " It stood between ¶ 4 and ¶ 6."
    )
    assert text_of(grave(tree, "p3")) == (
        f"¶ 3, a heading, was removed on {DAY}. It read: “What was found”"
        " It stood between ¶ 2 and ¶ 4."
    )
    table, last = anchor_of(harbor(), "nine"), anchor_of(harbor(), "The report")
    assert text_of(grave(tree, table)).startswith(f"¶ {table[1:]}, a table, was removed")
    assert text_of(grave(tree, "p1")).endswith("It stood before ¶ 2.")
    assert text_of(grave(tree, last)).endswith(f"It stood after ¶ {int(last[1:]) - 1}.")
    links = [link.get("href") for link in grave(tree, "p5").iter("a")]
    assert links == ["#p4", "#p6"]


def order_of(tree: Element, names: list[str | None]) -> list[str | None]:
    return [element.get("id") for element in tree.iter() if element.get("id") in names]


@pytest.mark.parametrize("words", LOST_WORDS)
def test_a_tombstone_stands_at_the_old_place(words: str) -> None:
    whole = harbor()
    names = [block.anchor for block in whole.document.passages]
    assert order_of(page_of(bury(whole, words)), names) == names


def test_graves_side_by_side_keep_their_order() -> None:
    whole = harbor()
    names = [block.anchor for block in whole.document.passages]
    assert order_of(page_of(bury(whole, *LOST_WORDS)), names) == names


def test_before_the_text_s_own_title_there_is_room() -> None:
    one = made("x", "One line.\n\n# OWN TITLE\n\nAnother line.\n")
    one = bury(replace(one, document=one.document), "One line")
    metadata = one.document.metadata.but(title=stated("Own title"))
    tree = page_of(replace(one, document=replace(one.document, metadata=metadata)))
    (headline,) = tree.iter("h1")
    assert headline.get("id") == "own-title"
    assert order_of(tree, ["p1", "p2", "p3", "own-title"]) == ["p1", "own-title", "p2", "p3"]


def test_in_a_list_it_is_an_item_that_does_not_part_the_list() -> None:
    one = bury(harbor(), "timber of two", "the buoys")
    tree = page_of(one)
    lists = [element for tag in ("ul", "ol") for element in tree.iter(tag)]
    lists = [element for element in lists if element.get("class") == "items"]
    assert [len(element) for element in lists] == [5, 3]
    assert {child.tag for element in lists for child in element} == {"li"}
    (buoys,) = (child for child in lists[1] if child.get("class") == "tombstone")
    assert [child.get("value") for child in lists[1]] == ["1", None, "3"]
    assert buoys.get("id") == anchor_of(harbor(), "the buoys")


def test_a_grave_is_no_block_and_no_heading_and_not_searched() -> None:
    tree = page_of(damaged())
    graves = [e for e in tree.iter() if e.get("class") == "tombstone"]
    assert len(graves) == len(LOST_WORDS)
    for element in graves:
        assert "data-search-exclude" in element.attrib
        inside = {part.tag for part in element.iter()}
        assert not inside & {"h1", "h2", "h3", "h4", "h5", "h6"}
        assert not any("block" in (part.get("class") or "").split() for part in element.iter())


def test_hostile_words_are_words() -> None:
    one = bury(harbor(), "javascript")
    assert f"“{EVIL.replace('*b*', 'b')}”" in shown(page_of(one))


def test_all_ids_of_a_grave_stand_in_it() -> None:
    one = bury(harbor(), "timber")
    (stone,) = one.document.tombstones
    stone = replace(stone, aliases=("p7-f1", "p98", "a-slug"))
    forward = Forward("p98", "p7", "2025-01-31", "an anchor")
    document = replace(one.document, tombstones=(stone,), forwards=(forward,))
    tree = page_of(replace(one, document=document))
    inside = {part.get("id"): part.get("data-note") for part in grave(tree, "p7")}
    assert inside["p98"] == "¶ 98 became part of this passage on 31 January 2025."
    assert inside["a-slug"] is None
    assert inside["p7-f1"] is None


@pytest.mark.parametrize(
    ("alias", "bearer", "forward", "words"),
    [
        ("a-slug", "p4", None, None),
        (
            "p99",
            "p4",
            Forward("p99", "p4", GONE, ""),
            f"¶ 99 became part of this passage on {DAY}.",
        ),
        ("p99", "p4", None, "¶ 99 became part of this passage."),
        ("p4-f2", "p4", None, "The figure cited here is gone."),
        (
            "p9-f1",
            "p4",
            Forward("p9-f1", "p4", GONE, "$26  billion"),
            f"The figure cited here, “$26 billion”, has not been in the text since {DAY}.",
        ),
        (
            "p9-f1",
            "p4-f1",
            Forward("p9-f1", "p4-f1", GONE, ""),
            f"This figure stood in ¶ 9 until {DAY}.",
        ),
        (
            "p4-f2",
            "p4-f1",
            Forward("p4-f2", "p4-f1", GONE, ""),
            f"The figure cited here became this one on {DAY}.",
        ),
    ],
)
def test_what_a_further_id_says(
    alias: str, bearer: str, forward: Forward | None, words: str | None
) -> None:
    one = harbor()
    if forward:
        one = replace(one, document=replace(one.document, forwards=(forward,)))
    one = (with_figure if is_figure(bearer) else with_aliases)(one, bearer, alias)
    mark = grave(page_of(one), alias)
    assert mark.get("data-note") == words
    assert not "".join(mark.itertext())


@pytest.mark.parametrize("kind", ["paragraph", "item", "quote", "table", "heading"])
def test_further_ids_stand_within_their_passage(kind: str) -> None:
    one = harbor()
    block = next(block for block in reversed(one.document.passages) if block.kind == kind)
    tree = page_of(with_aliases(one, block.anchor or "", "p90", "a-slug"))
    around = holder(tree, block.anchor or "")
    assert {"p90", "a-slug"} <= {part.get("id") for part in around.iter()}
    assert squeezed(shown(around)) == squeezed(block.text)


def test_a_heading_without_a_slug_takes_no_number_for_one() -> None:
    one = harbor()
    blocks = [
        replace(block, aliases=("p3-f1",)) if block.anchor == "p3" else block
        for block in one.document.blocks
    ]
    tree = page_of(replace(one, document=replace(one.document, blocks=tuple(blocks))))
    (around,) = (e for e in tree.iter("h2") if any(part.get("id") == "p3" for part in e))
    assert around.get("id") == "p3-heading"
    assert "p3-f1" in {part.get("id") for part in around}


def test_a_figure_that_read_otherwise_says_so() -> None:
    mark = grave(page_of(damaged()), "p4-f1")
    assert mark.get("data-was") == "$2 billion"
    assert (mark.get("title") or "").endswith(" · earlier $2 billion")
    assert "".join(mark.itertext()) == "$26 billion"


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_what_stands_is_whole_beside_graves(text: str) -> None:
    data = f"A first line.\n\n{text}\n\n- one\n- two\n- three\n\nThe last line.\n".encode()
    whole = addressed(data, "seeds/a.md")
    passages = whole.document.passages
    for which in (0, 1):
        gone = passages[which::2]
        stones = tuple(
            Tombstone(
                block.anchor or "",
                block.kind,
                block.text,
                GONE,
                (),
                passages[number * 2 + which - 1].anchor if number * 2 + which else None,
                None,
            )
            for number, block in enumerate(gone)
        )
        kept = tuple(block for block in whole.document.blocks if block not in gone)
        document = replace(whole.document, blocks=kept, tombstones=stones)
        tree = rendered(Annotated(document, ()))
        for block in document.passages:
            assert squeezed(shown(holder(tree, block.anchor or ""))) == squeezed(block.text)
        for stone in stones:
            words = next(
                part for part in grave(tree, stone.anchor).iter() if part.get("dir") == "auto"
            )
            assert squeezed(shown(words)) == squeezed(f"“{stone.text}”")


def test_a_place_that_is_no_passage_is_before_all() -> None:
    stone = Tombstone("p90", "paragraph", "x", GONE, (), "p89", "p91")
    lost = lost_of(replace(harbor().document, tombstones=(stone,)))
    (words,) = lost.tombstones_after(None)
    assert "between ¶ 89 and ¶ 91" in words


# In a rendered site


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    return build_lost_site(tmp_path_factory.mktemp("lost") / "collection").site


def test_the_site_is_in_order(site):
    assert [str(problem) for problem in check_site(site)] == []


def test_no_search_and_no_contents_know_of_a_grave(site):
    entries = json.loads((site / "search/search_index.json").read_text("utf-8"))["docs"]
    locations = {entry["location"] for entry in entries}
    # The pages on addresses may speak of graves.
    index = json.dumps([one for one in entries if not one["location"].startswith("about/")])
    for words in ("timber", "buoys", "removed on", "It read:", "It read,", "became part"):
        assert words not in index
    assert "documents/harbor/#p4" in locations
    assert not locations & {"documents/harbor/#p3", "documents/harbor/#what-was-found"}
    html = (site / "documents/harbor/index.html").read_text("utf-8")
    navigation = "".join(re.findall(r"<nav.*?</nav>", html, re.DOTALL))
    assert "Documents" in navigation
    assert "What was found" not in navigation


def test_not_even_the_renderer_s_own_index_knows(tmp_path):
    """Where no step of ours runs after the renderer, its own index holds every page's text."""
    site = build_lost_site(tmp_path / "collection").site
    assert "data-search-exclude" in (site / "documents/log/index.html").read_text("utf-8")
    from material.plugins.search.plugin import SearchIndex

    index = SearchIndex(lang=["en"], separator="x", pipeline=[], fields={})
    html = (site / "documents/log/index.html").read_text("utf-8")
    article = html.partition("<article")[2].partition(">")[2].partition("</article>")[0]

    class Found:
        content, toc, url, title, meta = article, (), "documents/log/", "x", {}

    index.add_entry_from_context(Found)
    text = json.dumps(index.entries)
    assert "Line 79" in text
    assert "Line 80" not in text


BOTH = pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])


@pytest.fixture
def opened(site, open_page):
    """Opens a page of the site afresh, with or without JavaScript, on a desk or a phone."""

    def open_one(address: str, *, scripts: bool = True, width: int = 1280, **options: str) -> Any:
        size = {"width": width, "height": 800}
        return open_page(home + address, viewport=size, java_script_enabled=scripts, **options)

    with served(site, "/sub/path/") as home:
        yield open_one


def top_of(page: Any, name: str) -> tuple[float, float]:
    """Return where an element begins, and where the header over the page ends."""
    element = page.locator(f"[id='{name}']")
    if not box_of(element)["height"]:
        element = element.locator("xpath=ancestor::*[contains(@class, 'block')]").last
    return box_of(element)["y"], box_of(page.locator(".md-header"))["height"]


@pytest.mark.browser
@BOTH
@pytest.mark.parametrize("width", [1280, 390])
def test_a_grave_shows_only_for_its_address(opened, scripts, width):
    page = opened("documents/log/", scripts=scripts, width=width)
    assert seen(page, ".tombstone") == []
    page = opened("documents/log/#p81", scripts=scripts, width=width)
    assert seen(page, ".tombstone") == []
    page = opened("documents/log/#p82", scripts=scripts, width=width)
    assert seen(page, ".tombstone") == ["p82"]
    top, header = top_of(page, "p82")
    assert header <= top < 400
    page = opened("documents/harbor/#what-was-found", scripts=scripts, width=width)
    assert seen(page, ".tombstone") == ["p3"]
    box = box_of(page.locator(".tombstone-words:visible"))
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width


@pytest.mark.browser
@BOTH
def test_an_id_that_was_taken_over_marks_its_passage(opened, scripts):
    for address, note in (("log/#p72", "p71"), ("harbor/#p90", "p14"), ("harbor/#p91-f1", "p4-f1")):
        page = opened(f"documents/{address}", scripts=scripts)
        top, header = top_of(page, address.partition("#")[2])
        assert top >= header - 1, note
        assert seen(page, ".tombstone") == []


@pytest.mark.browser
def test_the_passage_looks_cited_by_every_id(opened):
    words = "element => getComputedStyle(element, '::after').content"
    quote = anchor_of(damaged(), "patient")
    page = opened("documents/harbor/")
    for name, bearer in (
        *(("p5", "p4"), ("p91-f1", "p4"), ("p4-f1", "p4"), ("p8", "p6")),
        *(("p90", None), ("what-follows", None), ("what-comes-next", None)),
        *((quote, quote), ("p92-f3", quote)),
    ):
        page.evaluate("name => { location.hash = name }", name)
        selector = f"#{bearer}" if bearer else "h2:has(#p90)"
        assert page.locator(selector).evaluate(words) == '"cited passage"', name
    page.evaluate("location.hash = 'p5'")
    note = page.locator("#p5").evaluate(words)
    assert note == f'"¶ 5 became part of this passage on {DAY}."'


@pytest.mark.browser
def test_nobody_copies_what_is_not_text(opened):
    page = opened("documents/harbor/")
    for address in ("harbor/", "harbor/#p5", "harbor/#p90", "log/#p72"):
        page.goto(urljoin(page.url, f"../{address}"))
        text = copied_from(page, "article")
        assert "The pilots were asked" in text or "Line 79" in text
        assert "removed on" not in text
        assert "became part" not in text
        assert "earlier:" not in text


@pytest.mark.browser
def test_paper_shows_the_grave_that_was_asked_for_and_no_other(opened):
    page = opened("documents/harbor/")
    page.emulate_media(media="print")
    assert seen(page, ".tombstone") == []
    page = opened("documents/harbor/#p3")
    page.emulate_media(media="print")
    assert seen(page, ".tombstone") == ["p3"]


@pytest.mark.browser
def test_screen_readers_meet_no_grave_but_the_one_asked_for(opened):
    page = opened("documents/harbor/")
    assert page.get_by_role("note").count() == 0
    page = opened("documents/harbor/#p3")
    assert page.get_by_role("note").count() == 1


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_words_of_a_grave_have_contrast(opened, scheme):
    page = opened("documents/harbor/#p3", color_scheme=scheme)
    colors = page.locator("#p3 > .tombstone-words").evaluate(
        "element => [getComputedStyle(element).color, getComputedStyle(element).backgroundColor]"
    )
    light, dark = sorted((luminance(color) for color in colors), reverse=True)
    assert (light + 0.05) / (dark + 0.05) >= 7


def luminance(color: str) -> float:
    """Return the relative luminance of "rgb(1, 2, 3)" (WCAG 2.2)."""
    parts = [int(number) / 255 for number in re.findall(r"\d+", color)[:3]]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.browser
def test_browsers_without_has_see_the_same(site, open_page, tmp_path):
    """The style sheet has a part for them, which here takes the place of the other."""
    copy = tmp_path / "site"
    shutil.copytree(site, copy)
    file = copy / "assets/stylesheets/addresses.css"
    css = (ROOT / "site_overrides/assets/stylesheets/addresses.css").read_text("utf-8")
    css = css.replace("@supports not selector(:has(*))", "@media all")
    css = css.replace(":has(:target)", ":-unknown-has(:target)")
    css = css.replace(":has(> .number)", ":-unknown-has(> .number)")
    file.write_text(css, encoding="utf-8")
    with served(copy) as home:
        for name, stone in (("p1", "p1"), ("what-was-found", "p3"), ("p7", "p7"), ("p4", None)):
            page = open_page(f"{home}documents/harbor/#{name}")
            words = seen(page, ".tombstone > .tombstone-words")
            assert len(words) == (stone is not None), name
            if stone:
                tall = "all => all.filter(one => one.offsetHeight > 20).map(one => one.id)"
                assert page.locator(".tombstone").evaluate_all(tall) == [stone]
        page = open_page(f"{home}documents/harbor/#p90")
        over = "element => getComputedStyle(element, '::before').position"
        assert page.locator("#p90").evaluate(over) == "absolute"


def record(name: str, **fields: str) -> Record:
    return Record(name, "paragraph", f"Text of {name}.", tuple(fields.items()))


@pytest.mark.parametrize(
    ("before", "after", "beside"),
    [
        ([record("p1")], [record("p3")], ("p1", "p3")),
        # What came later, or on that day, did not stand beside it.
        ([record("p1"), record("p1a", new=GONE)], [record("p3", new="2027-01-01")], ("p1", None)),
        # What went earlier did not either; what went later, or on that day, did.
        ([record("p1"), record("p2a", gone="2026-12-01")], [record("p3")], ("p1", "p3")),
        ([record("p1", gone="2027-03-01")], [record("p3", gone=GONE)], ("p1", "p3")),
        ([record("p1", gone="2027-03-01", into="p3")], [record("p3")], ("p1", "p3")),
        ([], [], (None, None)),
    ],
)
def test_a_tombstone_names_the_neighbors_of_its_time(
    before: list[Record], after: list[Record], beside: tuple[str | None, str | None]
) -> None:
    records = [*before, record("p2", gone=GONE), *after]
    standing = [one.id for one in records if one.get("gone") is None]
    (stone,) = (one for one in tombstones_of(records, standing, {}) if one.anchor == "p2")
    assert (stone.after, stone.before) == beside
    assert stone.behind == next((one.id for one in reversed(before) if one.id in standing), None)


def test_a_tombstone_leads_to_the_version_in_which_it_last_stood() -> None:
    one = bury(harbor(), "A second survey", "nine")
    names = [(block.anchor or "", block.text) for block in harbor().document.passages]
    table = anchor_of(harbor(), "nine")
    # Then ¶ 5 stood between others than the ledger's order of today tells, and one of them is gone.
    moved = [names[0], names[4], *names[1:4], *names[5:]]
    then = Version("a" * 64, "", "2026-12-02", tuple(moved))
    now = Version("b" * 64, "2026-12-02", "", (), after="a" * 12)
    document = replace(one.document, slug="document", versions=(now, then))
    words = last_words_of(replace(one, document=document))
    assert words["p5"].endswith("It stood between ¶ 1 and ¶ 2 in the version of that time.")
    assert 'href="versions/aaaaaaaaaaaa/#p5"' in words["p5 html"]
    assert "a table, was removed" in words[table]
    assert "It read, cell after cell:" in words[table]


def last_words_of(one: Annotated) -> dict[str, str]:
    """Return what the tombstones of a document say, and their HTML."""
    lost = lost_of(one.document)
    found = {}
    for anchor, stones in lost.after.items():
        for stone, html in zip(stones, lost.tombstones_after(anchor), strict=True):
            words = html5lib.parse(html, namespaceHTMLElements=False)
            found[stone.anchor] = squeezed(shown(words)).strip()
            found[f"{stone.anchor} html"] = html
    return found
