"""Makes the shells of a collection's pages, and fills them.

Every shape is rendered once with placeholders; where a shape is new, some pages of it are rendered
in full too and compared. A shape whose pages come out otherwise has no shell: its pages are left to
the renderer.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from builder.rendering.conversion import convert
from builder.rendering.learning import common_start, learn
from builder.rendering.own_page import read_own_page
from builder.rendering.placeholders import UnreadableError, specimen_of
from builder.rendering.shapes import Known, shape_and_filling
from builder.rendering.shell import NotKnownError, Shell, fill, row_key

if TYPE_CHECKING:
    from builder.rendering.theme import Theme

Rows = dict[str, dict[str, Sequence[str]]]

COMPARED = 2
"""How many pages of a shape are rendered in full and compared."""


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

    def fill(self, path: str, data: bytes) -> Filled | Left:
        """Return a generated page, finished, or why it could not be."""
        own = read_own_page(data)
        converted = convert(own.markdown) if own else None
        told = None
        if own is not None and converted is not None:
            told = shape_and_filling(path, own.meta, converted, self.known)
        if told is None:
            return Left(path, "", {})
        shape, filling = told
        shell = self.shells.get(shape)
        if shell is not None:
            try:
                html = fill(shell.page, filling).encode("utf-8", "xmlcharrefreplace")
                return Filled(html, fill(shell.sitemap, filling), shape)
            except NotKnownError:
                pass
        rows = {"tags": filling.tags, "links": filling.links}
        return Left(path, shape, {which: tuple(map(tuple, told)) for which, told in rows.items()})

    def ids(self) -> dict[str, str]:
        """Return for each shape that has a shell, by its id, the shell's."""
        return {
            self.shape_id(shape): short_hash([shell.page, shell.sitemap])
            for shape, shell in self.shells.items()
            if shell is not None
        }

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


@dataclass(frozen=True, slots=True)
class Sample:
    """Pages of a shape, path and source of each, from which its shell is made."""

    shape: str
    pages: tuple[tuple[str, bytes], ...]


def learn_rows(shells: Shells, left: Iterable[Left]) -> None:
    """Let shells know the tags and links of pages that were left."""
    for one in left:
        for which, rows in one.rows.items():
            for row in rows:
                shells.rows[which].setdefault(row_key(row, which), list(row))


def learn_shape(shells: Shells, theme: Theme, sample: Sample) -> str:
    """Make the shell of a shape, or note that it has none; return why, "" where it has one.

    What a template asks of a text for the first time changes all shapes: then nothing is made, and
    `shells.known` is another one afterwards.
    """
    from builder.rendering.theme import Body, headline_with

    path, said, children, answers = json.loads(sample.shape)
    asked = shells.known.asked
    rows = {
        "tags": list(shells.rows["tags"].values()),
        "links": list(shells.rows["links"].values()),
    }
    specimen = specimen_of(path.split("/"), said, children, rows)
    body = Body(specimen.content)
    body.answers = {needle: sign == "1" for needle, sign in zip(asked, answers, strict=True)}
    body.like, body.asked = sample.pages[0][1].decode(), list(asked)
    toc = headline_with(specimen.headline, specimen.toc)
    output, listed = theme.specimen(specimen.path, specimen.meta, body, toc)
    if body.asked != list(asked):
        shells.known = replace(shells.known, asked=tuple(body.asked))
        shells.shells.clear()
        return ""
    try:
        line = sitemap_line(shells, listed, theme.sitemap([]))
        shell = Shell(learn(specimen, output), learn(specimen, line))
    except UnreadableError as error:
        shells.shells[sample.shape] = None
        return str(error)
    shells.shells[sample.shape] = shell
    for path, data in sample.pages[:COMPARED]:
        filled = shells.fill(path, data)
        html, listed = theme.full(path, data.decode("utf-8-sig"))
        in_full = Filled(
            html.encode("utf-8", "xmlcharrefreplace"),
            sitemap_line(shells, listed, theme.sitemap([])),
        )
        if filled != replace(in_full, shape=sample.shape):
            shells.shells[sample.shape] = None
            return f'"{path}" comes out otherwise'
    return ""


def sitemap_lines(shells: Shells, theme: Theme) -> dict[str, str]:
    """Return the entries of a run's own pages in the list for crawlers, by the path of each."""
    empty = theme.sitemap([])
    return {
        page.file.src_uri: sitemap_line(shells, theme.sitemap([page]), empty)
        for page in theme.own_pages()
    }


def sitemap_line(shells: Shells, output: str | None, empty: str | None) -> str:
    """Return what a page adds to the list for crawlers, and note what stands around it."""
    if output is None or empty is None or output == empty:
        return ""
    if shells.sitemap is None:
        start = common_start([output, empty])
        shells.sitemap = start, empty[len(start) :]
    start, end = shells.sitemap
    if start + end != empty or not (output.startswith(start) and output.endswith(end)):
        raise UnreadableError("the list of pages for crawlers does not grow by entries")
    return output[len(start) : len(output) - len(end)]
