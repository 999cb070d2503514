"""What every index page is rendered with: the whole site's names and addresses, and functions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from builder.citing.formatted import Citations, FormatsOf
from builder.citing.kept_formats import made_once
from builder.citing.page_records import page_records
from builder.citing.publication import Publication
from builder.citing.reference import References
from builder.claims import Claim
from builder.dating.display import date_in_words, date_order, year_of
from builder.editorial import Editorial
from builder.html.about import About
from builder.html.addresses import (
    candidates_folder,
    document_folder,
    entity_addresses,
    kind_folder,
    measure_folder,
)
from builder.html.block_html import number_of
from builder.html.cite_section import with_citations
from builder.html.data_links import in_parts
from builder.html.escape import escape, one_line
from builder.html.paging import Pager
from builder.html.quotation import quote
from builder.html.quoted_figure import quote_figure
from builder.html.quoted_rows import (
    claim_row,
    claim_source,
    figure_value,
    passage_link,
    passages,
    printed,
)
from builder.html.references import CoinsOf, ReferencesOf
from builder.html.rendering import Page, render, root_of
from builder.html.titles import date_of, known_in_words, page_titles, short_title
from builder.index import Entry, Index, Indexed, Who
from builder.last_changed import last_changed, last_seen, newest
from builder.measures import Measure
from builder.model import Document, Past
from builder.undisturbed import undisturbed
from builder.web_address import is_web_address

NOWHERE = Publication("Documents")
"""A site whose address is not known."""
NO_PAST = Past()


@dataclass(frozen=True, slots=True)
class Shown:
    """The index with the titles, addresses and names under which pages show it.

    `editorial` tells where the documents hold what editors state, `references` how each is cited,
    `citations` the same in the words of each style, `coins` as HTML that programs find in lists.
    `publication` tells where the pages will stand. `changed` holds the ISO date on which each
    document's page last changed, by its slug, `removed` the last one on which one was removed.
    """

    index: Index
    titles: Mapping[str, str]
    addresses: Mapping[Who, str]
    names: Mapping[Who, str]
    editorial: Editorial
    publication: Publication
    references: References
    citations: Citations
    coins: Mapping[str, Markup]
    changed: Mapping[str, str]
    removed: str = ""

    def changed_of(self, documents: Iterable[Document]) -> str:
        """Return the ISO date on which the last of documents changed, "" if nobody knows."""
        return max((self.changed[document.slug] for document in documents), default="")

    def changed_in(self, entries: Iterable[Entry]) -> str:
        """Return the ISO date on which the last of the documents that name entries changed."""
        return self.changed_of(one.one.document for entry in entries for one in entry.indexed)

    @property
    def changed_of_all(self) -> str:
        """The ISO date on which the collection last changed, be it by a document's removal."""
        return max(self.changed_of(self.index.documents), self.removed)

    def measures_of(self, claim: Claim) -> tuple[Measure, ...]:
        """Return the measures to which a claim belongs."""
        return self.index.measures_of.get((claim.document.slug, claim.id), ())


@undisturbed()
def shown(
    index: Index,
    editorial: Editorial,
    publication: Publication = NOWHERE,
    past: Past = NO_PAST,
    formats_of: FormatsOf = made_once,
) -> Shown:
    """Return what pages need beside the index itself; `formats_of` formats citations."""
    documents, added = index.documents, dict(past.added)
    references = ReferencesOf(index, editorial, publication)
    return Shown(
        index=index,
        titles=page_titles(documents),
        addresses=entity_addresses(index),
        names={who: entry.entity.name for who, entry in index.by_who.items()},
        editorial=editorial,
        publication=publication,
        references=references,
        citations=Citations(references, formats_of),
        coins=CoinsOf(references),
        changed={one.slug: last_changed(one, added.get(one.slug, "")) for one in documents},
        removed=newest(map(last_seen, past.removed)),
    )


def index_page(
    template: str,
    site: Shown,
    pager: Pager,
    title: str,
    description: str,
    *,
    headline: str = "",
    modified: str = "",
    cited: bool = True,
    about: About | None = None,
    **values: Any,
) -> Page:
    """Return an index page: the template filled with `values` and with what all templates use.

    `headline` is the text over the page where it is shorter than the title, `modified` the ISO date
    on which what it lists last changed. `cited` tells whether the page says how it is cited,
    `about` what programs are told of.
    """
    body = render(
        template,
        root=root_of(pager.own),
        pager=pager,
        titles=site.titles,
        addresses=site.addresses,
        names=site.names,
        coins=site.coins,
        measures_of=site.measures_of,
        in_parts=in_parts(site.index),
        **_FUNCTIONS,
        **values,
    )
    return Page(
        folder=pager.own,
        title=title + pager.suffix,
        description=description + pager.suffix,
        body=_cited(body, title + pager.suffix, pager.own, site) if cited else body,
        headline=f"{escape(one_line(headline))} {{#_title}}" if headline else "",
        modified=modified,
        about=about,
    )


def _cited(body: str, title: str, folder: str, site: Shown) -> str:
    # A page of this site is a work without an author, which its readers saw on a day.
    told = (title, site.publication.address(folder), site.publication.name)
    records = page_records(folder, *told)
    return with_citations(body, site.citations.of_page(*told), records, folder)


def span_of(entry: Entry) -> str:
    """Return the years in which documents name an entity: "2019 to 2024", "2023"."""
    # They stand by date: none of those between the first and the last has to be looked at.
    ends = (_first_year(entry.indexed), _first_year(reversed(entry.indexed)))
    return years_in_words(ends)


def _first_year(some: Iterable[Indexed]) -> str:
    years = (year_of(one.one.document.metadata.date.value) or "" for one in some)
    return next(filter(_is_sensible, years), "")


def _is_sensible(year: str) -> bool:
    return "1000" <= year < "2200"


def years_in_words(years: Iterable[str]) -> str:
    """Return the first and last of years, "2019 to 2024", without what is no year of a document."""
    sensible = sorted(set(filter(_is_sensible, years)))
    if not sensible:
        return ""
    first, last = sensible[0], sensible[-1]
    return first if first == last else f"{first} to {last}"


def _value_in_words(value: str) -> str:
    return (
        date_in_words(value) if date_order(value) == value.replace("-", "").ljust(8, "0") else value
    )


_FUNCTIONS = {
    "candidates_folder": candidates_folder,
    "claim_row": claim_row,
    "claim_source": claim_source,
    "date_of": date_of,
    "document_folder": document_folder,
    "figure_value": figure_value,
    "is_web_address": is_web_address,
    "kind_folder": kind_folder,
    "measure_folder": measure_folder,
    "known_in_words": known_in_words,
    "number_of": number_of,
    "passage_address": passage_link,
    "passages": passages,
    "printed": printed,
    "quote": quote,
    "quote_figure": quote_figure,
    "short_title": short_title,
    "span_of": span_of,
    "value_in_words": _value_in_words,
}
