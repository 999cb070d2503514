"""Renders a collection's site: MkDocs what was written by hand, shells everything else."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from builder.model import Problem
from builder.publishing.starter import is_starter_page
from builder.publishing.writing import read_list
from builder.rendering.frame import menu_of, run_frame
from builder.rendering.pages import lay, make_pages
from builder.rendering.shapes import Known
from builder.rendering.shells import Shells, sitemap_lines
from builder.rendering.sitemaps import sitemap_files
from builder.rendering.theme import Theme
from builder.settings import Settings
from builder.today import EPOCH

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig


def render_fast(settings: Settings, config: MkDocsConfig) -> list[Problem]:
    """Render what was written by hand, and fill generated pages into shells; return warnings."""
    destination = Path(config.site_dir)
    content, listed = settings.content, read_list(settings.content)
    files = [file.relative_to(content).as_posix() for file in _files(content)]
    generated = {path: None for path in files if path in listed and not is_starter_page(path)}
    by_hand = [path for path in files if path not in generated]
    pages = [path for path in generated if path.endswith(".md")]
    shells = Shells(Known(frozenset(menu_of(config)), site_name=str(config.site_name)))
    lines: dict[str, str] = {}
    problems: list[Problem] = []

    def work(theme: Theme) -> None:
        own = sitemap_lines(shells, theme)
        made, found = make_pages(shells, theme, content, destination, pages)
        lines.update(own | made)
        problems.extend(found)

    with tempfile.TemporaryDirectory(prefix="builder-") as docs:
        run_frame(
            config,
            content=content,
            by_hand=by_hand,
            generated=generated,
            docs=Path(docs),
            work=work,
        )
    for path, data in sitemap_files(shells, lines, config.site_url or "", int(os.environ[EPOCH])):
        lay(destination / path, data)
    for path in generated:
        if not path.endswith(".md"):
            place = destination / path
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(content / path, place)
    return problems


def _files(content: Path) -> Iterator[Path]:
    return (path for path in sorted(content.rglob("*")) if path.is_file())
