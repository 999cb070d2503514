"""Finds what the catalogue lists, for kinds that need no more: substances, and any kind added."""

from __future__ import annotations

from collections.abc import Iterable

from builder.catalogue import Catalogue
from builder.model import Found, Reading
from builder.naming.following import Shorts, acronyms, found, known_in, settle, stand_ins


def find_named(kind: str, reading: Reading, catalogue: Catalogue) -> Iterable[Found]:
    """Return the catalogue's entities of a kind that a document names; there are no candidates."""
    known = known_in(reading.texts, catalogue.names_of(kind))
    hits = settle(known.full)
    introduced = Shorts(acronyms(reading, hits))
    followed = known_in(reading.texts, introduced.names).short
    later = stand_ins(reading, hits, [*known.short, *followed], shared=introduced.shared)
    return tuple(found(settle([*hits, *later]), {}))
