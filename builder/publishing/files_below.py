"""The files below a folder: their paths, whether they are those of another one, and their end."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable
from pathlib import Path


def holds_the_same(folder: Path, other: Path, paths: Collection[str]) -> bool:
    """Tell whether a folder holds the files at `paths` as another does, and no more."""
    if not folder.is_dir() or set(paths_below(folder, folder)) != set(paths):
        return False
    return all((folder / path).read_bytes() == (other / path).read_bytes() for path in paths)


def remove_file(root: Path, path: str) -> None:
    """Remove a file, and the folders that this leaves empty."""
    file = root / path
    file.unlink(missing_ok=True)
    for folder in file.parents:
        if folder == root or any(folder.iterdir()):
            break
        folder.rmdir()


def paths_below(folder: Path, within: Path) -> Iterable[str]:
    """Yield the paths of all files below a folder, as seen from another."""
    # Of two hundred thousand files: a `Path` for each would take longer than to look.
    cut = len(f"{within}/")
    for base, _, names in os.walk(folder):
        own = f"{base}/"[cut:].replace(os.sep, "/")
        yield from (f"{own}{name}" for name in sorted(names))
