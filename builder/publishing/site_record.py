"""Writes down what a site's folder holds, and reads it as long as it holds for the folder.

A record bears the folder's number in the file system. It tells every file with the key from which
it was made, and when each folder within was last changed: files of a site are replaced and never
written to, so that the folders tell of every change. Two folders that take turns hold nearly the
same files: both records tell in what theirs differ from one list.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path
from typing import Any

from builder.publishing.writing import write_file
from builder.undisturbed import undisturbed

_FORMAT = "files of a site, 3"
_LIST = "list-"
# A list from which more than this share of the files differ is written anew.
_SHARE = 1 / 20
_UTF8 = ("utf-8", "surrogateescape")


@dataclass(frozen=True, slots=True)
class Listed:
    """A list of files, path → key, and the name under which it is kept; "" where it is not."""

    name: str = ""
    files: Mapping[str, str] = field(default_factory=dict)


NOTHING = Listed()


@dataclass(frozen=True, slots=True)
class Record:
    """What a folder held when its record was written: files, path → key, and times of folders.

    `listed` is the list that the record differs from, and `differs` tells in what, with None for
    what is gone; it is None itself where that is not known. `changed` are the folders within that
    have changed since.
    """

    files: dict[str, str] = field(default_factory=dict)
    times: Mapping[str, int] = field(default_factory=dict)
    listed: Listed = NOTHING
    changed: frozenset[str] = frozenset()
    differs: Mapping[str, str | None] | None = None

    @property
    def known(self) -> Record:
        """This without what lies in folders that have changed, which is not known any more."""
        if not self.changed:
            return self
        folder_of = {path: path.rpartition("/")[0] for path in self.files}
        # Of a folder that held no files of its own, what lies further below tells of the change.
        below = tuple(f"{one}/" for one in self.changed.difference(folder_of.values()))
        return Record(
            {
                path: key
                for path, key in self.files.items()
                if folder_of[path] not in self.changed and not path.startswith(below)
            },
            listed=self.listed,
        )


def record_of(folder: Path, records: Path) -> Path:
    """Return where the record of a folder lies. Raises OSError where there is no such folder."""
    about = folder.stat()
    return records / f"{about.st_dev:x}-{about.st_ino:x}"


@undisturbed()
def write_record(
    folder: Path,
    records: Path,
    files: Mapping[str, str],
    *,
    listed: Listed = NOTHING,
    differs: Mapping[str, str | None] | None = None,
    times: Mapping[str, int] | None = None,
) -> Listed:
    """Write down that a folder holds these files, path → key, and nothing else.

    `listed` may serve as the list that the record differs from; the one that does is returned. In
    what they `differ` from it, and the `times` at which each folder was last changed, are told
    where that is known.
    """
    if differs is None and listed.name:
        differs = _differing(files, listed)
    if differs is None or len(differs) > _SHARE * len(files):
        listed, differs = _written(records, files), {}
    if times is None:
        times = times_of(folder, sorted(_folders_of(files)))
    told = {"format": _FORMAT, "list": listed.name, "differs": differs, "folders": times}
    write_file(record_of(folder, records), json.dumps(told).encode())
    return listed


def _differing(files: Mapping[str, str], listed: Listed) -> dict[str, str | None]:
    """Return in what files differ from a list, with None for what is gone."""
    there = listed.files.get
    differs: dict[str, str | None] = {p: key for p, key in files.items() if there(p) != key}
    return differs | dict.fromkeys(listed.files.keys() - files.keys())


def _written(records: Path, files: Mapping[str, str]) -> Listed:
    text = "\n".join((f"{_FORMAT} {len(files)}", *files, *files.values()))
    data = text.encode(*_UTF8)
    name = _LIST + blake2b(data, digest_size=8).hexdigest()
    write_file(records / name, data)
    return Listed(name, dict(files))


def _folders_of(paths: Iterable[str]) -> set[str]:
    """Return the folders of some files, and those in which these lie, up to "", the site itself."""
    found = {""}
    for folder in {path.rpartition("/")[0] for path in paths}:
        while folder not in found:
            found.add(folder)
            folder = folder.rpartition("/")[0]
    return found


def times_of(folder: Path, within: Iterable[str]) -> dict[str, int]:
    """Return when folders within a folder were last changed, by path; of those that there are."""
    times = ((path, _time(f"{folder}/{path}")) for path in within)
    return {path: time for path, time in times if time is not None}


def times_after(folder: Path, times: Mapping[str, int], touched: Iterable[str]) -> dict[str, int]:
    """Return when folders within a folder were last changed, of which these files were touched.

    All others are as they were at the `times`.
    """
    anew = {""}
    for path in touched:
        while path:
            path = path.rpartition("/")[0]
            anew.add(path)
    kept = {path: time for path, time in times.items() if path not in anew}
    return kept | times_of(folder, sorted(anew))


@undisturbed()
def read_record(
    folder: Path, records: Path, listed: Listed = NOTHING, *, under: str = ""
) -> Record:
    """Return what a folder held; nothing where no record tells. `listed` was read before.

    Who asks for what is `under` a folder of it, "search/", is told of no change elsewhere.
    """
    try:
        told = _told(folder, records)
        if told["list"] != listed.name:
            listed = _read_list(records, told["list"])
        differs, times = told["differs"], told["folders"]
        files = {**listed.files, **differs}
        for path in [path for path, key in differs.items() if key is None]:
            del files[path]
        if under:
            files = {path: key for path, key in files.items() if path.startswith(under)}
            times = {one: time for one, time in times.items() if f"{one}/".startswith(under)}
        changed = _changed(folder, times)
        return Record(files, times, listed, changed, None if under else differs)
    except (OSError, ValueError, TypeError, AttributeError, LookupError):
        return Record()


def stamp_of(folder: Path, records: Path) -> str:
    """Return what tells the record of a folder from every other; "" where there is none."""
    try:
        record = record_of(folder, records)
        about = record.stat()
    except OSError:
        return ""
    told = about.st_size, about.st_mtime_ns, about.st_ctime_ns, about.st_ino
    return f"{record.name} {' '.join(map(str, told))}"


def is_as_recorded(folder: Path, records: Path) -> bool:
    """Tell whether no folder of a site has changed since the record was written."""
    try:
        return not _changed(folder, _told(folder, records)["folders"])
    except (OSError, ValueError, TypeError, LookupError, AttributeError):
        return False


def _told(folder: Path, records: Path) -> dict[str, Any]:
    """Return what a record tells. Raises OSError, ValueError or LookupError where none does."""
    told: dict[str, Any] = json.loads(record_of(folder, records).read_bytes())
    if told["format"] != _FORMAT or not isinstance(told["folders"], dict) or not told["folders"]:
        raise ValueError("this is no record, or that of another program")
    return told


def _read_list(records: Path, name: str) -> Listed:
    head, *lines = (records / name).read_bytes().decode(*_UTF8).split("\n")
    number = len(lines) // 2
    if head != f"{_FORMAT} {number}" or len(lines) != 2 * number:
        raise ValueError("this is no list, or that of another program")
    return Listed(name, dict(zip(lines[:number], lines[number:], strict=True)))


def _changed(folder: Path, times: Mapping[str, int]) -> frozenset[str]:
    own = f"{folder}/"
    return frozenset(path for path, since in times.items() if _time(own + path) != since)


def _time(folder: str) -> int | None:
    """Return when a folder was last changed, None where there is none."""
    try:
        return os.stat(folder).st_mtime_ns  # noqa: PTH116  # for each of tens of thousands
    except OSError:
        return None
