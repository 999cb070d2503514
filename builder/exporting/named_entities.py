"""Tells which entities a document names, whatever other documents say of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from builder.html.addresses import entity_folder
from builder.html.shown import Shown
from builder.index import Who
from builder.model import Annotated, Entity


def entities_in(one: Annotated, site: Shown) -> Mapping[Who, Entity]:
    """Return the entities that a document names, by kind and key, most mentions first.

    What editors have not reviewed is called as this document calls it: another document may have
    another name for it tomorrow.
    """
    own = {(candidate.kind, candidate.key): candidate for candidate in one.candidates}
    counted = Counter((mention.kind, mention.entity) for mention in one.mentions)
    found: dict[Who, Entity] = {}
    for who, _ in sorted(counted.items(), key=lambda item: (-item[1], item[0])):
        entry = site.index.by_who.get(who)
        if entry:
            reviewed = entry.entity.reviewed
            found[who] = entry.entity if reviewed else own.get(who) or _in_words(one, who)
    return found


def _in_words(one: Annotated, who: Who) -> Entity:
    """Return an entity that nobody describes, under the words that name it first."""
    first = next(mention for mention in one.mentions if (mention.kind, mention.entity) == who)
    words = one.document.blocks[first.block].text[first.at.start : first.at.end]
    return Entity(*who, words, reviewed=False)


def page_of(entity: Entity) -> str:
    """Return the folder of an entity's page, "" where it has none.

    A candidate has none: the page that lists it may be another one tomorrow.
    """
    return entity_folder((entity.kind, entity.key)) if entity.reviewed else ""
