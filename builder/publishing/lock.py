"""Lets one run at a time write to a collection, with a cache that is fit for it."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from builder.publishing.cache_folder import mend_cache

LOCK_NAME = Path(".cache") / "builder.publishing.lock"


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
        mend_cache(path.parent)
        yield
    finally:
        os.close(handle)
