"""Finds the source files of a collection, and tells of what stands among them and is none."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from builder.files import shown_name
from builder.model import Place, Problem

SUFFIXES = frozenset({".txt", ".md", ".markdown"})
# Folders directly under seeds/ that hold what editors and the builder know, not sources.
RESERVED = frozenset({"anchors", "versions", "catalogue"})


@dataclass(slots=True)
class Found:
    """The source files of a folder, sorted by path, and the problems with what is none.

    `unread` are the folders that could not be looked into: what stands there is not known.
    """

    files: list[Path] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    unread: list[Path] = field(default_factory=list)


def find_sources(seeds: Path, root: Path | None = None) -> Found:
    """Find the source files under `seeds` at any depth; messages name them as `root` does.

    Left out without a word: hidden files and folders, the reserved folders, other kinds of files.
    """
    found = Found()
    root = root or seeds.parent

    def tell(path: Path, what: str, hint: str) -> None:
        name = path.relative_to(root) if path.is_relative_to(root) else path
        found.problems.append(Problem(Place(shown_name(name.as_posix()), 1), what, hint))

    def unread(error: OSError) -> None:
        folder = Path(error.filename)
        found.unread.append(folder)
        tell(folder, f"cannot be read ({error.strerror})", "check the folder")

    inside = seeds.resolve()
    for folder, folders, names in os.walk(seeds, onerror=unread):
        here = Path(folder)
        folders[:] = sorted(name for name in folders if _may_hold(here, name, seeds))
        for name in folders:
            if (here / name).is_symlink():
                tell(here / name, "is a link to a folder, which is not followed", _MOVE)
            elif _is_named_as_source(name):
                tell(here / name, "is a folder, and is named as a document", "give it another name")
        for path in (here / name for name in names if _is_named_as_source(name)):
            if path.is_symlink() and _leads_outside(path, inside):
                tell(path, f"is a link that leads out of {seeds.name}/", _MOVE)
            else:
                found.files.append(path)
    found.files.sort(key=lambda path: path.relative_to(seeds).as_posix())
    for path, other in _twins(found.files):
        twin = shown_name(other.relative_to(seeds).as_posix())
        tell(path, f'on many disks this is the same file as "{twin}"', "rename one of them")
    return found


_MOVE = "put the documents themselves there, or take it away"


def _may_hold(here: Path, name: str, seeds: Path) -> bool:
    return not name.startswith(".") and not (here == seeds and name in RESERVED)


def _is_named_as_source(name: str) -> bool:
    return not name.startswith(".") and Path(name).suffix.lower() in SUFFIXES


def _leads_outside(link: Path, inside: Path) -> bool:
    try:
        return not link.resolve().is_relative_to(inside)
    except (OSError, RuntimeError):  # a circle of links: whoever reads it says so
        return False


def _twins(paths: Iterable[Path]) -> Iterator[tuple[Path, Path]]:
    """Yield files with another one of the same name but for case, or how accents are written."""
    first: dict[str, Path] = {}
    for path in paths:
        name = unicodedata.normalize("NFC", unicodedata.normalize("NFD", str(path)).casefold())
        other = first.setdefault(name, path)
        if other is not path:
            yield path, other
