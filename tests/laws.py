"""The laws that hold for every source, whatever it holds, and texts that try them.

*Conservation*: text, furniture and syntax part a source; no character is lost, doubled, or called
markup wrongly. *Fidelity*: the page that a browser gets shows each block's text under its address,
and furniture verbatim, in elements of a fixed list.
"""

from __future__ import annotations

import json
import re
from dataclasses import replace
from functools import cache
from pathlib import Path
from xml.etree.ElementTree import Element

import html5lib
import markdown
from hypothesis import strategies as st

from builder.annotate import annotate
from builder.catalogue import Catalogue, load_catalogue
from builder.editorial import Editorial
from builder.index import build_index
from builder.ledger import anchor
from builder.limits import NO_LIMITS, Limits
from builder.model import Annotated, Document
from builder.pages import pages
from builder.read import source_from_bytes
from builder.settings import Settings
from builder.structure import SPLITTER, structure
from made import TODAY

HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1) alt='a cat'> <img src=x>",
    "[click](javascript:alert(1)) [a](data:text/html,x) [b](//host/x)",
    "<a href='javascript:alert(1)' onclick='x'>text</a> <A HREF=https://a.example>y</A>",
    "<!-- hidden --> text <!-- unclosed",
    "\u202e evil \u2066 bidi \u0000 NUL \u0007 bell \ufdd0 \uffff",
    "a\rb\r\nc\x0bd\x0ce\x85f\u2028g\u2029h",
    "\ufefftext after a mark \ufeff and one inside",
    "\ufeff\r\n\r\n–",
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

PIECES = st.sampled_from(
    [
        *("word", "Word", "HEADING:", "--Name", "Top", "###", ".", "“", "”", "<", ">", ";", "&"),
        *(" ", "  ", "\n", "\n\n", "\r\n", "\t", "    ", "\u00a0", "\x00", "\u202e", "\\"),
        *("**", "*", "_", "[", "]", "(", ")", "](https://a.example)", "- ", "1. ", "# ", "> "),
        *("---", "|", "| a |", "|---|", "&amp;", "<!-- -->", "<u>", "</u>", "<br/>", "<td>"),
        *("<table>", "</table>", "<a href='https://a.example'>", "</a>", "<img alt='x y'>"),
    ]
)

SPACE = r"[\s\u2028\u2029]"
# What may be called syntax, and nothing else. Written apart from the code that it checks.
TAG = r"</?[A-Za-z][^<>]*(?:\"[^\"]*\"|'[^']*'|[^<>\"'])*/?>?"
SYNTAX = {
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
            bar = (shown, printed, block.kind) == (" ", "|", "table")
            assert same or bar or printed in "&<", (shown, printed)
    for item in doc.syntax:
        printed = text[item.span.start : item.span.end]
        assert re.fullmatch(SYNTAX[item.what], printed), (item.what, printed)
        for offset in range(item.span.start, item.span.end):
            assert not seen[offset], f"offset {offset} is text and syntax"
            seen[offset] = 1
    assert all(seen), f"lost: {text[seen.index(0) :][:60]!r}"


# What MkDocs brings and what mkdocs.yml adds.
EXTENSIONS = ["toc", "tables", "fenced_code", "attr_list"]
SETTINGS = Settings(Path(), None, Path("content"), Path("seeds"), Path("site"))
ELEMENTS = frozenset(
    "a abbr article b blockquote body br caption code dd del details div dl dt em h1 h2 h3 h4 h5 h6"
    " head html i ins li mark nav ol p pre q s section small span strong sub summary sup table"
    " tbody td th thead tr u ul figure figcaption".split()
)
ATTRIBUTES = frozenset(
    "aria-label class data-at data-form data-kinds data-label data-number data-search-exclude"
    " data-style data-was dir download hidden href id lang popover popovertarget rel title type"
    " value".split()
)
# An address of the web, or one of ours; the Markdown twin's dot is hidden from the renderers.
ADDRESS = r"(?:(?i:https?://)|[#./a-z0-9_-]*(?:%2Emd$|#|$))"


@cache
def known() -> Catalogue:
    return load_catalogue(None)


def is_allowed(element: Element) -> bool:
    """Tell whether an element may stand in a page.

    The one button opens the menu of downloads; the one script is a block of data.
    """
    if element.tag == "script":
        is_data = element.get("type") == "application/ld+json" and set(element.attrib) == {"type"}
        return is_data and isinstance(json.loads(element.text or ""), dict)
    ours = element.tag == "button" and element.get("popovertarget") == "_download"
    # A citation sets titles in italics.
    in_citation = element.tag == "i" and not element.attrib
    return ours or in_citation or element.tag in ELEMENTS


def addressed(data: bytes, name: str, limits: Limits = NO_LIMITS) -> Annotated:
    """Take bytes down the line, up to their addresses."""
    source = replace(source_from_bytes(data, name, limits), slug="document")
    one = annotate(structure(source), known())
    path = "seeds/anchors/document.txt"
    return anchor(one, None, path=path, today=TODAY, splitter=SPLITTER).annotated


def rendered(one: Annotated) -> Element:
    """Return the document's page as a browser reads it."""
    return as_read(files_of(one)["documents/document/index.md"])


def files_of(one: Annotated) -> dict[str, bytes]:
    """Return every page and file of a collection that holds this document alone."""
    return dict(pages(build_index([one], {}), Editorial(), SETTINGS))


def as_read(page: bytes) -> Element:
    """Return a page as a browser reads it, after the renderer."""
    body = page.decode().split("\n---\n", 1)[1]
    html = markdown.markdown(body, extensions=EXTENSIONS)
    tree: Element = html5lib.parse(html, namespaceHTMLElements=False)
    return tree


def shown(element: Element) -> str:
    """Return an element's text; a sign ("U+202E") is read as its character."""
    if element.get("class") == "sign":
        return chr(int((element.text or "")[2:], 16))
    return (element.text or "") + "".join(shown(part) + (part.tail or "") for part in element)


def squeezed(text: str) -> str:
    return " ".join(
        re.split(r"[ \t\n\r\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+", text)
    ).strip()


def holder(tree: Element, name: str) -> Element:
    """Return the element that shows the block of an address: itself, or the heading around it."""
    return holders(tree)[name]


def holders(tree: Element) -> dict[str, Element]:
    """Return by id what shows the block of an address; no two elements have one id."""
    found: dict[str, Element] = {}
    for parent in tree.iter():
        for child in parent:
            name = child.get("id")
            if name is not None:
                assert name not in found, f"two elements have the id {name}"
                found[name] = parent if child.tag == "span" else child
    return found


def assert_allowed(tree: Element) -> None:
    """Check that a page holds no element, attribute or address that no template of ours writes."""
    for element in tree.iter():
        assert is_allowed(element), element.tag
        strange = set(element.attrib) - ATTRIBUTES
        assert not strange, (element.tag, strange)
        href = element.get("href")
        assert href is None or re.match(ADDRESS, href), href


def assert_shown(one: Annotated, tree: Element) -> None:
    """Check that a page shows each passage under its address, and what was left out verbatim."""
    found = holders(tree)
    for block in one.document.passages:
        assert squeezed(shown(found[block.anchor or ""])) == squeezed(block.text)
    left_out = {squeezed(shown(pre)) for pre in tree.iter("pre")}
    for block in one.document.furniture:
        printed = one.document.source.text[block.span.start : block.span.end]
        assert squeezed(printed) in left_out


def assert_faithful(data: bytes, name: str) -> None:
    one = addressed(data, name)
    assert_conserved(one.document)
    tree = rendered(one)
    assert_allowed(tree)
    assert_shown(one, tree)
