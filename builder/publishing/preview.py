"""Serves the site on this machine while its sources are edited."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from itertools import islice
from pathlib import Path
from stat import S_ISDIR, S_ISLNK
from types import FrameType

from mkdocs.livereload import LiveReloadServer
from watchdog.events import (
    DirAttribEvent,
    DirModifiedEvent,
    FileSystemEvent,
    FileSystemEventHandler,
)
from watchdog.observers.api import ObservedWatch
from watchdog.observers.polling import PollingObserverVFS

from builder.kept_documents import DamagedError
from builder.looking import leads_around
from builder.model import Place, Problem, Problems
from builder.publishing.full_disk import told_where_full
from builder.publishing.preview_build import Built, build_preview
from builder.publishing.preview_server import (
    is_loopback,
    keep_to_this_machine,
    reload_pages,
    server_at,
)
from builder.publishing.preview_site import PreviewSite
from builder.publishing.starter import generated_paths, starter_folder
from builder.settings import Settings

# To look at so many files takes longer than anybody wants to spend several times a second.
_MANY = 1000
_HOST = "127.0.0.1"  # where only a port is given
_STOPS = ("SIGTERM", "SIGHUP")  # the second: the terminal is closed; not every system has it


def read_address(address: str) -> tuple[str, int]:
    """Return host and port of `127.0.0.1:8000`, or of `8000`, which means the same.

    A host that others can reach is a ValueError.
    """
    host, colon, port = address.rpartition(":")
    host = host.strip("[]") if colon else _HOST
    if not (port.isascii() and port.isdigit()) or not 0 <= int(port) < 65536:
        raise ValueError(f'"{address}" is neither HOST:PORT, such as 127.0.0.1:8000, nor a PORT')
    if not is_loopback(host):
        raise ValueError(f'"{host}" can be reached by others; a preview is for this machine only')
    return host, int(port)


def preview(
    settings: Settings,
    address: tuple[str, int],
    *,
    open_browser: bool,
    tell: Callable[[str], None],
    show: Callable[[Iterable[Problem]], None],
) -> None:
    """Serve the site until Ctrl+C, and build it again whenever something changes.

    Ledgers are never written: a half-typed text must not issue addresses.
    """
    with _stopping_at_signals() as stop_for_good:
        _preview(settings, address, stop_for_good, open_browser=open_browser, tell=tell, show=show)


def _preview(
    settings: Settings,
    address: tuple[str, int],
    stop_for_good: Callable[[], None],
    *,
    open_browser: bool,
    tell: Callable[[str], None],
    show: Callable[[Iterable[Problem]], None],
) -> None:
    folder = Path(tempfile.mkdtemp(prefix="builder-"))

    def build(go_on: Callable[[], None]) -> Built:
        # Before it: what is saved in a new folder after the build has read it calls for another.
        following.renew()
        built = _built(settings, folder / "site", server.url, go_on)
        following.renew()  # what another run has generated since is known by now
        return built

    try:
        site = PreviewSite(settings, build, show)
        server = server_at(address, site.refresh, folder / "site")
        following = Following(settings, server)
        try:
            _serve(settings, site, server, open_browser=open_browser, tell=tell)
        except KeyboardInterrupt:
            stop_for_good()
            with suppress(OSError):  # a terminal that was closed shows nothing
                tell("stopping")
        finally:
            stop_for_good()
            server.shutdown()
            site.end()
    finally:
        stop_for_good()
        _remove_behind(folder)


@contextmanager
def _stopping_at_signals() -> Iterator[Callable[[], None]]:
    """Let what ends a process do what Ctrl+C does; nothing does after a call of what is given.

    Only the main thread may say so.
    """
    if threading.current_thread() is not threading.main_thread():
        yield lambda: None
        return
    numbers = [getattr(signal, name) for name in _STOPS if hasattr(signal, name)]
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, *numbers)}

    own = os.getpid()

    def stop(number: int, _frame: FrameType | None) -> None:
        if os.getpid() != own:  # a worker, which was forked with this and has nothing to stop
            signal.signal(number, signal.SIG_DFL)
            os.kill(os.getpid(), number)
        raise KeyboardInterrupt

    def ignore() -> None:
        for number in before:
            signal.signal(number, signal.SIG_IGN)

    for number in numbers:
        # Whoever starts it with nohup wants it to go on.
        if before[number] != signal.SIG_IGN:
            signal.signal(number, stop)
    try:
        yield ignore
    finally:
        for number, handler in before.items():
            # None: not set from Python, and cannot be put back by it.
            signal.signal(number, signal.SIG_DFL if handler is None else handler)


def _serve(
    settings: Settings,
    site: PreviewSite,
    server: LiveReloadServer,
    *,
    open_browser: bool,
    tell: Callable[[str], None],
) -> None:
    """Build a site for the first time, and serve it."""
    tell("building the site")
    server.observer = follower(_interval(settings))  # type: ignore[assignment]  # both observe
    keep_to_this_machine(server, lambda: site.wrong, lambda path: site.pages.get(path))
    site.reload = lambda: reload_pages(server)
    site.refresh()
    tell(f"the site is at {server.url}; Ctrl+C stops")
    server.serve(open_in_browser=open_browser)  # type: ignore[no-untyped-call]  # MkDocs' own


def _remove_behind(folder: Path) -> None:
    """Let another process remove a folder of ours: of a big site that takes long after Ctrl+C."""
    removes = "import shutil, sys; shutil.rmtree(sys.argv[1], ignore_errors=True)"
    given = [sys.executable, "-I", "-S", "-c", removes, str(folder)]
    nothing = subprocess.DEVNULL
    try:
        subprocess.Popen(
            given, cwd="/", stdin=nothing, stdout=nothing, stderr=nothing, start_new_session=True
        )
    except OSError:  # no more processes are allowed
        shutil.rmtree(folder, ignore_errors=True)


def _built(settings: Settings, target: Path, site_url: str, go_on: Callable[[], None]) -> Built:
    """Build the site as `build_preview` does; what it fails with is told of it."""
    try:
        with told_where_full(settings, publishes=False):
            return build_preview(settings, target, site_url, go_on)
    except Problems as error:
        return Built(list(error.problems))
    except DamagedError as error:
        what, hint = "what was kept of it is damaged", "with the next change it is made again"
        return Built([Problem(Place(str(error.filename), 0), what, hint)])
    except Exception as error:  # whoever edits goes on
        what = f"the builder failed: {type(error).__name__}: {error}"
        place = Place(settings.relative(settings.seeds), 0)
        return Built([Problem(place, what, "please report this")])


def _interval(settings: Settings) -> float:
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
