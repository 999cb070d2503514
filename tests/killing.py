"""Builds that are killed at a chosen moment, and what must hold then and after the next build.

A collection is edited and built, again and again, beside a twin of which no build is ever killed.
A build runs in a fork of this process. It dies at one of the events that Python tells of before
something is changed on disk, just after a file was opened for writing and has no bytes yet, or
after some time. Whatever is left, the site must be the old one or the new one, each ledger must be
the old one or the new one, and the next build must leave the bytes that it leaves in the twin.
"""

from __future__ import annotations

import errno
import os
import select
import shutil
import signal
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from hashlib import sha256
from pathlib import Path
from random import Random
from typing import Any

import builder.collection
import builder.collection_pages
import builder.content
import builder.publishing.page_making
import builder.publishing.site_folder
import builder.publishing.staging
import builder.site
import builder.unchanged
import builder.working
from builder.settings import read_settings
from builder.site import Run

PATIENCE = 120  # seconds after which a build hangs
DAY = "1767225600"
MADE = ("content", "seeds", "site")  # the folders of a collection in which a build writes
LEAVINGS = (".tmp-builder*", "search-made", ".*.link", ".builder-*")
# What SQLite keeps beside its file while a program is at it; a later one takes that up.
LOGS = {"build.sqlite-wal", "build.sqlite-shm"}

_CHANGING = frozenset(
    "os.rename os.remove os.mkdir os.rmdir os.link os.symlink os.truncate os.utime os.chmod"
    " shutil.rmtree shutil.copytree shutil.copyfile shutil.move sqlite3.connect"
    " ctypes.dlsym".split()  # of the exchange of folders Python tells no more than that
)
_NO_CHANGE = {"ctypes.dlsym", "sqlite3.connect", "shutil.rmtree"}
_LESS = {"os.remove", "os.rmdir", "os.rename", "os.truncate"}
_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


@dataclass(frozen=True, slots=True)
class End:
    """How a build ended: its exit code (negative: the signal), its events, and what it told."""

    code: int
    events: int
    seconds: float
    told: str


@dataclass(frozen=True, slots=True)
class Death:
    """When a build dies: before the event of a number, or after it opened a file, or in time."""

    event: int = 0
    opened: bool = False
    seconds: float = 0.0


class _Watch:
    """Counts what a process is about to change on disk, and ends it before a chosen change."""

    def __init__(self, death: Death, tell: Callable[[str], object]) -> None:
        self.count, self.death, self.tell = 0, death, tell
        self.process, self.dying = os.getpid(), False

    def __call__(self, event: str, arguments: tuple[object, ...]) -> None:
        if self.dying or os.getpid() != self.process or not changes(event, arguments):
            return
        self.count += 1
        if self.count == self.death.event:
            self.dying = True
            path = str(arguments[1 if event == "ctypes.dlsym" else 0])
            opens = event == "open" and self.death.opened
            if opens:
                os.open(path, int(str(arguments[2])), 0o644)
            self.tell(f"{'after ' if opens else ''}{event} {path}")
            os.kill(self.process, signal.SIGKILL)


def changes(event: str, arguments: tuple[object, ...]) -> bool:
    """Tell whether an event of Python's comes before a change on disk."""
    if event == "open":
        path, _, flags = arguments
        return isinstance(path, str) and isinstance(flags, int) and bool(flags & _WRITES)
    return event in _CHANGING


def in_a_fork(
    work: Callable[[], str], death: Death | None = None, patience: float = PATIENCE
) -> End:
    """Run a function in a fork of this process; it tells a line and may die in between."""
    reading, writing = os.pipe()
    started = time.monotonic()
    child = os.fork()
    if not child:
        os.close(reading)
        _run_and_leave(work, death or Death(), writing)
    os.close(writing)
    if death and death.seconds:
        time.sleep(death.seconds)
        os.kill(child, signal.SIGKILL)
    code = _waited(child, started + patience)
    # Processes of a pool may still hold the other end: what is there is all that comes.
    told = os.read(reading, 65536).decode() if select.select([reading], [], [], 0)[0] else ""
    os.close(reading)
    events, _, line = told.partition(" ")
    return End(code, int(events or 0), time.monotonic() - started, line)


def _run_and_leave(work: Callable[[], str], death: Death, writing: int) -> None:
    code = 1
    try:
        watch = _Watch(death, lambda line: os.write(writing, f"{watch.count} {line}".encode()))
        sys.addaudithook(watch)
        line = work()
        os.write(writing, f"{watch.count} {_short(line)}".encode())
        code = 0
    except BaseException as error:  # whatever it is, the parent has to know
        os.write(writing, f"0 {_short(f'{type(error).__name__}: {error}')}".encode())
    finally:
        os._exit(code)


