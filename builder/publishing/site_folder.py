"""The folder in which the next site is made, and what is known of the site that stands.

Nothing of a standing site is touched. The next one is made in `.cache/sites/former/`, which is the
site of the build before last: what changed since is laid, what is as it stands is linked from
there, and the two folders are exchanged. So a build costs what changed.

What a folder holds is recorded beside it in `.cache/sites/` (see `site_record`). The record goes
before a folder is touched and comes back when it is whole; a folder without one that fits is made
anew. So it does not matter when a build dies.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import cached_property
from itertools import islice
from pathlib import Path

from builder.publishing.durable import sync_disk
from builder.publishing.exchange import beside, carry_hidden, exchange_folders, recover
from builder.publishing.files_below import holds_the_same, remove_file
from builder.publishing.site_record import (
    NOTHING,
    Listed,
    Record,
    read_record,
    record_of,
    times_after,
    write_record,
)
from builder.publishing.wanted import Wanted
from builder.publishing.writing import write_file
from builder.rendering.laying import lay_file, link_file

# The system links several files at once; so many are the share of a thread.
_AT_ONCE, _SHARE = 4, 1000
_PROBE = ".linked"


class SiteFolder:
    """The next site: what it is to hold, by path and key, and what of it has been laid.

    A key stands for a file's bytes: the same key at the same path means the same file.
    """

    def __init__(self, target: Path, records: Path) -> None:
        self.target = target
        records.mkdir(parents=True, exist_ok=True)
        target.parent.mkdir(parents=True, exist_ok=True)
        # An exchange wants one file system.
        together = records.stat().st_dev == target.parent.stat().st_dev
        self.path = records / "former" if together else beside(target, "former")
        self._records = records
        self._listed: Listed = NOTHING  # what the record will differ from that is to be written
        self._lists = set[str]()
        self._former = Record()
        self._there: dict[str, str] | None = None  # in our folder; None while it is not opened
        # When the folders in it had changed last, where that is known, and of which it is no more.
        self._times: Mapping[str, int] | None = None
        self._touched: set[str] = set()
        self.linked: set[str] = set()  # what has got one more name, which tells as a change of it

    @cached_property
    def _wanted(self) -> Wanted:
        return Wanted(self._read(self.target))

    def key_of(self, path: str) -> str:
        """Return the key of a file in the standing site, "" where there is none that is known."""
        return self._wanted.stood.files.get(path, "")

    def standing(self, under: str) -> dict[str, str]:
        """Return what is known of the standing site below a folder: path → key.

        No other folder is looked at.
        """
        return read_record(self.target, self._records, under=under).known.files

    def has(self, path: str) -> bool:
        """Tell whether a file is part of the next site."""
        return path in self._wanted.files

    def want(self, path: str, key: str) -> bool:
        """Let a file be part of the next site; return whether its bytes must still be laid."""
        return bool(self.want_all({path: key}))

    def want_all(self, files: Mapping[str, str]) -> list[str]:
        """Let files be part of the next site, path → key; return which must still be laid."""
        return [path for path in self._wanted.want(files) if self._lacks(path, files[path])]

    def _lacks(self, path: str, key: str) -> bool:
        """Tell whether a file must be laid into our folder; what stands in its way goes then."""
        there = self.open()
        if there.get(path) == key:
            return False
        folder = path.rpartition("/")[0]
        while folder:
            if there.pop(folder, ""):
                self._remove(folder)
            folder = folder.rpartition("/")[0]
        if os.path.isdir(f"{self.path}/{path}"):  # noqa: PTH112  # for two hundred thousand
            shutil.rmtree(self.path / path)
            self._times = None
            for below in [one for one in there if one.startswith(f"{path}/")]:
                del there[below]
        return True

    def lay(self, path: str, key: str, data: bytes) -> None:
        """Lay a file into the next site."""
        if self.want(path, key):
            lay_file(self.path / path, data)
            self.laid(path, key)

    def link(self, path: str, key: str, source: Path) -> None:
        """Let a file of the next site be one with another file, or a copy where it cannot be."""
        if self.want(path, key):
            link_file(source, self.path / path)
            self.linked.add(path)
            self.laid(path, key)

    def laid(self, path: str, key: str) -> None:
        """Note that a file has been laid, by whomever."""
        self.open()[path] = key
        self._wanted.laid(path, key)
        self._touched.add(path)

    def complete(self) -> Path:
        """Let the folder hold all that is wanted and nothing else; return it."""
        there, wanted = self.open(), self._wanted.files
        # What differs nowhere is as it stands.
        doubtful = self._wanted.doubtful(self._former)
        for path in sorted(doubtful & there.keys() - wanted.keys()):
            self._remove(path)
            del there[path]
        lacking = [
            path for path in sorted(doubtful & wanted.keys()) if there.get(path) != wanted[path]
        ]
        self._link_all(lacking)
        there |= {path: wanted[path] for path in lacking}
        return self.path

    def publish(self) -> bool:
        """Put the next site in the place of the one that stands; return whether it is another."""
        changes = self._wanted.changes()
        if self._there is None and not changes:
            return False
        if not changes and self.target.is_dir():
            # Something was laid for nothing; what stands is what is wanted.
            self.complete()
            self._record()
            return False
        self.complete()
        files = self._wanted.files
        if not self._wanted.stood.files and holds_the_same(self.target, self.path, files):
            # Another renderer has made it, of the same; from now on it is known what it holds.
            self._record(self.target)
            return False
        is_hidden = any(self.path.glob(".*"))
        own = {path.partition("/")[0] for path in files} if is_hidden else ()
        carry_hidden(self.target, self.path, own)
        self._record()
        exchange_folders(self.target, self.path)
        if not self.path.is_dir():
            self._prepare()
        self._forget_others()
        return True

    def open(self) -> dict[str, str]:
        """Return what our folder holds; from now on it is no longer what its record says."""
        if self._there is None:
            _ = self._wanted  # whose list is the one to go on with
            record = self._former = self._read(self.path)
            self._there = {**record.files}
            self._times = record.times if record.files else None
            if not self._there:
                shutil.rmtree(self.path, ignore_errors=True)
                self.path.mkdir(parents=True)
            write_file(self._record_of(self.path), b"")
        return self._there

    def _prepare(self) -> None:
        """Lay a twin of the first site, so that the first change costs no more than the others.

        Where there is no room for it, or files cannot be linked, the next run does what it can do
        without.
        """
        self._times = None
        try:
            self.path.mkdir(parents=True)
            # Where one cannot be linked all would be copied.
            for path in islice(self._wanted.files, 1):
                os.link(self.target / path, self.path / _PROBE)
                (self.path / _PROBE).unlink()
            self._link_all([*self._wanted.files])
            self._record()
        except OSError:
            shutil.rmtree(self.path, ignore_errors=True)

    def _link_all(self, paths: Sequence[str]) -> None:
        """Let files of our folder be those of the standing site."""

        def link(some: Iterable[str]) -> None:
            for path in some:
                # Of two hundred thousand files: a `Path` for each would take longer than to link.
                link_file(f"{self.target}/{path}", f"{self.path}/{path}")

        self.linked.update(paths)
        self._touched.update(paths)
        if len(paths) < _SHARE:
            link(paths)
            return
        shares = [paths[start : start + _SHARE] for start in range(0, len(paths), _SHARE)]
        threads = ThreadPoolExecutor(_AT_ONCE)
        try:
            for _ in threads.map(link, shares):
                pass
        finally:
            threads.shutdown(cancel_futures=True)

    def _forget_others(self) -> None:
        """Remove all records but those of our two folders, and lists that this run did not meet."""
        folders = (folder for folder in (self.target, self.path) if folder.exists())
        kept = {self._record_of(folder).name for folder in folders} | self._lists
        for record in self._records.glob("*-*"):
            if record.name not in kept:
                record.unlink(missing_ok=True)

    def _remove(self, path: str) -> None:
        remove_file(self.path, path)
        self._touched.add(path)

    def _record_of(self, folder: Path) -> Path:
        return record_of(folder, self._records)

    def _record(self, folder: Path | None = None) -> None:
        """Write down that our folder, or another, holds what is wanted."""
        sync_disk(folder or self.path)
        times = None
        if folder is None and self._times is not None:
            times = times_after(self.path, self._times, self._touched)
        self._listed = write_record(
            folder or self.path,
            self._records,
            self._wanted.files,
            listed=self._listed,
            differs=self._wanted.differs(self._listed),
            times=times,
        )
        self._lists.add(self._listed.name)

    def _read(self, folder: Path) -> Record:
        """Return what a folder holds; what lies in a changed folder is not known."""
        record = read_record(folder, self._records, self._listed)
        if record.listed.name:
            self._listed = self._listed if self._listed.name else record.listed
            self._lists.add(record.listed.name)
        if record.changed and folder != self.target:
            return Record()  # somebody else was here; what they left is not known
        return record.known


@contextmanager
def next_site(target: Path, records: Path) -> Iterator[SiteFolder]:
    """Give the folder of the next site, after mending what an interrupted run left."""
    recover(target)
    yield SiteFolder(target, records)
