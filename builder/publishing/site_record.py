"""Writes down what a site's folder holds, and reads it as long as it holds for the folder.

A record bears the folder's number in the file system. It tells every file with the key from which
it was made, and when each folder within was last changed: files of a site are replaced and never
written to, so that the folders tell of every change.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import Path

from builder.publishing.writing import write_file

_FORMAT = "files of a site, 2"


def record_of(folder: Path, records: Path) -> Path:
    """Return where the record of a folder lies. Raises OSError where there is no such folder."""
    about = folder.stat()
    return records / f"{about.st_dev:x}-{about.st_ino:x}"


def write_record(folder: Path, records: Path, files: Mapping[str, str]) -> None:
    """Write down that a folder holds these files, path → key, and nothing else."""
    folders = sorted(_folders_of(files))
    times = [str(os.stat(f"{folder}/{one}").st_mtime_ns) for one in folders]  # noqa: PTH116  # of tens of thousands
    head = f"{_FORMAT}\n{len(folders)} {len(files)}"
    text = "\n".join((head, *folders, *times, *files, *files.values()))
    write_file(record_of(folder, records), text.encode("utf-8", "surrogateescape"))


def _folders_of(paths: Iterable[str]) -> set[str]:
    """Return the folders of some files, and those in which these lie, up to "", the site itself."""
    found = {""}
    for folder in {path.rpartition("/")[0] for path in paths}:
        while folder not in found:
            found.add(folder)
            folder = folder.rpartition("/")[0]
    return found


def read_record(folder: Path, records: Path) -> tuple[dict[str, str], set[str]]:
    """Return what a folder held, path → key, and which folders within have changed since."""
    try:
        text = record_of(folder, records).read_text("utf-8", "surrogateescape")
    except FileNotFoundError:
        return {}, set()
    lines = text.split("\n")
    folders, times, rest = _parts(lines)
    number = len(rest) // 2
    if not folders or len(rest) != 2 * number:
        return {}, set()
    files = dict(zip(rest[:number], rest[number:], strict=True))
    return files, _changed(folder, folders, times)


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
        with record_of(folder, records).open(encoding="utf-8", errors="surrogateescape") as file:
            head = [file.readline().rstrip("\n") for _ in range(2)]
            number = int(head[1].partition(" ")[0])
            lines = [file.readline().rstrip("\n") for _ in range(2 * number)]
    except (OSError, ValueError):
        return False
    folders, times = lines[:number], lines[number:]
    return head[0] == _FORMAT and not _changed(folder, folders, times)


def _parts(lines: list[str]) -> tuple[list[str], list[str], list[str]]:
    """Return the folders of a record, their times, and what tells of files; nothing if damaged."""
    try:
        if lines[0] != _FORMAT:
            return [], [], []
        folders, files = map(int, lines[1].split(" "))
    except (IndexError, ValueError):
        return [], [], []
    start, end = 2 + folders, 2 + 2 * folders
    if len(lines) != end + 2 * files:
        return [], [], []
    return lines[2:start], lines[start:end], lines[end:]


def _changed(folder: Path, folders: Iterable[str], times: Iterable[str]) -> set[str]:
    own = f"{folder}/"
    return {path for path, since in zip(folders, times, strict=True) if _time(own + path) != since}


def _time(folder: str) -> str:
    """Return when a folder was last changed, "" where there is none."""
    try:
        return str(os.stat(folder).st_mtime_ns)  # noqa: PTH116  # for each of tens of thousands
    except OSError:
        return ""
