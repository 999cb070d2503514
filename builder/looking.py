"""Looks at every file below a folder, once a run: by what name it lies there, and how it stands.

A file is known by four numbers, as git knows those of its index: size, the times of the last change
of its bytes and of anything about it, and its number in the file system. Two hundred thousand files
are looked at when nothing else is done, so there is no object for each: a folder has the names of
its files, and their numbers in one row. A link to a file is known by what it leads to, for that is
what will be read.
"""

from __future__ import annotations

import os
from array import array
from collections.abc import Collection, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from hashlib import blake2b
from itertools import filterfalse
from operator import attrgetter
from pathlib import Path
from sys import intern

_Folder = tuple[tuple[str, ...], array]  # type: ignore[type-arg]  # takes nothing before 3.12
_NUMBERS = 4  # of a file: size, change of its bytes, change of anything, number
_MOST = 0xFFFF_FFFF_FFFF_FFFF
_UTF8 = ("utf-8", "surrogateescape")
_name = attrgetter("name")


@dataclass(slots=True)
class Look:
    """How the files below `root` stood: by folder, their names and numbers.

    Folders are told by their paths below the root, which itself is "". Links to folders are
    followed `into_links` only; `behind` are the folders found so, `circles` the links that lead
    back to where they were come by, and are left alone. `newest` is the latest of all changes.
    """

    root: str
    folders: dict[str, _Folder] = field(default_factory=dict)
    newest: int = 0
    into_links: bool = False
    behind: set[str] = field(default_factory=set)
    circles: set[str] = field(default_factory=set)
    _last: tuple[str, dict[str, int]] = ("", {})

    @classmethod
    def at(
        cls, root: Path | str, leave_out: Collection[str] = (), *, into_links: bool = False
    ) -> Look:
        """Look at all files below a folder, but those in its own folders `leave_out`.

        Where nothing can be read, there is nothing.
        """
        look = cls(str(root), into_links=into_links)
        waiting = [name for name in look.look_at("") if name not in leave_out]
        while waiting:
            waiting += look.look_at(waiting.pop())
        return look

    def look_at(self, folder: str) -> list[str]:
        """Look at one folder, perhaps once more; return the folders in it."""
        names, numbers, below = [], array("Q"), []
        for entry in _entries(f"{self.root}/{folder}" if folder else self.root):
            if _is_folder(entry):
                path = f"{folder}/{entry.name}" if folder else entry.name
                linked = entry.is_symlink()
                if linked and self.into_links and leads_around(self.root, path):
                    self.circles.add(path)
                elif not linked or self.into_links:
                    below.append(path)
                    if linked or folder in self.behind:
                        self.behind.add(path)
                    continue
            told = _numbers(entry)
            if told is not None:
                names.append(entry.name)
                numbers.extend(told)
        self.folders[folder] = tuple(map(intern, names)), numbers  # the same in every folder
        self.newest = max(self.newest, *numbers[2::_NUMBERS], 0)
        self._last = "", {}
        return below

    def files(self) -> Iterator[str]:
        """Yield the paths of all files, in no order; a circle is no file."""
        for folder, (names, _) in self.folders.items():
            paths = (f"{folder}/{name}" for name in names) if folder else names
            yield from filterfalse(self.circles.__contains__, paths) if self.circles else paths

    def stands(self, path: str, size: int, changed: int) -> bool:
        """Tell whether a file was there with this size and this time of its last change.

        What lies behind a link is no file of the folder's own.
        """
        folder, _, name = path.rpartition("/")
        if folder in self.behind:
            return False
        names, numbers = self.folders.get(folder, _NOTHING)
        place = self._places(folder, names).get(name)
        if place is None:
            return False
        told: tuple[int, int] = numbers[place * _NUMBERS], numbers[place * _NUMBERS + 1]
        return told == (size, changed & _MOST)

    def numbers(self, path: str) -> tuple[int, ...]:
        """Return what a file was known by; nothing where there was none."""
        folder, _, name = path.rpartition("/")
        names, numbers = self.folders.get(folder, _NOTHING)
        place = self._places(folder, names).get(name)
        return () if place is None else tuple(numbers[place * _NUMBERS : (place + 1) * _NUMBERS])

    def changed_since(self, before: Look) -> Iterator[str]:
        """Yield the paths of files that are not as they were, or not there any more."""
        for folder in sorted({*self.folders, *before.folders}):
            now, then = (one.folders.get(folder, _NOTHING) for one in (self, before))
            if now == then:
                continue
            paths = (f"{folder}/{name}".lstrip("/") for name in sorted({*now[0], *then[0]}))
            yield from (path for path in paths if self.numbers(path) != before.numbers(path))

    def _places(self, folder: str, names: Iterable[str]) -> dict[str, int]:
        """Return which place each name has in a folder; files of one are asked for together."""
        last, places = self._last
        if last != folder or not places:
            places = {name: place for place, name in enumerate(names)}
            self._last = folder, places
        return places

    def digest(self) -> str:
        """Return what tells this from every other look at these files."""
        told = blake2b(self.root.encode(*_UTF8), digest_size=16)
        for folder in sorted(self.folders):
            names, numbers = self.folders[folder]
            if names:
                told.update("\0".join((folder, *names, "/")).encode(*_UTF8))
                told.update(numbers)
        return told.hexdigest()


_NOTHING: _Folder = ((), array("Q"))


def _entries(folder: str) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            return sorted(entries, key=_name)
    except OSError:
        return []


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link that leads to itself: whoever reads it says so
        return False


def leads_around(root: str, path: str) -> bool:
    """Tell whether a link to a folder leads to one through which it was come by.

    `path` is that of the link below `root`. Links may lead to each other in turn, so each folder on
    the way is asked where it really is.
    """
    target = os.path.realpath(f"{root}/{path}")
    within = f"{target.rstrip(os.sep)}{os.sep}"
    while path:
        path = path.rpartition("/")[0]
        if f"{os.path.realpath(f'{root}/{path}')}{os.sep}".startswith(within):
            return True
    return False


def _numbers(entry: os.DirEntry[str]) -> tuple[int, int, int, int] | None:
    """Return what a file is known by; None where it has gone in the meantime."""
    about = _stood(entry)
    if about is None:
        return None
    told = about.st_size, about.st_mtime_ns, about.st_ctime_ns, about.st_ino
    if max(told) <= _MOST and min(told) >= 0:
        return told
    return told[0], told[1] & _MOST, told[2] & _MOST, told[3] & _MOST


def _stood(entry: os.DirEntry[str]) -> os.stat_result | None:
    """Return how a file stands, and of a link that leads nowhere how the link does."""
    try:
        return entry.stat()
    except OSError:
        with suppress(OSError):
            return entry.stat(follow_symlinks=False)
    return None
