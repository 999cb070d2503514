"""Reads files that others put there: regular ones only, with names that can be told."""

from __future__ import annotations

import os
import stat
import unicodedata
from io import FileIO
from pathlib import Path

from builder.encodings import decode, refuse_no_text
from builder.limits import Limit
from builder.model import Place, Problem, Problems

# Control characters, line ends, and bytes that are not UTF-8 (which come as lone surrogates).
_UNTELLABLE = frozenset({"Cc", "Cs", "Zl", "Zp"})
NO_LIMIT = Limit("", 0)
_PART = 1 << 20  # bytes that are read at a time


def shown_name(name: str) -> str:
    r"""Return a file's name with `\xe9` for a byte that is not UTF-8 and `\n` for a line feed."""
    read = name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
    return "".join(repr(one)[1:-1] if _is_untellable(one) else one for one in read)


def check_name(name: str) -> None:
    """Raise Problems for a name that no ledger line can hold, and no message tell."""
    # Nothing printable is untellable, and most names are printable.
    if not name.isprintable() and any(map(_is_untellable, name)):
        bad = "bytes that are not UTF-8" if _has_surrogates(name) else "a control character"
        what, hint = f"the file's name holds {bad}", "rename the file"
        raise Problems([Problem(Place(shown_name(name), 1), what, hint)])


def _is_untellable(character: str) -> bool:
    return unicodedata.category(character) in _UNTELLABLE


def _has_surrogates(text: str) -> bool:
    return any(unicodedata.category(one) == "Cs" for one in text)


def read_bytes(path: Path, name: str, *, pipes: bool = False, limit: Limit = NO_LIMIT) -> bytes:
    """Return what a file holds; `name` is the path told to people.

    `pipes` allows what is no regular file, and may wait for it. Raises Problems: also for a file
    that holds more bytes than the `limit`, which is told before they are read, and for one that
    somebody writes at the same time.
    """
    try:
        if not pipes and not stat.S_ISREG(path.stat().st_mode):
            raise _problem(name, "is not a regular file", "put a file there, or take it away")
        with open(path, "rb", buffering=0, opener=None if pipes else _at_once) as file:
            before = os.fstat(file.fileno())
            _refuse(name, before.st_size, limit)
            data = _read(file, limit)
            _refuse(name, len(data), limit)
            after = os.fstat(file.fileno())
    except OSError as error:
        raise _problem(name, f"cannot be read ({error.strerror})", "check the file") from error
    if not pipes and (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
        raise _problem(name, "changed while it was read", "run this again")
    return data


def read_text(path: Path, name: str, *, limit: Limit = NO_LIMIT) -> str:
    """Return the text of a file that editors write, without a byte-order mark. Raises Problems."""
    data = read_bytes(path, name, limit=limit)
    refuse_no_text(data, name)
    return decode(data, name).removeprefix("\ufeff")


def _at_once(path: str, flags: int) -> int:
    """Open a file without waiting: since it was looked at, a pipe may stand there."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def _read(file: FileIO, limit: Limit) -> bytes:
    """Read to the end, or until it is clear that this is too much."""
    parts, length = [], 0
    while part := file.read(_PART):
        parts.append(part)
        length += len(part)
        if limit.passed_by(length):
            break
    return b"".join(parts)


def _refuse(name: str, size: int, limit: Limit) -> None:
    if limit.passed_by(size):
        raise _problem(name, *limit.told("holds more bytes"))


def _problem(name: str, what: str, hint: str) -> Problems:
    return Problems([Problem(Place(shown_name(name), 1), what, hint)])


def failure(place: Place, error: Exception) -> Problem:
    """Return what is told of a file on which the builder itself failed: the others must go on."""
    what = f"the builder failed on this document: {type(error).__name__}: {error}"
    return Problem(place, what, "please report this, with the document")
