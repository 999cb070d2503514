"""Lays files into a folder whose files may be one with those of a site that stands."""

from __future__ import annotations

import os
import shutil
from pathlib import Path


def lay_file(file: Path | str, data: bytes) -> None:
    """Write a new file; one that stands there may be shared with another site and is left to it."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    try:
        handle = os.open(file, flags, 0o666)
    except FileNotFoundError:
        os.makedirs(os.path.dirname(file), exist_ok=True)  # noqa: PTH103, PTH120  # Path is slow
        lay_file(file, data)
        return
    except FileExistsError:
        os.unlink(file)  # noqa: PTH108  # Path is slow
        lay_file(file, data)
        return
    with os.fdopen(handle, "wb", buffering=0) as out:
        left = memoryview(data)
        while left:
            left = left[out.write(left) :]


def link_file(source: Path | str, file: Path | str) -> None:
    """Make a file one with another, or a copy of it where the system cannot."""
    try:
        os.link(source, file)
    except FileNotFoundError:
        if not os.path.exists(source):  # noqa: PTH110  # as above
            raise
        os.makedirs(os.path.dirname(file), exist_ok=True)  # noqa: PTH103, PTH120  # as above
        link_file(source, file)
    except FileExistsError:
        os.unlink(file)  # noqa: PTH108  # as above
        link_file(source, file)
    except OSError:  # another file system, or too many links
        Path(file).parent.mkdir(parents=True, exist_ok=True)
        Path(file).unlink(missing_ok=True)
        shutil.copy2(source, file)
