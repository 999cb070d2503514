"""Markdown twins: what a document says stands there as text, with its numbers, for any parser."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some
from lxml import html
from markdown import Markdown

from builder.citing.publication import Publication
from builder.exporting.markdown_text import address_as_markdown, text_as_markdown
from builder.exporting.markdown_twin import markdown_twin
from builder.html.escape import one_line, signs_shown
from builder.model import Document, Known, Metadata
from conftest import SEEDS, document
from made import made, stated

HERE = Publication("Reader", "https://example.org/reader/")
HOSTILE = """# A *title* with <b>signs</b> & `code`

<script>alert(1)</script> [link](javascript:alert(1)) ![image](x.png) <https://evil.example>

**bold** _under_ snake_case ~~struck~~ $math$ | pipes | \\* \\\\ `` `x` `` &amp; &lt; {#id}

[^1] [1]: x

- one * item
    - deeper # item
- 3) third

1. first
2. second

> “A *quotation* > within.”

# Not a heading #

+ plus

--- three dashes --- and *** stars ***

| Country | Cost |
|---------|------|
| Mexico \\| x | $1 |
| Peru | <b>2</b> |

2019\\. A year begins this line.

Setext
======

\tindented with a tab, \u202e turned around, \x07 a bell.
"""


def shown_text(markdown: str) -> list[str]:
    """Return the blocks of a page that a parser makes of it, each as what a reader sees."""
    page = Markdown(extensions=["tables"]).convert(markdown)
    assert "<script" not in page
    assert not re.search(r"<(?:em|strong|code|img|h[1-6] id)", page)
    tree = html.fromstring(f"<div>{page}</div>")
    for link in tree.iter("a"):
        assert re.match(r"https?://|\./(?:#p\d+[a-z]*)?\Z", link.get("href"))
    found = tree.xpath("//h1|//h2|//h3|//h4|//h5|//h6|//p|//li|//td|//th")
    return [squeezed("".join(_own_text(one))) for one in found]


def _own_text(element) -> list[str]:
    """Return the texts of an element but for those of lists within it."""
    parts = [element.text or ""]
    for child in element:
        if child.tag not in ("ul", "ol", "p"):
            parts += _own_text(child)
        parts.append(child.tail or "")
    return parts


def squeezed(text: str) -> str:
    return " ".join(text.split())


def expected(one: Document) -> list[str]:
    """Return what the twin should show of each passage, its number before it."""
    told = []
    for block in one.passages:
        number = (block.anchor or "").removeprefix("p") or "¶"
        told.append((number, block.kind, squeezed(signs_shown(one_line(block.text)))))
    return [(number, kind, text) for number, kind, text in told]


def check(one: Document) -> str:
    twin = markdown_twin(one, HERE).decode()
    blocks = shown_text(twin)
    for number, kind, text in expected(one):
        if kind == "table":
            cells = squeezed(" ".join(blocks))
            assert all(word in cells for word in text.split()), text
            continue
        mark = [f"{number} {text}", *(b for b in blocks if b.startswith(f"{number} "))]
        ends = [b for b in mark[1:] if b == mark[0] or (kind == "item" and b.endswith(text))]
        assert ends, (kind, number, text, mark[1:])
    return twin


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem)
def test_of_seeds(path: Path):
    one = made(path.stem[:3], path.read_bytes().decode()).document
    twin = check(one)
    assert twin.count("](./#p") == len(one.passages)
    assert len(twin.encode()) < 1.5 * len(one.source.text.encode()) + 600


def test_hostile_text_stays_text():
    one = made("evil", HOSTILE, title=stated("A *t* <b>[x](y)"), url=stated("https://x.org/<b>"))
    twin = check(one.document)
    assert "\n- Original: https://x.org/&lt;b>\n" in twin
    assert "U+202E" in twin
    assert "\u202e" not in twin


@given(
    some.text(
        alphabet=some.sampled_from("ab1 \\`*_{}[]()#+-.!|<>~&;$:=^\"'/\n\t\u2028é"), max_size=80
    )
)
def test_any_line_reads_as_it_was(text):
    line = squeezed(text)
    shown = shown_text(f"[1](./#p1) {text_as_markdown(line)}")
    assert shown == [squeezed(f"1 {line}")]


@given(some.text(max_size=300))
def test_any_document(text):
    check(document(f"A title\n\n{signs_shown(text)}"))


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("$1.5 billion & more | #1 ~5 a > b", "$1.5 billion & more | #1 ~5 a > b"),
        ("Research & Development; AT&T", "Research & Development; AT&T"),
        ("&lt; and &#1; and &x", "&amp;lt; and &amp;#1; and &x"),
        ("~~struck~~ #", "&#126;&#126;struck&#126;&#126; \\#"),
    ],
)
def test_what_does_not_act_stands_as_it_is(text, written):
    assert text_as_markdown(text) == written


def test_facts():
    metadata = Metadata(
        title=Known("A supplied title", "supplied"),
        issuer=Known("The White House", "inferred"),
        date=Known("2019-06?", "inferred"),
        type=stated("fact sheet"),
        url=stated("https://www.state.gov/a_b?c=*d*"),
        retrieved=stated("2024-01-02"),
        rights=stated("Public domain"),
    )
    one = replace(made("x", "Only a text.\n").document, metadata=metadata)
    assert markdown_twin(one, HERE).decode() == (
        "# \\[A supplied title\\]\n"
        "\n"
        "- Issuer: \\[The White House\\]\n"
        "- Date: \\[June 2019?\\]\n"
        "- Kind: fact sheet\n"
        "- Original: <https://www.state.gov/a_b?c=*d*>\n"
        "- Retrieved: 2 January 2024\n"
        "- Rights: Public domain\n"
        "- Read at: <https://example.org/reader/documents/x/>,"
        " where each number below leads to its passage\n"
        "\n"
        "[1](./#p1) Only a text.\n"
    )


def test_without_an_address_nothing_is_absolute():
    twin = markdown_twin(made("x", "Only a text.\n").document, Publication("Reader")).decode()
    assert "- Read at: [documents/x/](./), where" in twin
    assert "://" not in twin


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "https://x.org/a b", "<x>", "https://x/<y>"]
)
def test_what_is_no_plain_address_is_no_link(address):
    assert not address_as_markdown(address).startswith("<")


def test_lists_keep_their_depth():
    twin = markdown_twin(
        made("x", "A list:\n\n- one\n    - two\n        - three\n- four\n").document, HERE
    )
    page = Markdown().convert(twin.decode())
    assert page.count("<ul>") == 4  # that of the facts too
    assert "<code>" not in page


def test_a_half_pair_of_surrogates_in_a_title():
    one = made("x", "A text.\n", title=Known("A \ud800 title", "supplied")).document
    assert "U+D800" in markdown_twin(one, HERE).decode()
