"""Writes the page of an entity: facts, every passage that names it, its figures, its company."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from markupsafe import Markup

from builder.editorial import Editorial
from builder.html.addresses import entity_folder, passage_address
from builder.html.block_html import number_of
from builder.html.escape import escape, escape_attribute, one_line, own_address
from builder.html.rendering import Page, html, paged, root_of
from builder.html.shown import Shown, index_page, span_of
from builder.html.titles import title_of
from builder.index import Entry, Group, Passage, Who
from builder.kinds import KINDS, Kind
from builder.measures import Measure
from builder.model import Document, Fact
from builder.web_address import is_web_address

COMPANIONS = 16
FIGURES = 60


def entity_pages(site: Shown) -> Iterator[Page]:
    """Yield the pages of every reviewed entity that a document names."""
    measures = _measures_by_name(site)
    for kind in KINDS:
        if kind.pages:
            for entry in site.index.entries[kind.name]:
                yield from _pages_of(entry, kind, site, measures.get(entry.who, ()))


def _measures_by_name(site: Shown) -> Mapping[Who, list[Measure]]:
    """Return the measures whose rules ask for an entity."""
    measures: dict[Who, list[Measure]] = {}
    for gathered in site.index.measures:
        for who in gathered.measure.names:
            measures.setdefault(who, []).append(gathered.measure)
    return measures


def _pages_of(entry: Entry, kind: Kind, site: Shown, measures: Sequence[Measure]) -> Iterator[Page]:
    entity = entry.entity
    title = f"{entity.name} ({kind.name})"
    about = entity.about or f"Every passage that names {entity.name}."
    rows = [(group.document, passage) for group in entry.groups for passage in group.passages]
    for pager, listed in paged(rows, entity_folder(entry.who)):
        root = root_of(pager.own)
        yield index_page(
            "entity_page",
            site,
            pager,
            title,
            f"{title}: {entry.passages:,} passages of {len(entry.groups):,} documents. {about}",
            headline=entity.name,
            kind=kind,
            entry=entry,
            groups=_regrouped(listed),
            span=span_of(entry),
            facts=[(fact, fact_source(fact, site.editorial, root)) for fact in entity.facts],
            claims=entry.claims[:FIGURES] if pager.number == 1 else (),
            appears_with=_company(entry, site),
            measures=measures,
        )


def _regrouped(rows: Sequence[tuple[Document, Passage]]) -> list[Group]:
    """Gather the rows of one page by document again."""
    return [
        Group(members[0][0], tuple(passage for _, passage in members))
        for _, group in groupby(rows, lambda row: row[0].slug)
        if (members := list(group))
    ]


def _company(entry: Entry, site: Shown) -> list[tuple[str, list[tuple[Entry, int]], int]]:
    """Return, for each kind, the entities of most shared passages, and how many more there are."""
    company = []
    for kind in KINDS:
        others = [
            (site.index.by_who[who], count)
            for who, count in entry.companions
            if who[0] == kind.name and site.index.by_who[who].entity.reviewed
        ]
        if others:
            company.append((kind.title, others[:COMPANIONS], max(0, len(others) - COMPANIONS)))
    return company


def fact_source(fact: Fact, editorial: Editorial, root: str) -> Markup:
    """Return where a fact is said as HTML: a link to the passage or address, else the words.

    Words that the collection does not hold are shown without a link.
    """
    if is_web_address(fact.source):
        host = fact.source.split("/")[2]
        address = escape_attribute(fact.source)
        return html(f'<a class="out" rel="external" href="{address}">{escape(host)}</a>')
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
