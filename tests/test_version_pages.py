"""What readers see of the versions of a source: pinned pages, lists, and signs at passages."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from xml.etree.ElementTree import Element

import html5lib
import markdown
import pytest

from builder.editorial import Editorial
from builder.html.version_words import NOTHING_CHANGED, counted, difference, life_in_words
from builder.index import build_index
from builder.model import Annotated, Source, Version
from builder.pages import pages
from builder.read import source_from_bytes
from builder.settings import Settings
from builder.structure import structure
from builder.versions import Change
from laws import ADDRESS, EXTENSIONS, holder, is_allowed, shown, squeezed
from made import made, stated

EVIL = "</details><script>alert(1)</script> [x](javascript:y) {{ evil }} # \u202e *b*"
SETTINGS = Settings(Path(), None, Path("content"), Path("seeds"), Path("site"))
FIRST = f"""PLAN FOR THE PORTS

The ministers met in Vienna. {EVIL}

Seizures doubled.

- inspect half of all containers
- train the crews

This passage was taken out.

Scroll to Top
"""
SECOND = FIRST.replace("Vienna", "Geneva").replace("half of", "two thirds of")
NOW = f"""PLAN FOR THE PORTS

The ministers met in Geneva on Monday. {EVIL}

Seizures tripled, to $1.55 billion.

- inspect two thirds of all containers
- train the crews
- buy new scanners

