"""Says what is generated under `content/`: pages, sources for download, data files, as tasks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property, partial
from hashlib import sha256
from itertools import chain

from builder.citing.formatted import FormatsOf
from builder.citing.kept_formats import made_once
from builder.citing.publication import Publication
from builder.editorial import Editorial
from builder.exporting.citation_files import citation_tasks
from builder.exporting.collection_files import describing_tasks
from builder.exporting.document_data import data_of
from builder.exporting.feed import feed_task
from builder.exporting.linkset_files import linkset_file
from builder.exporting.llms_txt import llms_task
from builder.exporting.markdown_twin import markdown_twin
from builder.exporting.page_data import with_page_data
from builder.exporting.parts import parts_of
from builder.exporting.served_files import served_files
from builder.exporting.tables import table_tasks
from builder.html.candidates_pages import candidates_tasks
from builder.html.cite_former import cited_removed
from builder.html.document_page import described_as, document_page
from builder.html.document_parts import document_part_tasks
from builder.html.documents_page import documents_tasks, is_dated
from builder.html.entity_pages import entity_tasks, first_page_of
from builder.html.figure_parts import figure_part_tasks
from builder.html.figures_page import figures_tasks
from builder.html.home_page import home_task
from builder.html.kind_pages import kind_tasks
from builder.html.measure_pages import measure_tasks
from builder.html.redirect_pages import redirect_pages
from builder.html.removed_page import removed_pages
from builder.html.rendering import Page
from builder.html.search_names import names_task
from builder.html.search_page import search_page
from builder.html.shown import Shown, shown
from builder.html.signposting import Signposts
from builder.html.tasks import Digests, Family, File, Filed, Task, members, together
from builder.html.timeline_rows import timeline_tasks
from builder.html.version_pages import kept_files, version_files, version_pages
from builder.index import Index, Who
from builder.model import Annotated, Document, Past
from builder.publishing.search import Large, Named, prepared
from builder.settings import Settings
from builder.site_files import DOCUMENTS, KEPT_SEARCH, KEPT_TWIN, SOURCE, folder_of
from builder.storing.lazy import whole
from builder.tallies import Kept, Tallies

NO_PAST = Past()
NOTHING: Mapping[str, str] = {}


def pages(
    index: Index,
    editorial: Editorial,
    settings: Settings,
    past: Past = NO_PAST,
    formats_of: FormatsOf = made_once,
) -> Iterator[tuple[str, bytes]]:
    """Yield each file's path relative to `content/` and its bytes, one at a time.

    The same index, editorial findings, settings and past give the same files in the same order.
    `formats_of` formats citations.
    """
    making = Pages(index, editorial, settings, past, formats_of)
    filed: dict[str, Filed] = {}
    for task in making.tasks():
        for path, data, rows in making.files(task):
            filed[path] = Filed(path, sha256(data).hexdigest(), len(data), rows)
            yield path, data
    for task in making.describing(filed):
        for path, data, _ in making.files(task):
            yield path, data


class Pages:
    """Everything that pages are made from, and the tasks that make them.

    `contents` is a digest of what each document holds, by slug, `general` one of the program and
    the settings: where they are not told, keys of tasks tell nothing. `kept` has the tallies of
    earlier runs.
    """

    def __init__(
        self,
        index: Index,
        editorial: Editorial,
        settings: Settings,
        past: Past = NO_PAST,
        formats_of: FormatsOf = made_once,
        contents: Mapping[str, str] = NOTHING,
        general: str = "",
        kept: Kept | None = None,
    ) -> None:
        self.settings, self.past = settings, _without_returned(past, index)
        publication = publication_of(settings)
        self.site = shown(index, editorial, publication, self.past, formats_of)
        self.digests = Digests(self.site, contents, general)
        self.tallies = Tallies(kept, general)
        # What the renderer would index of a big collection is thrown away (`publishing.search`).
        self.is_large = Large(settings.pagefind_from).holds_for(index.annotated)

    @cached_property
    def _named(self) -> Named:
        reviewed = (one.entity for one in self.site.index.by_who.values() if one.entity.reviewed)
        return Named({(one.kind, one.key): one.name for one in reviewed}, self.site.editorial)

    def prepare(self, names: Iterable[str]) -> None:
        """Find out here, once, what tasks of these names and `describing` ask for.

        That is how documents are cited, and which parts the tables have.
        """
        parts_of(self.site)
        slugs = {name.removeprefix(DOCUMENTS).rstrip("/") for name in names}
        self.site.citations.prepare(slugs & self.site.references.keys())

    def tasks(self) -> Iterator[Task]:
        """Yield all tasks but those that describe the files of tables."""
        return chain.from_iterable(map(members, self.families()))

    def families(self) -> Iterator[Task | Family]:
        """Yield the same as families, and those that are in none as they are."""
        return chain(self.lists(), self.each())

    def lists(self) -> Iterator[Task | Family]:
        """Yield what tells of many documents, or of none."""
        site, digests, tallies = self.site, self.digests, self.tallies
        # What takes longest first: so no process is left with it when the others are done.
        yield together(timeline_tasks(site, digests), home_task(site, digests, self.settings))
        yield together(table_tasks(site, digests), citation_tasks(site, digests))
        yield from candidates_tasks(site, digests)
        yield from entity_tasks(site, digests, tallies)
        yield figure_part_tasks(site, digests, tallies)
        yield figures_tasks(site, digests, tallies)
        yield documents_tasks(site, digests, tallies)
        yield document_part_tasks(site, digests, tallies)
        yield from kind_tasks(site, digests, tallies)
        yield from measure_tasks(site, digests)
        yield from self._once()

    def describing(self, filed: Mapping[str, Filed]) -> Iterator[Task]:
        """Yield the tasks that describe the files of tables, which `filed` holds by path."""
        return describing_tasks(self.site, self.digests, filed)

    def files(self, task: Task) -> Iterator[tuple[str, bytes, int]]:
        """Yield the files that a task makes, each with the number of its rows."""
        for made in task.make():
            if isinstance(made, Page):
                yield made.path, bytes(with_page_data(made, self.site)), 0
            else:
                path, data, *rows = made
                yield path, data, rows[0] if rows else 0

    def _once(self) -> Iterator[Task | Family]:
        """Yield what there is one of, and what tells of all documents."""
        site, digests, past = self.site, self.digests, self.past
        yield Task("search", (), lambda: [search_page(site)])
        yield names_task(site, digests, self.tallies)
        everything = (digests.everything, repr(past))
        yield Task("past", everything, lambda: past_pages(site, past, self.settings))
        yield feed_task(site, digests, past, self.settings.identity, self.tallies)
        yield llms_task(site, digests)
        yield Task("served", (), partial(served_files, site.publication))

    def each(self) -> Iterator[Task]:
        """Yield what is made for each document."""
        # Undated documents stand last, and nothing comes before or after them.
        described: set[tuple[str, str]] = set()
        index, digests = self.site.index, self.digests
        dated = [one.document for one in index.annotated if is_dated(one.document)]
        for position, one in enumerate(index.annotated):
            newer, older = _neighbors(dated, position)
            slug = one.document.slug
            # Two documents that begin alike: their titles, which are unique, tell them apart.
            opening = index.indexed[slug].added.opening
            begins = (described_as(one.document.metadata), opening)
            is_alike = begins in described
            described.add(begins)
            related = index.related.get(slug, ())
            beside = [newer, older, *(other.document for other in related)]
            depends = (
                digests.document(one.document),
                is_alike,
                [(other.programs, other.figures) for other in related],
                [digests.told(other) for other in beside],
                self.is_large,
            )
            make = partial(self._document, one, newer, older, is_alike=is_alike)
            yield Task(folder_of(slug), depends, make)

    def _document(
        self, stored: Annotated, newer: Document | None, older: Document | None, *, is_alike: bool
    ) -> Iterator[Page | File]:
        one, site = whole(stored), self.site
        signposts = Signposts(site)
        page = self._page(one, newer, older, signposts)
        if is_alike:
            page = replace(page, description=f"{page.title}: {page.description}")
        yield page
        yield from version_pages(one, site)
        # Never under a name of its own: a file ending in .md would become a page.
        yield f"{folder_of(one.document.slug)}{SOURCE}", one.document.source.text.encode()
        yield from version_files(one, site)
        yield from data_of(one, site)
        yield linkset_file(one.document, signposts)
        # What is laid beside the page, or into the search, when the site is rendered.
        folder = folder_of(one.document.slug)
        yield f"{folder}{KEPT_TWIN}", markdown_twin(one.document, site.publication)
        yield f"{folder}{KEPT_SEARCH}", prepared(one, self._named, is_large=self.is_large)

    def _page(
        self, one: Annotated, newer: Document | None, older: Document | None, signposts: Signposts
    ) -> Page:
        page = document_page(one, self.site, newer, older)
        links = (*page.links, *signposts.links(one.document))
        return replace(page, links=links, searched=page.searched and not self.is_large)

    def document(self, slug: str) -> tuple[str, bytes]:
        """Return path and bytes of the page of one document, without what belongs to it.

        It is as if no other document began like this one.
        """
        all_of_them = self.site.index.annotated
        dated = [one.document for one in all_of_them if is_dated(one.document)]
        place = next((n for n, one in enumerate(dated) if one.slug == slug), len(dated))
        newer, older = _neighbors(dated, place)
        one = whole(self.site.index.indexed[slug].one)
        page = self._page(one, newer, older, Signposts(self.site))
        return page.path, bytes(with_page_data(page, self.site))

    def entity(self, who: Who) -> tuple[str, bytes]:
        """Return path and bytes of the first page of an entity, without what belongs to it."""
        page = first_page_of(self.site.index.by_who[who], self.site)
        return page.path, bytes(with_page_data(page, self.site))


def _neighbors(dated: Sequence[Document], place: int) -> tuple[Document | None, Document | None]:
    """Return the next newer and the next older document; none of an undated one's place."""
    newer = dated[place - 1] if 0 < place < len(dated) else None
    older = dated[place + 1] if place + 1 < len(dated) else None
    return newer, older


def publication_of(settings: Settings) -> Publication:
    """Return where a collection's pages will stand."""
    return Publication(
        settings.site_name,
        settings.site_url,
        settings.site_description,
        settings.license,
        settings.license_url,
    )


def _without_returned(past: Past, index: Index) -> Past:
    """Leave out removed documents whose slug a document of today bears: the page is its own."""
    standing = {document.slug for document in index.documents}
    return replace(past, removed=tuple(one for one in past.removed if one.slug not in standing))


def past_pages(site: Shown, past: Past, settings: Settings) -> Iterator[tuple[str, bytes]]:
    """Yield what stays at the addresses of documents that were removed or have a new slug."""
    removed = {document.slug: document for document in past.removed}
    for page in removed_pages(past, site.editorial.archives):
        slug = page.folder.split("/")[1]
        yield page.path, bytes(cited_removed(page, removed[slug], site))
    for document in past.removed:
        yield from kept_files(document)
    yield from redirect_pages(site, past, settings.site_url)
