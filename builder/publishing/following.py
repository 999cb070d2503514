"""Follows what a collection is made from while it is edited, also what is new there."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import islice
from pathlib import Path
from stat import S_ISDIR, S_ISLNK

from mkdocs.livereload import LiveReloadServer
from watchdog.events import (
    DirAttribEvent,
    DirModifiedEvent,
    FileSystemEvent,
    FileSystemEventHandler,
)
from watchdog.observers.api import ObservedWatch
from watchdog.observers.polling import PollingObserverVFS

from builder.looking import leads_around
from builder.publishing.starter import generated_paths, starter_folder
from builder.settings import Settings

# To look at so many files takes longer than anybody wants to spend several times a second.
_MANY = 1000


def interval(settings: Settings) -> float:
    """Return how many seconds lie between two looks at what a preview follows."""
    files = islice((name for *_, names in os.walk(settings.seeds) for name in names), _MANY)
    return 0.2 if sum(1 for _ in files) < _MANY else 0.5


def follower(every: float) -> PollingObserverVFS:
    """Return what looks for changes `every` so many seconds.

    It goes through no link that leads round: of two, each in the other's folder, there are ways
    without number, and that they are taken away has to be seen.
    """
    return PollingObserverVFS(_stat, os.scandir, polling_interval=every)


def _stat(path: str) -> os.stat_result:
    about = os.stat(path)  # noqa: PTH116  # asked of every file again and again
    if S_ISDIR(about.st_mode):
        link = os.lstat(path)
        if S_ISLNK(link.st_mode) and leads_around("", path.lstrip("/")):
            return link
    return about


class Following:
    """What a preview follows: sources, templates, settings, hand-written pages, also new ones.

    Of the content folder itself, and of those that what is followed stands in, only the names are
    looked at: what is generated is too much to be followed, and builds write beside it.
    """

    def __init__(self, settings: Settings, server: LiveReloadServer) -> None:
        self._settings, self._server = settings, server
        self._followed: set[Path] = set()
        self._entrances: dict[Path, ObservedWatch] = {}
        self._generated: set[str] = set()
        self._handler = _Called(self._concerns, self._call)

    def renew(self) -> None:
        """Follow what is new by now, and no more what is gone."""
        self._generated = _generated(self._settings)
        emitters = list(self._server.observer.emitters)
        # One whose folder was gone for a moment never looks again.
        ended = {Path(one.watch.path) for one in emitters if not one.should_keep_running()}
        self._renew_entrances(ended)
        wanted = set(watched(self._settings))
        for path in (self._followed - wanted) | (self._followed & ended):
            self._server.unwatch(str(path))
            self._followed.discard(path)
        for path in wanted - self._followed:
            try:
                self._server.watch(str(path))
                self._followed.add(path)
            except OSError:  # gone by now, which calls for another build
                self._server._watched_paths.pop(str(path), None)

    def _renew_entrances(self, ended: set[Path]) -> None:
        observer, content = self._server.observer, self._settings.content
        above = next(path for path in content.parents if path.is_dir())
        wanted = {self._settings.root, above, *([content] if content.is_dir() else [])}
        for path in (self._entrances.keys() - wanted) | (self._entrances.keys() & ended):
            observer.unschedule(self._entrances.pop(path))
        for path in wanted - self._entrances.keys():
            with suppress(OSError):  # gone by now, which is seen from above
                self._entrances[path] = observer.schedule(self._handler, str(path))

    def _concerns(self, path: Path) -> bool:
        """Tell whether a build has to follow where this comes or goes."""
        if path.parent == self._settings.content:
            return _is_by_hand(path, self._generated)
        return any(path in (one, *one.parents) for one in _sources(self._settings))

    def _call(self) -> None:
        with self._server._rebuild_cond:
            self._server._want_rebuild = True
            self._server._rebuild_cond.notify_all()


class _Called(FileSystemEventHandler):
    """Calls for a build when a path comes, goes or is another file, if it is one that concerns it.

    A folder in which something has changed is not another one: builds write into such.
    """

    def __init__(self, concerns: Callable[[Path], bool], call: Callable[[], None]) -> None:
        self._concerns, self._call = concerns, call

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Call for a build, if the event does."""
        if isinstance(event, DirModifiedEvent | DirAttribEvent):
            return
        paths = (Path(os.fsdecode(path)) for path in (event.src_path, event.dest_path) if path)
        if any(self._concerns(path) for path in paths):
            self._call()


def watched(settings: Settings) -> list[Path]:
    """Return what a preview follows with all that is below: sources, settings, hand-written pages.

    Generated pages are left out: nobody edits them, and there may be a hundred thousand.
    """
    generated = _generated(settings)
    try:
        names = sorted(settings.content.iterdir())
    except OSError:  # there is none; what else is wrong with it a build tells
        names = []
    by_hand = (path for path in names if path.is_dir() and _is_by_hand(path, generated))
    lent = []
    if starter_folder() != settings.root:
        lent.append(starter_folder() / "site_overrides")
    sources = (path for path in (*_sources(settings), *lent) if path != settings.content)
    return [*(path for path in sources if path.exists()), *by_hand]


def _sources(settings: Settings) -> Iterator[Path]:
    """Yield what a collection brings of its own."""
    yield from (settings.seeds, settings.content, settings.root / "site_overrides")
    if settings.config_file is not None:
        yield settings.config_file


def _generated(settings: Settings) -> set[str]:
    """Return the names in the content folder that the last run made, and what is in them."""
    return {path.partition("/")[0] for path in generated_paths(settings.content)}


def _is_by_hand(path: Path, generated: set[str]) -> bool:
    return path.name not in generated and not path.name.startswith(".")
