"""Brings the content folder up to date: makes the files whose tasks have changed, in a pool.

What a task has made is kept with its key. A task whose key is the same, and whose files lie there
as they were left, is not run again; of a family whose key is the same not even the tasks are made
up, for their names and keys are kept. Processes make families up and lay files beside their places
(`crew`); this one names the files in the list of the run and moves them in.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, TypeVar

from builder.collection import Progress, no_progress
from builder.crew import At, Crew, Listed, Listing, Ran, key_of
from builder.filing import UNDER, Filing
from builder.html.tasks import Family, Task
from builder.looking import Look
from builder.pages import Pages
from builder.processes import run_one
from builder.publishing.staging import Page, Stage, Written
from builder.storing.store import Store
from builder.tallies import FORMS
from builder.tallies import UNDER as TALLY
from builder.undisturbed import swept
from builder.working import Workers, nothing

Item = TypeVar("Item")
Result = TypeVar("Result")

_FAMILY = "pages "  # what the names of the results begin with that are kept of families
_AT_ONCE = 12  # so many are run here while others make up families
# Starting a pool takes as long as so many tasks do, or as a list of so many documents.
_WORTH_A_POOL, _LONG = 40, 500
# What is known of ten thousand documents is copied, little by little, in each process that looks at
# it; so many tasks have not looked at the most of it yet.
_RENEWED = 2000


@dataclass(frozen=True, slots=True)
class Content:
    """A content folder and what is known of it: what earlier runs made, and who makes the rest.

    `look` tells how its files stood when the run began.
    """

    stage: Stage
    store: Store
    workers: Workers
    look: Look
    progress: Progress[Any] = no_progress

    def write(self, pages: Pages, further: Iterable[Page], keep: Callable[[str], bool]) -> Written:
        """Write all files of a site, and `further` ones; remove what is no longer made.

        `keep` tells which paths of the last run stay though they were not made this time.
        """
        is_kept = bool(pages.digests.general)
        families = self.store.results(_FAMILY) if is_kept else ()
        before = {name.removeprefix(_FAMILY): (key, tasks) for name, key, tasks in families}
        crew = Crew(pages, self.stage, {name: tasks for name, (_, tasks) in before.items()})
        filing = Filing(self.stage, self.store, self.look, is_kept=is_kept)
        with swept():
            changed, same = self._changed(crew, pages, before)
        todo = list[At]()

        def meanwhile() -> None:
            with swept():
                todo.extend(self._changed_beside(crew, pages, filing, same))
            pages.prepare(crew.families[number].name for number, _ in todo)
            if len(todo) <= _AT_ONCE:
                filing.settle(run_one(Crew.ran_at, crew, at) for at in todo)
                todo.clear()

        listings = self._run(Crew.listing, crew, changed, meanwhile)
        filing.settle(self._ran_of(listings, crew, pages, filing, todo))
        filing.settle(self._run(Crew.ran_at, crew, todo))
        _describe(crew, pages, filing)
        filing.writing.settle(self.stage.staged(path, data) for path, data in further)
        self._forget(crew, filing)
        return filing.writing.finish(keep)

    def _run(
        self,
        run: Callable[[Crew, Item], Result],
        crew: Crew,
        items: Sequence[Item],
        meanwhile: Callable[[], None] = nothing,
    ) -> Iterable[Result]:
        least = 2 if crew.documents >= _LONG else _WORTH_A_POOL
        done = self.workers.map(
            run, crew, items, least=least, renewed=_RENEWED, meanwhile=meanwhile
        )
        return self.progress(done, "Making pages", len(items))

    def _changed(
        self, crew: Crew, pages: Pages, before: Mapping[str, tuple[str, bytes]]
    ) -> tuple[list[int], list[tuple[int, Listed]]]:
        """Return the numbers of the lists that have changed, and of the others their tasks too.

        `before` is what is kept of families.
        """
        changed, same = list[int](), list[tuple[int, Listed]]()
        for number, one in enumerate(crew.lists):
            key = key_of(one, pages)
            known, tasks = before.get(one.name, ("", b""))
            if isinstance(one, Family) and known == key:
                same.append((number, json.loads(tasks)))
            elif isinstance(one, Task) and self._is_kept(pages, one.name, key):
                same.append((number, [(one.name, key)]))
            else:
                changed.append(number)
        return changed, same

    def _is_kept(self, pages: Pages, name: str, key: str) -> bool:
        kept = self.store.result(f"{UNDER}{name}", key) if pages.digests.general else None
        return kept is not None

    def _changed_beside(
        self, crew: Crew, pages: Pages, filing: Filing, same: Iterable[tuple[int, Listed]]
    ) -> Iterator[At]:
        """Yield which documents have changed, and tasks of the `same` families that must run.

        Those of a family that is as it was run again where their files do not stand.
        """
        for number, one in islice(enumerate(crew.families), len(crew.lists), None):
            yield from filing.carried_of(number, [(one.name, key_of(one, pages))])
        for number, listed in same:
            yield from filing.carried_of(number, listed)

    def _ran_of(
        self,
        listings: Iterable[Listing],
        crew: Crew,
        pages: Pages,
        filing: Filing,
        todo: list[At],
    ) -> Iterator[Ran]:
        """Yield what tasks have made; note in `todo` which others are to run yet."""
        new: list[tuple[str, str, bytes]] = []
        for one in listings:
            yield from one.ran
            new += one.tallies
            family, done = crew.lists[one.number], {ran.name for ran in one.ran}
            todo += filing.carried_of(one.number, one.listed, done)
            if isinstance(family, Family):
                listed = json.dumps(one.listed).encode()
                new.append((f"{_FAMILY}{family.name}", key_of(family, pages), listed))
        self.store.keep_results(new)

    def _forget(self, crew: Crew, filing: Filing) -> None:
        """Forget what is kept of families and tasks that are there no more."""
        names = [one.name for one in crew.lists]
        counted = [f"{TALLY}{name}{more}" for name in names for more in ("", FORMS)]
        self.store.forget_results([f"{_FAMILY}{name}" for name in names], under=_FAMILY)
        self.store.forget_results(counted, under=TALLY)
        self.store.forget_results([f"{UNDER}{name}" for name in filing.names], under=UNDER)


def _describe(crew: Crew, pages: Pages, filing: Filing) -> None:
    """Run the tasks that describe the files of tables, which all stand by now."""
    for task in pages.describing(filing.tables):
        key = key_of(task, pages)
        if not filing.carried(task.name, key):
            filing.settle([crew.ran(task, key)])
