"""Tells which ids stand on the page of a version, so that whatever led there leads there still.

An id that was issued before the version made way stands where it stood then: on its passage, or on
its tombstone. One that was issued later to a passage that the version has stands on it too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from builder.model import Annotated, Tombstone, Version

Further = Mapping[str, Sequence[str]]
"""Further ids by the passage or tombstone that bears them."""


def ids_of(one: Annotated) -> tuple[str, ...]:
    """Return every id of a document's page that is an address, each once."""
    figures: dict[int, list[str]] = {}
    for mention in one.mentions:
        if mention.id:
            figures.setdefault(mention.block, []).extend((mention.id, *mention.aliases))
    found: list[str] = []
    for number, block in enumerate(one.document.blocks):
        if block.anchor:
            found += (block.anchor, *block.aliases, *figures.get(number, ()))
    found += ids_of_lost(one.document.tombstones)
    return tuple(dict.fromkeys(found))


def ids_of_lost(tombstones: Iterable[Tombstone]) -> Iterator[str]:
    """Yield the ids of tombstones."""
    for tombstone in tombstones:
        yield tombstone.anchor
        yield from tombstone.aliases


def further_ids(one: Annotated) -> Further:
    """Return the ids that lead to each passage and tombstone of today beside its own."""
    document = one.document
    further: dict[str, list[str]] = {}
    for block in document.blocks:
        further.setdefault(block.anchor or "", []).extend(block.aliases)
    for tombstone in document.tombstones:
        further.setdefault(tombstone.anchor, []).extend(tombstone.aliases)
    for mention in one.mentions:
        if mention.id:
            names = further.setdefault(document.blocks[mention.block].anchor or "", [])
            names += (mention.id, *mention.aliases)
    return {name: tuple(dict.fromkeys(names)) for name, names in further.items()}


def further_of_lost(tombstones: Iterable[Tombstone]) -> Further:
    """Return the ids that lead to each tombstone beside its own."""
    return {tombstone.anchor: tombstone.aliases for tombstone in tombstones}


def further_then(version: Version, today: Further) -> Further:
    """Return the further ids on the page of a version, by passage and tombstone, in its order.

    `today` are those on the document's page. Each id stands once.
    """
    then = {**dict(version.aliases), **further_of_lost(version.tombstones)}
    names = [name for name, _ in version.passages]
    names += (tombstone.anchor for tombstone in version.tombstones)
    taken = set(names)
    further: dict[str, list[str]] = {name: [] for name in names}
    for source in (then, today):
        for name in names:
            for alias in source.get(name, ()):
                if alias not in taken:
                    taken.add(alias)
                    further[name].append(alias)
    return further


def ids_then(version: Version, today: Further) -> tuple[str, ...]:
    """Return every id on the page of a version that is an address, each once."""
    further = further_then(version, today)
    return tuple(each for name, others in further.items() for each in (name, *others))
