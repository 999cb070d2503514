"""What a run has done, in numbers and in the lines that its end tells."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from builder.model import Annotated, Problem

if TYPE_CHECKING:
    from builder.collection import CollectionState
    from builder.index import Index
    from builder.indexing.contribution import Counts
    from builder.publishing.staging import Written
    from builder.storing.store import Store

_CANDIDATES = "candidates"  # the name under which those of the last run are kept


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run has done: its problems, how many documents, pages and changed files.

    `candidates` wait for an editor; `new_candidates` were not there after the run before, None
    where none is known. `told` are the lines that say what became of addresses. `is_lasting` tells
    whether the next run would come to the same as long as no file changes.
    """

    problems: tuple[Problem, ...] = ()
    documents: int = 0
    passages: int = 0
    mentions: int = 0
    figures: int = 0
    candidates: int = 0
    new_candidates: int | None = None
    pages_written: int = 0
    site_changed: bool = False
    told: tuple[str, ...] = ()
    is_lasting: bool = True

    @property
    def failed(self) -> bool:
        """Whether any problem is more than a warning."""
        return any(not problem.warning for problem in self.problems)


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many candidates wait for an editor, and how many of them are new."""

    number: int = 0
    new: int | None = None


NOBODY = Waiting()


def waiting(index: Index, store: Store) -> Waiting:
    """Count the candidates of an index, and keep their names for the next run."""
    names = sorted(
        f"{kind} {entry.entity.key}" for kind, some in index.candidates.items() for entry in some
    )
    told, kept = json.dumps(names).encode(), store.result(_CANDIDATES, "")
    if kept == told:
        return Waiting(len(names), 0)
    store.keep_results([(_CANDIDATES, "", told)])
    return Waiting(len(names), None if kept is None else len({*names}.difference(json.loads(kept))))


def outcome_of(
    state: CollectionState,
    written: Written,
    problems: Iterable[Problem],
    told: Sequence[str] = (),
    waiting: Waiting = NOBODY,
    *,
    changed: bool = False,
) -> Outcome:
    """Return what a run has done that made this of a collection, and wrote that."""
    counts = [_counts(state, one) for one in state.documents]
    return Outcome(
        problems=tuple(problems),
        documents=len(state.documents),
        passages=sum(one.passages for one in counts),
        mentions=sum(one.mentions for one in counts),
        figures=sum(one.figures for one in counts),
        candidates=waiting.number,
        new_candidates=waiting.new,
        pages_written=len(written.written),
        site_changed=changed,
        told=tuple(told),
        is_lasting=not state.ended,  # it may have been for want of memory
    )


def _counts(state: CollectionState, one: Annotated) -> Counts:
    from builder.indexing.contribution import counts_of  # brings all that annotates with it

    added = state.added.get(one.document.slug)
    return added.counts if added else counts_of(one)
