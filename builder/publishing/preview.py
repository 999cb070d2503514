"""Serves the site on this machine while its sources are edited."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable
from itertools import islice
from pathlib import Path
from stat import S_ISDIR, S_ISLNK

from mkdocs.livereload import LiveReloadServer
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


def read_address(address: str) -> tuple[str, int]:
    """Return host and port of `127.0.0.1:8000`; a host that others can reach is a ValueError."""
    host, _, port = address.rpartition(":")
    host = host.strip("[]")
    if not port.isdigit() or not 0 <= int(port) < 65536:
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
    folder = Path(tempfile.mkdtemp(prefix="builder-"))

    def build(go_on: Callable[[], None]) -> Built:
        return _built(settings, folder / "site", server.url, go_on)

    try:
        site = PreviewSite(settings, build, show)
        server = server_at(address, site.refresh, folder / "site")
        try:
            _serve(settings, site, server, open_browser=open_browser, tell=tell)
        except KeyboardInterrupt:
            tell("stopping")
        finally:
            server.shutdown()
            site.end()
    finally:
        _remove_behind(folder)


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
    for path in watched(settings):
        server.watch(str(path))
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


def watched(settings: Settings) -> list[Path]:
    """Return what a preview follows: sources, templates, settings, hand-written pages.

    Generated pages are left out: nobody edits them, and there may be a hundred thousand.
    """
    generated = {path.partition("/")[0] for path in generated_paths(settings.content)}
    by_hand = (
        path
        for path in (sorted(settings.content.iterdir()) if settings.content.is_dir() else ())
        if path.name not in generated and not path.name.startswith(".")
    )
    paths = [settings.seeds, settings.root / "site_overrides", *by_hand]
    if starter_folder() != settings.root:
        paths.append(starter_folder() / "site_overrides")
    if settings.config_file is not None:
        paths.append(settings.config_file)
    return [path for path in paths if path.exists()]
