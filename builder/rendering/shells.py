"""The shells of a collection's pages, by shape, and how a page is filled into its own.

Every shape is rendered once with placeholders; where a shape is new, some pages of it are rendered
in full too and compared (`shell_making`). A shape whose pages come out otherwise has no shell: its
pages are left to the renderer.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import Any

from builder.rendering.conversion import convert
from builder.rendering.own_page import read_own_page
from builder.rendering.shapes import Known, shape_and_filling
from builder.rendering.shell import NotKnownError, Shell, fill

Rows = dict[str, dict[str, Sequence[str]]]


@dataclass(frozen=True, slots=True)
class Filled:
    """A finished page, and its entry in the list of pages for crawlers."""

    html: bytes
    sitemap: str
    shape: str = ""


@dataclass(frozen=True, slots=True)
class Left:
    """A page that no shell could hold: its shape, "" where it has none, its tags and links."""

    path: str
    shape: str
    rows: Mapping[str, tuple[tuple[str, ...], ...]]


@dataclass(slots=True)
class Shells:
    """The shells of a collection, by shape; None for a shape that has none.

    `rows` are the kinds of tags and links that the shells know, by what they are told by. The list
    of pages for crawlers is `sitemap[0]`, the entries, `sitemap[1]`; there may be none.
    """

    known: Known = field(default_factory=Known)
    shells: dict[str, Shell | None] = field(default_factory=dict)
    rows: Rows = field(default_factory=lambda: {"tags": {}, "links": {}})
    sitemap: tuple[str, str] | None = None

    def fill(self, path: str, data: bytes, *, strict: bool = True) -> Filled | Left:
        """Return a generated page, finished, or why it could not be.

        Unless `strict`, a page that is like none before comes as near as it can: without tags and
        links of a kind that none has had, in the shell of a page that says a little less.
        """
        own = read_own_page(data)
        converted = convert(own.markdown) if own else None
        told = None
        if own is not None and converted is not None:
            told = shape_and_filling(path, own.meta, converted, self.known)
        if told is None:
            return Left(path, "", {})
        shape, filling = told
        shell = self.shells.get(shape) or (None if strict else self._nearest(shape))
        if shell is not None:
            try:
                page = fill(shell.page, filling, strict=strict)
                html = page.encode("utf-8", "xmlcharrefreplace")
                return Filled(html, fill(shell.sitemap, filling), shape)
            except NotKnownError:
                pass
        rows = {"tags": filling.tags, "links": filling.links}
        return Left(path, shape, {which: tuple(map(tuple, told)) for which, told in rows.items()})

    def _nearest(self, shape: str) -> Shell | None:
        """Return the shell of pages of the same kind that say most of what those of a shape say."""
        path, said, children, _ = json.loads(shape)
        told = ((*json.loads(other), shell) for other, shell in self.shells.items() if shell)
        fitting = [
            (len(says), shell)
            for where, says, below, _, shell in told
            if (where, below) == (path, children) and says.items() <= said.items()
        ]
        return max(fitting, key=lambda one: one[0], default=(0, None))[1]

    def take_hints(self, before: Shells) -> None:
        """Take from other shells what templates asked and which rows there were, but no shell."""
        self.known = replace(self.known, asked=before.known.asked)
        self.rows = before.rows

    def without(self) -> set[str]:
        """Return the ids of shapes that have no shell."""
        return {self.shape_id(shape) for shape, shell in self.shells.items() if shell is None}

    def shape_id(self, shape: str) -> str:
        """Return the id of a shape; it depends on everything that shapes are told by."""
        known = self.known
        return short_hash([sorted(known.own), known.asked, known.site_name, shape])

    def to_json(self) -> Any:
        """Return what a file keeps of the shells."""
        return {
            "own": sorted(self.known.own),
            "asked": list(self.known.asked),
            "site_name": self.known.site_name,
            "shells": {
                shape: shell and {"page": shell.page, "sitemap": shell.sitemap}
                for shape, shell in self.shells.items()
            },
            "rows": self.rows,
            "sitemap": self.sitemap,
        }

    @classmethod
    def from_json(cls, kept: Any) -> Shells:
        """Return the shells that `to_json` kept."""
        return cls(
            Known(frozenset(kept["own"]), tuple(kept["asked"]), kept["site_name"]),
            {shape: shell and Shell(**shell) for shape, shell in kept["shells"].items()},
            kept["rows"],
            kept["sitemap"] and tuple(kept["sitemap"]),
        )


def short_hash(value: Any) -> str:
    """Return an id of something made of strings, lists and mappings."""
    text = json.dumps(value, sort_keys=True, ensure_ascii=False)
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]
