"""Puts a document as it is now, or an entity as editors know it now, into an index that stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from builder.index import (
    Entry,
    Index,
    Indexed,
    Who,
    by_date,
    by_name,
    entry_of,
    known_entities,
    of_kind,
)
from builder.model import Entity


def with_document(index: Index, one: Indexed, entities: Mapping[str, Iterable[Entity]]) -> Index:
    """Return the index with a document in the place of the one that has its slug.

    `entities` holds, for each kind, what the catalogue knows. The entries tell of the document as
    it is now; events, related documents and what measures gather stay as they were.
    """
    slug = one.one.document.slug
    before = index.indexed[slug]
    others = (each for each in index.annotated if each is not before.one)
    annotated = by_date((*others, one.one))
    places = {each.document.slug: place for place, each in enumerate(annotated)}
    by_who = dict(index.by_who)
    known = known_entities([[each.entity for each in one.added.candidates]], entities)
    known |= {who: by_who[who].entity for who in before.mentions if who in by_who}
    for who in dict.fromkeys([*before.mentions, *one.mentions]):
        entry = by_who.pop(who, None)
        naming = [each for each in entry.indexed if each is not before] if entry else []
        if who in one.mentions:
            naming.append(one)
        if naming:
            naming.sort(key=lambda each: places[each.one.document.slug])
            by_who[who] = entry_of(who, naming, known)
    indexed = {each.document.slug: index.indexed[each.document.slug] for each in annotated}
    return _with_entries(
        replace(index, annotated=annotated, indexed={**indexed, slug: one}), by_who
    )


def with_entities(index: Index, changed: Sequence[Entity]) -> Index:
    """Return the index with entities in the place of those that have their kind and key."""
    by_who = dict(index.by_who)
    for entity in changed:
        who = entity.kind, entity.key
        if who in by_who:
            by_who[who] = replace(by_who[who], entity=entity)
    listed = {one.key: one for one in index.organizations.values()}
    listed |= {one.key: one for one in changed if one.kind == "organization"}
    organizations = by_name(listed.values())
    return _with_entries(replace(index, organizations=organizations), by_who)


def _with_entries(index: Index, by_who: Mapping[Who, Entry]) -> Index:
    entries = by_who.values()
    return replace(
        index,
        by_who=by_who,
        entries=of_kind(entries, reviewed=True),
        candidates=of_kind(entries, reviewed=False),
    )
