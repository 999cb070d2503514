"""Turns the Markdown of a generated page into HTML, to the byte as Python-Markdown does.

A generated page is raw HTML but for its headings: blocks that begin and end with one element of
block level, blank lines between them, and headings with their attributes in braces. That is read
directly. Whatever is anything else is not converted here but left to Python-Markdown.
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
_NOT_RAW = "\t\r\x02\x03"
_VOID = frozenset({"hr"})
_BLOCKS = frozenset(BLOCK_LEVEL_ELEMENTS) - _VOID


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
    parts, headings = [], []
    for chunk in markdown.rstrip("\n").split("\n\n"):
        if chunk.startswith("#"):
            made = _heading(chunk)
            if made is None:
                return None
            html, item = made
            parts.append(html)
            headings.append(item)
        elif _is_element(chunk):
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


def _is_element(chunk: str) -> bool:
    """Tell whether a chunk is one element of block level, from its first sign to its last."""
    opening = _OPENING.match(chunk)
    if opening is None:
        return False
    tag = opening["tag"]
    closing = f"</{tag}>"
    if tag not in _BLOCKS or not chunk.endswith(closing):
        return False
    if tag == "script":
        return chunk.index(closing) == len(chunk) - len(closing)
    if chunk.find(closing) == len(chunk) - len(closing):
        return True
    return _closes_last(chunk, tag)


def _closes_last(chunk: str, tag: str) -> bool:
    """Tell whether the element that opens a chunk is open until its end."""
    depth = 0
    for found in re.finditer(rf"<(?P<end>/)?{tag}(?=[\s>])", chunk):
        if depth == 0 and found.start():
            return False
        depth += -1 if found["end"] else 1
    return depth == 0


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
