"""Adds to pages of earlier versions and of removed documents how these are cited."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from builder.citing.formatted import Formatted
from builder.citing.reference import Reference, removed_reference
from builder.html.cite_section import cite_section
from builder.html.rendering import Page, root_of
from builder.html.shown import Shown
from builder.model import RemovedDocument

_VERSIONS = "versions"


def cited_version(page: Page, reference: Reference, site: Shown, *, files: bool = True) -> Page:
    """Return the page of a version of a document with its citations, which name the version.

    `files` tells whether the document has files for reference managers.
    """
    version = page.folder.split("/")[-2]
    here = replace(reference, page=site.publication.address(page.folder), version=version)
    citations = site.citations.of(here)
    return _with(page, citations, what="version", files="../../" if files else None)


def cited_removed(page: Page, document: RemovedDocument, site: Shown) -> Page:
    """Return a page about a removed document with its citations, from what was last known."""
    reference = removed_reference(document, site.publication)
    if page.folder == f"documents/{document.slug}/":
        return _with(page, site.citations.of(reference), what="document", files=None)
    if page.folder.endswith(f"/{_VERSIONS}/"):
        return page
    return cited_version(page, reference, site, files=False)


def _with(page: Page, citations: Iterable[Formatted], *, what: str, files: str | None) -> Page:
    section = cite_section(citations, what=what, root=root_of(page.folder), files=files)
    foot = f'<div class="document-foot" data-search-exclude>\n{section}\n</div>'
    return replace(page, body=f"{page.body}\n\n{foot}")
