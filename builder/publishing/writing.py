"""Puts files on disk so that a reader of the disk sees the old bytes or the new ones, never half.

Pages are written only when their bytes change. What was written stands in `content/.generated`,
one `SHA-256 path` a line; only files of that list are ever replaced or removed. The list is ahead
of the files: it names new bytes before they stand, so a run that dies leaves nothing unexplained.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from hashlib import sha256
from itertools import islice
from pathlib import Path, PurePosixPath

from builder.model import Place, Problem, Problems
from builder.publishing.durable import sync_disk
from builder.publishing.real_folders import RealFolders, link_in_the_way

LIST_NAME = ".generated"
TEMPORARY = ".tmp-builder"
_DIGEST = re.compile(r"[0-9a-f]{64}")

# Pages go to disk in groups of this many: one wait for the disk a group, and little in memory.
_GROUP = 200

Page = tuple[str, bytes]


@dataclass(slots=True)
class Written:
    """What a run has done to the content folder; paths are relative to it."""

    written: list[str] = field(default_factory=list)
    unchanged: int = 0
    removed: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def never(_path: str) -> bool:
    """Tell that it holds for no path."""
    return False


def write_file(path: Path, data: bytes) -> bool:
    """Give a file these bytes in one step; return whether that changed anything."""
    if _bytes_of(path) == data:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f"{TEMPORARY}-{os.getpid()}-{path.name}")
    _write_through(temporary, data)
    temporary.replace(path)
    _sync_folder(path.parent)
    return True


def remove_leavings(folder: Path) -> None:
    """Remove what a run that died left half-written in a folder (not below it)."""
    for path in folder.glob(f"{TEMPORARY}-*"):
        path.unlink(missing_ok=True)


@dataclass(frozen=True, slots=True)
class Staged:
    """A page that was made, and where its bytes wait: "" where they stand in their place already.

    `problem` tells why it may not go there; it then stays as it is. `gives_way` is set where a
    hand-written file stands in the place of a page that is lent.
    """

    path: str
    sha256: str
    size: int
    waits: str = ""
    problem: Problem | None = None
    gives_way: bool = False


@dataclass(frozen=True, slots=True)
class Stage:
    """Lays pages beside their places in a content folder; it goes to other processes as it is.

    `before` are the bytes that the last run may have left at each path. `yields` tells which pages
    give way to a hand-written file without a word (starting pages). `name` is the folder's name in
    messages.
    """

    content: Path
    before: Mapping[str, frozenset[str]]
    yields: Callable[[str], bool] = never
    name: str = "content"

    def staged(self, path: str, data: bytes) -> Staged:
        """Lay the bytes of a page beside its place, if they do not stand there."""
        if not _is_inside(path):
            raise ValueError(f'a page may not leave the content folder: "{path}"')
        digest, there = sha256(data).hexdigest(), _bytes_of(self.content / path)
        staged = Staged(path, digest, len(data))
        if there is not None:
            ours = sha256(there).hexdigest() in self.before.get(path, ())
            if not ours and self.yields(path):
                return replace(staged, gives_way=True)
            if not ours and there != data:
                place = Place(f"{self.name}/{path}", 1)
                return replace(staged, problem=_in_the_way(place, path in self.before))
        if there == data:
            return staged
        waits = sha256(f"{digest} {path}".encode("utf-8", "surrogatepass")).hexdigest()
        (self.content / TEMPORARY / waits).write_bytes(data)
        return replace(staged, waits=waits)


class Writing:
    """A content folder while a run writes its pages there, and the record of them."""

    def __init__(self, stage: Stage) -> None:
        content = stage.content
        content.mkdir(parents=True, exist_ok=True)
        for own in (LIST_NAME, TEMPORARY):
            if (content / own).is_symlink():
                raise Problems([link_in_the_way(Place(f"{stage.name}/{own}", 1))])
        remove_leavings(content)
        shutil.rmtree(content / TEMPORARY, ignore_errors=True)
        (content / TEMPORARY).mkdir()
        self.stage, self.result = stage, Written()
        self._made: dict[str, str] = {}
        self._folders, self._told = RealFolders(content), set[str]()

    def carry_over(self, path: str, digest: str) -> None:
        """Note that a page of the last run stands as it did."""
        self._made[path] = digest
        self.result.unchanged += 1

    def settle(self, pages: Iterable[Staged]) -> list[Staged]:
        """Move staged pages in, after the list names them; return those that stand now."""
        standing = list(self._standing(pages))
        waiting = [one for one in standing if one.waits]
        if waiting:
            lines = "".join(f"{one.sha256} {one.path}\n" for one in waiting)
            _append_through(self.stage.content / LIST_NAME, lines.encode())
            sync_disk(self.stage.content)
            _move_in(self.stage.content, waiting)
            self.result.written.extend(one.path for one in waiting)
        self.result.unchanged += len(standing) - len(waiting)
        return standing

    def finish(self, keep: Callable[[str], bool]) -> Written:
        """Remove the pages of the last run that were not made now, but for those to `keep`."""
        content, before, result = self.stage.content, self.stage.before, self.result
        gone = before.keys() - self._made.keys()
        kept = {path for path in gone if keep(path)}
        for path in sorted(gone - kept):
            name = "" if self.stage.yields(path) else self.stage.name
            if not self._folders.is_behind_a_link(path):
                _remove(content, path, before[path], result, name)
        lines = [f"{digest} {path}" for path, digest in self._made.items()]
        lines += [f"{digest} {path}" for path in kept for digest in before[path]]
        write_file(content / LIST_NAME, "".join(f"{line}\n" for line in sorted(lines)).encode())
        shutil.rmtree(content / TEMPORARY, ignore_errors=True)
        return result

    def _standing(self, pages: Iterable[Staged]) -> Iterator[Staged]:
        """Yield the pages that may stand, each address once; note the problems of the others."""
        for one in pages:
            if one.path in self._made:
                place = Place(f"{self.stage.name}/{one.path}", 1)
                self.result.problems.append(Problem(place, "two pages want this address"))
            elif self._folders.is_behind_a_link(one.path):
                self._tell_link(one.path)
            elif one.problem is not None:
                self.result.problems.append(one.problem)
                if one.path in self.stage.before:
                    self._made[one.path] = one.sha256
            elif not one.gives_way:
                self._made[one.path] = one.sha256
                yield one

    def _tell_link(self, path: str) -> None:
        folder = PurePosixPath(path).parent.as_posix()
        if folder not in self._told:
            self._told.add(folder)
            self.result.problems.append(link_in_the_way(Place(f"{self.stage.name}/{folder}", 1)))


def write_pages(
    content: Path,
    pages: Iterable[Page],
    *,
    keep: Callable[[str], bool] = never,
    yields: Callable[[str], bool] = never,
    name: str = "content",
) -> Written:
    """Write the generated pages and remove those of the last run that are no longer made.

    `keep` tells which paths of the last run stay though they were not made this time. A
    hand-written file in the way of any page but one that `yields`, and a generated page that
    somebody has changed by hand, is a problem and stays as it is.
    """
    writing = Writing(Stage(content, read_list(content), yields, name))
    iterator = iter(pages)
    while group := list(islice(iterator, _GROUP)):
        writing.settle(writing.stage.staged(path, data) for path, data in group)
    return writing.finish(keep)


def read_list(content: Path) -> Mapping[str, frozenset[str]]:
    """Return path → hashes of the bytes that the last run may have left there."""
    file = content / LIST_NAME
    try:
        about = file.stat()
    except (FileNotFoundError, NotADirectoryError):
        return {}
    return _listed(file, (about.st_mtime_ns, about.st_ctime_ns, about.st_size, about.st_ino))


@lru_cache(maxsize=2)  # a run asks for it at every stage
def _listed(file: Path, _stamp: tuple[int, ...]) -> Mapping[str, frozenset[str]]:
    listed: dict[str, frozenset[str]] = {}
    for line in file.read_text(encoding="utf-8", errors="replace").splitlines():
        digest, _, path = line.partition(" ")
        # A line that a bad disk or half a write has damaged names nothing of ours.
        if _DIGEST.fullmatch(digest) and "\0" not in path and _is_inside(path):
            listed[path] = listed.get(path, _NONE) | {digest}
    return listed


_NONE: frozenset[str] = frozenset()


def _is_inside(path: str) -> bool:
    """Tell whether a listed path stays in the content folder, whatever the list was made to say."""
    if not path or path.startswith("/"):
        return False
    return ".." not in path or ".." not in path.split("/")


def _in_the_way(place: Place, generated: bool) -> Problem:
    if generated:
        return Problem(
            place,
            "this generated page was changed by hand and was left as it is",
            "change its source or the template instead, then delete this file",
        )
    return Problem(
        place,
        "a hand-written file stands where a generated page must go",
        "move it to another folder, such as content/about/",
    )


def _move_in(content: Path, pages: Iterable[Staged]) -> None:
    made: set[Path] = set()
    for one in pages:
        target = content / one.path
        if target.parent not in made:
            target.parent.mkdir(parents=True, exist_ok=True)
            made.add(target.parent)
        (content / TEMPORARY / one.waits).replace(target)


def _append_through(path: Path, data: bytes) -> None:
    with path.open("ab") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _remove(content: Path, path: str, digests: Collection[str], result: Written, name: str) -> None:
    """Remove a page that is no longer made, and the folders that this leaves empty.

    One that was changed by hand stays, with a warning if `name` is not empty.
    """
    file = content / path
    there = _bytes_of(file)
    if there is None:
        return
    if sha256(there).hexdigest() not in digests:
        what = "this page is no longer generated, and was changed by hand; it was left as it is"
        place = Place(f"{name}/{path}", 1)
        if name:
            result.problems.append(Problem(place, what, "delete it or move it", warning=True))
        return
    file.unlink()
    result.removed.append(path)
    for folder in file.parents:
        if folder == content or any(folder.iterdir()):
            break
        folder.rmdir()


def _bytes_of(path: Path) -> bytes | None:
    """Return what stands at a path; a folder counts as bytes that nobody would write."""
    try:
        return path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except IsADirectoryError:
        return b"\0a folder"


def _write_through(path: Path, data: bytes) -> None:
    path.unlink(missing_ok=True)  # what a run left, or somebody's link to another file
    with path.open("xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    """Make renames in a folder last through a power cut, where the system can."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
