"""Lets one run at a time write to a collection."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from builder.publishing.writing import remove_leavings

LOCK_NAME = Path(".cache") / "builder.publishing.lock"
# Where a run that died may have left a file half-written of which nobody else knows.
_SWEPT = (Path(".cache"), Path(".cache") / "frame", Path(".cache") / "sites")


@contextmanager
def locked(root: Path, waiting: Callable[[], None] = lambda: None) -> Iterator[None]:
    """Hold the collection's lock; calls `waiting` once when another run holds it.

    The system releases the lock when the process ends, however it ends.
    """
    if sys.platform == "win32":
        # No such lock there: two runs at once are the user's own care.
        yield
        return
    import fcntl

    path = root / LOCK_NAME
    path.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            waiting()
            fcntl.flock(handle, fcntl.LOCK_EX)
        for folder in _SWEPT:
            remove_leavings(root / folder)
        yield
    finally:
        os.close(handle)
