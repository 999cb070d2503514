"""Takes decisions up into the catalogue: what is accepted becomes an entry, an alias a name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from difflib import get_close_matches

from builder.model import Annotated, Entity, Place, Problem
from builder.naming.entries import Entry
from builder.naming.typography import WORD, outline
from builder.reviewing.decisions import Decision, Decisions, Who

_ANOTHER = "give this one another key"

# Only so many keys that nothing has are compared with all others: each takes milliseconds.
_COMPARED = 20
_ALIKE = 0.85


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


def taken_keys(
    held: Iterable[Mapping[str, Iterable[Entry]]], lines: Iterable[Decision]
) -> dict[Decision, Problem]:
    """Return a problem for each accepted line whose key belongs to something else.

    That is an entity of another name that the package or the collection has (`held`, by kind), or
    another candidate that is decided on: pages of two things would become one.
    """
    entries = {
        (kind, entry.entity.key): entry
        for by_kind in held
        for kind, some in by_kind.items()
        for entry in some
    }
    lines = tuple(lines)
    others = {line.candidate: line for line in reversed(lines) if not line.document}
    told: dict[Decision, Problem] = {}
    for line in lines:
        if line.verb != "accept":
            continue
        entry, other = entries.get(line.entity), others.get(line.entity)
        if entry is not None and not _is_named(entry, (line.name, line.preferred)):
            told[line] = key_taken(line, entry.entity)
        elif other and line.entity != line.candidate and not _makes(other, line.entity):
            what = f'the key "{line.entity[1]}" is that of the candidate "{other.name}"'
            told[line] = Problem(line.place, what, f"it stands at {other.place}; {_ANOTHER}")
    return told


def _makes(line: Decision, who: Who) -> bool:
    return line.verb != "never" and line.entity == who


def _is_named(entry: Entry, names: Iterable[str]) -> bool:
    known = {outline(name) for name in (entry.entity.name, *entry.entity.aliases, *entry.short)}
    return not known.isdisjoint(map(outline, filter(None, names)))


def key_taken(line: Decision, entity: Entity) -> Problem:
    """Return what is told of a line that would give its name the key of something else."""
    kind, key = line.entity
    what = f'the key "{key}" is that of the {kind} "{entity.name}"'
    if entity.reviewed:
        further = "" if kind == line.kind else f", as: {kind}"
        fields = f"{{alias: {line.name}, kind: {line.kind}, of: {key}{further}}}"
        return Problem(line.place, what, f'if it is the same, write "{fields}"; else {_ANOTHER}')
    fields = f"{{alias: {entity.name}, kind: {kind}, of: {key}}}"
    hint = f'{_ANOTHER}; if it is the same, add "- {fields}"'
    return Problem(line.place, f"{what}, a candidate", hint)


def other_name(line: Decision, entity: Entity) -> Problem:
    """Return what is told of a line whose `candidate:` is the key of another name."""
    what = f'the candidate "{entity.key}" is "{entity.name}", not "{line.name}"'
    return Problem(line.place, what, "write its name, or another `candidate:`")


def swallowing(decisions: Decisions, documents: Iterable[Annotated]) -> Iterator[Problem]:
    """Yield a problem for each decision whose key is that of a candidate of another name."""
    told: set[Decision] = set()
    for one in documents if decisions.lines else ():
        for entity in one.candidates:
            who = (entity.kind, entity.key)
            line = decisions.anywhere.get(who) or decisions.accepted.get(who)
            if line is not None and line not in told:
                told.add(line)
                same = who == line.candidate
                yield other_name(line, entity) if same else key_taken(line, entity)


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
            near = () if len(problems) >= _COMPARED else held.get(kind, ())
            problems.append(_no_target(line, held, merged, near))
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
    line: Decision,
    held: Mapping[str, Mapping[str, Entry]],
    merged: Mapping[Who, Decision],
    near: Iterable[str],
) -> Problem:
    """Return what is told of an alias of something that does not exist; `near` are keys there."""
    kind, key = line.entity
    chained = merged.get(line.entity)
    elsewhere = [other for other, entries in held.items() if key in entries]
    close = get_close_matches(key, list(near), n=3, cutoff=_ALIKE)
    if chained is line:
        what = f'"{line.name}" is made an alias of itself'
        return Problem(line.place, what, "accept it, or name another key")
    if chained is not None:
        what = f'"{key}" is an alias itself, at {chained.place}'
        end = _end_of(chained, merged)
        circle = "accept one of them, and name its key in the others"
        hint = f'write "of: {end[1]}"' if end else circle
        return Problem(line.place, what, hint)
    if elsewhere:
        hint = f'"{key}" is of another kind: add "as: {elsewhere[0]}"'
    elif close:
        hint = "perhaps " + " or ".join(close)
    else:
        hint = "accept it first (builder review accept NAME), or give it an entry in the catalogue"
    return Problem(line.place, f'there is no {kind} "{key}"', hint)


def _end_of(line: Decision, merged: Mapping[Who, Decision]) -> Who | None:
    """Return what an alias of an alias is a name of in the end; None where they go in a circle."""
    passed = {line.candidate}
    while (following := merged.get(line.entity)) is not None:
        if following.candidate in passed:
            return None
        passed.add(following.candidate)
        line = following
    return line.entity


def repeated(lines: Iterable[Decision]) -> Iterator[Problem]:
    """Yield a warning for each line that stands twice, as merging branches may leave it."""
    first: dict[Decision, Place] = {}
    for line in lines:
        if line in first:
            hint = f"delete this line; the other one stands at {first[line]}"
            what = f'the decision on "{line.name}" stands here again'
            yield Problem(line.place, what, hint, warning=True)
        first.setdefault(line, line.place)
