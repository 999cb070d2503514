"""Finds the bytes of a source as they once were: beside its page, among the versions, in git."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path

from builder.model import DIGITS
from builder.settings import Settings
from builder.versioning.git_history import bytes_in_git


def earlier_bytes(
    settings: Settings, slug: str, sha256: str, names: Sequence[str] = ()
) -> bytes | None:
    """Return the bytes of a published source that have this SHA-256, None where they are nowhere.

    `slug` is that of its document, `names` are the paths of its file relative to the collection's
    folder: now and before.
    """
    for data in _candidates(settings, slug, sha256[:DIGITS], names):
        fitting = with_hash(data, sha256)
        if fitting is not None:
            return fitting
    return None


def last_shown(settings: Settings, slug: str, sha256: str) -> bool:
    """Tell whether the page of a document, or the site's, shows the bytes of this SHA-256."""
    pages = (settings.content / "documents" / slug, settings.site / "documents" / slug)
    shown = (_read(folder / "source.txt") for folder in pages)
    return any(data is not None and with_hash(data, sha256) is not None for data in shown)


def with_hash(data: bytes, sha256: str) -> bytes | None:
    """Return the bytes if their SHA-256 is this one, as they are or with other line ends.

    A checkout may turn LF into CRLF or the other way round; what was published is neither lost nor
    edited by that.
    """
    unix = data.replace(b"\r\n", b"\n")
    for one in (data, unix, unix.replace(b"\n", b"\r\n")):
        if hashlib.sha256(one).hexdigest() == sha256:
            return one
    return None


def _candidates(
    settings: Settings, slug: str, digits: str, names: Sequence[str]
) -> Iterator[bytes]:
    pages = (settings.content / "documents" / slug, settings.site / "documents" / slug)
    for file in (
        *(folder / "source.txt" for folder in pages),
        # A run that writes no versions, such as a frozen one, still makes pages of them.
        *(folder / "versions" / digits / "source.txt" for folder in pages),
        settings.versions / slug / f"{digits}.txt",
    ):
        data = _read(file)
        if data is not None:
            yield data
    yield from bytes_in_git(settings.root, names)


def _read(file: Path) -> bytes | None:
    try:
        return file.read_bytes() if file.is_file() else None
    except OSError:
        return None  # what stands there is not what we look for
