"""Fixtures around a built site: a copy of this collection, its site, a server."""

from __future__ import annotations

import os
import re
import shutil
import socket
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from builder.settings import Settings, read_settings

if TYPE_CHECKING:
    from builder.site import Outcome

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Built:
    """A built collection: where it is, its site, the copy for disk, and how the build went."""

    settings: Settings
    offline: Path
    outcome: Outcome

    @property
    def site(self) -> Path:
        return self.settings.site


def copy_collection(target: Path) -> Settings:
    """Copy what a clone of this repository holds, without anything generated."""
    for name in ("seeds", "site_overrides", "content/about"):
        shutil.copytree(ROOT / name, target / name)
    shutil.copy(ROOT / "mkdocs.yml", target)
    for folder, _, names in os.walk(target):
        for name in names:
            (Path(folder) / name).chmod(0o644)
    return read_settings(target / "mkdocs.yml")


@pytest.fixture
def collection(tmp_path: Path) -> Settings:
    """A copy of this collection, not built yet."""
    return copy_collection(tmp_path / "collection")


@pytest.fixture
def small(tmp_path: Path) -> Callable[..., Settings]:
    """Makes a collection of a name and the given texts, which is all that one needs."""

    def make(**texts: str) -> Settings:
        root = tmp_path / "small"
        (root / "seeds").mkdir(parents=True)
        (root / "mkdocs.yml").write_text("site_name: Small\n")
        for name, text in texts.items():
            (root / "seeds" / f"{name}.txt").write_text(text, encoding="utf-8")
        return read_settings(root / "mkdocs.yml")

    return make


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """This collection, built once for all tests; do not change it."""
    # Here and not above: a fault in the pages must not stop the tests of everything else.
    from builder.site import Run, build

    folder = tmp_path_factory.mktemp("built")
    with pytest.MonkeyPatch.context() as patch:
        for name in ("SITE_URL", "SOURCE_DATE_EPOCH"):
            patch.delenv(name, raising=False)
        settings = copy_collection(folder / "collection")
        outcome = build(settings, Run(), offline=folder / "offline")
    return Built(settings, folder / "offline", outcome)


class _Handler(SimpleHTTPRequestHandler):
    """Serves a folder under a prefix, and its 404 page for what is not there."""

    prefix = "/"

    def __init__(self, *arguments: Any, prefix: str, **keywords: Any) -> None:
        self.prefix = prefix
        super().__init__(*arguments, **keywords)

    def translate_path(self, path: str) -> str:
        if not path.startswith(self.prefix):
            return str(Path(self.directory) / "outside-the-prefix")
        return super().translate_path("/" + path.removeprefix(self.prefix))

    def log_message(self, *_: Any) -> None:
        pass


@contextmanager
def served(folder: Path, prefix: str = "/") -> Iterator[str]:
    """Serve a folder on this machine; give its address."""
    handler = partial(_Handler, directory=str(folder), prefix=prefix)
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}{prefix}"
    finally:
        server.shutdown()
        server.server_close()


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def wait_for(address: str, pattern: str, seconds: float = 25) -> str:
    """Return the page as soon as it holds the pattern."""
    deadline, page = time.monotonic() + seconds, ""
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(address, timeout=5) as answer:
                page = answer.read().decode("utf-8")
            if re.search(pattern, page):
                return page
        except OSError:
            pass
        time.sleep(0.1)
    raise AssertionError(f"{pattern} never came; last: {page[-300:]}")
