"""Writes what a mention's card shows of its entity, as a small data file beside the entity's page.

A document's page holds none of it: counts over the collection change with every document, and a
card that stood in the page would stand there once for each mention.
"""

from __future__ import annotations

from builder.compact_json import compact, encoded
from builder.html.addresses import entity_folder
from builder.html.escape import one_line
from builder.index import Entry

LINE_LENGTH = 180
"""How many characters the line of a card has at most."""


def card(entry: Entry) -> tuple[str, bytes]:
    """Return the card of an entity that has a page, with its path relative to `content/`."""
    told = {
        "kind": entry.entity.kind,
        "name": one_line(entry.entity.name),
        "line": one_line(_line(entry), LINE_LENGTH),
        "mentions": entry.mentions,
        "passages": entry.passages,
        "documents": len(entry.groups),
    }
    return f"{entity_folder(entry.who)}card.json", encoded(compact(told))


def _line(entry: Entry) -> str:
    """Return what an editor says an entity is, else the first fact about it, else nothing."""
    if entry.entity.about:
        return entry.entity.about
    return next((f"{fact.label}: {fact.value}" for fact in entry.entity.facts), "")
