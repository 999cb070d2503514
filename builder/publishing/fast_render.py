"""Renders a collection's site: MkDocs what was written by hand, shells everything else.

What is as it was in the standing site is not rendered again (`page_making` tells by what), and
where nothing of the theme and of the hand-written pages has changed, MkDocs is not even started.
"""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from builder.looking import Look
from builder.model import Problem
from builder.publishing.configuration import FRAME
from builder.publishing.content_files import Files
from builder.publishing.files_below import paths_below
from builder.publishing.kept_frame import (
    Frame,
    asks_for_day,
    chrome_of,
    emptied,
    inputs_of,
    keep_frame,
    load_frame,
)
from builder.publishing.lean_assets import lean_assets
from builder.publishing.page_making import Making
from builder.publishing.site_folder import SiteFolder
from builder.publishing.writing import write_file
from builder.rendering.pages import Run, learn_from, path_in_site
from builder.rendering.shapes import Known
from builder.rendering.shells import short_hash
from builder.rendering.sitemaps import drop_empty_sitemap, sitemap_files
from builder.settings import Settings
from builder.today import EPOCH

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

    from builder.rendering.theme import Theme

_LINES = "lines.json"
_DAY = 24 * 60 * 60  # seconds

Load = Callable[[Path], "MkDocsConfig"]
"""Loads the configuration of MkDocs for a folder into which it renders."""
Collect = Callable[[], list[Problem]]
Finished = Callable[[str], str]


def _as_it_is(html: str) -> str:
    return html


def render_fast(
    settings: Settings,
    folder: SiteFolder,
    *,
    load: Load,
    collect: Collect,
    said: str,
    cache: Path,
    files: Files | None = None,
    finished: Finished = _as_it_is,
    apart: tuple[str, ...] = (),
    run: Run | None = None,
) -> list[Problem]:
    """Bring generated and hand-written pages and files of a site up to date; return the warnings.

    `load` loads MkDocs' configuration and `collect` tells what MkDocs has warned of since; neither
    is called where the frame kept in `cache` will do. `said` is what a rendering depends on beside
    the files. `finished` is what becomes of the HTML of a hand-written page, and what MkDocs
    renders below the folders `apart` is left to the caller.
    """
    files = files or Files.of(settings.content)
    kept = cache / FRAME
    before = frame = load_frame(kept)
    if frame and frame.inputs != inputs_of(settings, frame, files.by_hand, files.generated, said):
        frame = None
    former = _former_lines(cache)
    making = Making(settings, folder, files, frame or Frame(), run)
    if frame is None or not making.make(making.changed(former), None):
        if frame is None and before is not None:  # the same rows as before, for the same shells
            making.frame.shells.take_hints(before.shells)
        _make_frame(making, load, former, said, kept, fresh=frame is None)
        making.frame.problems = [*collect(), *making.problems]
        keep_frame(kept, making.frame)
    _lay_frame(making, kept / "site", finished, apart)
    _keep_lines(making, cache)
    return making.frame.problems


def _make_frame(
    making: Making,
    load: Load,
    former: Mapping[str, tuple[str, str]],
    said: str,
    kept: Path,
    *,
    fresh: bool,
) -> None:
    """Run MkDocs, and make with its theme what pages are not as they were."""
    from builder.rendering.frame import menu_of, run_frame

    settings, frame, files = making.settings, making.frame, making.files
    site = emptied(kept)
    config = load(site)
    frame.site_url = config.site_url or ""
    frame.folders = sorted(folder for folder in config.theme.dirs if not _is_package(folder))
    frame.tells_day = asks_for_day(_templates(config, frame.folders))
    chrome = chrome_of(settings, frame.folders, said + frame.day)
    menu = frozenset(menu_of(config))
    if fresh:
        known = frame.shells.known
        frame.shells.known = Known(menu, known.asked, str(config.site_name))
    frame.stubs = sorted(path for path in menu if path in files.generated)
    with tempfile.TemporaryDirectory(prefix="builder-") as docs:
        frame.asked = run_frame(
            config,
            content=settings.content,
            by_hand=files.by_hand,
            generated=files.generated,
            docs=Path(docs),
            work=partial(_fill, making, former, chrome),
        )
    frame.files = _files_of(site)
    frame.inputs = inputs_of(settings, frame, files.by_hand, files.generated, said)


