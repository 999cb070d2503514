"""Lays pages beside their places in the content folder, and moves them in once the list names them.

Laying goes on in any process; moving in is the work of one. Only pages that the last run has left
are ever replaced or removed: what somebody wrote or changed by hand stays, and is told.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from itertools import islice
from pathlib import Path, PurePosixPath

from builder.model import Place, Problem, Problems
from builder.publishing.by_hand import changed_by_hand, hand_written
from builder.publishing.durable import sync_disk
from builder.publishing.real_folders import RealFolders, in_the_way, link_in_the_way
from builder.publishing.writing import (
    LIST_NAME,
    TEMPORARY,
    append_through,
    bytes_of,
    is_inside,
    read_list,
    remove_leavings,
    write_list,
)
from builder.rendering.laying import lay_file
from builder.undisturbed import undisturbed

# Pages go to disk in groups of this many: one wait for the disk a group, and little in memory.
_GROUP = 200
# Stands in the list beside the hash of a page that somebody has changed: its bytes are others.
_BY_HAND = "0" * 64

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
    give way to a hand-written file without a word (starting pages); where all record of earlier
    runs is lost, it `adopts` such a file with the very bytes of the page as one of theirs. `name`
    is the folder's name in messages.
    """

    content: Path
    before: Mapping[str, Collection[str]]
    yields: Callable[[str], bool] = never
    name: str = "content"
    adopts: bool = False

    def staged(self, path: str, data: bytes) -> Staged:
        """Lay the bytes of a page beside its place, if they do not stand there."""
        if not is_inside(path):
            raise ValueError(f'a page may not leave the content folder: "{path}"')
        # Of a hundred thousand files: a `Path` for each would take longer than to write it.
        digest, there = sha256(data).hexdigest(), bytes_of(f"{self.content}/{path}")
        staged = Staged(path, digest, len(data))
        if there is not None:
            ours = sha256(there).hexdigest() in self.before.get(path, ())
            if not ours and self.yields(path) and not (self.adopts and there == data):
                return replace(staged, gives_way=True)
            if not ours and there != data:
                place = Place(f"{self.name}/{path}", 1)
                if path not in self.before:
                    return replace(staged, problem=hand_written(place))
                return replace(staged, problem=changed_by_hand(place, there, data))
        if there == data:
            return staged
        waits = sha256(f"{digest} {path}".encode("utf-8", "surrogatepass")).hexdigest()
        lay_file(f"{self.content}/{TEMPORARY}/{waits}", data)
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
        self._by_hand: set[str] = set()  # generated, and changed by somebody
        self._folders, self._told = RealFolders(content), set[str]()

    def carry_over(self, paths: Sequence[str], digests: Iterable[str]) -> None:
        """Note that pages of the last run stand as they did, each with the digest of its bytes."""
        self._made.update(zip(paths, digests, strict=True))
        self.result.unchanged += len(paths)

    def settle(self, pages: Iterable[Staged]) -> list[Staged]:
        """Move staged pages in, after the list names them; return those that stand now."""
        standing = list(self._standing(pages))
        waiting = [one for one in standing if one.waits]
        if waiting:
            # A line of its own, wherever a run that died has left the last one.
            lines = "\n" + "".join(f"{one.sha256} {one.path}\n" for one in waiting)
            append_through(self.stage.content / LIST_NAME, lines.encode())
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
        # What stood there comes in the order of before, and all is soon in order again.
        listed = dict(before)
        for path in gone - kept:
            del listed[path]
        with undisturbed():
            listed.update(zip(self._made, zip(self._made.values(), strict=True), strict=True))
            listed.update((path, (self._made[path], _BY_HAND)) for path in self._by_hand)
            write_list(content, listed)
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
                    self._by_hand.add(one.path)
            elif not one.gives_way:
                self._made[one.path] = one.sha256
                yield one

    def _tell_link(self, path: str) -> None:
        folder = PurePosixPath(path).parent.as_posix()
        if folder not in self._told:
            self._told.add(folder)
            place = Place(f"{self.stage.name}/{folder}", 1)
            self.result.problems.append(in_the_way(place, self.stage.content, folder))


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


def _move_in(content: Path, pages: Iterable[Staged]) -> None:
    made: set[str] = set()
    for one in pages:
        folder = one.path.rpartition("/")[0]
        if folder not in made:
            (content / folder).mkdir(parents=True, exist_ok=True)
            made.add(folder)
        os.replace(f"{content}/{TEMPORARY}/{one.waits}", f"{content}/{one.path}")  # noqa: PTH105


def _remove(content: Path, path: str, digests: Collection[str], result: Written, name: str) -> None:
    """Remove a page that is no longer made, and the folders that this leaves empty.

    One that was changed by hand stays, with a warning if `name` is not empty.
    """
    file = content / path
    there = bytes_of(file)
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
