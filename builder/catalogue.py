"""What editors know: entities by kind, read from YAML, proved on their own examples.

The package brings substances, organizations and programs that hold for every collection; a
collection's `seeds/catalogue/*.yaml` stand on top of them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from builder.files import read_text, shown_name
from builder.kinds import KINDS
from builder.limits import USUAL, Limits
from builder.misprints import FILE as MISPRINTS
from builder.misprints import Misprint, read_misprints
from builder.model import Entity, Place, Problem, Problems
from builder.naming.entries import Entry, read_entry
from builder.naming.laid_over import clashes, laid_over, unproved
from builder.naming.names import Names
from builder.reviewing.decision_file import loaded, read_decisions
from builder.reviewing.decisions import FILE as REVIEW
from builder.reviewing.decisions import Decision, Decisions
from builder.reviewing.take_up import (
    accepted_entries,
    contradictions,
    overruled,
    taken_keys,
    with_aliases,
)
from builder.strict_yaml import Record, load, load_data

FILES = {kind.plural: kind.name for kind in KINDS if kind.listed}
READ_ELSEWHERE = ("measures",)  # by `measures`


@dataclass(frozen=True, eq=False, slots=True)
class Catalogue:
    """Entries by kind, the names by which they are found, the misprints, and the decisions."""

    entries: Mapping[str, tuple[Entry, ...]] = field(default_factory=dict)
    names: Mapping[str, Names] = field(default_factory=dict)
    misprints: tuple[Misprint, ...] = ()
    decisions: Decisions = field(default_factory=Decisions)

    @classmethod
    def empty(cls) -> Catalogue:
        """Return a catalogue that knows nothing, not even what the package brings."""
        return cls()

    @classmethod
    def of(
        cls,
        entries: Mapping[str, Iterable[Entry]],
        misprints: Iterable[Misprint] = (),
        decisions: Iterable[Decision] = (),
    ) -> Catalogue:
        """Return a catalogue of these entries, its names compiled."""
        held = {kind: tuple(some) for kind, some in entries.items()}
        names = {kind: _names(some) for kind, some in held.items()}
        return cls(held, names, tuple(misprints), Decisions.of(decisions))

    def of_kind(self, kind: str) -> tuple[Entry, ...]:
        """Return a kind's entries, in the order of the files."""
        return self.entries.get(kind, ())

    def entities(self, kind: str) -> Mapping[str, Entity]:
        """Return a kind's entities by key."""
        return _entities(self, kind)

    @property
    def known(self) -> Mapping[str, Collection[Entity]]:
        """All entities that editors know, by kind."""
        return {kind: self.entities(kind).values() for kind in self.entries}

    def names_of(self, kind: str) -> Names:
        """Return the names of a kind, ready to be looked for."""
        return self.names.get(kind) or _NO_NAMES


_NO_NAMES = Names(())


@lru_cache(maxsize=64)
def _entities(catalogue: Catalogue, kind: str) -> Mapping[str, Entity]:
    return {entry.entity.key: entry.entity for entry in catalogue.of_kind(kind)}


def _names(entries: Iterable[Entry]) -> Names:
    return Names(form for entry in entries for form in entry.forms())


def load_catalogue(
    folder: Path | None,
    root: Path | None = None,
    *,
    further: Iterable[Decision] = (),
    limits: Limits = USUAL,
) -> Catalogue:
    """Read a collection's catalogue over what the package brings.

    `folder` and each of its files may be missing. Places in messages are relative to `root`.
    `further` decisions count as if the file of decisions held them, to try them before they are
    written. Raises Problems with everything that is wrong in any of the files.
    """
    problems: list[Problem] = []
    own, misprints, decisions = _read(_files(folder, root, problems, limits), problems)
    decisions += further
    problems += contradictions(decisions)
    entries = {kind: list(_packaged(plural)) for plural, kind in FILES.items()}
    taken = taken_keys((entries, own), decisions)
    problems += taken.values()
    sound = not problems  # else an alias of what could not be read would look like one of nothing
    for entry in accepted_entries(line for line in decisions if line not in taken):
        own.setdefault(entry.entity.kind, []).append(entry)
    problems += overruled(own, decisions)
    for kind, some in own.items():
        problems += clashes(some)
        entries[kind] = laid_over(some, entries[kind])
    if sound:
        entries = with_aliases(entries, decisions, problems)
    held = {kind: tuple(some) for kind, some in entries.items()}
    names = {kind: _names(some) for kind, some in held.items()}
    for kind, some in own.items():
        problems += unproved(some, names[kind])
    if problems:
        raise Problems(problems)
    return Catalogue(held, names, tuple(misprints), Decisions.of(decisions))


