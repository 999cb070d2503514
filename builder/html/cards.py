"""Writes what a mention's card shows of its entity, as a small data file beside the entity's page.

A document's page holds none of it: counts over the collection change with every document, and a
card that stood in the page would stand there once for each mention.
"""

from __future__ import annotations

from collections.abc import Iterator

from builder.compact_json import compact, encoded
from builder.html.addresses import entity_folder
from builder.html.escape import one_line
from builder.html.shown import Shown
from builder.index import Entry

LINE_LENGTH = 180
"""How many characters the line of a card has at most."""


def cards(site: Shown) -> Iterator[tuple[str, bytes]]:
    """Yield the card of every entity that has a page, by its path relative to `content/`."""
    for entries in site.index.entries.values():
        for entry in entries:
            yield f"{entity_folder(entry.who)}card.json", _card(entry)


def _card(entry: Entry) -> bytes:
    told = {
        "kind": entry.entity.kind,
        "name": one_line(entry.entity.name),
        "line": one_line(_line(entry), LINE_LENGTH),
        "mentions": entry.mentions,
        "passages": entry.passages,
        "documents": len(entry.groups),
    }
    return encoded(compact(told))


def _line(entry: Entry) -> str:
    """Return what an editor says an entity is, else the first fact about it, else nothing."""
    if entry.entity.about:
        return entry.entity.about
    return next((f"{fact.label}: {fact.value}" for fact in entry.entity.facts), "")
