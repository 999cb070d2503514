"""Shared by the tests: where things are, and how a text becomes a document."""

from __future__ import annotations

import os
from collections.abc import Generator, Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from builder import catalogue
from builder.catalogue import Catalogue, load_catalogue
from builder.model import Document, Source
from builder.naming.entries import Entry
from builder.naming.names import Names
from builder.read import source_from_bytes
from builder.structure import structure
from everything import everything, home, kinds  # noqa: F401  # fixtures for all tests
from harbors import here  # noqa: F401  # a fixture for all tests
from reading import _patience, address, chromium, open_page  # noqa: F401  # fixtures for all tests
from site_fixtures import built, collection, small  # noqa: F401  # fixtures for all tests

# The same examples in every run; HYPOTHESIS_PROFILE=search looks for new ones.
settings.register_profile("same", derandomize=True, deadline=None)
settings.register_profile("search", max_examples=2000, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "same"))

ROOT = Path(__file__).resolve().parent.parent
SEEDS = sorted((ROOT / "seeds").glob("*.txt"))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, Any, Any]:
    """Where the whole check runs, a test in the browser that did not run has failed."""
    report = yield
    required = os.environ.get("BROWSER_TESTS") == "required"
    if required and report.skipped and item.get_closest_marker("browser"):
        report.outcome, report.longrepr = "failed", f"did not run: {report.longrepr}"
    return report


def document(text: str, name: str = "seeds/document.txt") -> Document:
    """Structure a text as if it stood in a file of that name."""
    return structure(source_from_bytes(text.encode(), name))


def source(text: str, name: str = "seeds/document.txt") -> Source:
    """Read a text as if it stood in a file of that name."""
    return source_from_bytes(text.encode(), name)


@pytest.fixture(autouse=True)
def _no_ci(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the environment out of the tests: CI would freeze the ledgers, SITE_URL change pages."""
    for name in ("CI", "SITE_URL", "SOURCE_DATE_EPOCH"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")


@pytest.fixture(autouse=True, scope="session")
def _no_waiting_for_the_disk() -> Iterator[None]:
    """Do not wait until the disk has what is written: no test cuts the power."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", lambda handle: None)
        patch.setattr("builder.publishing.durable._syncfs", lambda: lambda handle: 0)
        yield


@pytest.fixture(scope="session")
def plain() -> Catalogue:
    """Return the catalogue that the package brings, read once for all tests."""
    return load_catalogue(None)


@pytest.fixture(autouse=True, scope="session")
def _the_package_s_catalogue_once(plain: Catalogue) -> Iterator[None]:
    """Let collections that have no catalogue of their own share the one that is read once."""
    from builder import knowledge as reading

    def load(folder: Path, root: Path, **more: Any) -> Catalogue:
        return load_catalogue(folder, root, **more) if folder.exists() else plain

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reading, "load_catalogue", load)
        yield


@pytest.fixture(autouse=True, scope="session")
def _names_once() -> Iterator[None]:
    """Let catalogues that name the entities of a kind alike share what finds them; most do."""
    made = lru_cache(maxsize=64)(Names)

    def names(entries: Iterable[Entry]) -> Names:
        return made(tuple(form for entry in entries for form in entry.forms()))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(catalogue, "_names", names)
        yield
