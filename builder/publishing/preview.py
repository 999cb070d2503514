"""Serves the site on this machine while its sources are edited."""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import replace
from itertools import islice
from pathlib import Path
from stat import S_ISDIR, S_ISLNK

from mkdocs.livereload import LiveReloadServer
from watchdog.observers.polling import PollingObserverVFS

from builder.anchoring.register import COPY
from builder.collection import read_collection
from builder.collection_pages import collection_index, write_collection_pages
from builder.finishing import finish_next
from builder.looking import Look, leads_around
from builder.model import Place, Problem, Problems
from builder.publishing.full_disk import told_where_full
from builder.publishing.lock import locked
from builder.publishing.preview_server import is_loopback, keep_to_this_machine
from builder.publishing.render import render_site
from builder.publishing.site_folder import next_site
from builder.publishing.starter import starter_folder
from builder.publishing.writing import LIST_NAME, read_list
from builder.rendering.laying import link_file
from builder.settings import Settings
from builder.site import rendering_of
from builder.storing.code_version import code_version
from builder.storing.store import KEPT as STORE
from builder.storing.store import Store
from builder.working import Workers

_RECORDS = (LIST_NAME, COPY)
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
    host, port = address
    tell("building the site")
    wrong: Sequence[Problem] = ()

    def rebuild() -> None:
        nonlocal wrong
        told = _told_by_preview(settings, folder / "site", server.url)
        show(told)
        wrong = [problem for problem in told if not problem.warning]

    server = LiveReloadServer(rebuild, host, port, str(folder / "site"))
    server.observer = follower(_interval(settings))  # type: ignore[assignment]  # both observe
    keep_to_this_machine(server, lambda: wrong)
    try:
        rebuild()
        for path in watched(settings):
            server.watch(str(path))
        tell(f"the site is at {server.url}; Ctrl+C stops")
        server.serve(open_in_browser=open_browser)  # type: ignore[no-untyped-call]  # MkDocs' own
    except OSError as error:
        what, hint = f"cannot be served ({error.strerror})", "name another one with --address"
        raise Problems([Problem(Place(f"{host}:{port}", 0), what, hint)]) from error
    except KeyboardInterrupt:
        tell("stopped")
    finally:
        server.shutdown()
        shutil.rmtree(folder, ignore_errors=True)


def _told_by_preview(settings: Settings, target: Path, site_url: str) -> list[Problem]:
    try:
        with told_where_full(settings, publishes=False):
            return build_preview(settings, target, site_url=site_url)
    except Problems as error:
        return list(error.problems)


def _interval(settings: Settings) -> float:
    """Return how many seconds lie between two looks at what a preview follows."""
    files = islice((name for *_, names in os.walk(settings.seeds) for name in names), _MANY)
    return 0.2 if sum(1 for _ in files) < _MANY else 0.5


def build_preview(settings: Settings, target: Path, *, site_url: str) -> list[Problem]:
    """Build the site into a folder without writing any ledger; return what is wrong.

    The pages are written beside it and not into the collection: a text that its ledger refuses is
    shown as edited, with provisional addresses, and what is published stays untouched.
    """
    folder = target.parent
    with locked(settings.root):
        _begin(settings, folder)
        store = Store(folder / STORE.name, code_version(), write=True)
        look = Look.at(settings.content, into_links=True)
        state = read_collection(settings, provisional=True, store=store, look=look)
        here = replace(settings, content=folder / "content")
        copy_own_pages(settings, look, here.content)
        written = write_collection_pages(here, state, collection_index(state), store)
        with next_site(target, folder / "sites") as site:
            how = rendering_of(here, state, site_url=site_url)
            warnings = render_site(here, site, how, folder / "cache")
            missing = finish_next(here, site, state, folder / "cache", Workers(here.jobs))
            site.publish()
    return [*state.problems, *written.problems, *warnings, *missing]


def _begin(settings: Settings, folder: Path) -> None:
    """Let the first preview begin with what the last build has made of the documents."""
    folder.mkdir(parents=True, exist_ok=True)
    built, own = settings.root / STORE, folder / STORE.name
    if own.exists() or not built.is_file():
        return
    with closing(sqlite3.connect(built)) as source, closing(sqlite3.connect(own)) as copy:
        source.backup(copy)
    for path in read_list(settings.content):
        with suppress(OSError):
            link_file(settings.content / path, folder / "content" / path)
    with suppress(OSError):
        shutil.copy2(settings.content / LIST_NAME, folder / "content" / LIST_NAME)


def copy_own_pages(settings: Settings, look: Look, target: Path) -> None:
    """Copy the hand-written files of a collection's content folder; remove what is gone there.

    One of those in the `look` may be gone by now; that calls for another preview anyway.
    """
    target.mkdir(parents=True, exist_ok=True)
    own = set(_by_hand(settings.content, look))
    for path in set(_by_hand(target, Look.at(target, into_links=True))) - own:
        (target / path).unlink(missing_ok=True)
    for path in own:
        (target / path).parent.mkdir(parents=True, exist_ok=True)
        with suppress(FileNotFoundError):
            shutil.copy2(settings.content / path, target / path)


def _by_hand(content: Path, look: Look) -> Iterator[str]:
    generated = read_list(content)
    for path in look.files():
        if path not in generated and path.rpartition("/")[2] not in _RECORDS:
            yield path


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

    Generated pages are left out, or every build would call for another one.
    """
    generated = {path.partition("/")[0] for path in read_list(settings.content)}
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