def _short(line: str) -> str:
    """Return a line that a pipe takes in one piece; what was longer ends in a digest of it all."""
    return line if len(line) < 500 else f"{line[:400]}… {sha256(line.encode()).hexdigest()}"


def _waited(child: int, until: float) -> int:
    while True:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            return os.waitstatus_to_exitcode(status)
        if time.monotonic() > until:
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
            return -signal.SIGALRM
        time.sleep(0.002)


def failing(number: int, events: int) -> None:
    """Let the disk take no more changes after so many; what is there can still be removed.

    Where `number` is that of a disk that may only be read, nothing can be removed either.
    """
    count = 0
    own = os.getpid()

    def fail(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal count
        if os.getpid() != own or not changes(event, arguments) or event in _NO_CHANGE:
            return
        count += 1
        if count > events and (number == errno.EROFS or event not in _LESS):
            raise OSError(number, os.strerror(number), str(arguments[0]))

    sys.addaudithook(fail)


def built(
    root: Path, *, pool: bool = False, day: str = DAY, build: Callable[[], Any] | None = None
) -> str:
    """Build a collection on a certain day by a certain program; return what its problems are.

    With `pool` everything is made in a pool, however little it is.
    """
    os.environ["SOURCE_DATE_EPOCH"] = day
    builder.collection.code_version = lambda: "one"
    builder.collection_pages.code_version = builder.unchanged.code_version = lambda: "one"
    # Who is killed leaves all that it has written: no need to wait for the disk.
    builder.publishing.staging.sync_disk = lambda folder: None
    builder.publishing.site_folder.sync_disk = lambda folder: None
    os.fsync = lambda handle: None
    jobs = 1
    if pool:
        jobs = 2
        builder.working.WORTH_A_POOL = builder.content._WORTH_A_POOL = 1
        builder.publishing.page_making._WORTH_A_POOL = 1
    settings = read_settings(root / "mkdocs.yml")
    workers = builder.working.Workers(jobs)
    outcome = build() if build else builder.site.build(settings, Run(workers=workers))
    if outcome is None:
        return ""
    return "; ".join(sorted(map(str, outcome.problems)))


def warm_up(folder: Path) -> None:
    """Build something here, so that forks of this process have all they need in memory."""
    builder.site.build(read_settings(write_small(folder / "warm_up") / "mkdocs.yml"), Run())


Edit = Callable[[Path, Random, int], None]


def _sources(root: Path) -> list[Path]:
    return sorted((root / "seeds").glob("*.txt"))


def change_a_passage(root: Path, random: Random, number: int) -> None:
    """Put a sentence of our own behind a passage."""
    file = random.choice(_sources(root))
    parts = file.read_text("utf-8").split("\n\n")
    at = random.randrange(1, len(parts)) if len(parts) > 1 else 0
    parts[at] = f"{parts[at].rstrip()} In 2022 Peru counted {number + 3} ports.\n"
    file.write_text("\n\n".join(parts), "utf-8")


def add_a_document(root: Path, random: Random, number: int) -> None:
    """Write a source that was not there."""
    text = (
        f"Report {number} on Harbors\n\nHarbor Union {number - 1} tells of it. On"
        f" {1 + random.randrange(28)} March 2021 {number + 2} ships of Peru reached harbor"
        f" {number}.\n\nMexico paid ${number + 4} million for it.\n"
    )
    (root / "seeds" / f"added_{number}.txt").write_text(text, "utf-8")


def remove_a_document(root: Path, random: Random, number: int) -> None:
    """Remove one of the sources that were added; where there is none, add one."""
    added = sorted((root / "seeds").glob("added_*.txt"))
    if added:
        random.choice(added).unlink()
    else:
        add_a_document(root, random, number)


def add_an_entry(root: Path, random: Random, number: int) -> None:
    """Let the catalogue know one more organization, that of harbors of a number."""
    file = root / "seeds" / "catalogue" / "organizations.yaml"
    file.parent.mkdir(exist_ok=True)
    before = file.read_text("utf-8") if file.is_file() else "organizations:\n"
    entry = f"- key: harbor-union-{number}\n  name: Harbor Union {number}\n"
    file.write_text(f"{before.rstrip()}\n{entry}", "utf-8")


EDITS: Mapping[str, Edit] = {
    "a passage changed": change_a_passage,
    "a document added": add_a_document,
    "a catalogue entry": add_an_entry,
    "a document removed": remove_a_document,
}


def files_of(folder: Path) -> Mapping[str, bytes]:
    """Return all files below a folder, by path."""
    return {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }


def state_of(root: Path) -> dict[str, Mapping[str, bytes]]:
    """Return the bytes of all that a build may change, by folder."""
    return {name: files_of(root / name) for name in MADE}


@dataclass
class Point:
    """One build that was killed: where it died, which site stood then, and what was wrong."""

    edit: str
    pool: bool
    died: str
    site: str = ""
    failures: list[str] = field(default_factory=list)


class Twins:
    """A collection whose builds are killed, and its twin of which none is."""

    def __init__(self, source: Path, folder: Path, seed: int) -> None:
        warm_up(folder)
        self.tried, self.twin = folder / "tried", folder / "twin"
        for root in (self.tried, self.twin):
            _copy(source, root)
            end = in_a_fork(partial(built, root))
            assert end.code == 0, end.told
        self.random = Random(seed)
        self.old = state_of(self.twin)

    def points(self, many: int) -> Iterator[Point]:
        """Yield so many killed builds, each after another edit."""
        names = list(EDITS)
        for number in range(many):
            yield self.point(number, names[number % len(names)], pool=number % 5 == 4)

    def point(self, number: int, name: str, *, pool: bool = False) -> Point:
        """Edit both collections, kill a build of one and build it again, and compare them."""
        for root in (self.tried, self.twin):
            EDITS[name](root, Random(number), number)
        before = state_of(self.tried)
        whole = in_a_fork(partial(built, self.twin, pool=pool))
        assert whole.code == 0, whole.told
        new = state_of(self.twin)
        death = self._death(whole)
        end = in_a_fork(partial(built, self.tried, pool=pool), death)
        died = end.told if end.code else "not at all"
        if death.seconds and end.code:
            died = "after some time"
        point = Point(name, pool, died)
        if end.code not in (0, -signal.SIGKILL):
            point.failures.append(f"the build ended with {end.code}: {end.told}")
        point.site = self._after_death(before, new, point.failures)
        self._after_the_next(new, whole.told, point.failures)
        self.old = new
        return point

    def _death(self, whole: End) -> Death:
        if self.random.random() < 0.2:
            return Death(seconds=self.random.uniform(0.001, whole.seconds))
        event = self.random.randint(1, whole.events)
        return Death(event=event, opened=self.random.random() < 0.5)

    def _after_death(
        self,
        before: Mapping[str, Mapping[str, bytes]],
        new: Mapping[str, Mapping[str, bytes]],
        failures: list[str],
    ) -> str:
        """Return which site stands; note what is neither as it was nor as it is to be."""
        now = state_of(self.tried)
        if now["site"] == new["site"]:
            site = "new" if new["site"] != self.old["site"] else "same"
        else:
            site = "old" if now["site"] == self.old["site"] else "neither"
        if site == "neither":
            failures.append("the site is neither the old nor the new one")
        one, other, seeds = before["seeds"], new["seeds"], now["seeds"]
        for path in sorted(one.keys() | other.keys() | seeds.keys()):
            if ".tmp-builder" not in path and seeds.get(path) not in (
                one.get(path),
                other.get(path),
            ):
                failures.append(f"seeds/{path} is neither as before nor as it is to be")
        return site

    def _after_the_next(
        self, new: Mapping[str, Mapping[str, bytes]], told: str, failures: list[str]
    ) -> None:
        """Build what a killed build has left; note what differs from a build never killed."""
        end = in_a_fork(partial(built, self.tried))
        if end.code:
            failures.append(f"the next build ended with {end.code}: {end.told}")
        elif end.told != told:
            failures.append(f"the next build tells {end.told!r}, not {told!r}")
        now = state_of(self.tried)
        for folder in MADE:
            one, other = now[folder], new[folder]
            wrong = sorted(p for p in one.keys() | other.keys() if one.get(p) != other.get(p))
            failures.extend(f"{folder}/{path} differs after the next build" for path in wrong[:5])
        failures.extend(f"{path} was left lying about" for path in leavings(self.tried))


def leavings(root: Path) -> list[str]:
    """Return what builds have left that nobody needs."""
    found = {path for pattern in LEAVINGS for path in root.rglob(pattern)}
    return sorted(path.relative_to(root).as_posix() for path in found)


def _copy(source: Path, root: Path) -> None:
    """Copy a collection without what builds have made there."""
    made = shutil.ignore_patterns(".cache", "anchors", "versions")
    shutil.copytree(source / "seeds", root / "seeds", ignore=made)
    shutil.copy(source / "mkdocs.yml", root)


def write_small(root: Path, many: int = 5) -> Path:
    """Write a collection of so many invented documents, at most five; return where it is."""
    (root / "seeds").mkdir(parents=True)
    (root / "mkdocs.yml").write_text("site_name: Harbors\n", "utf-8")
    places = ("Peru", "Mexico", "Malta", "Belgium", "India")
    for number, place in enumerate(places[:many]):
        text = (
            f"FACT SHEET: Harbors of {place}\n\nOn {number + 1} May 2021 {place} spent"
            f" ${number + 5} million on harbors.\n\nA harbor of {place} has {number + 12} lamps.\n"
        )
        (root / "seeds" / f"{place.lower()}.txt").write_text(text, "utf-8")
    return root
