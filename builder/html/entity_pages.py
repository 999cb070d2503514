"""Writes the page of an entity: facts, every passage that names it, its figures, its company."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import groupby, islice
from typing import Any

from markupsafe import Markup

from builder.archives import Archives, archived
from builder.counting import counted
from builder.editorial import Editorial
from builder.html.addresses import entity_folder, kind_folder, passage_address
from builder.html.block_html import number_of
from builder.html.cards import card
from builder.html.company import company
from builder.html.entity_counts import Counts, claims_of, counts_of
from builder.html.entity_lists import Rows, listed, parts_file, passages_of
from builder.html.entity_years import Year, begun_on, years_of
from builder.html.escape import escape, escape_attribute, one_line, own_address
from builder.html.mention_rows import concordance_part, sentence_rows
from builder.html.outbound import outbound
from builder.html.paging import Pager
from builder.html.rendering import Page, html, root_of
from builder.html.shown import Shown, index_page, span_of
from builder.html.tasks import Digests, Family, File, Task, page_of_list
from builder.html.titles import title_of
from builder.index import Entry, Passage, Who
from builder.kinds import KINDS, Kind
from builder.measures import Measure
from builder.model import Document, Fact
from builder.table_files import as_csv
from builder.tallies import NO_TALLIES, Tallies
from builder.web_address import is_web_address

# The newest figures; all of them are one click away, in the table of figures.
FIGURES = 40
# Of a name that is spelled in many ways, so many are shown.
_FORMS = 12
# Where more documents than this name an entity, those that name it most are told.
_MANY = 12
_MOST = 5

Passages = Sequence[tuple[Document, Passage]]


def entity_tasks(site: Shown, digests: Digests, tallies: Tallies = NO_TALLIES) -> Iterator[Family]:
    """Yield the pages of every reviewed entity that a document names, with its mentions as data.

    Beside the first page lies the card that mentions show.
    """
    measures = _measures_by_name(site)
    for kind in KINDS:
        for entry in site.index.entries[kind.name] if kind.pages else ():
            asked = measures.get(entry.who, ())
            told = [(measure.key, measure.name) for measure in asked]
            making = partial(_tasks, kind, entry, asked, site, digests, tallies)
            yield Family(entity_folder(entry.who), (digests.entry(entry), told), making)


def _tasks(
    kind: Kind,
    entry: Entry,
    asked: Sequence[Measure],
    site: Shown,
    digests: Digests,
    tallies: Tallies,
) -> Iterator[Task]:
    counts = counts_of(entry, site.index, digests, tallies)
    pages = listed(entry, counts.weights)
    years = years_of(entry, pages, counts.weights)
    making = _Making(kind, entry, pages, years, asked, counts, site)
    for pager, rows in pages:
        depends: tuple[object, ...] = (
            page_of_list(pager),
            digests.known(entry),
            digests.documents(group.document for group, _ in rows),
            [place for _, place in rows],
            sorted(begun_on(years, pager).items()),
        )
        if pager.number == 1:
            told = [(measure.key, measure.name) for measure in asked]
            parts = [one.own for one, _ in pages]
            depends = (*depends, digests.entry(entry), told, parts, years)
        yield Task(pager.own, depends, partial(making.made, pager, rows))


def first_page_of(entry: Entry, site: Shown) -> Page:
    """Return the first page of an entity."""
    kind = next(kind for kind in KINDS if kind.name == entry.entity.kind)
    counts, asked = counts_of(entry, site.index), _measures_by_name(site).get(entry.who, ())
    pages = listed(entry, counts.weights)
    years = years_of(entry, pages, counts.weights)
    making = _Making(kind, entry, pages, years, asked, counts, site)
    return next(one for one in making.made(*pages[0]) if isinstance(one, Page))


@dataclass(frozen=True, slots=True)
class _Making:
    """What the pages of an entity are made from."""

    kind: Kind
    entry: Entry
    pages: Sequence[tuple[Pager, Rows]]
    years: Sequence[Year]
    measures: Sequence[Measure]
    counts: Counts
    site: Shown

    def made(self, pager: Pager, rows: Rows) -> Iterator[Page | File]:
        """Yield a page, and what lies beside it."""
        entry, site = self.entry, self.site
        passages = passages_of(rows)
        listed = _listed(rows, passages, pager, self.years)
        if pager.number == 1:
            page = _first(entry, pager, listed, site, self.measures, self.years, self.counts)
            yield card(entry)
            if len(self.pages) > 1:
                yield parts_file(entry, self.pages)
        else:
            page = _further(entry, pager, rows, listed, site)
        yield replace(page, above=_crumb(self.kind, root_of(pager.own)))
        yield f"{pager.own}mentions.csv", as_csv(sentence_rows(passages, site.publication.url))
        yield f"{pager.own}mentions.json", concordance_part(passages, site.titles)


def _measures_by_name(site: Shown) -> Mapping[Who, list[Measure]]:
    """Return the measures whose rules ask for an entity."""
    measures: dict[Who, list[Measure]] = {}
    for gathered in site.index.measures:
        for who in gathered.measure.names:
            measures.setdefault(who, []).append(gathered.measure)
    return measures


def _first(
    entry: Entry,
    pager: Pager,
    listed: Mapping[str, Any],
    site: Shown,
    measures: Sequence[Measure],
    years: Sequence[Year],
    counts: Counts,
) -> Page:
    """Return the first page, which alone tells what is said of an entity on all of them."""
    entity = entry.entity
    about = entity.about or f"Every passage that names {entity.name}."
    passages, documents = entry.passages, len(entry.groups)
    said = f"{counted(passages, 'passage')} of {counted(documents, 'document')}"
    return index_page(
        "entity_page",
        site,
        pager,
        _title(entry),
        f"{_title(entry)}: {said}. {about}",
        headline=entity.name,
        modified=site.changed_in([entry]),
        about=entry,
        entry=entry,
        **listed,
        span=span_of(entry),
        years=years,
        elsewhere=[_elsewhere(*link, site.editorial.archives) for link in entity.links],
        facts=[(one, fact_source(one, site.editorial, root_of(pager.own))) for one in entity.facts],
        claims=list(islice(claims_of(entry), FIGURES)),
        all_claims=counts.claims,
        forms=counts.forms[:_FORMS],
        all_forms=len(counts.forms),
        most_in=_most_in(entry, counts),
        appears_with=list(company(counts.companions, site)),
        measures=measures,
    )


def _further(
    entry: Entry, pager: Pager, rows: Rows, listed: Mapping[str, Any], site: Shown
) -> Page:
    return index_page(
        "entity_further_page",
        site,
        pager,
        _title(entry),
        f"{_title(entry)}: further passages",
        headline=entry.entity.name,
        modified=site.changed_of(group.document for group, _ in rows),
        entity=entry.entity,
        **listed,
    )


def _title(entry: Entry) -> str:
    return f"{entry.entity.name} ({entry.entity.kind})"


def _listed(
    rows: Rows, passages: Passages, pager: Pager, years: Sequence[Year]
) -> Mapping[str, Any]:
    return {
        "groups": _regrouped(passages),
        "shown_mentions": sum(group.named.mentions[place] for group, place in rows),
        "begun": begun_on(years, pager),
    }


def _crumb(kind: Kind, root: str) -> str:
    address = own_address(root + kind_folder(kind.name))
    return f'<p class="crumb"><a href="{address}">{escape(kind.title)}</a></p>'


@dataclass(frozen=True, slots=True)
class _OfDocument:
    """The passages of a document that a page shows."""

    document: Document
    passages: Sequence[Passage]


def _regrouped(passages: Passages) -> list[_OfDocument]:
    """Gather the passages of one page by document again."""
    return [
        _OfDocument(members[0][0], tuple(passage for _, passage in members))
        for _, group in groupby(passages, lambda row: row[0].slug)
        if (members := list(group))
    ]


def _most_in(entry: Entry, counts: Counts) -> Sequence[tuple[Document, int]]:
    """Return the documents that name an entity in most passages, where many name it."""
    if len(entry.indexed) <= _MANY:
        return ()
    named = [
        (one.one.document, len(counts.weights[one.one.document.slug])) for one in entry.indexed
    ]
    return sorted(named, key=lambda one: -one[1])[:_MOST]


def _elsewhere(label: str, link: str, archives: Archives) -> Markup:
    if not is_web_address(link):
        return html(f"{escape(label)}: {escape(link)}")
    return outbound(link, escape(label), archived(link, None, archives))


def fact_source(fact: Fact, editorial: Editorial, root: str) -> Markup:
    """Return where a fact is said as HTML: a link to the passage or address, else the words.

    Words that the collection does not hold are shown without a link.
    """
    if is_web_address(fact.source):
        host = fact.source.split("/")[2]
        found = archived(fact.source, None, editorial.archives)
        return outbound(fact.source, escape(host), found)
    if not fact.document:
        return html(escape(fact.source))
    quote = f"“{escape(fact.quote)}”"
    said = editorial.passages.get((fact.document, fact.quote))
    if said is None:
        return html(f"{escape(fact.document)} {quote}")
    document, block = said
    number = number_of(block)
    address = own_address(root + passage_address(document, block))
    title = escape_attribute(one_line(title_of(document)))
    link = f'<a class="passage-link" href="{address}" data-number="{number}"'
    return html(f'{link} title="{title}" aria-label="Paragraph {number}"></a> {quote}')
