"""Brings the content folder up to date: makes the files whose tasks have changed, in a pool.

What a task has made is kept with its key. A task whose key is the same, and whose files lie there
as they were left, is not run again; of a family whose key is the same not even the tasks are made
up, for their names and keys are kept. Processes lay files beside their places; this one names them
in the list of the run and moves them in.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass
from functools import cached_property
from hashlib import blake2b
from itertools import islice
from typing import Any

from builder.html.tasks import Family, Filed, Task, members
from builder.looking import Look
from builder.pages import Pages
from builder.publishing.staging import Page, Stage, Staged, Writing, Written
from builder.storing.store import Store
from builder.undisturbed import swept
from builder.working import Workers

UNDER = "page "
"""What the names of the results begin with that are kept of tasks: the files that each has made."""
_FAMILY = "pages "  # and those of families
_GROUP = 250  # tasks whose files move in together
# Starting a pool takes as long as so many tasks do.
_WORTH_A_POOL = 40
# What is known of ten thousand documents is copied, little by little, in each process that looks at
# it; so many tasks have not looked at the most of it yet.
_RENEWED = 5000


@dataclass(frozen=True, slots=True)
class _Made:
    """What a task has made, as it is staged; `rows` are those of the files of tables."""

    name: str
    key: str
    staged: Sequence[Staged]
    rows: Sequence[int]


class _Crew:
    """Makes the files of tasks by the numbers of their family and their place in it.

    Another process makes up the families anew.
    """

    def __init__(self, pages: Pages, stage: Stage) -> None:
        self._pages, self._stage = pages, stage
        self._made_up: dict[int, Sequence[Task]] = {}

    def __reduce__(self) -> tuple[Any, ...]:
        return _Crew, (self._pages, self._stage)

    @cached_property
    def families(self) -> Sequence[Task | Family]:
        """All families, and tasks that are in none."""
        return list(self._pages.families())

    def tasks(self, number: int) -> Sequence[Task]:
        """Return the tasks of a family, made up when they are first asked for."""
        if number not in self._made_up:
            self._made_up[number] = tuple(members(self.families[number]))
        return self._made_up[number]

    def made(self, number: int, place: int) -> _Made:
        """Run a task, and stage its files."""
        return self.staged(self.tasks(number)[place])

    def staged(self, task: Task) -> _Made:
        """Run a task, and stage its files."""
        files = [
            (self._stage.staged(path, data), rows) for path, data, rows in self._pages.files(task)
        ]
        staged, rows = [one for one, _ in files], [count for _, count in files]
        return _Made(task.name, key_of(task, self._pages), staged, rows)


def _made(crew: _Crew, at: tuple[int, int]) -> _Made:
    return crew.made(*at)


def key_of(task: Task | Family, pages: Pages) -> str:
    """Return the key of a task or a family of a site."""
    told = f"{pages.digests.general} {task.key}".encode("utf-8", "surrogatepass")
    return blake2b(told, digest_size=16).hexdigest()


@dataclass(frozen=True, slots=True)
class Content:
    """A content folder and what is known of it: what earlier runs made, and who makes the rest.

    `look` tells how its files stood when the run began.
    """

    stage: Stage
    store: Store
    workers: Workers
    look: Look
    progress: Callable[[Iterable[Any], str, int], Iterable[Any]] = lambda items, _label, _n: items

    def write(self, pages: Pages, further: Iterable[Page], keep: Callable[[str], bool]) -> Written:
        """Write all files of a site, and `further` ones; remove what is no longer made.

        `keep` tells which paths of the last run stay though they were not made this time.
        """
        writing = Writing(self.stage)
        kept, filed = self._kept(pages, UNDER), dict[str, Filed]()
        crew, names, todo = _Crew(pages, self.stage), list[str](), list[tuple[int, int]]()
        with swept():
            all_listed = self._listed(crew, pages)
        for number, listed in enumerate(all_listed):
            for place, (name, key) in enumerate(listed):
                names.append(name)
                if not self._carried(kept.get(f"{UNDER}{name}"), key, writing, filed):
                    todo.append((number, place))
        pages.prepare(crew.tasks(number)[place].name for number, place in todo)
        made = self.workers.map(_made, crew, todo, least=_WORTH_A_POOL, renewed=_RENEWED)
        self._settle(self.progress(made, "Making pages", len(todo)), writing, filed)
        for task in pages.describing(filed):
            names.append(task.name)
            key = key_of(task, pages)
            if not self._carried(kept.get(f"{UNDER}{task.name}"), key, writing, filed):
                self._settle([crew.staged(task)], writing, filed)
        writing.settle(self.stage.staged(path, data) for path, data in further)
        self.store.forget_results([f"{UNDER}{name}" for name in names], under=UNDER)
        return writing.finish(keep)

    def _kept(self, pages: Pages, under: str) -> Mapping[str, tuple[str, bytes]]:
        if not pages.digests.general:
            return {}
        return {name: (key, value) for name, key, value in self.store.results(under)}

    def _listed(self, crew: _Crew, pages: Pages) -> Sequence[Sequence[tuple[str, str]]]:
        """Return names and keys of the tasks of each family; keep what was not known of them."""
        kept, names = self._kept(pages, _FAMILY), list[str]()
        found: list[Sequence[tuple[str, str]]] = []
        new: list[tuple[str, str, bytes]] = []
        for number, one in enumerate(crew.families):
            name, key = f"{_FAMILY}{one.name}", key_of(one, pages)
            if isinstance(one, Task):
                found.append([(one.name, key)])
                continue
            names.append(name)
            known = kept.get(name)
            if known is not None and known[0] == key:
                found.append(json.loads(known[1]))
                continue
            found.append([(task.name, key_of(task, pages)) for task in crew.tasks(number)])
            new.append((name, key, json.dumps(found[-1]).encode()))
        self.store.keep_results(new)
        self.store.forget_results(names, under=_FAMILY)
        return found

    def _carried(
        self,
        kept: tuple[str, bytes] | None,
        key: str,
        writing: Writing,
        filed: dict[str, Filed],
    ) -> bool:
        """Tell whether a task need not run; note its files then."""
        if kept is None or kept[0] != key:
            return False
        files = [Filed(*row) for row in json.loads(kept[1])]
        if not all(self.look.stands(file.path, file.size, file.changed) for file in files):
            return False
        for file in files:
            writing.carry_over(file.path, file.sha256)
            filed[file.path] = file
        return True

    def _settle(self, made: Iterable[_Made], writing: Writing, filed: dict[str, Filed]) -> None:
        iterator = iter(made)
        while group := list(islice(iterator, _GROUP)):
            staged = [one for task in group for one in task.staged]
            standing = {one.path for one in writing.settle(staged)}
            self.store.keep_results(self._results(group, standing, filed))

    def _results(
        self, group: Iterable[_Made], standing: set[str], filed: dict[str, Filed]
    ) -> Iterator[tuple[str, str, bytes]]:
        """Yield what is kept of tasks; one of which a file may not stand runs again next time."""
        for task in group:
            files = [
                Filed(one.path, one.sha256, one.size, rows, self._changed(one.path))
                for one, rows in zip(task.staged, task.rows, strict=True)
            ]
            filed.update((file.path, file) for file in files)
            if all(one.path in standing for one in task.staged):
                rows = [astuple(file) for file in files]
                yield f"{UNDER}{task.name}", task.key, json.dumps(rows).encode()

    def _changed(self, path: str) -> int:
        try:
            # Of a hundred thousand files: a `Path` for each would take longer than to look.
            return os.stat(f"{self.stage.content}/{path}").st_mtime_ns  # noqa: PTH116
        except OSError:
            return 0
