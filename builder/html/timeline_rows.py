"""Writes, beside each page of the timeline, its events as data: a row for each that it shows."""

from __future__ import annotations

from collections.abc import Iterator

from builder.html.addresses import document_folder, passage_address
from builder.html.escape import one_line
from builder.html.quotation import window
from builder.html.shown import Shown
from builder.html.timeline_page import listed_events, resolution
from builder.html.titles import known_in_words
from builder.indexing.events import Event
from builder.quoted_sentences import sentence_at
from builder.table_files import Row, as_csv, as_json


def timeline_files(site: Shown, site_url: str) -> Iterator[tuple[str, bytes]]:
    """Yield the data files of every page of the timeline.

    Addresses are relative to the site's root where `site_url` is not known.
    """
    for pager, listed in listed_events(site.index.events):
        rows = [event_row(event, site, site_url) for event in listed]
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
