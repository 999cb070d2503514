"""What `builder check` says about the desk: candidates to look at, decisions without effect."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

from builder.counting import counted
from builder.model import Annotated, Place, Problem
from builder.naming.typography import outline
from builder.reviewing.decisions import Decision
from builder.reviewing.queue import Candidate
from builder.reviewing.worksheet import how_often

_LISTED = 10


def waiting(candidates: Sequence[Candidate], least: int, place: Place) -> Iterator[Problem]:
    """Yield a warning for each of the candidates that are named most, and one for all others.

    `candidates` stand most mentions first; those of fewer than `least` mentions are passed over,
    and with 0 all of them. `place` is the file where decisions stand.
    """
    many = [one for one in candidates if least and one.mentions >= least]
    for one in many[:_LISTED]:
        first = one.quoted[0]
        where = first.document.source.place_of(first.mention.span.start)
        what = f'"{one.entity.name}" ({one.entity.kind}) is not yet reviewed, {how_often(one)}'
        yield Problem(where, what, warning=True)
    if many:
        more = len(many) - _LISTED
        what = f"{counted(len(many), 'candidate')} with {least} mentions or more"
        what += f", {more:,} of them not listed here" if more > 0 else ""
        yield Problem(place, what, f'see "builder review --min {least}"', warning=True)


def idle(
    lines: Iterable[Decision], documents: Iterable[Annotated], candidates: Iterable[Candidate]
) -> Iterator[Problem]:
    """Yield a warning for each decision that changes nothing in any document."""
    documents = tuple(documents)
    met = {about for one in documents for about in one.decided}
    # What is never marked in the only document that names it is met there all the same.
    met |= {(kind, key, "") for kind, key, _ in met}
    slugs = {one.document.slug for one in documents}
    keys = {(one.entity.kind, outline(one.entity.name)): one.entity.key for one in candidates}
    without = [
        line
        for line in dict.fromkeys(lines)
        if line.about not in met and (line.document or (*line.entity, "") not in met)
    ]
    for line in without[:_LISTED]:
        key = keys.get((line.kind, outline(line.name)), line.key)
        yield Problem(line.place, *_why(line, slugs, key), warning=True)
    if len(without) > _LISTED:
        more = counted(len(without) - _LISTED, "more decision")
        yield Problem(Place(without[-1].place.path, 0), f"and {more} without effect", warning=True)


def _why(line: Decision, slugs: Collection[str], key: str) -> tuple[str, str]:
    """Return what is wrong with a line that does nothing, and what to do about it."""
    if line.document and line.document not in slugs:
        what = f'the collection holds no document "{line.document}"'
        return what, "mend the slug, or delete the line"
    where = f'"{line.document}" does not name' if line.document else "no document names"
    what = f'{where} the {line.kind} "{line.name}", so this decision does nothing'
    if key != line.key:
        return what, f'add "candidate: {key}"'
    return what, "delete the line, unless it is for later"
