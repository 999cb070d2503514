"""Keeps what was made of a collection's search, so that the next build makes only what has changed.

A file is known by its name, which tells all that it was made of; what a broken run left half, or
somebody has changed, is told by a sum, and counts as not there.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from itertools import accumulate, pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from zlib import crc32

_SUM, _LENGTHS = "sum", "lengths"


@contextmanager
def workplace(kept: Path) -> Iterator[Path]:
    """Yield where things are kept: `kept`, or a folder for once where that cannot be written."""
    if _can_be_written(kept):
        yield kept
        return
    with TemporaryDirectory(prefix="search-") as folder:
        yield Path(folder)


def _can_be_written(folder: Path) -> bool:
    probe = folder / ".probe"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        remove(probe)
        probe.mkdir()
        probe.rmdir()
    except OSError:
        return False
    return True


def keep(file: Path, *parts: bytes) -> None:
    """Write a file of parts in one step."""
    told = {_SUM: _sum(parts), _LENGTHS: [len(part) for part in parts]}
    remove_folder(file)
    write(file, b"".join([json.dumps(told).encode(), b"\n", *parts]))


def kept_parts(file: Path) -> list[bytes] | None:
    """Return the parts of a file; None where it is not there, or not as it was written."""
    try:
        head, _, body = file.read_bytes().partition(b"\n")
        told = json.loads(head)
        bounds = pairwise(accumulate(told[_LENGTHS], initial=0))
        parts = [body[start:end] for start, end in bounds]
        return parts if told[_SUM] == _sum(parts) else None
    except (OSError, ValueError, LookupError, TypeError):
        return None


def _sum(parts: Collection[bytes]) -> int:
    told = 0
    for part in parts:
        told = crc32(part, crc32(str(len(part)).encode(), told))
    return told


def write(file: Path, data: bytes) -> None:
    """Give a file its bytes in one step; what else shares the old ones keeps them."""
    beside = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        beside.write_bytes(data)
    except FileNotFoundError:
        file.parent.mkdir(parents=True, exist_ok=True)
        beside.write_bytes(data)
    beside.replace(file)


def forget(kept: Path, names: Collection[str]) -> None:
    """Remove what has none of these names: what is no more, what a broken run left."""
    for path in kept.iterdir():
        if path.name not in names:
            remove(path)


def remove_folder(path: Path) -> None:
    """Remove a folder that stands where a file is to be."""
    if path.is_dir() and not path.is_symlink():
        remove(path)


def remove(path: Path) -> None:
    """Remove a file or a folder with all that is in it, if it can be."""
    with suppress(OSError):
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink()
