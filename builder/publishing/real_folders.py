"""Tells what lies behind a symbolic link, for nothing is written or removed through one.

A link in the folder of generated pages would let a build change files anywhere on the disk. The
folder itself may be a link: that is its owner's choice.
"""

from __future__ import annotations

from pathlib import Path, PurePosixPath

from builder.model import Place, Problem


class RealFolders:
    """Looks at each folder below `root` once."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._linked = {"": False}

    def is_behind_a_link(self, path: str) -> bool:
        """Tell whether a link is among the folders of a path relative to the root, or a file."""
        return self._is_linked(path.rpartition("/")[0])

    def _is_linked(self, folder: str) -> bool:
        known = self._linked.get(folder)
        if known is None:
            above = self._is_linked(folder.rpartition("/")[0])
            known = self._linked[folder] = above or _is_no_folder(self._root / folder)
        return known


def _is_no_folder(path: Path) -> bool:
    return path.is_symlink() or path.is_file()


def in_the_way(place: Place, root: Path, folder: str) -> Problem:
    """Return what is told where a folder below `root` is no real one: of a link, or of a file."""
    *below, _root = (PurePosixPath(folder), *PurePosixPath(folder).parents)
    if any((root / one).is_symlink() for one in below):
        return link_in_the_way(place)
    what = "a file stands where a folder of generated pages must go"
    return Problem(place, what, "move it to another folder, or remove it")


def link_in_the_way(place: Place) -> Problem:
    """Return what is told of a link where something has to be written."""
    return Problem(
        place,
        "a symbolic link stands where generated pages must go; nothing is written through it",
        "remove the link",
    )
