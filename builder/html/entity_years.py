"""Tells in which years documents name an entity, and on which page of its list each begins."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from builder.dating.display import year_or_undated
from builder.html.entity_lists import Rows
from builder.html.paging import Pager
from builder.index import Entry
from builder.model import Document


@dataclass(frozen=True, slots=True)
class Year:
    """A year (or "undated"), how much is said in it, and the id where its documents begin.

    `begins` is the slug of its first document, `page` the number of the page that shows it.
    """

    name: str
    passages: int
    begins: str
    page: int

    @property
    def id(self) -> str:
        """The id of the year on its page."""
        return f"in-{self.name}"


def years_of(
    entry: Entry, pages: Sequence[tuple[Pager, Rows]], weights: Mapping[str, Sequence[int]]
) -> Sequence[Year]:
    """Return the years in which documents name an entity, in the order of its list.

    `pages` are those of the list, `weights` those of the passages of each document, by its slug.
    """
    first_page = {
        group.document.slug: pager.number for pager, rows in reversed(pages) for group, _ in rows
    }
    years = list[Year]()
    documents = (one.one.document for one in entry.indexed)
    for name, grouped in groupby(documents, _year):
        slugs = [document.slug for document in grouped]
        passages = sum(len(weights[slug]) for slug in slugs)
        years.append(Year(name, passages, slugs[0], first_page[slugs[0]]))
    return years


def begun_on(years: Sequence[Year], pager: Pager) -> Mapping[str, str]:
    """Return the ids of the years that begin on a page, by their first document's slug."""
    return {year.begins: year.id for year in years if year.page == pager.number}


def _year(document: Document) -> str:
    return year_or_undated(document.metadata.date.value)
