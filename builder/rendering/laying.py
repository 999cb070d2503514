"""Lays files into a folder whose files may be one with those of a site that stands."""

from __future__ import annotations

import os
import shutil
from pathlib import Path


def lay_file(file: Path, data: bytes) -> None:
    """Write a new file; one that stands there may be shared with another site and is left to it."""
    try:
        with file.open("xb") as out:
            out.write(data)
    except FileNotFoundError:
        file.parent.mkdir(parents=True, exist_ok=True)
        lay_file(file, data)
    except FileExistsError:
        file.unlink()
        lay_file(file, data)


def link_file(source: Path, file: Path) -> None:
    """Make a file one with another, or a copy of it where the system cannot."""
    try:
        os.link(source, file)
    except FileNotFoundError:
        if not source.exists():
            raise
        file.parent.mkdir(parents=True, exist_ok=True)
        link_file(source, file)
    except FileExistsError:
        file.unlink()
        link_file(source, file)
    except OSError:  # another file system, or too many links
        file.parent.mkdir(parents=True, exist_ok=True)
        file.unlink(missing_ok=True)
        shutil.copy2(source, file)
