"""Makes the cache of a collection fit to be built with, whatever has happened to it.

What a build keeps there is checked by those who read it, and made anew where it is damaged. Here
goes what they could not even write over: half-written files of runs that died, folders where files
must be, and files or links where folders must be.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from builder.publishing.writing import remove_leavings

CACHE = ".cache"
"""The folder of what a collection's builds keep for the next one."""
SITES = "sites"
"""The folder of the cache that holds the next site, and records of what sites hold."""

_FILES = ("build.sqlite", "citations.json", "lines.json", "unchanged.json", "frame/frame.json")
_FOLDERS = ("frame", "frame/site", "sites", "sites/former")


def mend_cache(cache: Path) -> None:
    """Remove from a cache what stands in the way of the next build."""
    for folder in (cache / name for name in _FOLDERS):
        if folder.is_symlink() or folder.is_file():
            folder.unlink()
    for folder in (cache, cache / "frame", cache / "sites"):
        remove_leavings(folder)
    for file in (*(cache / name for name in _FILES), *(cache / "sites").glob("*-*")):
        if file.is_dir() and not file.is_symlink():
            shutil.rmtree(file)
