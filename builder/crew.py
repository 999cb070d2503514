"""Makes up the tasks of a site, family by family, and runs them: in whatever process it is.

The tasks of a long list hold its rows, and those of all lists more than everything else. So none is
handed from one process to another: who is to run some makes their family up, and lets the tasks go
when it turns to the next.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from typing import Any

from builder.html.tasks import Family, Task, members
from builder.pages import Pages
from builder.publishing.staging import Stage, Staged

# Of a family with more tasks that have changed, they are parted among the processes.
_AT_ONCE = 12

Listed = Sequence[tuple[str, str]]
"""The tasks of a family, each as its name and its key."""
At = tuple[int, int]
"""A task, by the number of its family and its place there."""


@dataclass(frozen=True, slots=True)
class Ran:
    """What a task has made, as it is staged; `rows` are those of the files of tables.

    `tallies` are results to keep of what was counted for it.
    """

    name: str
    key: str
    staged: Sequence[Staged]
    rows: Sequence[int]
    tallies: Sequence[tuple[str, str, bytes]] = ()


@dataclass(frozen=True, slots=True)
class Listing:
    """The tasks of a family, by its number, and what those have made that were run at once.

    `tallies` are results to keep of what was counted for all of them.
    """

    number: int
    listed: Listed
    ran: Sequence[Ran]
    tallies: Sequence[tuple[str, str, bytes]] = ()


class Crew:
    """Makes up families and runs tasks, by the numbers of families and their places in them.

    `before` has the tasks of each family when it was last made up, as JSON, by its name.
    """

    def __init__(self, pages: Pages, stage: Stage, before: Mapping[str, bytes]) -> None:
        self._pages, self._stage, self._before = pages, stage, before
        self._last: tuple[int, Sequence[Task]] = (-1, ())

    def __reduce__(self) -> tuple[Any, ...]:
        return Crew, (self._pages, self._stage, self._before)

    @cached_property
    def lists(self) -> Sequence[Task | Family]:
        """All families, and what there is one of: they come first among all."""
        return list(self._pages.lists())

    @cached_property
    def families(self) -> Sequence[Task | Family]:
        """All families, and tasks that are in none: each document is one."""
        return [*self.lists, *self._pages.each()]

    @property
    def documents(self) -> int:
        """How many documents the site shows."""
        return len(self._pages.site.index.annotated)

    def listing(self, number: int) -> Listing:
        """Make up a family; run those of its tasks that have changed, unless they are many."""
        tasks, before = self._tasks(number), self._keys_before(number)
        listed = [(task.name, key_of(task, self._pages)) for task in tasks]
        changed = [
            (task, key)
            for task, (name, key) in zip(tasks, listed, strict=True)
            if before.get(name) != key
        ]
        few = changed if len(changed) <= _AT_ONCE else ()
        tallies = self._pages.tallies.taken()
        return Listing(number, listed, [self.ran(task, key) for task, key in few], tallies)

    def ran_at(self, at: At) -> Ran:
        """Run the task at a place in a family."""
        number, place = at
        task = self._tasks(number)[place]
        return self.ran(task, key_of(task, self._pages))

    def ran(self, task: Task, key: str) -> Ran:
        """Run a task of this key, and stage its files."""
        files = [
            (self._stage.staged(path, data), rows) for path, data, rows in self._pages.files(task)
        ]
        staged, rows = [one for one, _ in files], [count for _, count in files]
        return Ran(task.name, key, staged, rows, self._pages.tallies.taken())

    def _keys_before(self, number: int) -> Mapping[str, str]:
        return dict(json.loads(self._before.get(self.lists[number].name, b"[]")))

    def _tasks(self, number: int) -> Sequence[Task]:
        if self._last[0] != number:
            # Documents are made up where one of them is asked for: that takes a while.
            among = self.lists if number < len(self.lists) else self.families
            self._last = number, tuple(members(among[number]))
        return self._last[1]


def key_of(task: Task | Family, pages: Pages) -> str:
    """Return the key of a task or a family of a site."""
    told = f"{pages.digests.general} {task.key}".encode("utf-8", "surrogatepass")
    return blake2b(told, digest_size=16).hexdigest()
