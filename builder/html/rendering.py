"""Fills the templates and writes a page as a renderer reads it: front matter, headline, raw HTML.

Jinja's own escaping is replaced by ours: whatever a template prints that is not marked as HTML goes
through `escape`, and inside an attribute through the filter `attribute`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from html import unescape
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from builder.dating.display import date_in_words
from builder.html.about import About
from builder.html.escape import (
    Setting,
    escape,
    escape_attribute,
    front_matter,
    one_line,
    own_address,
    web_address,
)
from builder.html.figure_words import bound_sign, bound_words, figure_words, unit_words, value_words
from builder.kinds import KINDS

DESCRIPTION_LENGTH = 200


def html(text: str) -> Markup:
    """Mark as HTML what our own code has made and escaped; this is the only place that does."""
    return Markup(text)


def _printed(value: Any) -> Markup:
    if isinstance(value, Markup):
        return value
    return _text("" if value is None else str(value))


@lru_cache(maxsize=8192)  # pages print the same names, numbers and words of ours again and again
def _text(text: str) -> Markup:
    return html(escape(text))


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("builder"),
        autoescape=True,
        finalize=_printed,
        undefined=StrictUndefined,
        auto_reload=False,  # no template changes while a collection is built
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(
        attribute=lambda value: html(escape_attribute(str(value))),
        address=lambda value: html(own_address(str(value))),
        web=lambda value: html(web_address(str(value))),
        date=date_in_words,
        grouped=lambda number: f"{number:,}",
        plural=_plural,
    )
    environment.globals.update(
        figure_words=figure_words,
        bound_sign=bound_sign,
        bound_words=bound_words,
        value_words=value_words,
        unit_words=unit_words,
        kinds=KINDS,
    )
    return environment


def _plural(number: int, one: str, many: str = "") -> str:
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def render(template: str, **values: Any) -> str:
    """Return a filled template of `builder/templates`, without blank lines and indents."""
    text = _environment().get_template(f"{template}.jinja").render(**values)
    # No line of a text begins here: line feeds of texts are written as references.
    return "\n".join(line for line in map(str.strip, text.split("\n")) if line)


@dataclass(frozen=True, slots=True)
class Link:
    """A `<link>` in a page's head: what it is, an address from the page's folder, a media type."""

    rel: str
    href: str
    type: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """A page of `content/`: its folder from the site's root ("" or "figures/2/"), and what it says.

    `body` is HTML or Markdown headings; `headline` is HTML, the title where it is empty; `above` is
    HTML before the headline. For programs, the head has `tags` (name and content of each `<meta>`)
    and `links`, the end of the body `json_ld`, a JSON text. `modified` is the ISO date on which
    what the page says last changed, "" where nobody knows. `about` is what programs are told of in
    `json_ld`, None where they are told nothing.
    """

    folder: str
    title: str
    description: str
    body: str
    headline: str = ""
    searched: bool = False
    has_contents: bool = False
    kind: str = "index"
    above: str = ""
    tags: tuple[tuple[str, str], ...] = ()
    links: tuple[Link, ...] = ()
    json_ld: str = ""
    modified: str = ""
    about: About | None = None

    @property
    def path(self) -> str:
        """The page's file, relative to `content/`."""
        return f"{self.folder}index.md"

    def __bytes__(self) -> bytes:
        hide = ["navigation"] if self.has_contents else ["navigation", "toc"]
        settings: dict[str, Setting] = {
            "title": one_line(self.title),
            "description": one_line(self.description, DESCRIPTION_LENGTH),
            "kind": self.kind,
            "hide": hide,
        }
        if not self.searched:
            settings["search"] = {"exclude": True}
        if self.tags:
            settings["tags_for_programs"] = [(name, one_line(text)) for name, text in self.tags]
        if self.links:
            settings["links"] = [(link.rel, link.href, link.type) for link in self.links]
        if self.modified:
            settings["modified"] = self.modified
        headline = self.headline or f"{escape(one_line(self.title))} {{#_title}}"
        above = f"{self.above}\n\n" if self.above else ""
        data = f"\n\n{_data_block(self.json_ld)}" if self.json_ld else ""
        text = f"{front_matter(settings)}\n{above}# {_sized(headline)}\n\n{self.body}{data}\n"
        return text.encode()


# What would end the element, and what Markdown and HTML parsers change or a reader cannot see.
_ACTING_IN_JSON = re.compile(
    r"[<>&\x7f-\xa0\xad\u061c\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f\ufeff\ufff0-\uffff]"
)


def _data_block(json_text: str) -> str:
    """Return JSON as an element that holds data; characters that act there are `\\u003c`."""
    one_line_of_it = " ".join(json_text.split("\n"))
    safe = _ACTING_IN_JSON.sub(lambda found: f"\\u{ord(found[0]):04x}", one_line_of_it)
    return f'<script type="application/ld+json">{safe}</script>'


# Past so many characters a headline is set smaller.
_LENGTHS = ((220, "longest"), (100, "long"))
_TAG = re.compile(r"<[^>]*>")


def _sized(headline: str) -> str:
    """Return a headline ("Title {#id}") with a class among its attributes where it is long."""
    words = unescape(_TAG.sub("", headline.rpartition(" {")[0]))
    size = next((f" .{name}" for most, name in _LENGTHS if len(words) > most), "")
    return f"{headline[:-1]}{size}}}"


def root_of(folder: str) -> str:
    """Return the way from a page's folder to the site's root: "../../" for "documents/x/"."""
    return "../" * folder.count("/") or "./"
