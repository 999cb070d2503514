"""Remembers what was read of files: one that has not changed since is not opened again.

A file is known by its stamp, as git knows the files of its index: size, inode, and the times of the
last change of its bytes and of anything about it. A stamp that was young when the file was read is
not trusted: within the same tick of a clock the file may have changed again.
"""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Mapping
from time import time_ns
from typing import Any
from zlib import crc32

from builder.compact_json import compact
from builder.storing.store import Store

Stamp = tuple[int, int, int, int]

# Longer than a tick of any clock by which files are dated: that of FAT is two seconds.
_YOUNG = 2_500_000_000  # nanoseconds
# So many results hold all rows, so that a changed file has but one of them written anew.
_PARTS = 64
_UTF8 = ("utf-8", "surrogatepass")


class Seen:
    """What earlier runs read of files, by their names: rows that JSON can hold.

    `kind` is what the rows are of, `key` tells apart what else they depend on. Without a store
    there is nothing to remember. What stands there of a file that nobody asks for is forgotten.
    """

    def __init__(self, store: Store | None, kind: str, key: str = "") -> None:
        self._store, self._kind, self._key = store, kind, key
        self._before: dict[str, list[Any]] = {}
        self._now: dict[str, list[Any]] = {}
        self._told: dict[str, tuple[Stamp, int]] = {}
        for part in range(_PARTS if store else 0):
            self._before |= self._part(part)

    def recall(self, name: str, path: str) -> Any:
        """Return the row that was noted of a file, None where it has to be read."""
        moment = time_ns()
        stamp = _stamp(path)
        if stamp is None:
            return None
        known = self._before.get(name)
        if known is not None and tuple(known[0]) == stamp:
            self._now[name] = known
            return known[1]
        self._told[name] = stamp, moment
        return None

    def note(self, name: str, path: str, row: Any) -> None:
        """Note what was read of a file since it could not be recalled."""
        stamp, moment = self._told.pop(name, (None, 0))
        if stamp is None or max(stamp[1:3]) > moment - _YOUNG or _stamp(path) != stamp:
            return
        self._now[name] = [stamp, row]

    def keep(self) -> None:
        """Keep what is known now for the next run; what is kept already is not written again."""
        if self._store is None:
            return
        parts = {_part_of(name) for name in self._now.keys() ^ self._before.keys()}
        new = (name for name, row in self._now.items() if self._before.get(name) is not row)
        parts |= {_part_of(name) for name in new}
        rows: dict[int, dict[str, list[Any]]] = {part: {} for part in parts}
        for name, row in self._now.items():
            if (part := _part_of(name)) in parts:
                rows[part][name] = row
        self._store.keep_results(
            (f"{self._kind} {part}", self._key, compact(own).encode(*_UTF8))
            for part, own in sorted(rows.items())
        )
        self._before = dict(self._now)

    def _part(self, part: int) -> Mapping[str, list[Any]]:
        data = self._store.result(f"{self._kind} {part}", self._key) if self._store else None
        found: dict[str, list[Any]] = json.loads(data.decode(*_UTF8)) if data else {}
        return found


def _part_of(name: str) -> int:
    return crc32(name.encode(*_UTF8)) % _PARTS


def _stamp(path: str) -> Stamp | None:
    """Return what tells one state of a regular file from another; None for any other thing."""
    try:
        known = os.stat(path)  # noqa: PTH116  # for each of twenty thousand files
    except (OSError, ValueError):
        return None
    if not stat.S_ISREG(known.st_mode):
        return None
    return known.st_size, known.st_mtime_ns, known.st_ctime_ns, known.st_ino
