"""Files what tasks have made: tells which files stand, and keeps what the next run goes by.

A task need not run again where its key is the same and its files lie in the content folder as it
left them.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cached_property
from itertools import islice

from builder.crew import At, Listed, Ran
from builder.html.tasks import Filed
from builder.kept_files import bytes_of_files, files_of_bytes
from builder.looking import Look
from builder.publishing.staging import Stage, Writing
from builder.site_files import DATA
from builder.storing.store import Store

UNDER = "page "
"""What the names of the results begin with that are kept of tasks: the files that each has made."""
_GROUP = 250  # tasks whose files move in together


class Filing:
    """Notes which files stand, as tasks are run or need not be.

    `names` are those of the tasks that there are, `tables` the files in the folder of the tables,
    by path.
    """

    def __init__(self, stage: Stage, store: Store, look: Look, *, is_kept: bool) -> None:
        self.writing = Writing(stage)
        self.names, self.tables = list[str](), dict[str, Filed]()
        self._content, self._store, self._look = stage.content, store, look
        self._is_kept = is_kept

    @cached_property
    def _kept(self) -> Mapping[str, tuple[str, bytes]]:
        """What was kept of each task before this run."""
        rows = self._store.results(UNDER) if self._is_kept else ()
        return {name: (key, value) for name, key, value in rows}

    def carried(self, name: str, key: str) -> bool:
        """Tell whether a task need not run; note its files then."""
        self.names.append(name)
        known = self._kept.get(f"{UNDER}{name}")
        if known is None or known[0] != key:
            return False
        files = files_of_bytes(known[1])
        if not all(map(self._look.stands, files.paths, files.sizes, files.changed)):
            return False
        self.writing.carry_over(files.paths, files.digests)
        for place, path in enumerate(files.paths):
            if path.startswith(DATA):
                self.tables[path] = files.filed(place)
        return True

    def carried_of(self, number: int, listed: Listed, done: Collection[str] = ()) -> Iterator[At]:
        """Yield the tasks of a family that must run: neither `done` nor carried over."""
        for place, (name, key) in enumerate(listed):
            if name in done:
                self.names.append(name)
            elif not self.carried(name, key):
                yield number, place

    def settle(self, ran: Iterable[Ran]) -> None:
        """Move in what tasks have made, and keep what is known of it."""
        iterator = iter(ran)
        while group := list(islice(iterator, _GROUP)):
            staged = [one for task in group for one in task.staged]
            standing = {one.path for one in self.writing.settle(staged)}
            self._store.keep_results(self._results(group, standing))
            self._store.keep_results(tally for task in group for tally in task.tallies)

    def _results(
        self, group: Iterable[Ran], standing: set[str]
    ) -> Iterator[tuple[str, str, bytes]]:
        """Yield what is kept of tasks; one of which a file may not stand runs again next time."""
        for task in group:
            files = [
                Filed(one.path, one.sha256, one.size, rows, self._written_at(one.path))
                for one, rows in zip(task.staged, task.rows, strict=True)
            ]
            self.tables.update((file.path, file) for file in files if file.path.startswith(DATA))
            if all(one.path in standing for one in task.staged):
                yield f"{UNDER}{task.name}", task.key, bytes_of_files(files)

    def _written_at(self, path: str) -> int:
        try:
            # Of a hundred thousand files: a `Path` for each would take longer than to look.
            return os.stat(f"{self._content}/{path}").st_mtime_ns  # noqa: PTH116
        except OSError:
            return 0
