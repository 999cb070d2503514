"""Writes what is kept of the files that a task has made, and reads it: in columns, a line a value.

A build of which little has changed reads those of a hundred thousand files to tell that they stand.
Columns become values in one step, where as many rows of JSON take ten times as long.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain
from typing import NamedTuple

from builder.html.tasks import Filed

# No path has a line in it: the list of the run could not name it (`publishing.writing`).
_END = "\n"
_UTF8 = ("utf-8", "surrogatepass")


class KeptFiles(NamedTuple):
    """The files of a task: a column each of what a `Filed` holds."""

    paths: Sequence[str]
    digests: Sequence[str]
    sizes: Sequence[int]
    rows: Sequence[int]
    changed: Sequence[int]

    def filed(self, place: int) -> Filed:
        """Return one of the files."""
        own = self.paths[place], self.digests[place]
        return Filed(*own, self.sizes[place], self.rows[place], self.changed[place])


def bytes_of_files(files: Iterable[Filed]) -> bytes:
    """Return what is kept of files."""
    rows = [(one.path, one.sha256, one.size, one.rows, one.changed) for one in files]
    return _END.join(map(str, chain.from_iterable(zip(*rows, strict=True)))).encode(*_UTF8)


def files_of_bytes(data: bytes) -> KeptFiles:
    """Return what was kept of files."""
    told = data.decode(*_UTF8).split(_END)
    count = len(told) // len(KeptFiles._fields)  # nothing is one empty line
    columns = [told[place * count :][:count] for place in range(len(KeptFiles._fields))]
    paths, digests, *numbers = columns
    return KeptFiles(paths, digests, *(list(map(int, column)) for column in numbers))
