"""Lays the index that our search reads into a rendered site whose renderer has laid none.

A collection that names plugins of its own in mkdocs.yml is rendered without "search", and Zensical
writes a format of its own. Searching needs neither: the passages come from the documents, and what
was written by hand is read from the rendered pages.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from builder.html.escape import escape_for_search
from builder.publishing.starter import starter_folder

MATERIAL_INDEX = Path("search") / "search_index.json"
ZENSICAL_INDEX = Path("search.json")

Entry = dict[str, Any]

_SEPARATOR = re.compile(r"^ *separator: '(?P<separator>.*)'$", re.MULTILINE)
_SILENT = frozenset({"script", "style", "template", "svg"})
# Between whose texts a word ends.
_WITHIN_LINES = frozenset({"a", "abbr", "b", "code", "em", "i", "mark", "small", "span", "strong"})
_HEADING = re.compile(r"h[1-6]")


def lay_material_index(site: Path, is_generated: Callable[[str], bool]) -> None:
    """Lay an index in Material's format into a rendered site that has none.

    It holds what Zensical's holds, else the pages that were written by hand.
    """
    file = site / MATERIAL_INDEX
    if file.is_file():
        return
    docs = list(
        _of_zensical(site) if (site / ZENSICAL_INDEX).is_file() else _written(site, is_generated)
    )
    file.parent.mkdir(parents=True, exist_ok=True)
    index = {"config": {"lang": ["en"], "separator": _separator()}, "docs": docs}
    file.write_text(json.dumps(index, ensure_ascii=False), encoding="utf-8", newline="\n")


def _separator() -> str:
    found = _SEPARATOR.search((starter_folder() / "mkdocs.yml").read_text(encoding="utf-8"))
    return found["separator"].replace("''", "'") if found else r"[\s\-]+"


def _of_zensical(site: Path) -> Iterator[Entry]:
    items = json.loads((site / ZENSICAL_INDEX).read_text(encoding="utf-8"))["items"]
    for item in items:
        yield {key: item.get(key, "") for key in ("location", "title", "text")}


def _written(site: Path, is_generated: Callable[[str], bool]) -> Iterator[Entry]:
    for file in sorted(site.rglob("index.html")):
        page = file.relative_to(site).as_posix().removesuffix("index.html")
        if is_generated(page):
            continue
        article = _Article()
        article.feed(file.read_text(encoding="utf-8", errors="replace"))
        for anchor, title, text in article.sections:
            yield {
                "location": f"{page}#{anchor}" if anchor else page,
                "title": escape_for_search(" ".join("".join(title).split())),
                "text": escape_for_search(" ".join("".join(text).split())),
            }


class _Article(HTMLParser):
    """Reads the sections of a page: the id of the heading, its words, and the text under it.

    The first section is the page's own. A page that leads on to another has no article.
    """

    def __init__(self) -> None:
        super().__init__()
        self.sections: list[tuple[str, list[str], list[str]]] = []
        self._inside = False
        self._silent = ""
        self._heading = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "article":
            self._inside = True
            self.sections.append(("", [], []))
        if not self._inside or self._silent:
            return
        if tag in _SILENT or (tag == "a" and "headerlink" in (given.get("class") or "")):
            self._silent = tag
        elif _HEADING.fullmatch(tag):
            self._heading = tag
            if tag != "h1" and given.get("id"):
                self.sections.append((str(given["id"]), [], []))
        elif tag not in _WITHIN_LINES:
            self._put(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag == self._silent:
            self._silent = ""
        elif tag == self._heading:
            self._heading = ""
        elif tag == "article":
            self._inside = False
        elif tag not in _WITHIN_LINES:
            self._put(" ")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self._put(data)

    def _put(self, text: str) -> None:
        if self._inside:
            _, title, body = self.sections[-1]
            (title if self._heading else body).append(text)
