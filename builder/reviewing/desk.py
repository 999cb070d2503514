"""What `builder review` and its commands do: read the collection, show, ask, write."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import click

from builder.catalogue import Catalogue
from builder.collection import CollectionState, read_collection
from builder.messages import ask, counted, print_line, progress, show, tell
from builder.model import Entity, Problems
from builder.review import (
    QUEUE_NAME,
    decisions_file,
    decisions_of,
    new_decisions,
    queue,
    read_queue,
    refuse_queue,
    write_decisions,
    write_queue,
)
from builder.reviewing.choice import entities_named
from builder.reviewing.decisions import Decision, Verb, Who
from builder.reviewing.lines import candidate_fields, decision_line
from builder.reviewing.queue import Candidate, Filter, Order, in_order
from builder.reviewing.worksheet import as_json, how_often, worksheet
from builder.settings import Settings


def show_queue(
    settings: Settings,
    *,
    order: Order,
    limit: int,
    sentences: int,
    as_lines: bool,
    output: Path | None,
    **filters: object,
) -> None:
    """Print the queue, and write it unless it is wanted as lines of JSON."""
    file = output or settings.root / QUEUE_NAME
    if not as_lines:
        refuse_queue(settings, file)  # before the documents are read, which may take minutes
    wanted = Filter.of(filters)
    _, candidates = _read(settings, wanted, sentences)
    among = [one for one in in_order(candidates, order) if wanted.allows(one)]
    shown = among[:limit] if limit else among
    lines = list(map(as_json, shown) if as_lines else worksheet(shown, len(among), file.name))
    if not as_lines:
        write_queue(settings, file, "".join(f"{line}\n" for line in lines))
    for line in lines:
        print_line(line)
    if not as_lines:
        where = settings.relative(file.absolute())
        tell(f"{len(shown):,} of {counted(len(among), 'candidate')} in {where}")


def decide(
    settings: Settings,
    verb: Verb,
    said: Mapping[str, str],
    *,
    names: tuple[str, ...],
    note: str,
    dry_run: bool,
    yes: bool,
    **filters: object,
) -> None:
    """Take one decision on the candidates that are named, or on all that a filter allows."""
    wanted = Filter.of(filters)
    if names and (wanted.least or wanted.match or wanted.documents):
        raise click.UsageError("give names or a filter, not both (--kind goes with either)")
    if not names and not wanted:
        raise click.UsageError("name the candidates, or give a filter; --match '*' is all of them")
    chosen, told = _queued(settings, names, wanted), dict[Who, str]()
    if said.get("in") or not chosen:
        chosen, told = _found(settings, names, wanted, said.get("in", ""))
    decisions = decisions_of(_fields(verb, entity, {**said, "note": note}) for entity in chosen)
    if not names:
        decisions = _without_clashes(settings, decisions)
    _write(settings, decisions, told, dry_run=dry_run, sure=yes or bool(names))


def _queued(settings: Settings, names: Sequence[str], wanted: Filter) -> list[Entity]:
    """Return the candidates of these names if the queue at hand shows all of them.

    Then no document has to be read, which takes minutes where there are thousands.
    """
    try:
        waiting = read_queue(settings, settings.root / QUEUE_NAME)[1]
        return entities_named(names, wanted.kinds, waiting, Catalogue.empty())
    except Problems:  # no queue, one that is being filled in, or a name that it does not show
        return []


def _found(
    settings: Settings, names: Sequence[str], wanted: Filter, document: str
) -> tuple[list[Entity], dict[Who, str]]:
    """Return the candidates that are named or wanted, and how often all candidates are named.

    What the catalogue holds may be named too where the decision is for one `document`.
    """
    state, candidates = _read(settings, wanted, 0)
    _need_documents(state, [document] if document else [])
    told = {one.who: how_often(one) for one in candidates}
    if not names:
        return [one.entity for one in candidates if wanted.allows(one)], told
    among = [one.entity for one in candidates]
    known_too = bool(document)
    return entities_named(names, wanted.kinds, among, state.catalogue, known_too=known_too), told


def apply_queue(settings: Settings, file: Path | None, *, dry_run: bool) -> None:
    """Take over what is decided in a queue."""
    decisions, waiting = read_queue(settings, file or settings.root / QUEUE_NAME)
    _write(settings, decisions, {}, dry_run=dry_run, sure=True)
    tell(f"{counted(len(waiting), 'line')} of the queue left undecided")


def _fields(verb: Verb, entity: Entity, said: Mapping[str, str]) -> dict[str, str]:
    """Return the line of a decision as a mapping."""
    fields = {verb: entity.name, **candidate_fields(entity), **said}
    if verb == "accept" and not (said["sort"] or said["as"]):
        # It is listed under what its pattern knows ("statute"), unless it changes its kind.
        fields["sort"] = entity.sort
    return fields


def _without_clashes(settings: Settings, decisions: list[Decision]) -> list[Decision]:
    """Leave out, with a warning, what of many decisions cannot be taken as it is."""
    while True:
        try:
            new_decisions(settings, decisions)
        except Problems as error:
            wrong = {problem.place for problem in error.problems}
            right = [decision for decision in decisions if decision.place not in wrong]
            if len(right) == len(decisions):
                raise
            show(replace(one, hint=f"{one.hint}; left out", warning=True) for one in error.problems)
            decisions = right
        else:
            return decisions


def _write(
    settings: Settings,
    decisions: Sequence[Decision],
    told: Mapping[Who, str],
    *,
    dry_run: bool,
    sure: bool,
) -> None:
    """Print decisions as the lines that they are, and write them, if need be after asking.

    `told` says of candidates how often they are named, for whoever is asked.
    """
    new = new_decisions(settings, decisions)
    for decision in new:
        often = told.get(decision.candidate)
        print_line(decision_line(decision) + (f"  # {often}" if often else ""))
    what = counted(len(new), "new decision")
    where = settings.relative(decisions_file(settings))
    if not new or dry_run:
        tell(f"{what}, nothing written")
    elif sure or ask(f"Write {what} to {where}?"):
        write_decisions(settings, new, lambda: tell("waiting: another run is at work here"))
        tell(f"{what} in {where}; to undo one, delete its line")
    else:
        tell("nothing written")


def _read(
    settings: Settings, wanted: Filter, sentences: int
) -> tuple[CollectionState, list[Candidate]]:
    """Read the collection as `builder check` does; its problems are shown and stop nobody."""
    state = read_collection(settings, progress=progress, provisional=True)
    show(state.problems)
    _need_documents(state, wanted.documents)
    return state, queue(state, sentences=sentences)


def _need_documents(state: CollectionState, slugs: Sequence[str]) -> None:
    held = {one.document.slug for one in state.documents}
    for slug in slugs:
        if slug not in held:
            raise click.BadParameter(f'there is no document "{slug}"')
