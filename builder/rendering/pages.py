"""Makes the generated pages of a site: filled in, or where that cannot be, rendered in full."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from builder.model import Place, Problem
from builder.rendering.laying import lay_file
from builder.rendering.shells import Filled, Left, Shells

if TYPE_CHECKING:
    from builder.rendering.theme import Theme

_CHUNK = 200  # pages that a worker makes in one go


@dataclass(slots=True)
class Filling:
    """What became of some pages: entry for crawlers and shape of those made, and the others."""

    made: dict[str, tuple[str, str]] = field(default_factory=dict)
    left: list[Left] = field(default_factory=list)


Run = Callable[[Callable[[list[str]], Filling], Sequence[list[str]]], Iterable[Filling]]
"""Applies a function to each item, in this process or in others: `map`, `executor.map`."""


def fill_pages(shells: Shells, content: Path, site: Path, paths: Iterable[str]) -> Filling:
    """Fill pages of the content folder into their shells, and lay them into a site."""
    done = Filling()
    for path in paths:
        with open(f"{content}/{path}", "rb", buffering=0) as file:  # noqa: PTH123  # Path is slow
            made = shells.fill(path, file.read())
        if isinstance(made, Filled):
            done.made[path] = made.sitemap, made.shape
            lay_file(f"{site}/{path_in_site(path)}", made.html)
        else:
            done.left.append(made)
    return done


def fill_many(
    shells: Shells, content: Path, site: Path, paths: Sequence[str], run: Run = map
) -> Filling:
    """Do the same with many pages, some at a time."""
    chunks = [list(paths[start : start + _CHUNK]) for start in range(0, len(paths), _CHUNK)]
    done = Filling()
    for part in run(partial(fill_pages, shells, content, site), chunks):
        done.made |= part.made
        done.left += part.left
    return done


def learn_from(
    shells: Shells, theme: Theme, content: Path, paths: Iterable[str]
) -> Iterator[Problem]:
    """Learn the shapes of some pages; yield a warning for each that cannot be."""
    tried = [shells.fill(path, (content / path).read_bytes()) for path in paths]
    yield from learn_left(shells, theme, content, [one for one in tried if isinstance(one, Left)])


def learn_left(
    shells: Shells, theme: Theme, content: Path, left: Sequence[Left]
) -> Iterator[Problem]:
    """Learn the shapes of pages that were left; yield a warning for each that cannot be."""
    # Imported late, for it brings MkDocs with it and workers only fill.
    from builder.rendering.shell_making import COMPARED, Sample, learn_rows, learn_shape

    while True:
        known = shells.known
        learn_rows(shells, left)
        by_shape: dict[str, list[str]] = {}
        for one in left:
            if one.shape and shells.shells.get(one.shape, ...) is not None:
                by_shape.setdefault(one.shape, []).append(one.path)
        for shape, paths in by_shape.items():
            # Rendering a page in full takes as long as the page is.
            small = sorted(paths, key=lambda path: ((content / path).stat().st_size, path))
            pages = tuple((path, (content / path).read_bytes()) for path in small[:COMPARED])
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
