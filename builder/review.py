"""Reviews candidates: shows the queue of them, takes decisions, writes them where git keeps them.

Decisions stand in `seeds/catalogue/review.yaml`, one a line; to undo one is to delete its line. The
queue is a worksheet outside of git, made anew whenever somebody asks for it.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from shlex import quote
from typing import Any

from builder.catalogue import load_catalogue
from builder.collection import CollectionState
from builder.files import read_text
from builder.model import Entity, Place, Problem, Problems
from builder.publishing.lock import locked
from builder.publishing.writing import write_file
from builder.reviewing.decision_file import decided, loaded, read_decisions, undecided
from builder.reviewing.decisions import FILE, Decision
from builder.reviewing.lines import decision_line, line_of, with_lines
from builder.reviewing.queue import SENTENCES, Candidate, queue_of
from builder.reviewing.take_up import repeated
from builder.reviewing.warn import idle, waiting
from builder.settings import Settings
from builder.strict_yaml import load

QUEUE_NAME = "review-queue.yaml"
COMMAND = "the command line"
"""How messages name decisions that stand in no file yet."""

_BEGINS = "# The queue:"


def decisions_file(settings: Settings) -> Path:
    """Return the file of a collection's decisions, which need not be there."""
    return settings.catalogue / f"{FILE}.yaml"


def queue(state: CollectionState, *, sentences: int = SENTENCES) -> list[Candidate]:
    """Return the candidates of a collection that no editor has decided on, most mentions first."""
    return queue_of(state.documents, state.catalogue.known, sentences=sentences)


def desk_warnings(settings: Settings, state: CollectionState) -> list[Problem]:
    """Return what an editor has to look at: frequent candidates, lines that do nothing."""
    candidates = queue(state, sentences=1)
    place = Place(settings.relative(decisions_file(settings)), 0)
    lines = state.catalogue.decisions.lines
    warnings = list(repeated(lines))
    if not state.kept:  # what cannot be read now may hold what a line is about
        warnings += idle(lines, state.documents, candidates)
    return [*warnings, *waiting(candidates, settings.candidates_from, place)]


def read_queue(settings: Settings, file: Path) -> tuple[list[Decision], list[Entity]]:
    """Return what an editor has decided in a queue, and the candidates that still wait there.

    Raises Problems for lines that are not right.
    """
    content = _load(file, settings)
    decisions, problems = read_decisions(decided(content), settings.relative(file.absolute()))
    if problems:
        raise Problems(problems)
    return decisions, undecided(content)


def fresh_queue(settings: Settings) -> list[Entity]:
    """Return the candidates of the queue at hand, none where a source has changed since."""
    file = settings.root / QUEUE_NAME
    try:
        written = file.stat().st_mtime_ns
        if any(path.stat().st_mtime_ns >= written for path in _sources(settings)):
            return []
        return read_queue(settings, file)[1]
    except (OSError, Problems):  # no queue, or one that is being filled in
        return []


def _sources(settings: Settings) -> Iterator[Path]:
    """Yield what the queue depends on: sources, their folders, the catalogue but its decisions."""
    if settings.config_file:
        yield settings.config_file
    for folder, folders, names in os.walk(settings.seeds):
        here = Path(folder)
        folders[:] = [name for name in folders if here / name != settings.anchors]
        if here != settings.catalogue:  # its folder changes with every decision
            yield here
        yield from (here / name for name in names if here / name != decisions_file(settings))


def decisions_of(lines: Iterable[Mapping[str, str]]) -> list[Decision]:
    """Return the decisions of lines given as mappings. Raises Problems for what is not right."""
    text = "\n".join(map(line_of, lines))
    decisions, problems = read_decisions(load(text, COMMAND), COMMAND)
    if problems:
        raise Problems(problems)
    return decisions


def new_decisions(settings: Settings, decisions: Iterable[Decision]) -> list[Decision]:
    """Return the decisions that the collection does not hold yet, each once.

    Raises Problems where they contradict one another, those it holds, or the catalogue.
    """
    decisions = list(dict.fromkeys(decisions))
    held = set(_held(settings))
    new = [decision for decision in decisions if decision not in held]
    load_catalogue(settings.catalogue, settings.root, further=new)
    return new


def write_decisions(
    settings: Settings,
    decisions: Iterable[Decision],
    waiting: Callable[[], None] = lambda: None,
    *,
    tried_on: str | None = None,
) -> list[Decision]:
    """Add decisions to the collection's file, each as a line at its end; return the new ones.

    The file gets all of them in one step, or stays as it is. `waiting` is called when another run
    holds the collection. `tried_on` is what the file held when `new_decisions` returned these: as
    long as it does, they are not tried again. Raises Problems as `new_decisions` does.
    """
    file = decisions_file(settings)
    with locked(settings.root, waiting):
        text = _text(file, settings)
        new = list(decisions)
        if text != tried_on:
            new = new_decisions(settings, new)
        after = with_lines(text, map(decision_line, new))
        _check_written(settings, after, [*_held(settings), *new])
        if new:
            write_file(file, after.encode())
    return new


def text_of_decisions(settings: Settings) -> str:
    """Return the text of the collection's file of decisions, "" where there is none."""
    return _text(decisions_file(settings), settings)


def write_queue(settings: Settings, file: Path, text: str) -> None:
    """Write a queue to a file of its own."""
    refuse_queue(settings, file)
    write_file(file, text.encode())


def refuse_queue(settings: Settings, file: Path) -> None:
    """Raise Problems where a queue must not be written: over decisions, or over another file."""
    if file.resolve().is_relative_to(settings.seeds.resolve()):
        what = "a queue must not stand among the sources and the catalogue"
        place = Place(settings.relative(file.absolute()), 0)
        raise Problems([Problem(place, what, "name a file elsewhere with --output")])
    if not file.exists():
        return
    name = settings.relative(file.absolute())
    place = Place(name, 1)
    text = _text(file, settings)
    if not text.startswith(_BEGINS):
        what, hint = "this file is no queue and stays as it is", "name another file with --output"
        raise Problems([Problem(place, what, hint)])
    left = set(read_queue(settings, file)[0]) - set(_held(settings))
    if left:
        what = f"this queue holds {len(left)} of your decisions that are not applied yet"
        hint = f'run "builder review apply {quote(name)}", or delete the file'
        raise Problems([Problem(place, what, hint)])


def _held(settings: Settings) -> list[Decision]:
    file = decisions_file(settings)
    if not file.exists():
        return []
    return read_decisions(_load(file, settings), settings.relative(file))[0]


def _check_written(settings: Settings, text: str, expected: Sequence[Decision]) -> None:
    """Raise Problems where lines at the end of the file would not be read as what they say."""
    place = Place(settings.relative(decisions_file(settings)), 1)
    try:
        found = read_decisions(loaded(text, place.path), place.path)[0]
    except Problems:
        found = []
    if found != list(expected):
        what = "no line can be added to this file"
        raise Problems([Problem(place, what, "write it as a list, each decision on a line")])


def _load(file: Path, settings: Settings) -> Any:
    return loaded(_text(file, settings), settings.relative(file.absolute()))


def _text(file: Path, settings: Settings) -> str:
    if file == decisions_file(settings) and not file.exists():
        return ""
    name = settings.relative(file.absolute())
    if file.name == QUEUE_NAME and not file.exists():
        what, hint = "there is no queue yet", 'run "builder review", which writes it'
        raise Problems([Problem(Place(name, 0), what, hint)])
    return read_text(file, name, limit=settings.limits.of("max_yaml_bytes"))
