"""Chooses the candidates that a decision is about: by name, or all that a filter allows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from difflib import get_close_matches

from builder.catalogue import Catalogue
from builder.model import Entity, Place, Problem, Problems
from builder.naming.typography import outline

_COMMAND = Place("the command line", 0)


def entities_named(
    names: Iterable[str],
    kinds: Sequence[str],
    candidates: Iterable[Entity],
    catalogue: Catalogue,
    *,
    known_too: bool = False,
) -> list[Entity]:
    """Return the candidate that each name stands for; a name may also be the candidate's key.

    `kinds` limits the choice where it is not empty. `known_too` allows what the catalogue holds.
    Raises Problems for each name that stands for none, or for several.
    """
    among = list(candidates)
    if known_too:
        among += (entry.entity for entries in catalogue.entries.values() for entry in entries)
    among = [entity for entity in among if not kinds or entity.kind in kinds]
    by_name: dict[str, list[Entity]] = {}
    for entity in among:
        for name in {outline(entity.name), entity.key}:
            by_name.setdefault(name, []).append(entity)
    chosen: list[Entity] = []
    problems: list[Problem] = []
    for name in names:
        found = by_name.get(outline(name)) or by_name.get(name) or []
        if len(found) == 1:
            chosen += found
        else:
            problems.append(_not_one(name, found, among, catalogue))
    if problems:
        raise Problems(problems)
    return list(dict.fromkeys(chosen))


def _not_one(
    name: str, found: Sequence[Entity], among: Sequence[Entity], catalogue: Catalogue
) -> Problem:
    if found:
        kinds = {entity.kind for entity in found}
        what = f'"{name}" is {len(found)} candidates: ' + ", ".join(
            f"{entity.kind} {entity.key}" for entity in found
        )
        hint = "add --kind" if len(kinds) > 1 else "write the key of one of them"
        return Problem(_COMMAND, what, hint)
    for where, what in _known_as(name, catalogue):
        return Problem(_COMMAND, f'"{name}" is no candidate', f"{what}, at {where}")
    called = {text: entity for entity in among for text in (entity.key, entity.name)}
    close = [called[text] for text in get_close_matches(name, called, n=6)]
    shown = dict.fromkeys(f'"{entity.name}" ({entity.key})' for entity in close)
    hint = "perhaps " + " or ".join(list(shown)[:3])
    return Problem(_COMMAND, f'no candidate is named "{name}"', hint if close else "")


def _known_as(name: str, catalogue: Catalogue) -> Iterator[tuple[Place, str]]:
    """Yield where the decisions or the catalogue speak of a name already."""
    folded = outline(name)
    for line in catalogue.decisions.lines:
        if folded == outline(line.name) or name == line.key:
            yield line.place, f"it is decided on: {line.verb}"
    for entries in catalogue.entries.values():
        for entry in entries:
            entity = entry.entity
            if entity.place and folded in map(outline, (entity.name, *entity.aliases)):
                yield entity.place, f'it is a name of the {entity.kind} "{entity.key}"'
