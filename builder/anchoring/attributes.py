"""Tells git how two branches' registers are merged: `published.list merge=union`.

Each branch that adds a document adds a line to the register, at the place where the other one does.
"""

from __future__ import annotations

from collections.abc import Iterator
from fnmatch import fnmatchcase
from pathlib import Path

from builder.anchoring.register import NAME
from builder.publishing.writing import write_file
from builder.settings import Settings

_FILE = ".gitattributes"
_LINE = f"{NAME} merge=union"


def write_attributes(settings: Settings) -> Iterator[str]:
    """Write the attribute beside the register where nobody has set it; yield what is told of it.

    Whoever has a line for the register in a `.gitattributes` here or above is left alone.
    """
    anchors = settings.anchors
    if not (anchors / NAME).is_file() or any(map(_names_register, _above(settings))):
        return
    file = anchors / _FILE
    before = file.read_bytes() if file.is_file() else b""
    if before and not before.endswith(b"\n"):
        before += b"\n"
    write_file(file, before + f"{_LINE}\n".encode())
    yield f"{settings.relative(file)}: written, so that git can merge {NAME}; commit it"


def _above(settings: Settings) -> Iterator[Path]:
    """Yield the attribute files that git would read, up to the top of the repository."""
    for folder in (settings.anchors, *settings.anchors.parents):
        yield folder / _FILE
        if (folder / ".git").exists():
            return


def _names_register(file: Path) -> bool:
    """Tell whether an attribute file says how the register, or every file like it, is merged."""
    try:
        lines = file.read_text("utf-8", "replace").splitlines()
    except OSError:
        return False
    words = (line.split() for line in lines if not line.lstrip().startswith("#"))
    return any(_says(pattern, attributes) for pattern, *attributes in filter(None, words))


def _says(pattern: str, attributes: list[str]) -> bool:
    merged = any(one.lstrip("-!").partition("=")[0] == "merge" for one in attributes)
    return merged and fnmatchcase(NAME, pattern.rpartition("/")[2])
