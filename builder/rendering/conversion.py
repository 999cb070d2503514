"""Turns the Markdown of a generated page into HTML, to the byte as Python-Markdown does.

A generated page is raw HTML but for its headings: elements of block level, each with lines of its
own, and headings with their attributes in braces, blank lines around them. That is read directly.
Whatever is anything else is not converted here but left to Python-Markdown.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from markdown.util import BLOCK_LEVEL_ELEMENTS

# "## <span id="p3"></span>Merida Initiative {#merida-initiative .long}"
_HEADING = re.compile(
    r"(?P<marks>#{1,6}) (?P<text>\S.*\S|\S) \{#(?P<id>[\w.-]+)(?P<classes>(?: \.[\w-]+)*)\}",
    re.ASCII,
)
# What Markdown could read in a heading's text, once tags and references are taken out of it.
_TAG = re.compile(r"</?[a-z][a-z0-9]*(?: [a-z-]+(?:=\"[^\"<>]*\")?)*>")
_REFERENCE = re.compile(r"&#[0-9]+;")
_ACTS_IN_HEADING = re.compile(r"[!-+/:-@\[-`{-~\x00-\x1f\x7f\x85\u2028\u2029]|--|\.\.|  ")
_OPENING = re.compile(r"<(?P<tag>[a-z][a-z0-9]*)(?=[\s>])")
# To Markdown, a line of spaces is blank and a tab is four spaces; the other signs are its own.
_BLANK_LINE = re.compile(r"\n +\n")
# Material's search takes these out of a text: "data-search-boost="2""
_FOR_SEARCH = re.compile(r"data-search-\w+=\"")
_NOT_RAW = "\t\r\x02\x03"
_BLOCKS = frozenset(BLOCK_LEVEL_ELEMENTS) - {"hr"}  # which has no end
_ALONE = frozenset({"div", "section", "details", "table", "nav"})  # no other tag begins so
_DATA = frozenset({"script", "style"})  # in which no tag begins


@dataclass(slots=True)
class Item:
    """An entry of a page's contents: its text as HTML, its id, its level, and those below it."""

    title: str
    id: str
    level: int
    children: list[Item] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Converted:
    """A page's HTML and its contents, the headline first."""

    content: str
    toc: tuple[Item, ...]


def convert(markdown: str) -> Converted | None:
    """Return a generated page's HTML and contents, None where only Python-Markdown can tell."""
    if any(sign in markdown for sign in _NOT_RAW) or _BLANK_LINE.search(markdown):
        return None
    if _FOR_SEARCH.search(markdown):
        return None
    parts, headings = [], []
    for chunk in markdown.rstrip("\n").split("\n\n"):
        if chunk[:1] == "#":
            made = _heading(chunk)
            if made is None:
                return None
            html, item = made
            parts.append(html)
            headings.append(item)
        elif _are_elements(chunk):
            parts.append(f"{chunk}\n")
        else:
            return None
    return Converted("\n".join(parts).strip(), _nested(headings))


def _heading(line: str) -> tuple[str, Item] | None:
    found = _HEADING.fullmatch(line)
    if found is None:
        return None
    text, level = found["text"], len(found["marks"])
    bare = _TAG.sub("", text)
    if _ACTS_IN_HEADING.search(_REFERENCE.sub("x", bare)):
        return None
    classes = " ".join(found["classes"].replace(" .", " ").split())
    attributes = f' class="{classes}"' if classes else ""
    html = f'<h{level}{attributes} id="{found["id"]}">{text}</h{level}>'
    return html, Item(" ".join(bare.split()), found["id"], level)


def _are_elements(chunk: str) -> bool:
    """Tell whether a chunk is elements of block level, each from the start of a line to an end."""
    place = 0
    while True:
        opening = _OPENING.match(chunk, place)
        if opening is None or opening["tag"] not in _BLOCKS:
            return False
        place = _end_of(chunk, opening["tag"], place)
        if place == len(chunk):
            return True
        if place < 0 or chunk[place] != "\n":
            return False
        place += 1


def _end_of(chunk: str, tag: str, start: int) -> int:
    """Return where the element ends that starts here; -1 where it does not."""
    begin, closing = f"<{tag}", f"</{tag}>"
    # Counted by `str`, for a page has thousands of tags and few of the one that is looked for.
    openings = () if tag in _DATA else (begin,) if tag in _ALONE else _openings(tag)
    depth, place = 1, start + 1
    while depth:
        end = chunk.find(closing, place)
        if end < 0:
            return -1
        if chunk.find(begin, place, end) >= 0:  # seldom
            depth += sum(chunk.count(opening, place, end) for opening in openings)
        depth -= 1
        place = end + len(closing)
    return place


def _openings(tag: str) -> tuple[str, ...]:
    return f"<{tag}>", f"<{tag} ", f"<{tag}\n"


def _nested(headings: list[Item]) -> tuple[Item, ...]:
    """Nest the contents as Python-Markdown's extension does, wrong orders of levels included."""
    top: list[Item] = []
    parents: list[Item] = []
    levels: list[int] = []
    last: Item | None = None
    for item in headings:
        if last is None:
            top.append(item)
            levels, last = [item.level], item
            continue
        if item.level < levels[-1]:
            levels.pop()
            gone = 0
            while gone < len(parents) and item.level <= parents[-1 - gone].level:
                gone += 1
            if gone:
                del levels[-gone:], parents[-gone:]
            levels.append(item.level)
        if item.level == levels[-1]:
            (parents[-1].children if parents else top).append(item)
        else:
            last.children.append(item)
            parents.append(last)
            levels.append(item.level)
        last = item
    return tuple(top)
