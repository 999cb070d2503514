"""Says in the head of a page what document it holds, for reference managers and crawlers.

The names are those of Highwire Press (`citation_…`), which Zotero, Mendeley and Google Scholar
read, and of Dublin Core (`dcterms.…`). A journal's title is never among them: with it, a document
would be taken for an article.
"""

from __future__ import annotations

from collections.abc import Iterator

from builder.citing.reference import Reference
from builder.web_address import is_web_address

Tag = tuple[str, str]

DUBLIN_CORE = ("schema.dcterms", "http://purl.org/dc/terms/")
"""The link that says what `dcterms` means: its relation and address."""


def head_tags(reference: Reference, modified: str = "", version_of: str = "") -> tuple[Tag, ...]:
    """Return the names and contents of the tags; what is not known has no tag.

    `modified` is the ISO date of the page's last change. A page of an earlier version gives with
    `version_of` the address of the document's page.
    """
    tags = (*_highwire(reference), *_dublin_core(reference, modified, version_of))
    return tuple((name, content) for name, content in tags if content)


def _highwire(reference: Reference) -> Iterator[Tag]:
    yield "citation_title", reference.title
    # The comma at the end keeps Zotero from taking "The White House" for a person called House.
    yield from (("citation_author", f"{name},") for name in reference.authors)
    # Zotero keeps what it cannot read as a date, so that a doubt arrives with it: "2019-06?".
    certain = reference.certain_date.replace("-", "/")
    yield "citation_publication_date", certain or reference.doubted_date
    # This one makes it a report.
    yield "citation_technical_report_institution", reference.publisher
    yield "citation_technical_report_number", reference.number
    yield "citation_publisher", reference.publisher
    yield "citation_public_url", reference.page if is_web_address(reference.page) else ""
    yield "citation_language", reference.language
    yield "citation_keywords", "; ".join(reference.keywords)


def _dublin_core(reference: Reference, modified: str, version_of: str) -> Iterator[Tag]:
    yield "dcterms.title", reference.title
    yield from (("dcterms.creator", name) for name in reference.authors)
    yield "dcterms.publisher", reference.publisher
    yield "dcterms.issued", reference.doubted_date
    yield "dcterms.modified", modified
    yield "dcterms.type", "report"
    yield "dcterms.language", reference.language
    yield "dcterms.source", reference.url
    yield "dcterms.identifier", reference.page if is_web_address(reference.page) else ""
    yield "dcterms.isPartOf", reference.via
    yield "dcterms.isVersionOf", version_of
    yield "dcterms.rights", reference.rights
