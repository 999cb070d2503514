"""Makes the generated pages of a site: filled in, or where that cannot be, rendered in full."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from builder.model import Place, Problem
from builder.rendering.shells import (
    COMPARED,
    Filled,
    Left,
    Sample,
    Shells,
    learn_rows,
    learn_shape,
    sitemap_line,
)
from builder.rendering.theme import Theme

_CHUNK = 200  # pages that a worker makes in one go
_FIRST = 60  # pages from which the first shapes are learned

Run = Callable[[Callable[[list[str]], "Filling"], Sequence[list[str]]], Iterable["Filling"]]
"""Applies a function to each item, in this process or in others: `map`, `executor.map`."""


@dataclass(slots=True)
class Filling:
    """What became of some pages: their entries in the list for crawlers, and those not made."""

    lines: dict[str, str] = field(default_factory=dict)
    left: list[Left] = field(default_factory=list)


def fill_pages(shells: Shells, content: Path, site: Path, paths: Iterable[str]) -> Filling:
    """Fill pages of the content folder into their shells, and lay them into a site."""
    done = Filling()
    for path in paths:
        made = shells.fill(path, (content / path).read_bytes())
        if isinstance(made, Filled):
            done.lines[path] = made.sitemap
            lay(site / path_in_site(path), made.html)
        else:
            done.left.append(made)
    return done


def make_pages(
    shells: Shells,
    theme: Theme,
    content: Path,
    site: Path,
    paths: Sequence[str],
    run: Run = map,
) -> tuple[dict[str, str], list[Problem]]:
    """Lay all generated pages into a site; return their entries in the list for crawlers.

    Shapes that are new are learned from the theme; a shape that cannot be is a warning, and its
    pages are rendered in full.
    """
    problems: list[Problem] = []
    first = paths[:: max(1, len(paths) // _FIRST)]
    tried = [shells.fill(path, (content / path).read_bytes()) for path in first]
    problems += _learn(shells, theme, content, [one for one in tried if isinstance(one, Left)])
    lines: dict[str, str] = {}
    in_full: list[str] = []
    waiting = list(paths)
    while waiting:
        known = shells.known
        chunks = [waiting[start : start + _CHUNK] for start in range(0, len(waiting), _CHUNK)]
        done = list(run(partial(fill_pages, shells, content, site), chunks))
        lines.update(line for part in done for line in part.lines.items())
        left = [one for part in done for one in part.left]
        problems += _learn(shells, theme, content, left)
        if shells.known is not known:  # what no template had asked before may decide about any page
            waiting, in_full = list(paths), []
            continue
        waiting = [one.path for one in left if shells.shells.get(one.shape)]
        in_full += [one.path for one in left if not shells.shells.get(one.shape)]
    for path in in_full:
        html, line = theme.full(path, (content / path).read_text("utf-8-sig"))
        lay(site / path_in_site(path), html.encode("utf-8", "xmlcharrefreplace"))
        lines[path] = sitemap_line(shells, line, theme.sitemap([]))
    return lines, problems


def _learn(shells: Shells, theme: Theme, content: Path, left: Sequence[Left]) -> Iterator[Problem]:
    """Learn the shapes of pages that were left; yield a warning for each that cannot be."""
    while True:
        known = shells.known
        learn_rows(shells, left)
        by_shape: dict[str, list[str]] = {}
        for one in left:
            if one.shape and shells.shells.get(one.shape, ...) is not None:
                by_shape.setdefault(one.shape, []).append(one.path)
        for shape, paths in by_shape.items():
            pages = tuple((path, (content / path).read_bytes()) for path in paths[:COMPARED])
            reason = learn_shape(shells, theme, Sample(shape, pages))
            if shells.known is not known:
                break
            if reason:
                yield _warning(paths, reason)
        if shells.known is known:
            return
        tried = [shells.fill(one.path, (content / one.path).read_bytes()) for one in left]
        left = [one for one in tried if isinstance(one, Left)]


def _warning(paths: Sequence[str], reason: str) -> Problem:
    what = f"{len(paths)} pages like this one are rendered one by one, which is slow: {reason}"
    hint = "a template, a plugin or an extension treats them in a way that cannot be filled in"
    return Problem(Place(paths[0], 1), what, hint, warning=True)


def path_in_site(path: str) -> str:
    """Return where the page of a Markdown file goes."""
    folder, _, name = path.rpartition("/")
    stem = name.removesuffix(".md")
    place = "index.html" if stem in ("index", "README") else f"{stem}/index.html"
    return f"{folder}/{place}" if folder else place


def lay(file: Path, data: bytes) -> None:
    """Lay a file into a site; one that is shared with another site is left to it."""
    try:
        with file.open("xb") as out:
            out.write(data)
    except FileNotFoundError:
        file.parent.mkdir(parents=True, exist_ok=True)
        lay(file, data)
    except FileExistsError:
        file.unlink()
        lay(file, data)
