"""Makes the generated pages of the next site that are not in the standing one as they should be.

A page's key holds the digest of its Markdown, its shape, and what the theme's part in every page
depends on, the chrome; only where one of them is another one the page is read at all.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from builder.model import Problem
from builder.publishing.content_files import Files
from builder.publishing.kept_frame import Frame
from builder.publishing.site_folder import SiteFolder
from builder.rendering.laying import lay_file
from builder.rendering.pages import Run, fill_many, learn_left, path_in_site
from builder.settings import Settings
from builder.working import Workers

if TYPE_CHECKING:
    from builder.rendering.theme import Theme

_IN_FULL = "full"
_WORTH_A_POOL = 1_000  # pages; fewer are made sooner than processes start
_FIRST = 60  # pages from which the first shapes are learned


@dataclass(slots=True)
class Making:
    """One rendering of the generated pages, and what became of each: key, entry for crawlers."""

    settings: Settings
    folder: SiteFolder
    files: Files
    frame: Frame
    run: Run | None = None
    keys: dict[str, str] = field(default_factory=dict)
    lines: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    @property
    def pages(self) -> list[str]:
        """The paths of all generated pages, in order."""
        return sorted(path for path in self.files.generated if path.endswith(".md"))

    def changed(self, former: Mapping[str, tuple[str, str]]) -> list[str]:
        """Keep the keys of pages that are as they were; return the others."""
        bad, changed = self.frame.shells.without(), []
        for path in self.pages:
            key, line = former.get(path, ("", ""))
            digest, shape, shell = key.split("-") if key else ("", "", "")
            fits = digest == self.files.generated[path][:24] and shell == self.frame.chrome
            if fits and shape not in bad and self.folder.key_of(path_in_site(path)) == key:
                self.keys[path], self.lines[path] = key, line
            else:
                changed.append(path)
        return changed

    def make(self, paths: list[str], theme: Theme | None) -> bool:
        """Make some pages; return False where that needs a theme and there is none."""
        content, shells, waiting = self.settings.content, self.frame.shells, paths
        while waiting:
            self.folder.open()
            known = shells.known
            with self._running(len(waiting)) as run:
                done = fill_many(shells, content, self.folder.path, waiting, run)
            ids = {shape: shells.shape_id(shape) for _, shape in done.made.values()}
            for path, (line, shape) in done.made.items():
                self._made(path, ids[shape], line)
            if done.left and theme is None:
                return False
            if theme is not None:
                self.problems += learn_left(shells, theme, content, done.left)
            if shells.known is not known:  # what was never asked before may decide about any page
                waiting = self.pages
                continue
            waiting = [one.path for one in done.left if shells.shells.get(one.shape)]
            for one in done.left:
                if theme is not None and not shells.shells.get(one.shape):
                    self._make_in_full(one.path, theme)
        return True

    @contextmanager
    def _running(self, count: int) -> Iterator[Run]:
        """Give what runs the work: what was asked for, else a pool where there is much of it."""
        jobs = self.settings.jobs or os.cpu_count() or 1
        if self.run is not None or jobs == 1 or count < _WORTH_A_POOL:
            yield self.run or map
            return
        yield Workers(jobs).applied

    def _make_in_full(self, path: str, theme: Theme) -> None:
        from builder.rendering.shell_making import sitemap_line  # brings MkDocs with it

        source = (self.settings.content / path).read_text("utf-8-sig")
        html, listed = theme.full(path, source)
        place = self.folder.path / path_in_site(path)
        lay_file(place, html.encode("utf-8", "xmlcharrefreplace"))
        line = sitemap_line(self.frame.shells, listed, theme.sitemap([]))
        self._made(path, _IN_FULL, line)

    def _made(self, path: str, shape: str, line: str) -> None:
        key = f"{self.files.generated[path][:24]}-{shape}-{self.frame.chrome}"
        self.keys[path], self.lines[path] = key, line
        self.folder.laid(path_in_site(path), key)

    def first(self, former: Mapping[str, tuple[str, str]]) -> list[str]:
        """Return some pages in which most shapes are met: of every former shape, and all over."""
        met: dict[str, list[str]] = {}
        for path, (key, _) in former.items():
            if path in self.files.generated:
                met.setdefault(key.split("-")[1], []).append(path)
        pages = self.pages
        spread = pages[:: max(1, len(pages) // _FIRST)]
        return sorted({*spread, *(path for paths in met.values() for path in paths[:2])})
