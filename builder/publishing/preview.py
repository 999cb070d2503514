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
from pathlib import Path
from types import FrameType

from mkdocs.livereload import LiveReloadServer

from builder.kept_documents import DamagedError
from builder.model import Place, Problem, Problems
from builder.publishing.following import Following, follower, interval
from builder.publishing.full_disk import told_where_full
from builder.publishing.preview_build import Built, build_preview
from builder.publishing.preview_server import (
    is_loopback,
    keep_to_this_machine,
    reload_pages,
    server_at,
)
from builder.publishing.preview_site import PreviewSite
from builder.settings import Settings

_STOPS = ("SIGTERM", "SIGHUP")  # the second: the terminal is closed; not every system has it


def read_address(address: str) -> tuple[str, int]:
    """Return host and port of `127.0.0.1:8000`; a host that others can reach is a ValueError."""
    host, _, port = address.rpartition(":")
    host = host.strip("[]")
    if not host or not (port.isascii() and port.isdigit()) or not 0 <= int(port) < 65536:
        raise ValueError(f'"{address}" is not HOST:PORT, such as 127.0.0.1:8000')
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
    server.observer = follower(interval(settings))  # type: ignore[assignment]  # both observe
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
