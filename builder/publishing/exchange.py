"""Puts a finished folder in the place of an old one, so that one of the two always stands whole.

A build works in a folder of its own (`site_folder`), a copy for disk and a release beside `site/`,
in `.site.building/`. Where the system can exchange two folders in one
call, that is all. Elsewhere the finished folder becomes `.site.ready/`, the old one `.site.old/`,
and the finished one `site/`; `recover` finishes that when a run died in between.
"""

from __future__ import annotations

import ctypes
import errno
import os
import shutil
from collections.abc import Container, Iterator
from contextlib import contextmanager
from filecmp import cmp
from pathlib import Path

from builder.publishing.durable import sync_disk

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2

# What the exchange needs that this system or this file system may not have.
_NOT_POSSIBLE = {errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EPERM}


@contextmanager
def workplace(target: Path) -> Iterator[Path]:
    """Give an empty folder beside the target, in which its successor is made; remove it after."""
    recover(target)
    building = beside(target, "building")
    building.mkdir(parents=True)
    try:
        yield building
    finally:
        shutil.rmtree(building, ignore_errors=True)


def recover(target: Path) -> None:
    """Finish what an interrupted run began, and remove what it left lying about."""
    ready, old = beside(target, "ready"), beside(target, "old")
    if not target.exists():
        for candidate in (ready, old):
            if candidate.is_dir():
                candidate.rename(target)
                break
    for leftover in (ready, old, beside(target, "building")):
        if leftover.exists():
            shutil.rmtree(leftover)


def replace_folder(target: Path, finished: Path) -> bool:
    """Put a finished folder in the target's place; return whether any file changed.

    Files whose bytes are the same keep their times (they become one file with the old one where
    the system has hard links), and hidden entries at the top of the old folder (`.git`) move along.
    """
    if not target.exists():
        sync_disk(finished)
        finished.rename(target)
        return True
    _keep_hidden(finished, target)
    if not _share_unchanged(finished, target):
        shutil.rmtree(finished)
        return False
    sync_disk(finished)
    shutil.rmtree(exchange_folders(target, finished))
    return True


def exchange_folders(target: Path, finished: Path) -> Path:
    """Put a finished folder in the target's place; return where the old one is then.

    It is at the finished one's place, or, where the system cannot exchange two folders in one call,
    comes there at last.
    """
    if not target.exists():
        finished.rename(target)
        return finished
    if not _exchange(target, finished):
        ready, old = beside(target, "ready"), beside(target, "old")
        finished.rename(ready)
        target.rename(old)
        ready.rename(target)
        old.rename(finished)
    return finished


def carry_hidden(old: Path, finished: Path, own: Container[str]) -> None:
    """Let a finished folder have the hidden entries at the top of the old one, beside its `own`."""
    for entry in finished.glob(".*"):
        if entry.name in own:
            continue
        if entry.is_dir() and not entry.is_symlink():
            shutil.rmtree(entry)
        else:
            entry.unlink()
    _keep_hidden(finished, old)


def files_of(folder: Path) -> Iterator[str]:
    """Yield the path of every file below a folder, relative to it, in a fixed order."""
    for base, folders, names in os.walk(folder):
        folders.sort()
        relative = Path(base).relative_to(folder)
        for name in sorted(names):
            yield (relative / name).as_posix()


def beside(target: Path, state: str) -> Path:
    """Return the folder of a state beside a target: `.site.former`."""
    return target.with_name(f".{target.name}.{state}")


def _keep_hidden(finished: Path, old: Path) -> None:
    """Carry over what others keep at the top of a site, such as a working tree's `.git`."""
    for entry in old.glob(".*"):
        copy = finished / entry.name
        if copy.exists() or copy.is_symlink():
            continue
        if entry.is_dir() and not entry.is_symlink():
            shutil.copytree(entry, copy, symlinks=True)
        else:
            shutil.copy2(entry, copy, follow_symlinks=False)


def _share_unchanged(finished: Path, old: Path) -> bool:
    """Make equal files of both folders one file; return whether anything differs."""
    new_files, old_files = list(files_of(finished)), set(files_of(old))
    differs = old_files != set(new_files)
    for path in new_files:
        new, there = finished / path, old / path
        if path not in old_files or new.is_symlink() or not cmp(new, there, shallow=False):
            differs = True
        else:
            _share(new, there)
    return differs


def _share(new: Path, there: Path) -> None:
    link = new.with_name(f".{new.name}.link")
    try:
        os.link(there, link)
    except OSError:
        # No hard links here (or too many): the same bytes with the same times do as well.
        times = there.stat()
        os.utime(new, ns=(times.st_atime_ns, times.st_mtime_ns))
    else:
        link.replace(new)


def _exchange(first: Path, second: Path) -> bool:
    """Exchange two folders in one call; return False where the system has no such call."""
    try:
        call = ctypes.CDLL(None, use_errno=True).renameat2
    except (AttributeError, OSError, TypeError):
        return False
    failed = call(_AT_FDCWD, os.fsencode(first), _AT_FDCWD, os.fsencode(second), _RENAME_EXCHANGE)
    if not failed:
        return True
    number = ctypes.get_errno()
    if number in _NOT_POSSIBLE:
        return False
    raise OSError(number, os.strerror(number), str(first), None, str(second))
