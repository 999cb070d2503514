"""Hands generated pages to MkDocs ready-made: their text through its events, their page by shells.

MkDocs still goes through every page with every plugin; but it neither parses YAML and Markdown of a
generated page nor renders the templates for it. The first pages of each shape are rendered in full
as well and compared.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Container, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.toc import TableOfContents

from builder.rendering.conversion import Converted, convert
from builder.rendering.frame import NoOptions, menu_of
from builder.rendering.own_page import Meta, read_own_page
from builder.rendering.shapes import Known, shape_and_filling
from builder.rendering.shell import NotKnownError, fill
from builder.rendering.shell_making import COMPARED, learn_rows, learn_shell
from builder.rendering.shells import Left, Shells
from builder.rendering.theme import Theme, links_of

if TYPE_CHECKING:
    import jinja2
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.nav import Navigation
    from mkdocs.structure.pages import Page

log = logging.getLogger("mkdocs.plugins.collection")

_ID = re.compile(r'<[a-z][^<>]* id="(?P<id>[^"]*)"')


class ReadyPages(BasePlugin[NoOptions]):  # type: ignore[no-untyped-call]  # MkDocs' own
    """The events by which generated pages go into a site without being rendered one by one."""

    def __init__(self, content: Path, generated: Container[str]) -> None:
        self._content, self._generated = content, generated
        self._waiting: dict[str, tuple[Meta, Converted]] = {}
        self._ready: set[str] = set()
        self._nav: Navigation | None = None

    @event_priority(-100)
    def on_nav(self, nav: Navigation, **_: Any) -> Navigation:
        """Note the menu."""
        self._nav = nav
        return nav

    @event_priority(-100)
    def on_page_read_source(self, *, page: Page, **_: Any) -> str | None:
        """Read a generated page; nothing of it is left to be parsed."""
        path = page.file.src_uri
        if path not in self._generated:
            return None
        own = read_own_page((self._content / path).read_bytes())
        converted = convert(own.markdown) if own else None
        if own is None or converted is None:
            return None
        self._waiting[path] = own.meta, converted
        return ""

    @event_priority(100)
    def on_page_markdown(self, markdown: str, *, page: Page, **_: Any) -> str:
        """Let the page have its front matter."""
        waiting = self._waiting.get(page.file.src_uri)
        if waiting:
            page.meta = waiting[0]
        return markdown

    @event_priority(100)
    def on_page_content(self, html: str, *, page: Page, **_: Any) -> str:
        """Let the page have its text, its contents and the ids that links may lead to."""
        waiting = self._waiting.pop(page.file.src_uri, None)
        if waiting is None:
            return html
        self._ready.add(page.file.src_uri)
        converted = waiting[1]
        page.toc = TableOfContents(links_of(converted.toc))
        page.present_anchor_ids = {found["id"] for found in _ID.finditer(converted.content)}
        page.links_to_anchors = {}
        return converted.content

    @event_priority(-100)
    def on_env(
        self, env: jinja2.Environment, *, config: MkDocsConfig, files: Files
    ) -> jinja2.Environment:
        """Let the templates of generated pages be shells."""
        assert self._nav is not None
        own = env.get_template
        shells = Shells(Known(frozenset(menu_of(config)), site_name=str(config.site_name)))
        theme = Theme(config, env, self._nav, files, is_last=False)
        filled = _Filled(shells, theme, self._ready)

        def get_template(name: Any, *given: Any, **named: Any) -> Any:
            template = own(name, *given, **named)
            # What a template extends or includes is asked for by more than its name.
            is_page = filled.rests and name == "main.html" and not (given or named)
            return _Template(template, filled) if is_page else template

        env.get_template = get_template  # type: ignore[method-assign]  # no event is so near
        return env


class _Filled:
    """Fills pages into shells, and learns those that are not known yet."""

    def __init__(self, shells: Shells, theme: Theme, ready: Container[str]) -> None:
        self._shells, self._theme, self._ready = shells, theme, ready
        self._compared: dict[str, int] = {}
        self.rests = True

    def page(self, template: jinja2.Template, context: Mapping[str, Any]) -> str:
        """Return a page, filled into its shell if it has one."""
        page = context.get("page")
        if page is None or page.file.src_uri not in self._ready:
            return template.render(context)
        path, converted = page.file.src_uri, Converted(page.content, tuple(page.toc))
        for _ in range(3):  # until templates ask nothing new
            told = shape_and_filling(path, page.meta, converted, self._shells.known)
            if told is None:
                break
            shape, filling = told
            shell = self._shells.shells.get(shape, ...)
            if shell is None:
                break
            if shell is not ... and self._compared.get(shape, 0) >= COMPARED:
                try:
                    return fill(shell.page, filling)
                except NotKnownError:
                    shell = ...
            if shell is ... or not _fits(shell.page, filling):
                rows = {"tags": filling.tags, "links": filling.links}
                left = Left(path, shape, {key: tuple(map(tuple, of)) for key, of in rows.items()})
                learn_rows(self._shells, [left])
                self._learn(shape, converted.content, path)
                continue
            return self._compare(shape, fill(shell.page, filling), template.render(context), path)
        return template.render(context)

    def _learn(self, shape: str, content: str, path: str) -> None:
        self.rests = False  # a specimen is rendered by the theme itself
        try:
            reason = learn_shell(self._shells, self._theme, shape, like=content)
        finally:
            self.rests = True
        if reason:
            self._tell(path, reason)

    def _compare(self, shape: str, filled: str, in_full: str, path: str) -> str:
        self._compared[shape] = self._compared.get(shape, 0) + 1
        if filled != in_full:
            self._shells.shells[shape] = None
            self._tell(path, "it comes out otherwise")
        return in_full

    def _tell(self, path: str, reason: str) -> None:
        log.warning("pages like '%s' are rendered one by one, which is slow: %s", path, reason)


def _fits(parts: Any, filling: Any) -> bool:
    try:
        fill(parts, filling)
    except NotKnownError:
        return False
    return True


class _Template:
    """A template that fills shells where it can."""

    def __init__(self, template: jinja2.Template, filled: _Filled) -> None:
        self._template, self._filled = template, filled

    def render(self, context: Mapping[str, Any]) -> str:
        """Return a page."""
        return self._filled.page(self._template, context)
