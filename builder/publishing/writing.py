"""Puts files on disk so that a reader of the disk sees the old bytes or the new ones, never half.

Pages are written only when their bytes change. What was written stands in `content/.generated`,
one `SHA-256 path` a line; only files of that list are ever replaced or removed. The list is ahead
of the files: it names new bytes before they stand, so a run that dies leaves nothing unexplained.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import islice
from pathlib import Path, PurePosixPath

from builder.model import Place, Problem, Problems
from builder.publishing.real_folders import RealFolders, link_in_the_way

LIST_NAME = ".generated"
TEMPORARY = ".tmp-builder"

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


def write_pages(
    content: Path,
    pages: Iterable[Page],
    *,
    keep: Callable[[str], bool] = lambda path: False,
    yields: Callable[[str], bool] = lambda path: False,
    name: str = "content",
) -> Written:
    """Write the generated pages and remove those of the last run that are no longer made.

    `keep` tells which paths of the last run stay though they were not made this time, `yields`
    which pages give way to a hand-written file without a word (starting pages). A hand-written
    file in the way of any other page, and a generated page that somebody has changed by hand, is
    a problem and stays as it is. `name` is the folder's name in messages.
    """
    content.mkdir(parents=True, exist_ok=True)
    for own in (LIST_NAME, TEMPORARY):
        if (content / own).is_symlink():
            raise Problems([link_in_the_way(Place(f"{name}/{own}", 1))])
    shutil.rmtree(content / TEMPORARY, ignore_errors=True)
    before, folders = read_list(content), RealFolders(content)
    result, made = Written(), dict[str, str]()
    iterator = iter(_reachable(pages, folders, result, name))
    with (content / LIST_NAME).open("a", encoding="utf-8", newline="\n") as journal:
        while group := list(islice(iterator, _GROUP)):
            to_write = list(_to_write(content, group, before, made, result, yields, name))
            for path, data in to_write:
                journal.write(f"{sha256(data).hexdigest()} {path}\n")
            journal.flush()
            os.fsync(journal.fileno())
            _place(content, to_write)
            result.written.extend(path for path, _ in to_write)
    kept = {path: digests for path, digests in before.items() if path not in made and keep(path)}
    for path in sorted(before.keys() - made.keys() - kept.keys()):
        if not folders.is_behind_a_link(path):
            _remove(content, path, before[path], result, "" if yields(path) else name)
    lines = [f"{digest} {path}" for path, digest in made.items()]
    lines += [f"{digest} {path}" for path, digests in kept.items() for digest in digests]
    write_file(content / LIST_NAME, "".join(f"{line}\n" for line in sorted(lines)).encode())
    shutil.rmtree(content / TEMPORARY, ignore_errors=True)
    return result


def read_list(content: Path) -> dict[str, set[str]]:
    """Return path → hashes of the bytes that the last run may have left there."""
    listed: dict[str, set[str]] = {}
    try:
        text = (content / LIST_NAME).read_text(encoding="utf-8")
    except FileNotFoundError:
        return listed
    for line in text.splitlines():
        digest, _, path = line.partition(" ")
        if _is_inside(path):
            listed.setdefault(path, set()).add(digest)
    return listed


def _is_inside(path: str) -> bool:
    """Tell whether a listed path stays in the content folder, whatever the list was made to say."""
    pure = PurePosixPath(path)
    return bool(path) and not pure.is_absolute() and ".." not in pure.parts


def _reachable(
    pages: Iterable[Page], folders: RealFolders, result: Written, name: str
) -> Iterator[Page]:
    """Yield the pages that no symbolic link leads elsewhere; tell of the others, once a folder."""
    told = set()
    for path, data in pages:
        if not (_is_inside(path) and folders.is_behind_a_link(path)):
            yield path, data
        elif (folder := PurePosixPath(path).parent.as_posix()) not in told:
            told.add(folder)
            result.problems.append(link_in_the_way(Place(f"{name}/{folder}", 1)))


def _to_write(
    content: Path,
    group: list[Page],
    before: dict[str, set[str]],
    made: dict[str, str],
    result: Written,
    yields: Callable[[str], bool],
    name: str,
) -> Iterator[Page]:
    """Yield the pages of a group whose bytes are not on disk yet and may go there."""
    for path, data in group:
        place = Place(f"{name}/{path}", 1)
        if not _is_inside(path):
            raise ValueError(f'a page may not leave the content folder: "{path}"')
        if path in made:
            result.problems.append(Problem(place, "two pages want this address"))
            continue
        digest, there = sha256(data).hexdigest(), _bytes_of(content / path)
        if there is not None:
            ours = sha256(there).hexdigest() in before.get(path, ())
            if not ours and yields(path):
                continue
            if not ours and there != data:
                result.problems.append(_in_the_way(place, path in before))
                if path in before:
                    made[path] = digest
                continue
        made[path] = digest
        if there == data:
            result.unchanged += 1
        else:
            yield path, data


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


def _place(content: Path, pages: list[Page]) -> None:
    """Bring pages to disk beside their places, wait for the disk once, then move them in."""
    waiting = content / TEMPORARY
    waiting.mkdir(exist_ok=True)
    temporaries = [waiting / str(number) for number in range(len(pages))]
    for temporary, (_, data) in zip(temporaries, pages, strict=True):
        temporary.write_bytes(data)
    for temporary in temporaries:
        with temporary.open("r+b") as file:
            os.fsync(file.fileno())
    for temporary, (path, _) in zip(temporaries, pages, strict=True):
        target = content / path
        target.parent.mkdir(parents=True, exist_ok=True)
        temporary.replace(target)


def _remove(content: Path, path: str, digests: set[str], result: Written, name: str) -> None:
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
