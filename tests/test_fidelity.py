"""The law of fidelity, from raw bytes to rendered HTML: each character is shown or is markup.

`test_conservation` parts a source into text, furniture and syntax. Here the page that a browser
gets is read back: it must show each block's text under its address, and furniture verbatim.
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
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builder.annotate import annotate
from builder.catalogue import Catalogue, load_catalogue
from builder.editorial import Editorial
from builder.index import build_index
from builder.ledger import anchor
from builder.model import Annotated, Problems
from builder.pages import pages
from builder.read import source_from_bytes
from builder.settings import Settings
from builder.structure import SPLITTER, structure
from conftest import SEEDS
from made import TODAY
from test_conservation import HOSTILE, PIECES, assert_conserved

# What MkDocs brings and what mkdocs.yml adds.
EXTENSIONS = ["toc", "tables", "fenced_code", "attr_list"]
SETTINGS = Settings(Path(), None, Path("content"), Path("seeds"), Path("site"))
ALLOWED = frozenset(
    "a abbr article b blockquote body br caption code dd del details div dl dt em h1 h2 h3 h4 h5 h6"
    " head html i ins li mark nav ol p pre q s section small span strong sub summary sup table"
    " tbody td th thead tr u ul figure figcaption".split()
)


# An address of the web, or one of ours; the Markdown twin's dot is hidden from the renderers.
ADDRESS = r"(?:https?://|[#./a-z0-9_-]*(?:%2Emd$|#|$))"


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
    return ours or in_citation or element.tag in ALLOWED


def addressed(data: bytes, name: str) -> Annotated:
    """Take bytes down the line, up to their addresses."""
    source = replace(source_from_bytes(data, name), slug="document")
    one = annotate(structure(source), known())
    path = "seeds/anchors/document.txt"
    return anchor(one, None, path=path, today=TODAY, splitter=SPLITTER).annotated


def rendered(one: Annotated) -> Element:
    """Return the document's page as a browser reads it."""
    files = dict(pages(build_index([one], {}), Editorial(), SETTINGS))
    page = files["documents/document/index.md"].decode()
    body = page.split("\n---\n", 1)[1]
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
    (found,) = [element for element in tree.iter() if element.get("id") == name]
    parents = {child: parent for parent in tree.iter() for child in parent}
    return parents[found] if found.tag == "span" else found


def assert_faithful(data: bytes, name: str) -> None:
    one = addressed(data, name)
    assert_conserved(one.document)
    tree = rendered(one)
    for element in tree.iter():
        assert is_allowed(element), element.tag
        assert not [key for key in element.attrib if key.startswith("on")], element.attrib
        href = element.get("href")
        assert href is None or re.match(ADDRESS, href), href
    for block in one.document.passages:
        assert squeezed(shown(holder(tree, block.anchor or ""))) == squeezed(block.text)
    left_out = [squeezed(shown(pre)) for pre in tree.iter("pre")]
    for block in one.document.furniture:
        printed = one.document.source.text[block.span.start : block.span.end]
        assert squeezed(printed) in left_out


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.name)
def test_seeds(path: Path) -> None:
    assert_faithful(path.read_bytes(), f"seeds/{path.name}")


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text(text: str) -> None:
    assert_faithful(f"A first line of text.\n\n{text}\n\nThe last line.\n".encode(), "seeds/a.md")
    assert_faithful(f"A first line of text.\n\n{text}\n\nThe last line.\n".encode(), "seeds/a.txt")


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_front_matter(text: str) -> None:
    quoted = "".join(
        character if character.isalnum() else f"\\u{ord(character):04x}" for character in text[:300]
    )
    keys = ("title", "issuer", "type", "rights", "url", "date", "other")
    front = "\n".join(f'{key}: "{quoted}"' for key in keys)
    assert_faithful(f"---\n{front}\n---\nThe text.\n".encode(), "seeds/a.md")


@settings(max_examples=60)
@given(st.lists(PIECES, max_size=30).map("".join))
def test_invented_text(text: str) -> None:
    try:
        source_from_bytes(text.encode(), "seeds/a.md")
    except (Problems, UnicodeEncodeError):
        return
    assert_faithful(text.encode(), "seeds/a.md")
