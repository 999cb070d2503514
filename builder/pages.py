"""Writes everything that is generated under `content/`: pages, sources for download, data files."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from builder.citing.formatted import FormatsOf
from builder.citing.kept_formats import made_once
from builder.citing.publication import Publication
from builder.editorial import Editorial
from builder.exporting.citation_files import citation_files
from builder.exporting.collection_files import collection_files
from builder.exporting.document_data import data_of_documents
from builder.exporting.feed import feed_file
from builder.exporting.linkset_files import linkset_files
from builder.exporting.llms_txt import llms_file
from builder.exporting.page_data import with_page_data
from builder.exporting.served_files import served_files
from builder.html.candidates_pages import candidates_files, candidates_pages
from builder.html.cards import cards
from builder.html.cite_former import cited_removed
from builder.html.document_page import document_page
from builder.html.document_parts import document_files
from builder.html.documents_page import documents_pages, is_dated
from builder.html.entity_pages import entity_files, entity_pages
from builder.html.figure_parts import figure_files
from builder.html.figures_page import figures_pages
from builder.html.home_page import home_page
from builder.html.kind_pages import kind_files, kind_pages
from builder.html.measure_pages import measure_pages
from builder.html.redirect_pages import redirect_pages
from builder.html.removed_page import removed_pages
from builder.html.rendering import Page
from builder.html.search_names import search_names
from builder.html.search_page import search_page
from builder.html.shown import Shown, shown
from builder.html.signposting import Signposts
from builder.html.timeline_page import timeline_pages
from builder.html.timeline_rows import timeline_files
from builder.html.version_pages import kept_files, version_files, version_pages
from builder.index import Index
from builder.model import Past
from builder.publishing.search import Large
from builder.settings import Settings
from builder.site_files import SOURCE, folder_of

NO_PAST = Past()


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
    past = _without_returned(past, index)
    site = shown(index, editorial, publication_of(settings), past, formats_of)
    for page in all_pages(site, settings):
        yield page.path, bytes(with_page_data(page, site))
    yield from past_pages(site, past, settings)
    for document in index.documents:
        # Never under a name of its own: a file ending in .md would become a page.
        yield f"{folder_of(document.slug)}{SOURCE}", document.source.text.encode()
    yield from version_files(site, settings.site_url)
    yield from cards(site)
    yield from search_names(site)
    yield from figure_files(site)
    yield from document_files(site)
    yield from kind_files(site, settings.site_url)
    yield from entity_files(site, settings.site_url)
    yield from candidates_files(site, settings.site_url)
    yield from timeline_files(site, settings.site_url)
    yield from collection_files(site)
    yield from citation_files(site)
    yield from data_of_documents(site)
    yield feed_file(site, past, settings.identity)
    yield llms_file(site)
    yield from linkset_files(site)
    yield from served_files(site.publication)


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


def all_pages(site: Shown, settings: Settings) -> Iterator[Page]:
    """Yield the pages, from the home page to the last document and its versions."""
    yield home_page(site, settings)
    yield from documents_pages(site)
    yield from kind_pages(site)
    yield from candidates_pages(site)
    yield from figures_pages(site)
    yield from measure_pages(site)
    yield from timeline_pages(site)
    yield search_page(site)
    yield from entity_pages(site)
    # What the renderer would index of a big collection is thrown away (`publishing.search`).
    is_large = Large(settings.pagefind_from).holds_for(site.index.annotated)
    for page in _document_pages(site):
        yield replace(page, searched=False) if is_large else page
    yield from version_pages(site)


def _document_pages(site: Shown) -> Iterator[Page]:
    # Undated documents stand last, and nothing comes before or after them.
    described: set[str] = set()
    signposts = Signposts(site)
    dated = [one.document for one in site.index.annotated if is_dated(one.document)]
    for position, one in enumerate(site.index.annotated):
        newer = dated[position - 1] if 0 < position < len(dated) else None
        older = dated[position + 1] if position + 1 < len(dated) else None
        page = document_page(one, site, newer, older)
        page = replace(page, links=(*page.links, *signposts.links(one.document)))
        if page.description in described:
            # Two documents that begin alike: their titles, which are unique, tell them apart.
            page = replace(page, description=f"{page.title}: {page.description}")
        described.add(page.description)
        yield page
