"""Writes the list of documents, newest first, undated ones apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from builder.citing.coins import coins_length
from builder.citing.reference import brief_reference
from builder.counting import counted
from builder.cuts import Cutting
from builder.dating.display import date_order
from builder.html.about import Listing
from builder.html.language_note import in_a_list
from builder.html.paging import ROWS, WEIGHT, Name, Pager, by_date, paged
from builder.html.rendering import Page
from builder.html.shown import Shown, index_page
from builder.html.tasks import Digests, Family, Task, page_of_list
from builder.html.titles import title_of
from builder.index import Index
from builder.model import Annotated, Document
from builder.site_files import DOCUMENTS
from builder.tallies import NO_TALLIES, Tallies

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
    kinds = Counter(kind for kind, _ in added.whos)
    return DocumentRow(
        document=one.document,
        passages=added.counts.passages,
        programs=kinds["program"],
        countries=kinds["country"],
        figures=added.counts.figures,
        claims=added.counts.claims,
        language=in_a_list(one.document.metadata, added.foreign, added.counts.passages),
    )


def documents_tasks(site: Shown, digests: Digests, tallies: Tallies = NO_TALLIES) -> Family:
    """Return the pages of the list."""
    depends = (digests.documents(site.index.documents), site.changed_of_all)
    return Family(DOCUMENTS, depends, partial(_tasks, site, digests, tallies))


def _tasks(site: Shown, digests: Digests, tallies: Tallies) -> Iterator[Task]:
    annotated, cutting = site.index.annotated, Cutting(_slug, ROWS, WEIGHT)
    weights = tallies.of_each(
        DOCUMENTS,
        annotated,
        _slug,
        lambda some: digests.documents(one.document for one in some),
        lambda one: _weight(one, site),
    )
    for pager, listed in paged(annotated, DOCUMENTS, cutting, _name, weights):
        depends: tuple[object, ...] = (
            page_of_list(pager),
            digests.documents(one.document for one in listed),
        )
        if pager.number == 1:
            depends = (*depends, len(annotated), site.changed_of_all)
        yield Task(pager.own, depends, partial(_made, site, pager, listed))


def _made(site: Shown, pager: Pager, listed: Sequence[Annotated]) -> Iterator[Page]:
    rows = [document_row(one, site.index) for one in listed]
    documents = tuple(row.document for row in rows)
    total, is_first = len(site.index.annotated), pager.number == 1
    yield index_page(
        "documents_page",
        site,
        pager,
        "Documents",
        f"{counted(total, 'document') if is_first else 'Documents'} by date, with issuer and kind",
        modified=site.changed_of_all if is_first else site.changed_of(documents),
        about=Listing(documents),
        total=total if is_first else None,
        dated=[row for row in rows if is_dated(row.document)],
        undated=[row for row in rows if not is_dated(row.document)],
    )


def _slug(one: Annotated) -> str:
    return one.document.slug


def _name(one: Annotated) -> Name:
    return by_date(one.document.metadata.date.value)


def _weight(one: Annotated, site: Shown) -> int:
    """Return about how many characters of HTML a row takes."""
    document = one.document
    told = brief_reference(document, title_of(document), site.publication)
    return _ROW + coins_length(told, brief=True) + _SIGN * len(site.titles[document.slug])


def is_dated(document: Document) -> bool:
    """Tell whether a document's date is known, be it stated, supplied or inferred."""
    return date_order(document.metadata.date.value) is not None
