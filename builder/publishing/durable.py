"""Waits until what was written is on the disk: all of it at once, not file by file.

After a power cut a file that was renamed may be there without its bytes. Ten thousand documents
have a hundred thousand files, and a wait for each would take longer than to make them.
"""

from __future__ import annotations

import ctypes
import os
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any


def sync_disk(folder: Path) -> None:
    """Wait until everything written to the file system of a folder is on its disk."""
    call = _syncfs()
    if call is not None:
        handle = os.open(folder, os.O_RDONLY)
        try:
            if call(handle) == 0:
                return
        finally:
            os.close(handle)
    if hasattr(os, "sync"):
        os.sync()


@cache
def _syncfs() -> Any:
    """Return the call of Linux that waits for one file system, None where there is none."""
    with suppress(AttributeError, OSError, TypeError):
        return ctypes.CDLL(None, use_errno=True).syncfs
    return None
