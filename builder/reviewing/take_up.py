"""Takes decisions up into the catalogue: what is accepted becomes an entry, an alias a name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from difflib import get_close_matches

from builder.model import Entity, Place, Problem
from builder.naming.entries import Entry
from builder.naming.typography import WORD, outline
from builder.reviewing.decisions import Decision, Who


def accepted_entries(lines: Iterable[Decision]) -> Iterator[Entry]:
    """Yield the entry of each accepted candidate, once."""
    seen: set[Decision] = set()
    for line in lines:
        if line.verb == "accept" and line not in seen:
            seen.add(line)
            yield _entry(line)


def _entry(line: Decision) -> Entry:
    kind, key = line.entity
    name = line.preferred or line.name
    other = (line.name,) if outline(line.name) != outline(name) else ()
    entity = Entity(kind=kind, key=key, name=name, sort=line.sort, aliases=other, place=line.place)
    return Entry(entity=entity, unsearched=_surnames(entity))


def _surnames(entity: Entity) -> tuple[str, ...]:
    """Return the names that name a person only where the words around it say so: "Marsh"."""
    if entity.kind != "person":
        return ()
    names = (entity.name, *entity.aliases)
    return tuple(name for name in names if len(WORD.findall(name)) == 1)


def contradictions(lines: Iterable[Decision]) -> Iterator[Problem]:
    """Yield a problem for each line that says something else than an earlier one on one name."""
    first: dict[tuple[str, str, str], Decision] = {}
    for line in lines:
        other = first.setdefault(line.about, line)
        if other != line:
            what = f'"{line.name}" is decided on twice: {line.verb} here, {other.verb} before'
            yield Problem(line.place, what, f"one has to go; the other one stands at {other.place}")


def overruled(own: Mapping[str, Iterable[Entry]], lines: Iterable[Decision]) -> Iterator[Problem]:
    """Yield a problem for each line that takes its name from an entry of the collection's own."""
    places = {
        (kind, entry.entity.key): entry.entity.place for kind, some in own.items() for entry in some
    }
    lines = tuple(lines)
    accepted = {line.candidate for line in lines if line.verb == "accept"}
    for line in lines:
        place = places.get(line.candidate)
        # A candidate that another line accepts is a contradiction, and told as one.
        if place and line.verb != "accept" and not line.document and line.candidate not in accepted:
            what = f'"{line.name}" has an entry of its own, at {place}'
            hint = "take out one of the two" + ', or add "in: DOCUMENT"' * (line.verb == "never")
            yield Problem(line.place, what, hint)


def with_aliases(
    entries: Mapping[str, Sequence[Entry]], lines: Iterable[Decision], problems: list[Problem]
) -> dict[str, list[Entry]]:
    """Return the entries with the names that aliases give them; note aliases of nothing."""
    merged = {line.candidate: line for line in lines if line.verb == "alias"}
    kinds = {line.entity[0] for line in merged.values()}
    held = {kind: {entry.entity.key: entry for entry in some} for kind, some in entries.items()}
    names = {kind: dict(_names_of(entries.get(kind, ()))) for kind in kinds}
    for line in merged.values():
        kind, key = line.entity
        entry = held.get(kind, {}).get(key)
        owner = names[kind].get(outline(line.name))
        if entry is None:
            problems.append(_no_target(line, held, merged))
        elif owner is None:
            held[kind][key] = _named_also(entry, line.name)
            names[kind][outline(line.name)] = entry.entity
        elif owner.key != key:
            what = f'"{line.name}" is a name of "{owner.key}"'
            hint = f'"{owner.key}" stands at {owner.place}; delete this line, or take it out there'
            problems.append(Problem(line.place, what, hint))
    return {kind: list(some.values()) for kind, some in held.items()}


def _names_of(entries: Iterable[Entry]) -> Iterator[tuple[str, Entity]]:
    for entry in entries:
        for name in (entry.entity.name, *entry.entity.aliases):
            yield outline(name), entry.entity


def _named_also(entry: Entry, name: str) -> Entry:
    entity = replace(entry.entity, aliases=(*entry.entity.aliases, name))
    surname = tuple(one for one in _surnames(entity) if one == name)
    return replace(entry, entity=entity, unsearched=(*entry.unsearched, *surname))


def _no_target(
    line: Decision, held: Mapping[str, Mapping[str, Entry]], merged: Mapping[Who, Decision]
) -> Problem:
    """Return what is told of an alias of something that does not exist."""
    kind, key = line.entity
    chained = merged.get(line.entity)
    elsewhere = [other for other, entries in held.items() if key in entries]
    close = get_close_matches(key, held.get(kind, ()), n=3, cutoff=0.75)
    if chained is line:
        what = f'"{line.name}" is made an alias of itself'
        return Problem(line.place, what, "accept it, or name another key")
    if chained is not None:
        what = f'"{key}" is an alias itself, at {chained.place}'
        return Problem(line.place, what, f'write "of: {chained.entity[1]}"')
    if elsewhere:
        hint = f'"{key}" is of another kind: add "as: {elsewhere[0]}"'
    elif close:
        hint = "perhaps " + " or ".join(close)
    else:
        hint = "accept it first, or give it an entry in the catalogue"
    return Problem(line.place, f'there is no {kind} "{key}"', hint)


def repeated(lines: Iterable[Decision]) -> Iterator[Problem]:
    """Yield a warning for each line that stands twice, as merging branches may leave it."""
    first: dict[Decision, Place] = {}
    for line in lines:
        if line in first:
            hint = f"delete this line; the other one stands at {first[line]}"
            what = f'the decision on "{line.name}" stands here again'
            yield Problem(line.place, what, hint, warning=True)
        first.setdefault(line, line.place)
