"""Makes the row of an entity: the one definition for the pages of a kind and for all entities."""

from __future__ import annotations

from builder.html.shown import span_of
from builder.index import Entry
from builder.table_files import Row


def entity_row(entry: Entry) -> Row:
    """Return what the indexes say of an entity."""
    entity = entry.entity
    return {
        "kind": entity.kind,
        "entity": entity.key,
        "name": entity.name,
        "listed_under": entity.sort or None,
        "about": entity.about or None,
        "aliases": entity.aliases,
        "reviewed": entity.reviewed,
        "mentions": entry.mentions,
        "passages": entry.passages,
        "documents": len(entry.groups),
    }


def listed_row(entry: Entry, address: str, site_url: str) -> Row:
    """Return the row of an entity as a page of its kind lists it, with its page's address."""
    return {"address": site_url + address, **entity_row(entry), "years": span_of(entry) or None}
