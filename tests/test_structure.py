"""Structure: what each block is, as a table of sources and the blocks an editor would see."""

from __future__ import annotations

import re
from typing import Any

import pytest

from builder.blocks.furniture import knowledge, plain
from builder.model import Block
from builder.strict_yaml import load, load_data
from builder.web_address import is_web_address
from conftest import ROOT, document

CASES = load((ROOT / "tests/cases/structure.yaml").read_text("utf-8"), "structure.yaml")


def printed(block: Block) -> str:
    """Write a block as the table of cases does."""
    opened: dict[int, str] = {}
    closed: dict[int, str] = {}
    for mark in block.marks:
        if mark.tag == "br":
            continue
        opened[mark.span.start] = opened.get(mark.span.start, "") + f"<{mark.tag}>"
        closed[mark.span.end] = f"</{mark.tag}>" + closed.get(mark.span.end, "")
    text = "".join(
        closed.get(i, "") + opened.get(i, "") + block.text[i : i + 1]
        for i in range(len(block.text) + 1)
    )
    level = f"[{block.level}]" if block.level else ""
    why = f" ({block.label})" if block.kind == "furniture" else ""
    return f'{block.kind}{level} "{text}"{why}'


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["about"])
def test_blocks(case: dict[str, Any]) -> None:
    doc = document(case["text"], case.get("name", "seeds/a.txt"))
    assert [printed(block) for block in doc.blocks] == case["blocks"]


@pytest.mark.parametrize("row", load_data("furniture")["rows"], ids=lambda row: row["why"])
def test_furniture_patterns_prove_themselves(row: dict[str, Any]) -> None:
    pattern = re.compile(row["pattern"], re.I)
    for example in row["examples"]:
        assert pattern.fullmatch(plain(example)), example
    for other in row["not"]:
        assert not pattern.fullmatch(plain(other)), other


@pytest.mark.parametrize("name", ["dangling", "caption", "genre_line"])
def test_lead_and_caption_prove_themselves(name: str) -> None:
    pattern = getattr(knowledge(), name)
    rows = load_data("furniture")[name]
    assert all(pattern.fullmatch(plain(example)) for example in rows["examples"])
    assert not any(pattern.fullmatch(plain(other)) for other in rows["not"])


def test_offsets_lead_back_to_the_source() -> None:
    doc = document("R&amp;D **costs** [more](https://a.example) \\#1", "seeds/a.md")
    (block,) = doc.blocks
    assert block.text == "R&D costs more #1"
    at = block.text.index("&")
    span = block.source_span(type(block.span)(at, at + 1), doc.source.text)
    assert doc.source.text[span.start : span.end] == "&amp;"
    span = block.source_span(type(block.span)(4, 9), doc.source.text)
    assert doc.source.text[span.start : span.end] == "costs"


def test_the_headline_is_the_title_where_none_is_stated() -> None:
    doc = document("Ministers Agree on Plan\n\nThe ministers agreed on a plan for all ports.\n")
    assert doc.metadata.title.value == "Ministers Agree on Plan"
    assert doc.metadata.title.provenance == "stated"


def test_a_relative_link_is_resolved_against_the_stated_address() -> None:
    head = "---\nurl: https://www.example.gov/news/1/\n---\n"
    doc = document(head + "See [the plan](/plan/).", "seeds/a.md")
    assert [mark.href for mark in doc.passages[0].marks] == ["https://www.example.gov/plan/"]


@pytest.mark.parametrize(
    "text",
    ["See [r](//[bad) here.", 'See <a href="//[bad]/">r</a> here.', "See [r](http://[bad) here.",
     "See <http://[bad> here.", "See [r](https://a\u2100b.example/) here."],
)  # fmt: skip
def test_an_address_that_cannot_be_read_is_no_link(text: str) -> None:
    doc = document(f"---\nurl: https://www.state.gov/x/\n---\n{text}")
    for mark in doc.blocks[0].marks:
        assert not is_web_address(mark.href)


def test_cells_without_spaces_are_read_apart() -> None:
    doc = document("|Country|Sum|\n|---|---|\n|Peru|$5 million|\n|a\\|b||\n", "seeds/a.md")
    (table,) = doc.blocks
    assert table.text == "Country Sum Peru $5 million a|b"
    cells = [table.text[m.span.start : m.span.end] for m in table.marks if m.tag in ("th", "td")]
    assert cells == ["Country", "Sum", "Peru", "$5 million", "a|b"]


@pytest.mark.parametrize("nested", ["<b><i>", "**", "<u>"])
def test_marks_of_one_kind_are_nested_four_deep_at_most(nested: str) -> None:
    doc = document(nested * 400 + "x", "seeds/a.md")
    closing = document(f"{'<b><i>' * 400}x{'</i></b>' * 400}", "seeds/a.md")
    for one in (doc, closing):
        assert len(one.blocks[0].marks) <= 8
    assert closing.blocks[0].text == "x"


def test_a_mark_before_a_blank_line_is_no_text() -> None:
    doc = document("\ufeff\r\n\r\nThe text.")
    assert [block.text for block in doc.blocks] == ["The text."]
