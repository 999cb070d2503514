"""Serves the site on this machine while its sources are edited."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

from mkdocs.livereload import LiveReloadServer

from builder.anchoring.register import COPY
from builder.collection import newest_date, read_collection
from builder.model import Place, Problem, Problems
from builder.publishing.exchange import replace_folder, workplace
from builder.publishing.lock import locked
from builder.publishing.preview_server import is_loopback, keep_to_this_machine
from builder.publishing.render import render
from builder.publishing.starter import starter_folder
from builder.publishing.writing import LIST_NAME, read_list
from builder.settings import Settings
from builder.site import collection_index, finish, write_collection_pages

_RECORDS = (LIST_NAME, COPY)


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

    def rebuild() -> None:
        try:
            show(build_preview(settings, folder / "site", site_url=server.url))
        except Problems as error:
            show(error.problems)

    server = LiveReloadServer(rebuild, host, port, str(folder / "site"))
    keep_to_this_machine(server)
    server.error_handler = lambda code: _error_page(folder / "site" / f"{code}.html")
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


def build_preview(settings: Settings, target: Path, *, site_url: str) -> list[Problem]:
    """Build the site into a folder without writing any ledger; return what is wrong.

    The pages are written beside it and not into the collection: a text that its ledger refuses is
    shown as edited, with provisional addresses, and what is published stays untouched.
    """
    with locked(settings.root):
        state = read_collection(settings, provisional=True)
        here = replace(settings, content=target.with_name("content"))
        copy_own_pages(settings, here.content)
        written = write_collection_pages(here, state, collection_index(state))
        with workplace(target) as building:
            warnings = render(here, building, date=newest_date(state), site_url=site_url)
            missing = finish(here, building, state)
            replace_folder(target, building)
    return [*state.problems, *written.problems, *warnings, *missing]


def copy_own_pages(settings: Settings, target: Path) -> None:
    """Copy the hand-written files of a collection's content folder."""
    target.mkdir(parents=True, exist_ok=True)
    generated = read_list(settings.content)
    for path in settings.content.rglob("*") if settings.content.is_dir() else ():
        name = path.relative_to(settings.content)
        if path.is_file() and name.as_posix() not in generated and name.name not in _RECORDS:
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(path, target / name)


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


def _error_page(file: Path) -> bytes | None:
    return file.read_bytes() if file.is_file() else None
