"""What `builder review` and its commands do: read the collection, show, ask, write."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from shlex import quote

import click

from builder.catalogue import FILES, Catalogue, load_catalogue
from builder.collection import CollectionState, read_collection
from builder.counting import counted
from builder.messages import ask, print_line, progress, show, tell
from builder.model import Entity, Problem, Problems
from builder.review import (
    QUEUE_NAME,
    decisions_file,
    decisions_of,
    fresh_queue,
    new_decisions,
    queue,
    read_queue,
    refuse_queue,
    text_of_decisions,
    write_decisions,
    write_queue,
)
from builder.reviewing.choice import entities_named
from builder.reviewing.decision_file import REVIEWED_KINDS
from builder.reviewing.decisions import Decision, Verb, Who
from builder.reviewing.lines import candidate_fields, decision_line
from builder.reviewing.met import Seen, need_accepted
from builder.reviewing.queue import Candidate, Filter, Order, in_order
from builder.reviewing.worksheet import as_json, how_often, worksheet
from builder.settings import Settings

PLURALS = {kind: plural for plural, kind in FILES.items()}


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
    seen = _read(settings, wanted, sentences)
    among = [one for one in in_order(seen.candidates, order) if wanted.allows(one)]
    shown = among[:limit] if limit else among
    said = quote(str(output)) if output else ""
    lines = list(map(as_json, shown) if as_lines else worksheet(shown, len(among), said))
    if not as_lines:
        write_queue(settings, file, "".join(f"{line}\n" for line in lines))
    for line in lines:
        print_line(line)
    if not as_lines:
        where = settings.relative(file.absolute())
        tell(f"{len(shown):,} of {counted(len(among), 'candidate')} in {where}")


def show_keys(settings: Settings, kinds: Sequence[str], match: Sequence[str]) -> None:
    """Print "program medicaid Medicaid" for each entity of the catalogue that can have aliases."""
    catalogue = load_catalogue(settings.catalogue, settings.root)
    wanted = Filter(kinds=tuple(kinds), match=tuple(match))
    for kind in REVIEWED_KINDS:
        for entity in sorted(catalogue.entities(kind).values(), key=lambda one: one.key):
            if wanted.allows(Candidate(entity)):
                print_line(f"{kind} {entity.key} {entity.name}")


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
    document = said.get("in", "")
    waiting = [] if document or said.get("key") else fresh_queue(settings)
    chosen, told = _queued(settings, names, wanted, waiting), dict[Who, str]()
    seen = None
    if not chosen:
        seen = _read(settings, wanted, 0, [document] if document else [])
        chosen, told = _found(seen, names, wanted, document)
        waiting = [one.entity for one in seen.candidates]
    decisions = decisions_of(_fields(verb, entity, {**said, "note": note}) for entity in chosen)
    need_accepted(decisions, waiting)
    if names:
        _stop_at(seen.without_effect(decisions) if seen else ())
    else:
        decisions = _without_clashes(settings, decisions, seen)
    _write(settings, decisions, told, dry_run=dry_run, sure=yes or bool(names))


def _stop_at(problems: Iterable[Problem]) -> None:
    problems = tuple(problems)
    if problems:
        raise Problems(problems)


def _queued(
    settings: Settings, names: Sequence[str], wanted: Filter, waiting: Sequence[Entity]
) -> list[Entity]:
    """Return the candidates of these names if the queue at hand shows all of them.

    Then no document has to be read, which takes minutes where there are thousands. Raises Problems
    for a name that is decided on by now.
    """
    try:
        chosen = entities_named(names, wanted.kinds, waiting, Catalogue.empty())
    except Problems:  # no queue, one that is being filled in, or a name that it does not show
        return []
    catalogue = load_catalogue(settings.catalogue, settings.root) if chosen else Catalogue.empty()
    decided = catalogue.decisions.anywhere
    left = [one for one in waiting if (one.kind, one.key) not in decided]
    return entities_named(names, wanted.kinds, left, catalogue) if chosen else []


def _found(
    seen: Seen, names: Sequence[str], wanted: Filter, document: str
) -> tuple[list[Entity], dict[Who, str]]:
    """Return the candidates that are named or wanted, and how often all candidates are named.

    What the catalogue holds may be named too where the decision is for one `document`; what a
    filter allows is then what this document names.
    """
    counts = seen.mentions_in(document)
    told = {one.who: how_often(one) for one in seen.candidates}
    if document:
        told = {who: f"{counted(n, 'mention')} in {document}" for who, n in counts.items()}
    if not names:
        allowed = [one for one in seen.candidates if wanted.allows(one)]
        return [one.entity for one in allowed if not document or one.who in counts], told
    among = [one.entity for one in seen.candidates]
    known_too = bool(document)
    return entities_named(names, wanted.kinds, among, seen.catalogue, known_too=known_too), told


def apply_queue(settings: Settings, file: Path | None, *, dry_run: bool) -> None:
    """Take over what is decided in a queue."""
    decisions, waiting = read_queue(settings, file or settings.root / QUEUE_NAME)
    need_accepted(decisions, waiting)
    new = new_decisions(settings, decisions)
    if new:  # a queue may be older than the documents
        _stop_at(_read(settings, Filter(), 0).without_effect(new))
    _write(settings, decisions, {}, dry_run=dry_run, sure=True)
    tell(f"{counted(len(waiting), 'line')} of the queue left undecided")


def _fields(verb: Verb, entity: Entity, said: Mapping[str, str]) -> dict[str, str]:
    """Return the line of a decision as a mapping."""
    fields = {verb: entity.name, **candidate_fields(entity), **said}
    if verb == "accept" and not (said["sort"] or said["as"]):
        # It is listed under what its pattern knows ("statute"), unless it changes its kind.
        fields["sort"] = entity.sort
    return fields


def _without_clashes(
    settings: Settings, decisions: list[Decision], seen: Seen | None
) -> list[Decision]:
    """Leave out, with a warning, what of many decisions cannot be taken as it is.

    Where that leaves none, it leaves with exit code 1.
    """
    many = len(decisions)
    if not many:
        tell("no candidate fits")
    while True:
        if many and not decisions:
            tell(f"nothing written: none of {counted(many, 'decision')} can be taken")
            raise click.exceptions.Exit(1)
        try:
            _stop_at(seen.without_effect(decisions) if seen else ())
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
    held = text_of_decisions(settings)
    new = new_decisions(settings, decisions)
    for decision in new:
        address = [_address(decision)] if decision.verb == "accept" else []
        often = told.get(decision.candidate)
        comment = ", ".join((*address, *([often] if often else ())))
        print_line(decision_line(decision) + (f"  # {comment}" if comment else ""))
    what = counted(len(new), "new decision")
    where = settings.relative(decisions_file(settings))
    if not new or dry_run:
        tell(f"{what}, nothing written")
    elif not sure and not sys.stdin.isatty():
        raise click.UsageError("there is no terminal to ask at: add --yes, or --dry-run")
    elif sure or ask(f"Write {what} to {where}?"):
        wait = partial(tell, "waiting: another run is at work here")
        write_decisions(settings, new, wait, tried_on=held)
        tell(f"{what} in {where}; to undo one, delete its line")
    else:
        tell("nothing written")


def _address(line: Decision) -> str:
    """Return the address that what is accepted gets: "/people/alan-marsh/"."""
    kind, key = line.entity
    return f"/{PLURALS[kind]}/{key}/"


def _read(
    settings: Settings, wanted: Filter, sentences: int, documents: Sequence[str] = ()
) -> Seen:
    """Read the collection as `builder check` does; its problems are shown and stop nobody."""
    state = read_collection(settings, progress=progress, provisional=True)
    show(state.problems)
    _need_documents(state, (*wanted.documents, *documents))
    return Seen(state.catalogue, state.documents, queue(state, sentences=sentences))


def _need_documents(state: CollectionState, slugs: Sequence[str]) -> None:
    held = {one.document.slug for one in state.documents}
    for slug in slugs:
        if slug not in held:
            raise click.BadParameter(f'there is no document "{slug}"')
