"""Renders single pages within a run of MkDocs: specimens, and pages for comparison, in full."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from mkdocs.commands.build import get_context
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink, TableOfContents
from mkdocs.utils import get_relative_url, is_error_template

from builder.rendering.conversion import Item
from builder.rendering.own_page import Meta
from builder.rendering.sitemaps import SITEMAP

if TYPE_CHECKING:
    import jinja2
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.nav import Navigation

# What rendering a page changes in it.
_LENT = ("markdown", "meta", "content", "toc", "present_anchor_ids", "links_to_anchors")


class Body(str):
    """The text of a specimen: it answers what templates look for in it, and remembers it."""

    answers: Mapping[str, bool]
    like: str
    asked: list[str]

    def __contains__(self, needle: object) -> bool:
        wanted = str(needle)
        if wanted not in self.asked:
            self.asked.append(wanted)
        return self.answers.get(wanted, wanted in self.like)


class Theme:
    """What a run of MkDocs renders pages with, once it has read its own."""

    def __init__(
        self,
        config: MkDocsConfig,
        env: jinja2.Environment,
        nav: Navigation,
        files: Files,
        *,
        is_last: bool = True,
    ) -> None:
        """Take what a run has; with `is_last` plugins see pages when they are rendered, too."""
        self._is_last = is_last
        self._config, self._env, self._nav, self._files = config, env, nav, files
        self._pages = files.documentation_pages()

    def specimen(
        self, path: str, meta: Meta, content: Body, toc: Sequence[AnchorLink]
    ) -> tuple[str, str | None]:
        """Return what the theme makes of a specimen, and the list for crawlers with it alone."""
        with self._page(path) as page:
            page.markdown, page.meta, page.toc = "", dict(meta), TableOfContents(list(toc))
            page.content = str(content)
            return self._rendered(page, content), self.sitemap([page])

    def full(self, path: str, source: str) -> tuple[str, str | None]:
        """Return a page as MkDocs and its plugins render it, and the list with it alone."""
        config, plugins, files = self._config, self._config.plugins, self._files
        with self._page(path) as page:
            page.file.content_string = source
            page = plugins.on_pre_page(page, config=config, files=files)
            page.read_source(config)
            page.markdown = plugins.on_page_markdown(
                page.markdown or "", page=page, config=config, files=files
            )
            page.render(config, files)
            page.content = plugins.on_page_content(
                page.content or "", page=page, config=config, files=files
            )
            return self._rendered(page), self.sitemap([page])

    def sitemap(self, pages: Sequence[Page]) -> str | None:
        """Return the list of pages for crawlers, None where the theme has none."""
        config = self._config
        if SITEMAP not in config.theme.static_templates:
            return None
        template = config.plugins.on_pre_template(
            self._env.get_template(SITEMAP), template_name=SITEMAP, config=config
        )
        assert not is_error_template(SITEMAP)
        base_url = get_relative_url(".", SITEMAP)
        files = [page.file for page in pages]
        context = get_context(self._nav, files, config, base_url=base_url)
        context = config.plugins.on_template_context(context, template_name=SITEMAP, config=config)
        output = template.render(context)
        return config.plugins.on_post_template(output, template_name=SITEMAP, config=config)

    def menu(self) -> list[tuple[str, str]]:
        """Return the titles and addresses of all pages in the menu; what they show may be shown."""
        return [(str(page.title), page.url) for page in self._nav.pages]

    def own_pages(self) -> list[Page]:
        """Return the pages of this run, in their order."""
        return [file.page for file in self._pages if file.page is not None]

    @contextmanager
    def _page(self, path: str) -> Iterator[Page]:
        """Lend the page at a path, active: the run's own where it has one, as the menu knows it."""
        there = self._files.get_file_from_path(path)
        if there is not None and isinstance(there.page, Page):
            page = there.page
        else:
            config = self._config
            folders = config.docs_dir, config.site_dir, config.use_directory_urls
            page = Page(None, File(path, *folders, inclusion=InclusionLevel.INCLUDED), config)
        before = {name: getattr(page, name) for name in _LENT}
        was_active, current = page.active, self._config._current_page
        page.active = True
        self._config._current_page = page
        try:
            yield page
        finally:
            page.active = was_active
            self._config._current_page = current
            for name, value in before.items():
                setattr(page, name, value)

    def _rendered(self, page: Page, content: Body | None = None) -> str:
        config, plugins, meta = self._config, self._config.plugins, page.meta
        context = get_context(self._nav, self._pages, config, page)
        template = self._env.get_template(meta.get("template", "main.html"))
        # Plugins that gather what pages say have no use for these.
        page.meta = {**meta, "search": {"exclude": True}}
        context = plugins.on_page_context(context, page=page, config=config, nav=self._nav)
        page.meta = meta
        if content is not None:
            page.content = content
        output = template.render(context)
        if not self._is_last:
            return output
        return plugins.on_post_page(output, page=page, config=config)


def anchor_links(items: Sequence[tuple[int, str, str]], level: int = 2) -> list[AnchorLink]:
    """Return contents as MkDocs has them, from depth, id and title of each entry."""
    top: list[AnchorLink] = []
    path: list[Any] = []
    for depth, id_, title in items:
        link = AnchorLink(title, id_, depth + level)
        del path[depth:]
        (path[-1].children if path else top).append(link)
        path.append(link)
    return top


def headline_with(
    headline: tuple[str, str], below: Sequence[tuple[int, str, str]]
) -> list[AnchorLink]:
    """Return the contents of a page: its headline, and everything else below it."""
    first = AnchorLink(headline[1], headline[0], 1)
    first.children = anchor_links(below)
    first.active = True  # type: ignore[attr-defined]  # as MkDocs marks it
    return [first]


def links_of(items: Sequence[Item]) -> list[AnchorLink]:
    """Return converted contents as MkDocs has them."""
    links = []
    for item in items:
        link = AnchorLink(item.title, item.id, item.level)
        link.children = links_of(item.children)
        links.append(link)
    if links and items[0].level == 1:
        links[0].active = True  # type: ignore[attr-defined]  # as MkDocs marks it
    return links
