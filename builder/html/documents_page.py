"""Writes the list of documents, newest first, undated ones apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from builder.counting import counted
from builder.cuts import Cutting
from builder.dating.display import date_order
from builder.html.about import Listing
from builder.html.language_note import in_a_list
from builder.html.paging import ROWS, WEIGHT, Name, by_date, paged
from builder.html.rendering import Page
from builder.html.shown import Shown, index_page
from builder.index import Index
from builder.model import Annotated, Document
from builder.site_files import DOCUMENTS

# What a row weighs beside its title and what programs read of it, and each sign of the title.
_ROW = 560
_SIGN = 2


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A document and how much it holds; programs, countries and claims count once each.

    `language` says what of it is not in English, "" where nothing is.
    """

    document: Document
    passages: int
    programs: int
    countries: int
    figures: int
    claims: int
    language: str


def document_row(one: Annotated, index: Index) -> DocumentRow:
    """Count what a document holds."""

    added = index.indexed[one.document.slug].added
    kinds = Counter(named.kind for named in added.named)
    return DocumentRow(
        document=one.document,
        passages=added.counts.passages,
        programs=kinds["program"],
        countries=kinds["country"],
        figures=added.counts.figures,
        claims=len(added.claims),
        language=in_a_list(one.document.metadata, added.foreign, added.counts.passages),
    )


def documents_pages(site: Shown) -> Iterator[Page]:
    """Yield the pages of the list."""
    rows = [document_row(one, site.index) for one in site.index.annotated]
    cutting = Cutting(_slug, ROWS, WEIGHT, lambda row: _weight(row, site))
    for pager, listed in paged(rows, DOCUMENTS, cutting, _name):
        documents = tuple(row.document for row in listed)
        is_first = pager.number == 1
        yield index_page(
            "documents_page",
            site,
            pager,
            "Documents",
            f"{counted(len(rows), 'document') if is_first else 'Documents'} by date, with issuer"
            " and kind",
            modified=site.changed_of_all if is_first else site.changed_of(documents),
            about=Listing(documents),
            total=len(rows) if is_first else None,
            dated=[row for row in listed if is_dated(row.document)],
            undated=[row for row in listed if not is_dated(row.document)],
        )


def _slug(row: DocumentRow) -> str:
    return row.document.slug


def _name(row: DocumentRow) -> Name:
    return by_date(row.document.metadata.date.value)


def _weight(row: DocumentRow, site: Shown) -> int:
    """Return about how many characters of HTML a row takes."""
    slug = row.document.slug
    return _ROW + len(site.coins[slug]) + _SIGN * len(site.titles[slug])


def is_dated(document: Document) -> bool:
    """Tell whether a document's date is known, be it stated, supplied or inferred."""
    return date_order(document.metadata.date.value) is not None
