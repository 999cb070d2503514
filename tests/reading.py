"""A browser as readers have: Chromium by playwright; what it asked for and complained of."""

from __future__ import annotations

import os
import shutil
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from site_fixtures import ROOT, Built, served

DESK = {"viewport": {"width": 1280, "height": 900}}
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
PATIENCE = 300  # seconds that one test may take
_NAMES = ("chromium", "chromium-browser", "google-chrome")
_ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@dataclass
class Noted:
    """What a page asked for, and what its console complained of."""

    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def listen(self, page: Any) -> None:
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", self._hear)

    def _hear(self, message: Any) -> None:
        if message.type in ("error", "warning"):
            self.complaints.append(message.text)

    def elsewhere(self, *homes: str) -> list[str]:
        """Return what was asked for that does not stand below one of these addresses."""
        own = (*homes, "data:", "blob:")
        return [request for request in self.requests if not request.startswith(own)]

    @property
    def hosts(self) -> set[str]:
        """The hosts that were asked for anything."""
        return {host for url in self.requests if (host := urlsplit(url).hostname)}


class Browser:
    """Chromium without a window; one that has died is started again for the next test."""

    def __init__(self, launch: Callable[[], Any]) -> None:
        self._launch = launch
        self._running = launch()

    def new_context(self, **options: Any) -> Any:
        """Open a window of its own; options are those of playwright's new_context."""
        if not self._running.is_connected():
            self._running = self._launch()
        return self._running.new_context(**options)

    def close(self) -> None:
        self._running.close()


def _kill_browsers() -> None:
    """Kill every Chromium that this process has started, at whatever depth."""
    parents = {}
    for status in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            number, name, _, parent = status.read_text().split()[:4]
            parents[int(number)] = (int(parent), name)
    for number, (parent, name) in parents.items():
        ancestors = parent
        while ancestors not in (0, os.getpid()):
            ancestors = parents.get(ancestors, (0, ""))[0]
        if ancestors and "chrom" in name:
            with suppress(OSError):
                os.kill(number, signal.SIGKILL)


@pytest.fixture
def _patience() -> Iterator[None]:
    """Fail a test whose browser no longer answers, instead of waiting for ever.

    A call that evaluates or presses a key has no limit of its own in playwright.
    """
    watch = threading.Timer(PATIENCE, _kill_browsers)
    watch.daemon = True
    watch.start()
    yield
    watch.cancel()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """Chromium without a window."""
    from playwright.sync_api import sync_playwright

    path = next(filter(None, map(shutil.which, _NAMES)), None)
    if path is None:
        pytest.skip("Chromium is not installed (Debian: chromium)")
    with sync_playwright() as playwright:
        launch = playwright.chromium.launch
        browser = Browser(lambda: launch(executable_path=path, args=list(_ARGUMENTS)))
        yield browser
        browser.close()


def checker(path: str) -> Path:
    """Return the file of what checks pages, by its path in the packages of scripts/checkers."""
    file = ROOT / ".cache/checkers/node_modules" / path
    if not file.is_file():
        pytest.skip(f"{path} is not there; run: scripts/checkers")
    return file


@pytest.fixture
def open_page(chromium: Any, _patience: None) -> Iterator[Callable[..., Any]]:
    """Opens an address in a window of its own; options are those of playwright's new_context.

    Give `noted=Noted()` to keep what the page asked for and complained of.
    """
    contexts = []

    def open_(address: str, *, noted: Noted | None = None, **options: Any) -> Any:
        context = chromium.new_context(**{**DESK, **options})
        context.set_default_timeout(15_000)  # milliseconds
        contexts.append(context)
        page = context.new_page()
        if noted is not None:
            noted.listen(page)
        page.goto(address)
        return page

    yield open_
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def address(built: Built) -> Iterator[str]:
    """The address of this collection's site, served on this machine."""
    with served(built.site) as root:
        yield root
