"""Finds the source files of a collection, and tells of what stands among them and is none."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from builder.counting import counted
from builder.files import shown_name
from builder.model import Place, Problem

SUFFIXES = frozenset({".txt", ".md", ".markdown"})
# What people keep documents in that holds more than text, and is not read.
_PAPERS = frozenset({".doc", ".docx", ".epub", ".htm", ".html", ".odt", ".pdf", ".rtf"})
_NAMED = 3  # of those that are not read, in the message
# Folders directly under seeds/ that hold what builds write there: what they have put on record.
ON_RECORD = ("anchors", "versions")
# These, and what editors know, hold no sources.
RESERVED = frozenset({*ON_RECORD, "catalogue"})


@dataclass(slots=True)
class Found:
    """The source files of a folder, sorted by path, and the problems with what is none.

    `inside` are the paths of the files from the folder, with forward slashes. `unread` are the
    folders that could not be looked into: what stands there is not known.
    """

    folder: Path = Path()
    inside: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    unread: list[Path] = field(default_factory=list)

    @property
    def files(self) -> list[Path]:
        """The files themselves."""
        return [self.folder / name for name in self.inside]


def find_sources(seeds: Path, root: Path | None = None) -> Found:
    """Find the source files under `seeds` at any depth; messages name them as `root` does.

    Documents in a form that is not read are told together, in a warning. Left out without a word:
    hidden files and folders, the reserved folders, all other kinds of files.
    """
    found = Found(seeds)
    root = root or seeds.parent

    def tell(path: Path, what: str, hint: str) -> None:
        found.problems.append(Problem(_place(path, root, 1), what, hint))

    inside = seeds.resolve()
    waiting, papers = [""], list[str]()
    while waiting:
        below = waiting.pop()
        try:
            folders, files, others = _held(seeds / below)
        except OSError as error:
            found.unread.append(seeds / below)
            tell(seeds / below, f"cannot be read ({error.strerror})", "check the folder")
            continue
        folders = [one for one in folders if below or one.name not in RESERVED]
        for one in folders:
            if one.is_symlink():
                tell(Path(one), "is a link to a folder, which is not followed", _MOVE)
            elif _suffix(one.name) in SUFFIXES:
                tell(Path(one), "is a folder, and is named as a document", "give it another name")
        for one in files:
            if one.is_symlink() and _leads_outside(Path(one), inside):
                tell(Path(one), f"is a link that leads out of {seeds.name}/", _MOVE)
            else:
                found.inside.append(f"{below}{one.name}")
        papers += [f"{below}{name}" for name in others]
        waiting += [f"{below}{one.name}/" for one in reversed(folders) if not one.is_symlink()]
    found.inside.sort()
    for name, other in _twins(found.inside):
        what = f'on many disks this is the same file as "{shown_name(other)}"'
        tell(seeds / name, what, "rename one of them")
    if papers:
        found.problems.append(_unread(_place(seeds, root, 0), sorted(papers)))
    return found


def _place(path: Path, root: Path, line: int) -> Place:
    name = path.relative_to(root) if path.is_relative_to(root) else path
    return Place(shown_name(name.as_posix()), line)


def _unread(place: Place, papers: Sequence[str]) -> Problem:
    """Return the warning that documents are not read, with the names of some."""
    names = ", ".join(shown_name(name) for name in papers[:_NAMED])
    more = f" and {len(papers) - _NAMED:,} more" if len(papers) > _NAMED else ""
    what = f"{counted(len(papers), 'file')} not read: {names}{more}"
    return Problem(place, what, "put the text of each there as .txt or .md", warning=True)


_MOVE = "put the documents themselves there, or take it away"


def _held(folder: Path) -> tuple[list[os.DirEntry[str]], list[os.DirEntry[str]], list[str]]:
    """Return the folders in a folder, its sources, and the names of what is not read, by name."""
    folders, files, papers = [], [], []
    with os.scandir(folder) as entries:
        for one in sorted(entries, key=lambda entry: entry.name):
            if one.name.startswith("."):
                continue
            if _is_folder(one):
                folders.append(one)
            elif (suffix := _suffix(one.name)) in SUFFIXES:
                files.append(one)
            elif suffix in _PAPERS:
                papers.append(one.name)
    return folders, files, papers


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a circle of links: whoever reads it says so
        return False


def _suffix(name: str) -> str:
    return os.path.splitext(name)[1].lower()  # noqa: PTH122  # for each file


def _leads_outside(link: Path, inside: Path) -> bool:
    try:
        return not link.resolve().is_relative_to(inside)
    except (OSError, RuntimeError):  # a circle of links: whoever reads it says so
        return False


def _twins(paths: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield files with another one of the same name but for case, or how accents are written."""
    first: dict[str, str] = {}
    for path in paths:
        name = path.lower() if path.isascii() else _folded(path)
        other = first.setdefault(name, path)
        if other is not path:
            yield path, other


def _folded(path: str) -> str:
    return unicodedata.normalize("NFC", unicodedata.normalize("NFD", path).casefold())