def _fill(making: Making, former: Mapping[str, tuple[str, str]], chrome: str, theme: Theme) -> None:
    """Make the pages that are not as they were, while MkDocs' theme is there."""
    from builder.rendering.shell_making import sitemap_lines

    frame, by_hand = making.frame, set(making.files.by_hand)
    frame.chrome = short_hash([chrome, theme.menu()])
    lines = sitemap_lines(frame.shells, theme)
    frame.lines = {path: line for path, line in lines.items() if path in by_hand}
    content = making.settings.content
    making.problems += learn_from(frame.shells, theme, content, making.first(former))
    making.make(making.changed(former), theme)


def _files_of(site: Path) -> dict[str, str]:
    """Make lean what MkDocs has rendered, and return its files with their digests."""
    lean_assets(site)
    for name in ("sitemap.xml", "sitemap.xml.gz"):  # made of all pages, not of these
        (site / name).unlink(missing_ok=True)
    return {path: _digest(site / path) for path in paths_below(site, site)}


def _lay_frame(making: Making, rendered: Path, finished: Finished, apart: tuple[str, ...]) -> None:
    """Let the site have what the frame holds, generated files, and the list for crawlers."""
    settings, folder, frame = making.settings, making.folder, making.frame
    folder.want_all({path_in_site(path): key for path, key in making.keys.items()})
    files = {path: key for path, key in making.files.generated.items() if path[-3:] != ".md"}
    for path in folder.want_all(files):
        folder.link(path, files[path], settings.content / path)
    for path, digest in frame.files.items():
        if path.startswith(apart):
            continue
        if path.endswith(".html"):
            data = finished((rendered / path).read_text("utf-8")).encode()
            folder.lay(path, sha256(data).hexdigest(), data)
        else:
            folder.link(path, digest, rendered / path)
    epoch = int(os.environ[EPOCH]) // _DAY * _DAY  # MkDocs stamps with days
    lines = frame.lines | making.lines
    if frame.site_url:
        for path, data in sitemap_files(frame.shells.sitemap, lines, frame.site_url, epoch):
            folder.lay(path, sha256(data).hexdigest(), data)


def lay_all(
    folder: SiteFolder,
    rendered: Path,
    finished: Finished,
    files: Files,
    apart: tuple[str, ...] = (),
) -> None:
    """Let a site have everything that MkDocs has rendered by itself."""
    lean_assets(rendered)
    drop_empty_sitemap(rendered)
    made = {path_in_site(path) if path.endswith(".md") else path for path in files.generated}
    for path in paths_below(rendered, rendered):
        if path.startswith(apart) and path not in made:
            continue
        data = (rendered / path).read_bytes()
        if path.endswith(".html") and path not in made:
            data = finished(data.decode()).encode()
        folder.lay(path, sha256(data).hexdigest(), data)


def _keep_lines(making: Making, cache: Path) -> None:
    told = {path: (key, making.lines[path]) for path, key in making.keys.items()}
    write_file(cache / _LINES, json.dumps(told, ensure_ascii=False).encode())


def _former_lines(cache: Path) -> dict[str, tuple[str, str]]:
    """Return key and entry for crawlers of each page of the last rendering."""
    try:
        kept = json.loads((cache / _LINES).read_text("utf-8"))
        return {path: (key, line) for path, (key, line) in kept.items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}


def _templates(config: MkDocsConfig, folders: Iterable[str]) -> Iterator[str]:
    """Yield the templates that are not of a package, and that of the list for crawlers."""
    loader = config.theme.get_env().loader
    assert loader is not None  # every theme has one
    yield loader.get_source(config.theme.get_env(), "sitemap.xml")[0]
    for folder in folders:
        for path in sorted(Look.at(folder, into_links=True).files()):
            file = Path(folder, path)
            if file.suffix in (".html", ".xml") and file.is_file():
                yield file.read_text("utf-8", "replace")


def _is_package(folder: str) -> bool:
    """Tell whether a folder of a theme is one whose version is known."""
    import material  # type: ignore[import-untyped]  # it has no types
    import mkdocs

    packages = (material.__file__, mkdocs.__file__)
    return any(Path(folder).is_relative_to(Path(package).parent) for package in packages)


def _digest(file: Path) -> str:
    return sha256(file.read_bytes()).hexdigest()
