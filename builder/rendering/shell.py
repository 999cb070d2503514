"""A shell: a page of one shape with places to fill, and how they are filled.

A part is a literal text, the name of a value with the form in which it is printed there, or a list
of items of which each has its own text around its value. Shells are made of nothing but strings,
lists and mappings, so that they go to workers and into a file as they are.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import escape

from builder.rendering.shapes import Filling, text_of

FORMS: Mapping[str, Callable[[str], str]] = {
    "raw": lambda value: value,
    "text": text_of,
    "escaped text": lambda value: str(escape(text_of(value))),
    "escaped": lambda value: str(escape(value)),
}
"""The ways in which templates print a value: as it is, through `striptags`, and through `e`."""

Part = list[Any]
"""["is", text], ["value", name, form], ["rows", which, {…}] or ["toc", {…}]."""


@dataclass(frozen=True, slots=True)
class Shell:
    """The page of one shape, and its line in the list of pages for crawlers."""

    page: list[Part]
    sitemap: list[Part]


class NotKnownError(Exception):
    """A page says something for which its shell has no place yet."""


def fill(parts: Sequence[Part], filling: Filling, *, strict: bool = True) -> str:
    """Return the text of a shell with a page's values.

    A tag or link of a kind for which the shell has no place raises NotKnownError; unless `strict`
    it is left out.
    """
    out: list[str] = []
    for part in parts:
        kind = part[0]
        if kind == "is":
            out.append(part[1])
        elif kind == "value":
            value = filling.values[part[1]]
            out.append(value if part[2] == "raw" else FORMS[part[2]](value))
        elif kind == "rows":
            rows = filling.tags if part[1] == "tags" else filling.links
            out.append(_rows(part[2], rows, part[1], strict=strict))
        else:
            out.append(_toc(part[1], filling.toc))
    return "".join(out)


def row_key(row: Sequence[str], which: str) -> str:
    """Return what decides how a row is printed: a tag's name, a link's relation and type."""
    return row[0] if which == "tags" else "\t".join((row[0], *row[2:]))


def _rows(
    learned: Mapping[str, Any], rows: Sequence[Sequence[str]], which: str, *, strict: bool
) -> str:
    out: list[str] = []
    before, after, form = learned["before"], learned["after"], FORMS[learned["form"]]
    for row in rows:
        key = row_key(row, which)
        opening = before.get(key)
        if opening is None:
            if strict:
                raise NotKnownError(key)
            continue
        out += (opening, form(row[1]), after[key])
    return "".join(out)


def _toc(learned: Mapping[str, Any], items: Sequence[tuple[int, str, str]]) -> str:
    """Return the contents: each item, and after it what leads to the next one's depth."""
    id_form, title_form = FORMS[learned["id"]], FORMS[learned["title"]]
    opening, middle, closing = learned["opening"], learned["middle"], learned["closing"]
    down, up = learned["down"], learned["up"]
    out: list[str] = []
    for place, (depth, id_, title) in enumerate(items):
        out += (opening, id_form(id_), middle, title_form(title))
        following = items[place + 1][0] if place + 1 < len(items) else 0
        out.append(down if following > depth else closing + up * (depth - following))
    return "".join(out)
