"""Writes, beside each page of the timeline, its events as data: a row for each that it shows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from builder.html.addresses import document_folder, passage_address
from builder.html.escape import one_line
from builder.html.paging import Pager
from builder.html.quotation import window
from builder.html.rendering import Page
from builder.html.shown import Shown
from builder.html.tasks import Digests, Family, File, Task, page_of_list
from builder.html.timeline_page import (
    FOLDER,
    first_page_tells,
    resolution,
    timeline_pages,
    years_of_documents,
)
from builder.html.titles import known_in_words
from builder.indexing.events import Event
from builder.quoted_sentences import sentence_at
from builder.table_files import Row, as_csv, as_json


def timeline_tasks(site: Shown, digests: Digests) -> Family:
    """Return the pages of the timeline with their events as data beside each.

    Addresses are relative to the site's root where its own is not known.
    """
    depends = (digests.everything, site.changed_of_all)
    return Family(FOLDER, depends, partial(_tasks, site, digests))


def _tasks(site: Shown, digests: Digests) -> Iterator[Task]:
    years = years_of_documents(site.index.events)
    for pager, listed, before, page in timeline_pages(site):
        stated = (event.entity for event in listed if event.entity)
        depends: tuple[object, ...] = (
            page_of_list(pager),
            (before, years),
            [_told(event) for event in listed],
            digests.documents(event.document for event in listed if event.document),
            [(digests.entity(one), site.addresses[one.kind, one.key]) for one in stated],
        )
        if pager.number == 1:
            depends = (*depends, first_page_tells(site))
        yield Task(pager.own, depends, partial(_made, site, pager, listed, page))


def _told(event: Event) -> tuple[object, ...]:
    """Return which event it is, beside what its document or its entity holds."""
    slug = event.document.slug if event.document else ""
    fact = (event.fact.label, event.fact.value) if event.fact else ()
    return (event.date, event.what, slug, event.more, fact)


def _made(
    site: Shown, pager: Pager, listed: Sequence[Event], page: Callable[[], Page]
) -> Iterator[Page | File]:
    yield page()
    rows = [event_row(event, site, site.publication.url) for event in listed]
    yield f"{pager.own}events.csv", as_csv(rows)
    yield f"{pager.own}events.json", as_json(rows)


def event_row(event: Event, site: Shown, site_url: str) -> Row:
    """Return what the timeline says of an event.

    `event` is "document", "mention" of a date in a text, or "fact" of the catalogue; `read` says
    how a date was read that the words alone do not give.
    """
    row: dict[str, str | int | None] = {"date": event.date, "event": event.what}
    row |= dict.fromkeys(("address", "title", "kind", "entity", "words", "sentence"))
    row |= {"read": resolution(event) or None, "more_passages": event.more}
    if event.document is not None:
        row["title"] = site.titles[event.document.slug]
        row["address"] = site_url + document_folder(event.document)
    if event.document is not None and event.block is not None and event.mention is not None:
        text, at = event.block.text, event.mention.at
        sentence = window(text, sentence_at(text, at), at)
        row["address"] = site_url + passage_address(event.document, event.block)
        row["words"] = text[at.start : at.end]
        row["sentence"] = text[sentence.start : sentence.end]
    elif event.document is not None:
        kind = event.document.metadata.type
        row["kind"] = known_in_words(kind) if kind.value else None
    if event.entity is not None and event.fact is not None:
        who = (event.entity.kind, event.entity.key)
        row |= {"address": site_url + site.addresses[who], "kind": who[0], "entity": who[1]}
        row |= {"title": one_line(event.entity.name), "words": event.fact.label}
        row["sentence"] = event.fact.value
    return row