Scroll to Top
"""
# Addresses in the order of each version's text.
NAMES_FIRST = ("p1", "p2", "p3", "p4", "p5", "p6")
NAMES_NOW = ("p1", "p2", "p3", "p4", "p5", "p5a")
FOLDER = "documents/plan/"


def source_of(text: str) -> Source:
    return source_from_bytes(text.encode(), "seeds/plan.txt")


def texts_of(text: str) -> list[str]:
    return [block.text for block in structure(source_of(text)).passages]


def version(text: str, names: tuple[str, ...], since: str, until: str, *, kept: bool) -> Version:
    source = source_of(text)
    passages = tuple(zip(names, texts_of(text), strict=True))
    return Version(source.sha256, since, until, passages, source if kept else None)


def plan(*, kept: bool = True) -> Annotated:
    """Return a document with three versions."""
    first = version(FIRST, NAMES_FIRST, "", "2026-12-02", kept=kept)
    second = version(SECOND, NAMES_FIRST, "2026-12-02", "2027-01-14", kept=kept)
    now = version(NOW, NAMES_NOW, "2027-01-14", "", kept=True)
    second, now = replace(second, after=first.digits), replace(now, after=second.digits)
    one = made("plan", NOW, title=stated("PLAN FOR THE PORTS"))
    blocks, names = [], iter(NAMES_NOW)
    for block in one.document.blocks:
        named = block.kind != "furniture"
        blocks.append(replace(block, anchor=next(names)) if named else block)
    document = replace(one.document, blocks=tuple(blocks), versions=(now, second, first))
    return replace(one, document=document)


@cache
def files(*, kept: bool = True) -> Mapping[str, bytes]:
    other = made("other", "A text that never changed.\n\nIt has two passages.\n")
    return dict(pages(build_index([plan(kept=kept), other], {}), Editorial(), SETTINGS))


def digits(text: str) -> str:
    return source_of(text).sha256[:12]


@cache
def page(folder: str, *, kept: bool = True) -> Element:
    body = files(kept=kept)[f"{folder}index.md"].decode().split("\n---\n", 1)[1]
    html = markdown.markdown(body, extensions=EXTENSIONS)
    tree: Element = html5lib.parse(html, namespaceHTMLElements=False)
    return tree


def pinned(text: str) -> str:
    return f"{FOLDER}versions/{digits(text)}/"


def of_class(tree: Element, name: str) -> list[Element]:
    return [one for one in tree.iter() if name in (one.get("class") or "").split()]


ALL_PAGES = [FOLDER, f"{FOLDER}versions/", pinned(FIRST), pinned(SECOND), "documents/other/"]


@pytest.mark.parametrize("folder", ALL_PAGES)
def test_pages_hold_nothing_of_others(folder: str) -> None:
    tree = page(folder)
    for element in tree.iter():
        assert is_allowed(element), element.tag
        href = element.get("href")
        assert href is None or re.match(ADDRESS, href), href
    names = [name for element in tree.iter() if (name := element.get("id"))]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("folder", ALL_PAGES)
def test_links_resolve(folder: str) -> None:
    for element in page(folder).iter("a"):
        path, _, name = (element.get("href") or "").partition("#")
        target = posixpath.normpath(posixpath.join(folder, path))
        if target.startswith("about") or path.startswith("http"):
            continue
        if not path:
            target = folder.rstrip("/")
        known = (target, f"{target}/index.md", f"{target}/index.html", "index.md")
        assert any(one in files() for one in known), element.get("href")
        if name and f"{target}/index.md" in files():
            assert [one for one in page(f"{target}/").iter() if one.get("id") == name], name


@pytest.mark.parametrize(("text", "names"), [(FIRST, NAMES_FIRST), (SECOND, NAMES_FIRST)])
@pytest.mark.parametrize("kept", [True, False])
def test_a_pinned_version_shows_its_passages(text: str, names: tuple[str, ...], kept: bool) -> None:
    tree = page(pinned(text), kept=kept)
    for name, words in zip(names, texts_of(text), strict=True):
        assert squeezed(shown(holder(tree, name))) == squeezed(words)
    assert not list(tree.iter("mark"))
    items = [one for one in tree.iter("li") if "block" in (one.get("class") or "")]
    assert len(items) == (2 if kept else 0)
    assert [one.get("href") for one in of_class(tree, "download")] == ["source.txt"] * kept
    assert ("not kept" in shown(tree)) != kept
    texts = [one for one in tree.iter("pre") if not one.get("data-record")]
    assert [shown(one) for one in texts] == ["Scroll to Top"] * kept


def test_the_bytes_of_each_version_can_be_had() -> None:
    assert files()[f"{pinned(FIRST)}source.txt"] == FIRST.encode()
    assert files()[f"{FOLDER}source.txt"] == NOW.encode()
    assert f"{pinned(FIRST)}source.txt" not in files(kept=False)


@pytest.mark.parametrize("folder", ALL_PAGES[1:4])
def test_pages_of_versions_are_not_searched(folder: str) -> None:
    head = files()[f"{folder}index.md"].decode().split("\n---\n", 1)[0]
    assert "search:\n  exclude: true" in head
    assert 'kind: "version"' in head


@pytest.mark.parametrize("folder", [FOLDER, "documents/other/"])
def test_what_stands_now_can_be_pinned(folder: str) -> None:
    (address,) = {
        one.get("href")
        for one in page(folder).iter("a")
        if "pins" in shown(one) and digits(FIRST) not in (one.get("href") or "")
        if digits(SECOND) not in (one.get("href") or "")
    }
    path = posixpath.normpath(posixpath.join(folder, address or ""))
    file = files()[f"{path}/index.html"].decode()
    assert '<a class="new-address" href="../../../../' + folder in file
    assert f'<li id="p1"><a href="../../../../{folder}#p1">' in file


def test_signs_leave_the_passages_as_they_are() -> None:
    tree = page(FOLDER)
    for block in plan().document.passages:
        assert squeezed(shown(holder(tree, block.anchor or ""))) == squeezed(block.text)


def test_a_passage_that_was_reworded_bears_a_sign() -> None:
    signs = of_class(page(FOLDER), "reworded")
    (names,) = {tuple(one.find("summary").get("aria-label") for one in signs)}  # type: ignore[union-attr]  # each has one
    assert names == (
        "Paragraph 2, changed since 14 January 2027: how it read before",
        "Paragraph 3, changed since 14 January 2027: how it read before",
        "Paragraph 4, changed since 2 December 2026: how it read before",
    )
    words = squeezed(shown(signs[0]))
    assert "Until then it read: The ministers met in Geneva." in words
    assert "Until 2 December 2026 it read: The ministers met in Vienna." in words
    # Closed, a sign holds no text that could be copied.
    assert all(not shown(one.find("summary")) for one in signs)  # type: ignore[arg-type]  # each has one


def test_a_long_history_stays_readable() -> None:
    texts = [f"The {number} ministers met in Vienna." for number in range(1, 13)]
    versions = [
        Version(f"{number:064x}", f"2026-{number:02}-01", "", (("p1", text),))
        for number, text in enumerate(texts, 1)
    ]
    one = made("long", f"{texts[-1]}\n")
    document = replace(one.document, versions=tuple(reversed(versions)))
    made_pages = dict(
        pages(build_index([replace(one, document=document)], {}), Editorial(), SETTINGS)
    )
    page = made_pages["documents/long/index.md"].decode()
    assert page.count('class="reworded-text"') == 5
    assert "6 still earlier wordings" in page
    assert page.count('<li class="version">') == 8
    assert "All 12 versions" in page
    listed = made_pages["documents/long/versions/index.md"].decode()
    assert listed.count('<li class="version">') == 12


def test_the_list_tells_what_each_version_changed() -> None:
    for folder in (FOLDER, f"{FOLDER}versions/"):
        lines = [squeezed(shown(one)) for one in of_class(page(folder), "version")]
        assert len(lines) == 3
        assert lines[0].startswith("Since 14 January 2027: the text that stands")
        assert "2 passages changed, 1 new, 1 removed" in lines[0]
        assert lines[1].startswith("2 December 2026 to 14 January 2027 SHA-256")
        assert "2 passages changed" in lines[1]
        assert lines[2].startswith("Until 2 December 2026 SHA-256")
        assert "The first version, 6 passages" in lines[2]


def test_a_document_that_never_changed_has_no_list() -> None:
    assert "documents/other/versions/index.md" not in files()
    assert not of_class(page("documents/other/"), "reworded")


def test_changes_are_shown_with_marks_and_words() -> None:
    marked = str(difference("met in Vienna", "met in <Geneva>"))
    said = '<span class="spoken">[{}: </span>{}<span class="spoken">]</span>'
    gone, new = said.format("removed", "Vienna"), said.format("added", "&#60;Geneva&#62;")
    assert marked == f"met in <del>{gone}</del><ins>{new}</ins>"


def test_the_space_before_a_change_is_not_marked() -> None:
    assert str(difference("met", "met in Vienna")).startswith("met <ins>")


def test_long_unchanged_words_are_shortened() -> None:
    same = "word " * 200
    text = str(difference(f"{same}old end", f"{same}new end"))
    assert text.startswith(" … word word")
    assert len(text) < 500


@pytest.mark.parametrize(
    ("kinds", "words"),
    [
        ((), NOTHING_CHANGED),
        (("new",), "1 passage new"),
        (("changed",) * 5 + ("new", "gone"), "5 passages changed, 1 new, 1 removed"),
        (("moved", "moved"), "2 passages moved"),
    ],
)
def test_changes_are_counted(kinds: tuple[str, ...], words: str) -> None:
    assert counted([Change("p1", kind, "a", "b") for kind in kinds]) == words  # type: ignore[arg-type]  # its names


@pytest.mark.parametrize(
    ("since", "until", "words"),
    [
        ("", "2026-12-02", "until 2 December 2026"),
        ("2026-12-02", "2027-01-14", "2 December 2026 to 14 January 2027"),
        ("2026-12-02", "2026-12-02", "on 2 December 2026"),
        ("2026-12-02", "", "from 2 December 2026"),
        ("", "", "earlier"),
    ],
)
def test_the_life_of_a_version(since: str, until: str, words: str) -> None:
    assert life_in_words(Version("0" * 64, since, until, ())) == words


def test_versions_that_came_after_the_same_one_are_explained() -> None:
    one = plan()
    now, second, first = one.document.versions
    told = "Two of these versions came after the same one"
    assert told not in files()[f"{FOLDER}versions/index.md"].decode()
    sibling = replace(second, sha256="e" * 64, until="")
    later = replace(now, after="e" * 12)
    document = replace(one.document, versions=(later, sibling, second, first))
    merged = dict(pages(build_index([replace(one, document=document)], {}), Editorial(), SETTINGS))
    for path in (f"{FOLDER}versions/index.md", f"{FOLDER}index.md"):
        assert told in merged[path].decode()
    assert life_in_words(sibling) == "from 2 December 2026"
