"""Runs MkDocs over what was written by hand, with the generated pages only known by name.

MkDocs reads a folder of links to the hand-written files. Of generated pages it has those of the
menu, by their front matter alone, and the names of the others, so that links to them are known.
Nothing of them is written; while the theme is ready, `work` makes them.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mkdocs.commands.build import build
from mkdocs.config.base import Config
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import File, Files, InclusionLevel

from builder.rendering.own_page import Asked, front_matter_of
from builder.rendering.sitemaps import SITEMAP
from builder.rendering.theme import Theme

if TYPE_CHECKING:
    import jinja2
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.nav import Navigation
    from mkdocs.structure.pages import Page

# What is known to treat each page for itself, or to look at none.
_PLUGINS = frozenset({"search", "material/search", "collection"})
_EXTENSIONS = frozenset({"attr_list", "toc", "tables", "fenced_code"})
_TOC_OPTIONS = frozenset({"title", "title_class", "toc_class", "marker"})
_TEMPLATES = frozenset({"404.html", SITEMAP, "search.html"})
_ID = re.compile(
    r'<[^<>]* (?:id|name)="(?P<id>[^"]*)"|\{#(?P<heading>[^ }]+)[^}]*\}$', re.MULTILINE
)


def why_slow(config: MkDocsConfig) -> str:
    """Return what in a configuration asks for every page to be rendered in full, "" for nothing."""
    plugins = [name for name in config.plugins if name not in _PLUGINS]
    if plugins:
        return f"plugin {plugins[0]}"
    extensions = [name for name in config.markdown_extensions if name not in _EXTENSIONS]
    if extensions:
        return f"extension {extensions[0]}"
    for key, value in (config.mdx_configs or {}).get("toc", {}).items():
        if key not in _TOC_OPTIONS and not (key == "permalink" and value is False):
            return f"toc: {key}"
    for key in ("hooks", "extra_templates", "exclude_docs", "draft_docs"):
        if config.get(key):
            return key
    templates = sorted(config.theme.static_templates - _TEMPLATES)
    return f"template {templates[0]}" if templates else ""


def menu_of(config: MkDocsConfig) -> Iterator[str]:
    """Yield the paths of pages in the menu."""
    waiting: list[Any] = [config.nav]
    while waiting:
        item = waiting.pop()
        if isinstance(item, str):
            yield item.removeprefix("./")
        elif isinstance(item, Mapping):
            waiting.extend(item.values())
        elif item:
            waiting.extend(item)


def run_frame(
    config: MkDocsConfig,
    *,
    content: Path,
    by_hand: Iterable[str],
    generated: Mapping[str, Any],
    docs: Path,
    work: Callable[[Theme], None],
) -> Asked:
    """Render what was written by hand, and call `work` when the theme is ready.

    `docs` is an empty folder to work in. `by_hand` and `generated` are paths in `content`. Returns
    what was asked about files that are not written by hand.
    """
    for path in by_hand:
        place = docs / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.symlink_to(content / path)
    stubs = {path for path in menu_of(config) if path in generated}
    for path in stubs:
        place = docs / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(f"{front_matter_of(content / path)}\n# stub {{#_title}}\n", "utf-8")
    config.docs_dir = str(docs)
    asked: Asked = {}
    config.plugins["collection/frame"] = _Frame(content, generated, stubs, work, asked)
    config.plugins.on_startup(command="build", dirty=False)
    try:
        build(config)
    finally:
        config.plugins.on_shutdown()
    return asked


class NoOptions(Config):  # type: ignore[no-untyped-call]  # MkDocs' own
    """MkDocs wants a class for a plugin's options; this one has none."""


class _Frame(BasePlugin[NoOptions]):  # type: ignore[no-untyped-call]  # MkDocs' own
    """Lets generated pages be known, hands over the theme, and keeps stubs out of the site."""

    def __init__(
        self,
        content: Path,
        generated: Mapping[str, Any],
        stubs: set[str],
        work: Callable[[Theme], None],
        asked: Asked,
    ) -> None:
        self._content, self._generated, self._stubs, self._work = content, generated, stubs, work
        self._asked = asked
        self._nav: Navigation | None = None
        self._working = False

    @event_priority(-100)
    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Let links to generated pages and files lead somewhere."""
        return _Known(files, self._content, self._generated, config, self._asked)

    @event_priority(-100)
    def on_nav(self, nav: Navigation, **_: Any) -> Navigation:
        """Note the menu."""
        self._nav = nav
        return nav

    @event_priority(-100)
    def on_env(
        self, env: jinja2.Environment, *, config: MkDocsConfig, files: Files
    ) -> jinja2.Environment:
        """Hand over the theme, now that everything is read."""
        assert self._nav is not None
        self._working = True
        self._work(Theme(config, env, self._nav, files))
        self._working = False
        return env

    @event_priority(-100)
    def on_post_page(self, output: str, *, page: Page, **_: Any) -> str:
        """Return nothing for a stub, so that it is not written."""
        return "" if page.file.src_uri in self._stubs and not self._working else output


class _Known(Files):
    """The files of a run, and behind them the generated ones, of which a link may be to one."""

    def __init__(
        self,
        files: Files,
        content: Path,
        generated: Mapping[str, Any],
        config: MkDocsConfig,
        asked: Asked,
    ) -> None:
        super().__init__(files)
        self._asked = asked
        self._content, self._generated, self._config = content, generated, config
        self._met: dict[str, File] = {}

    def get_file_from_path(self, path: str) -> File | None:
        """Return a file by its path."""
        path = os.path.normpath(path).replace(os.sep, "/")
        there = super().get_file_from_path(path)
        if there is None:
            self._asked.setdefault(path, "file")
        if there is not None or path not in self._generated:
            return there
        if path not in self._met:
            config = self._config
            file = File(
                path,
                str(self._content),
                config.site_dir,
                config.use_directory_urls,
                inclusion=InclusionLevel.INCLUDED,
            )
            file.page = _Target(self._content, path, self._asked)  # type: ignore[assignment]  # all a link asks
            self._met[path] = file
        return self._met[path]


class _Target:
    """What a link to a generated page asks of it: the ids that it has."""

    def __init__(self, content: Path, path: str, asked: Asked) -> None:
        self._content, self._path, self._asked = content, path, asked

    @property
    def present_anchor_ids(self) -> set[str] | None:
        """The ids of the page; None for what is no page."""
        if not self._path.endswith(".md"):
            return None
        self._asked[self._path] = "ids"
        text = (self._content / self._path).read_text("utf-8")
        return {found["id"] or found["heading"] for found in _ID.finditer(text)}
