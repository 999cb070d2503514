"""Adds to pages of earlier versions and of removed documents how these are cited."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from builder.citing.coins import coins_html
from builder.citing.page_records import PageRecord
from builder.citing.reference import Reference, reference_of, removed_reference
from builder.html.cite_section import cite_section
from builder.html.rendering import Page, root_of
from builder.html.shown import Shown
from builder.html.titles import title_of
from builder.html.version_words import Versioned, version_folder
from builder.model import RemovedDocument, Version
from builder.site_files import folder_of
from builder.structure import structure

_VERSIONS = "versions"


def version_reference(
    document: Versioned, version: Version, standing: Reference, site: Shown
) -> Reference:
    """Return how a version of a document is cited: as its own bytes say, at its own address.

    `standing` is how the document is cited, and the version too where its bytes were not kept.
    """
    said = _as_stated(document, version, site) or replace(standing, keywords=())
    page = site.publication.address(version_folder(document, version.digits))
    return replace(said, page=page, version=version.digits)


def _as_stated(document: Versioned, version: Version, site: Shown) -> Reference | None:
    if version.source is None:
        return None
    then = structure(version.source)
    archives = site.editorial.archives
    said = reference_of(then, title_of(then), site.publication, archives=archives)
    return replace(said, id=document.slug)


def cited_version(
    page: Page, reference: Reference, site: Shown, *, records: Iterable[PageRecord] = ()
) -> Page:
    """Return the page of a version of a document with its citations, which name the version."""
    return _with(page, reference, site, what="version", records=records)


def cited_removed(page: Page, document: RemovedDocument, site: Shown) -> Page:
    """Return a page about a removed document with its citations, from what was last known."""
    last = document.versions[0] if document.versions else None
    said = _as_stated(document, last, site) if last else None
    reference = removed_reference(document, site.publication, said)
    if page.folder == folder_of(document.slug):
        return _with(page, reference, site, what="document")
    for version in document.versions:
        if page.folder.endswith(f"/{_VERSIONS}/{version.digits}/"):
            then = version_reference(document, version, reference, site)
            return cited_version(page, then, site)
    return page


def _with(
    page: Page,
    reference: Reference,
    site: Shown,
    *,
    what: str,
    records: Iterable[PageRecord] = (),
) -> Page:
    citations, root = site.citations.of(reference), root_of(page.folder)
    section = cite_section(citations, what=what, root=root, records=records)
    inner = f"{coins_html(reference)}\n{section}"
    foot = f'<div class="document-foot" data-search-exclude>\n{inner}\n</div>'
    return replace(page, body=f"{page.body}\n\n{foot}")
