"""Tells by which program a result was made: what another one made is found out again."""

from __future__ import annotations

import hashlib
import os
import platform
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent

# The libraries whose work is part of what a build keeps.
LIBRARIES = (
    "citeproc-py",
    "jinja2",
    "markdown",
    "markupsafe",
    "mkdocs",
    "mkdocs-material",
    "pymdown-extensions",
    "pyyaml",
    "rapidfuzz",
)

_File = tuple[str, int, int]  # path, time of the last change, size


def code_version(package: Path = PACKAGE) -> str:
    """Return a digest of every file of the package, of Python and of the libraries that matter.

    In one process files are read again only where their times or sizes have changed.
    """
    return _digest(package, tuple(sorted(_files(os.fspath(package)))))


def _files(folder: str) -> Iterator[_File]:
    for entry in os.scandir(folder):
        if entry.is_dir():
            if entry.name != "__pycache__":
                yield from _files(entry.path)
        elif not entry.name.endswith(".pyc"):
            known = entry.stat()
            yield entry.path, known.st_mtime_ns, known.st_size


@lru_cache(maxsize=4)
def _digest(package: Path, files: Iterable[_File]) -> str:
    told = hashlib.sha256()
    for path, _, _ in files:
        with open(path, "rb", buffering=0) as file:  # noqa: PTH123  # for each of some hundred files
            data = file.read()
        told.update(f"{os.path.relpath(path, package)} {len(data)}\n".encode())
        told.update(data)
    told.update("\n".join(_environment()).encode())
    return told.hexdigest()


def _environment() -> Iterator[str]:
    yield f"python {'.'.join(platform.python_version_tuple()[:2])}"
    yield f"unicode {unicodedata.unidata_version}"
    for library in LIBRARIES:
        try:
            yield f"{library} {version(library)}"
        except PackageNotFoundError:
            yield f"{library} is not there"
