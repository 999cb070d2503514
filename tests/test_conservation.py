"""The law of conservation: no character of a source is lost, doubled, or called markup wrongly."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from builder.model import Document, Problems
from builder.read import source_from_bytes
from builder.structure import structure
from conftest import ROOT, SEEDS, document

SPACE = r"[\s\u2028\u2029]"
# What may be called syntax, and nothing else. Written apart from the code that it checks.
TAG = r"</?[A-Za-z][^<>]*(?:\"[^\"]*\"|'[^']*'|[^<>\"'])*/?>?"
ALLOWED = {
    "space": rf"{SPACE}+",
    "byte-order mark": "\ufeff",
    "escape": r"\\",
    "hard break": rf"\\|{SPACE}+",
    "reference": r"&|[#A-Za-z0-9]+;",
    "emphasis": r"\*{1,3}|_{1,2}",
    "link": r"\[|\]\((?s:.*)\)|<|>",
    "unlinked target": r"\]\((?s:.*)\)",
    "image": r"!\[",
    "tag": r"(?s:<?/?[A-Za-z].*>|<)",
    "tag with attributes": r"(?s:.*)",
    "list mark": r"[-*+•◦▪‣·●○■]|\d{1,3}[.)]",
    "heading mark": r"#{1,6}|=+|-{2,}",
    "quote mark": rf"(?:{SPACE}*>)?",
    "rule": r"[-*_](?:[ \t]*[-*_]){2,}",
    "table mark": r"\||\|[-:| \t]+\|",
}


def assert_conserved(doc: Document) -> None:
    """Check that text, furniture and syntax part the source, and that syntax is only syntax."""
    text = doc.source.text
    seen = bytearray(len(text))
    for block in doc.blocks:
        assert len(block.text) == len(block.offsets)
        assert list(block.offsets) == sorted(set(block.offsets))
        for shown, offset in zip(block.text, block.offsets, strict=True):
            assert not seen[offset], f"offset {offset} is shown twice"
            seen[offset] = 1
            printed = text[offset]
            same = shown == printed or (shown == " " and re.match(SPACE, printed))
            assert same or printed in "&<", (shown, printed)
    for item in doc.syntax:
        printed = text[item.span.start : item.span.end]
        assert re.fullmatch(ALLOWED[item.what], printed), (item.what, printed)
        for offset in range(item.span.start, item.span.end):
            assert not seen[offset], f"offset {offset} is text and syntax"
            seen[offset] = 1
    assert all(seen), f"lost: {text[seen.index(0) :][:60]!r}"


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.name)
def test_seeds_are_conserved(path: Path) -> None:
    doc = structure(source_from_bytes(path.read_bytes(), f"seeds/{path.name}"))
    assert_conserved(doc)
    assert doc.source.text.encode() == path.read_bytes()
    assert not [block for block in doc.furniture if block.label == "not recognized"]


HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1) alt='a cat'> <img src=x>",
    "[click](javascript:alert(1)) [a](data:text/html,x) [b](//host/x)",
    "<a href='javascript:alert(1)' onclick='x'>text</a> <A HREF=https://a.example>y</A>",
    "<!-- hidden --> text <!-- unclosed",
    "\u202e evil \u2066 bidi \u0000 NUL \u0007 bell \ufdd0 \uffff",
    "a\rb\r\nc\x0bd\x0ce\x85f\u2028g\u2029h",
    "\ufefftext after a mark \ufeff and one inside",
    "**bold *nested** wrong* ***x** _y_ __init__ a_b_c 5*3*2 ****",
    "** ** **\u00a0** *  *",
    "[[[[nested](https://a.example/(x)(y))]] ]( ](https://a)",
    "| a | b |\n|---|---|\n| 1 \\| 2 | **x** |\n| only |",
    "<table><tr><td>1<td>2</table>\n\n<table>\n<tr>\nnever closed",
    "<table><tr><td>x</td>between 5% of rows</tr><tr><td>y</td></tr><td>orphan</td></table> tail",
    "<table>before<tr>loose<td>a<table><tr><td>inner</td></tr></table></td></tr>after</table>",
    "> quoted\n> - list in quote\n>\n> more\nlazy",
    "- a\n  - b\n    - c\n\n      d\n1) e\n999. f\n- \n",
    "# a #\n####### b\nTitle\n=====\nsub\n---\n***\n* * *\n###\n\\###",
    "&amp; &lt;script&gt; &#0; &#x202e; &nbsp; &notanentity; &;",
    "text  \nbreak\\\nbreak\\",
    "`code *x*` ~~s~~ ^sup^ {#id .class} <div class='x'>",
    "---\n\nnot front matter\n---\n",
    "x" * 5000 + " " * 5000 + "\n" + "*" * 500 + "[" * 500,
]


@pytest.mark.parametrize("name", ["seeds/a.txt", "seeds/a.md"])
@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_is_conserved(text: str, name: str) -> None:
    assert_conserved(document(text, name))


PIECES = st.sampled_from(
    [
        *("word", "Word", "HEADING:", "--Name", "Top", "###", ".", "“", "”", "<", ">", ";", "&"),
        *(" ", "  ", "\n", "\n\n", "\r\n", "\t", "    ", "\u00a0", "\x00", "\u202e", "\\"),
        *("**", "*", "_", "[", "]", "(", ")", "](https://a.example)", "- ", "1. ", "# ", "> "),
        *("---", "|", "| a |", "|---|", "&amp;", "<!-- -->", "<u>", "</u>", "<br/>", "<td>"),
        *("<table>", "</table>", "<a href='https://a.example'>", "</a>", "<img alt='x y'>"),
    ]
)


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, max_size=40).map("".join) | st.text(max_size=200), st.booleans())
@example("- a\n\n  | x |\n  |---|", True)
def test_invented_text_is_conserved(text: str, markdown: bool) -> None:
    try:
        doc = document(text, "seeds/a.md" if markdown else "seeds/a.txt")
    except (Problems, UnicodeEncodeError):
        return  # refused with a message: empty, broken front matter, lone surrogates
    assert_conserved(doc)


@pytest.mark.slow
def test_real_documents_are_conserved() -> None:
    folder = ROOT.parent / "shared" / "corpus" / "dev"
    if not folder.is_dir():
        pytest.skip("the development corpus is not on this machine")
    for path in sorted(folder.glob("*.md")):
        assert_conserved(structure(source_from_bytes(path.read_bytes(), f"seeds/{path.name}")))