def _read(
    held: Iterable[tuple[str, Any, str]], problems: list[Problem]
) -> tuple[dict[str, list[Entry]], list[Misprint], list[Decision]]:
    """Return the entries by kind, misprints and decisions that files hold."""
    own: dict[str, list[Entry]] = {}
    misprints: list[Misprint] = []
    decisions: list[Decision] = []
    for name, content, path in held:
        if name == REVIEW:
            decisions, wrong = read_decisions(content, path)
            problems += wrong
        elif name == MISPRINTS:
            misprints += read_misprints(_as_record(content, path, name), problems)
        else:
            record = _as_record(content, path, name)
            own[FILES[name]] = _read_entries(record, FILES[name], problems)
    return own, misprints, decisions


def _files(
    folder: Path | None, root: Path | None, problems: list[Problem], limits: Limits
) -> Iterator[tuple[str, Any, str]]:
    """Yield the name of each file, what it holds, and its path as messages name it."""
    known = (*FILES, MISPRINTS, REVIEW, *READ_ELSEWHERE)
    for path in sorted(folder.glob("*.yaml")) if folder and folder.is_dir() else ():
        inside = root is not None and path.is_relative_to(root)
        shown = shown_name(str(path.relative_to(root or path) if inside else path))
        if path.stem in READ_ELSEWHERE:
            continue
        if path.stem not in known:
            allowed = ", ".join(f"{name}.yaml" for name in known)
            what = f'"{path.name}" is not a catalogue file'
            problems.append(Problem(Place(shown, 1), what, f"allowed here: {allowed}"))
            continue
        try:
            text = read_text(path, shown, limit=limits.of("max_yaml_bytes"))
            if path.stem == REVIEW:
                content = loaded(text, shown)  # what many lines make is kept
            else:
                content = load(text, shown, limits=limits)
        except Problems as error:
            problems += error.problems
        else:
            if content is not None:
                yield path.stem, content, shown


def _as_record(content: Any, path: str, plural: str) -> Record:
    """Wrap a file's list as the record `{plural: list}`, so that both spellings read alike."""
    if isinstance(content, Record):
        return content
    record = Record(path, 1)
    record[plural] = content
    return record


@cache
def _packaged(plural: str) -> tuple[Entry, ...]:
    """Return the entries that the package brings for a kind, read and proved once."""
    if not (files("builder") / "data" / f"{plural}.yaml").is_file():
        return ()
    problems: list[Problem] = []
    kind = FILES[plural]
    content = load_data(plural)
    entries = _read_entries(content, kind, problems)
    problems += [*clashes(entries), *unproved(entries, _names(entries))]
    if problems:
        raise Problems(problems)
    return tuple(entries)


def _read_entries(content: Record, kind: str, problems: list[Problem]) -> list[Entry]:
    plural = next(name for name, singular in FILES.items() if singular == kind)
    problems += content.unknown_keys((plural,))
    items = content.get(plural) or []
    if not isinstance(items, list):
        what = f'"{plural}" is not a list'
        problems.append(Problem(content.place(plural), what, "write `- key: …` entries"))
        return []
    entries = []
    for item in items:
        entry, wrong = read_entry(item, kind, content)
        problems += wrong
        if entry and not wrong:
            entries.append(entry)
    return entries
