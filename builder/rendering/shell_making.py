"""Makes shells, with the theme at hand: a specimen is rendered and read, and pages are compared."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace

from builder.rendering.learning import common_start, learn
from builder.rendering.placeholders import UnreadableError, specimen_of
from builder.rendering.shell import Shell, row_key
from builder.rendering.shells import Filled, Left, Shells
from builder.rendering.theme import Body, Theme, headline_with

COMPARED = 2
"""How many pages of a shape are rendered in full and compared."""


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
    reason = learn_shell(shells, theme, sample.shape, like=sample.pages[0][1].decode())
    if sample.shape not in shells.shells or reason:
        return reason
    for path, data in sample.pages[:COMPARED]:
        filled = shells.fill(path, data)
        html, listed = theme.full(path, data.decode("utf-8-sig"))
        line = sitemap_line(shells, listed, theme.sitemap([]))
        in_full = Filled(html.encode("utf-8", "xmlcharrefreplace"), line, sample.shape)
        if filled != in_full:
            shells.shells[sample.shape] = None
            return f'"{path}" comes out otherwise'
    return ""


def learn_shell(shells: Shells, theme: Theme, shape: str, like: str) -> str:
    """Do the same without a comparison; `like` is the text of a page of the shape."""
    path, said, children, answers = json.loads(shape)
    asked = shells.known.asked
    rows = {which: list(met.values()) for which, met in shells.rows.items()}
    specimen = specimen_of(path.split("/"), said, children, rows)
    body = Body(specimen.content)
    body.answers = {needle: sign == "1" for needle, sign in zip(asked, answers, strict=True)}
    body.like, body.asked = like, list(asked)
    toc = headline_with(specimen.headline, specimen.toc)
    output, listed = theme.specimen(specimen.path, specimen.meta, body, toc)
    if body.asked != list(asked):
        shells.known = replace(shells.known, asked=tuple(body.asked))
        shells.shells.clear()
        return ""
    try:
        line = sitemap_line(shells, listed, theme.sitemap([]))
        shells.shells[shape] = Shell(learn(specimen, output), learn(specimen, line))
    except UnreadableError as error:
        shells.shells[shape] = None
        return str(error)
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
