"""Weaving: the text stays the block's, elements nest, ids stand once, no link is in a link."""

from __future__ import annotations

from array import array
from dataclasses import replace
from time import process_time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from browser_text import read_html
from builder.dating.clock import COUNTED
from builder.html.layers import Note, layers_of
from builder.html.weave import Woven
from builder.model import Block, Figure, Mark, Mention, Span

TEXT = "The U.S. Government gave more than $1.2 billion to Mexico"
FIGURE = Figure(1_200_000_000.0, None, None, "more_than", ">", "USD")
ADDRESSES = {("country", "us"): "../../countries/us/", ("organization", "us-gov"): "../../o/"}


def block(text: str, *marks: Mark) -> Block:
    offsets = array("I", range(len(text)))
    return Block("paragraph", None, Span(0, len(text)), text, offsets, marks, anchor="p12")


def at(words: str, text: str = TEXT) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


def mention(kind: str, entity: str, span: Span, figure: Figure | None = None) -> Mention:
    return Mention(kind, entity, span, span, "", 0, figure, "p12-f1" if figure else None)


def weave(of: Block, *stands: Any, **told: Any) -> str:
    return Woven(of, layers_of(of, *stands, **told)).html()


def test_nothing_to_weave() -> None:
    assert weave(block("a < b")) == "a &#60; b"


def test_mention_is_a_link() -> None:
    html = weave(block(TEXT), [mention("country", "us", at("U.S."))], ADDRESSES)
    assert '<a class="mention country" href="../../countries/us/">U&#46;S&#46;</a>' in html


def test_mention_inside_a_mention_is_a_span() -> None:
    mentions = [
        mention("organization", "us-gov", at("U.S. Government")),
        mention("country", "us", at("U.S.")),
    ]
    html = weave(block(TEXT), mentions, ADDRESSES)
    assert '<a class="mention organization" href="../../o/"><span class="mention country">' in html


def test_mention_around_a_link_of_the_source_is_a_span() -> None:
    link = Mark(at("U.S."), "link", "https://www.usa.gov/")
    html = weave(
        block(TEXT, link), [mention("organization", "us-gov", at("U.S. Government"))], ADDRESSES
    )
    assert '<span class="mention organization"><a class="out" rel="external"' in html


def test_mention_without_a_page_is_a_span() -> None:
    html = weave(block(TEXT), [mention("date", "2023", at("gave"))], ADDRESSES)
    assert '<span class="mention date">gave</span>' in html


def test_date_that_was_reckoned_tells_how_it_was_read() -> None:
    found = replace(mention("date", "2023-06", at("gave")), rules=("last, this or next", COUNTED))
    assert '<span class="mention date" title="read as June 2023">' in weave(block(TEXT), [found])


def test_figure_has_its_address_and_its_words() -> None:
    html = weave(block(TEXT), [mention("figure", "", at("more than $1.2 billion"), FIGURE)])
    title = read_html(html).elements[0][1]
    assert title == {"class": "figure", "id": "p12-f1", "title": "more than 1,200,000,000 USD (>)"}


def test_crossing_spans_are_split_and_the_id_stands_once() -> None:
    strong = Mark(at("Government gave more"), "strong")
    html = weave(block(TEXT, strong), [mention("figure", "", at("more than $1.2 billion"), FIGURE)])
    read = read_html(html)
    assert not read.wrong
    assert html.count('id="p12-f1"') == 1
    assert html.count('<mark class="figure"') == 2
    assert read.text == TEXT


@pytest.mark.parametrize("href", ["javascript:alert(1)", "data:text/html,x", None])
def test_no_link_but_to_the_web(href: str | None) -> None:
    html = weave(block(TEXT, Mark(at("Mexico"), "link", href)))
    assert "href" not in html
    assert read_html(html).text == TEXT


def test_line_break_keeps_the_space() -> None:
    html = weave(block("one two", Mark(Span(3, 4), "br")))
    assert html == "one <br>two"


