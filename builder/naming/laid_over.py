"""Lays a collection's entries over those that the package brings, and proves both."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from builder.model import Entity, Problem
from builder.naming.entries import Entry, proof
from builder.naming.names import Names
from builder.naming.typography import fold_name, outline


def laid_over(own: list[Entry], base: list[Entry]) -> list[Entry]:
    """Lay a collection's entries over the package's: its own words win, names come together."""
    package = {entry.entity.key: entry for entry in base}
    keys = {entry.entity.key for entry in own}
    taken = {
        fold_name(name): entry.entity.key
        for entry in own
        for name in (entry.entity.name, *entry.entity.aliases, *entry.short)
    }
    merged = []
    for entry in own:
        brought = package.get(entry.entity.key)
        merged.append(_enriched(entry, brought, taken) if brought else entry)
    for entry in base:
        entity = entry.entity
        if entity.key not in keys and fold_name(entity.name) not in taken:
            aliases = tuple(name for name in entity.aliases if fold_name(name) not in taken)
            merged.append(replace(entry, entity=replace(entity, aliases=aliases)))
    return merged


def _enriched(own: Entry, base: Entry, taken: Mapping[str, str]) -> Entry:
    """Add to a collection's entry what the package knows of the same entity."""
    names = dict.fromkeys((*own.entity.aliases, base.entity.name, *base.entity.aliases))
    names.pop(own.entity.name, None)
    free = (name for name in names if taken.get(fold_name(name)) in (None, own.entity.key))
    entity = replace(
        own.entity,
        aliases=tuple(name for name in free if name not in own.short),
        sort=own.entity.sort or base.entity.sort,
        about=own.entity.about or base.entity.about,
    )
    return replace(
        own,
        entity=entity,
        short=tuple(dict.fromkeys((*own.short, *base.short))),
        denied=tuple(dict.fromkeys((*own.denied, *base.denied))),
    )


def clashes(entries: Iterable[Entry]) -> Iterator[Problem]:
    """Yield a problem for each key and each name that two entries claim."""
    keys: dict[str, Entity] = {}
    names: dict[tuple[str, bool], Entity] = {}
    for entry in entries:
        entity = entry.entity
        assert entity.place is not None  # entries are read from files
        first = keys.setdefault(entity.key, entity)
        if first is not entity:
            hint = f"the other one stands at {first.place}"
            yield Problem(entity.place, f'the key "{entity.key}" is taken', hint)
        for name in (entity.name, *entity.aliases):
            claimed = names.setdefault((outline(name), name.isupper()), entity)
            if claimed.key != entity.key:
                hint = f'"{claimed.key}" at {claimed.place} has it too'
                yield Problem(entity.place, f'the name "{name}" is taken', hint)


def unproved(entries: Iterable[Entry], names: Names) -> Iterator[Problem]:
    """Yield a problem for each example that the names do not find, or find against their word."""

    def keys_in(phrase: str) -> set[str]:
        return {match.form.key for match in names.find(phrase) if not match.form.short}

    for entry in entries:
        phrases = ((phrase, True, keys_in(phrase)) for phrase in entry.examples)
        yield from proof(entry, phrases)
        phrases = ((phrase, False, keys_in(phrase)) for phrase in entry.counterexamples)
        yield from proof(entry, phrases)
