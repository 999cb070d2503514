"""Tells the shape of a page: everything in it that decides which way the theme's templates go.

Pages of one shape differ in nothing but values, which are filled in: names of folders, title,
description, what programs read, contents, the text itself. What a template asks of the text
(`'class="tombstone' in page.content`) is part of the shape too; it is known once a template has
asked.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from html import unescape
from typing import Any

from markupsafe import Markup, escape

from builder.rendering.conversion import Converted
from builder.rendering.own_page import Meta

# Front matter whose strings are values; whatever else it says is part of the shape.
TEXTS = ("title", "description", "modified")
TAGS, LINKS = "tags_for_programs", "links"
# What is in a folder's name and no address changes.
_PLAIN_NAME = re.compile(r"[A-Za-z0-9._~-]+")
# "2022-02-20", "17", "last_page": the page of a list; but "versions" is a word of ours
_ONE_OF_MANY = re.compile(r"[^a-z]")

VARIABLE = "*"
"""Stands in a shape's path for the name of a folder that is a value."""


@dataclass(frozen=True, slots=True)
class Known:
    """What shapes are told by: pages of the menu, what templates ask, the site's name.

    `own` are the paths of pages in the menu, of which each has a shape of its own; `asked` is what
    templates look for in a text.
    """

    own: frozenset[str] = frozenset()
    asked: tuple[str, ...] = ()
    site_name: str = ""


@dataclass(slots=True)
class Filling:
    """The values of a page, by the name of the place where they go."""

    values: dict[str, str] = field(default_factory=dict)
    tags: Sequence[Sequence[str]] = ()
    links: Sequence[Sequence[str]] = ()
    toc: list[tuple[int, str, str]] = field(default_factory=list)  # depth, id, title


@lru_cache(4096)
def text_of(value: str) -> str:
    """Return a string of a front matter as text, as the templates' `striptags` does."""
    if "<" in value:
        return str(Markup(value).striptags())
    # Without a tag that is all it does.
    line = " ".join(value.split())
    return unescape(line) if "&" in line else line


def path_shape(path: str, known: Known) -> list[str]:
    """Return the names of a page's folders with those that are values as `VARIABLE`.

    The first names a kind of page, the second a thing, the third what it is about the thing or one
    of many pages.
    """
    names = path.split("/")
    if path in known.own or len(names) < 3:
        return names
    return [
        VARIABLE
        if place < len(names) - 1
        and (place % 2 or _ONE_OF_MANY.search(name))
        and _PLAIN_NAME.fullmatch(name)
        else name
        for place, name in enumerate(names)
    ]


def shape_and_filling(
    path: str, meta: Meta, converted: Converted, known: Known
) -> tuple[str, Filling] | None:
    """Return a page's shape, as a key, and its values; None for a page that no shell can hold."""
    names = path_shape(path, known)
    toc = converted.toc
    if len(toc) != 1 or toc[0].level != 1:
        return None
    said = dict(meta)
    filling = Filling()
    values = filling.values
    for place, name in enumerate(path.split("/")):
        if names[place] == VARIABLE:
            values[f"folder{place}"] = name
    for key in TEXTS:
        value = said.get(key)
        if isinstance(value, str) and value:
            if key == "title" and known.site_name in (value, text := text_of(value), escape(text)):
                continue  # templates leave out a title that is the site's name
            values[key] = value
            said[key] = None
    for key in (TAGS, LINKS):
        items = said.get(key)
        if items:
            if not isinstance(items, list) or not all(map(_is_row, items)):
                return None
            setattr(filling, "tags" if key == TAGS else "links", items)
            said[key] = None
    values["content"] = converted.content
    values["headline.id"], values["headline.title"] = toc[0].id, toc[0].title
    filling.toc = list(_flat(toc[0].children))
    children = min(len(toc[0].children), 2)
    asked = "".join("1" if needle in converted.content else "0" for needle in known.asked)
    shape = ["/".join(names), said, children, asked]
    return json.dumps(shape, sort_keys=True, ensure_ascii=False), filling


def _is_row(item: Any) -> bool:
    return isinstance(item, list) and len(item) > 1 and all(isinstance(one, str) for one in item)


def _flat(items: Sequence[Any], depth: int = 0) -> Any:
    for item in items:
        yield depth, item.id, item.title
        yield from _flat(item.children, depth + 1)