def test_misprint_has_a_note() -> None:
    html = weave(block(TEXT), notes=[Note(at("Mexico"), "[sic] printed “Mexico”")])
    assert '<span class="sic" title="&#91;sic&#93; printed “Mexico”">Mexico</span>' in html


def test_part_of_a_block() -> None:
    whole = block(TEXT, Mark(at("Government gave"), "strong"))
    assert read_html(Woven(whole).html(Span(4, 15))).text == TEXT[4:15]


def spans(length: int) -> st.SearchStrategy[Span]:
    return st.tuples(st.integers(0, length), st.integers(0, length)).map(
        lambda ends: Span(min(ends), max(ends))
    )


@st.composite
def woven(draw: st.DrawFn) -> tuple[Block, list[Mention]]:
    text = draw(st.text(st.sampled_from("ab <&\"'*_#\n\u202e\x00é\u2060"), min_size=1, max_size=30))
    tags = st.sampled_from(["strong", "em", "link", "br", "td", "sup"])
    hrefs = st.sampled_from(["https://x.org/", "javascript:x", None])
    marks = [
        Mark(draw(spans(len(text))), draw(tags), draw(hrefs))
        for _ in range(draw(st.integers(0, 4)))
    ]
    kinds = st.sampled_from([("country", "us"), ("organization", "us-gov"), ("date", "2023")])
    mentions = [
        mention(*draw(kinds), draw(spans(len(text)))) for _ in range(draw(st.integers(0, 4)))
    ]
    mentions += [
        mention("figure", "", draw(spans(len(text))), FIGURE)
        for _ in range(draw(st.integers(0, 1)))
    ]
    return block(text, *marks), mentions


@given(woven())
def test_law(case: tuple[Block, list[Mention]]) -> None:
    one, mentions = case
    read = read_html(weave(one, mentions, ADDRESSES))
    assert read.text == one.text
    assert not read.wrong
    ids = [attributes["id"] for _, attributes, _ in read.elements if "id" in attributes]
    assert len(ids) == len(set(ids))
    for tag, attributes, around in read.elements:
        assert not (tag == "a" and "a" in around)
        assert not str(attributes.get("href", "")).startswith("javascript")


@given(woven(), st.data())
def test_law_of_parts(case: tuple[Block, list[Mention]], data: st.DataObject) -> None:
    one, mentions = case
    part = data.draw(spans(len(one.text)).filter(len))
    layers = list(layers_of(one, mentions, ADDRESSES))
    shown = Woven(one, layers).html(part)
    assert not read_html(shown).wrong
    assert read_html(shown).text == one.text[part.start : part.end]
    assert shown == Woven(one, [layer for layer in layers if layer.span.overlaps(part)]).html(part)


def seconds_for(cells: int, figures: int) -> float:
    """Return the CPU seconds that a table takes whose cells hold figures, all within a `strong`."""
    cell = "1 " * figures
    text = cell * cells
    whole = block(text, Mark(Span(0, len(text)), "strong"), Mark(Span(0, 2), "link", None))
    found = [mention("figure", "", Span(at, at + 1), FIGURE) for at in range(0, len(text), 2)]
    start = process_time()
    of_table = Woven(whole, layers_of(whole, found))
    for at in range(0, len(text), len(cell)):
        of_table.html(Span(at, at + len(cell)))
    return process_time() - start


@pytest.mark.slow
@pytest.mark.parametrize(("few", "many"), [((500, 2), (4_000, 2)), ((1, 2_500), (1, 20_000))])
def test_time_grows_with_the_length(few: tuple[int, int], many: tuple[int, int]) -> None:
    """Eight times as much takes about eight times as long, not 64 times."""
    little = min(seconds_for(*few) for _ in range(5))
    assert min(seconds_for(*many) for _ in range(3)) < 24 * little
