"""Reads files that others put there: regular ones only, with names that can be told."""

from __future__ import annotations

import stat
import unicodedata
from pathlib import Path

from builder.model import Place, Problem, Problems

# Control characters, line ends, and bytes that are not UTF-8 (which come as lone surrogates).
_UNTELLABLE = frozenset({"Cc", "Cs", "Zl", "Zp"})


def shown_name(name: str) -> str:
    r"""Return a file's name with `\xe9` for a byte that is not UTF-8 and `\n` for a line feed."""
    read = name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
    return "".join(repr(one)[1:-1] if _is_untellable(one) else one for one in read)


def check_name(name: str) -> None:
    """Raise Problems for a name that no ledger line can hold, and no message tell."""
    if any(map(_is_untellable, name)):
        bad = "bytes that are not UTF-8" if _has_surrogates(name) else "a control character"
        what, hint = f"the file's name holds {bad}", "rename the file"
        raise Problems([Problem(Place(shown_name(name), 1), what, hint)])


def _is_untellable(character: str) -> bool:
    return unicodedata.category(character) in _UNTELLABLE


def _has_surrogates(text: str) -> bool:
    return any(unicodedata.category(one) == "Cs" for one in text)


def read_bytes(path: Path, name: str, *, pipes: bool = False) -> bytes:
    """Return what a file holds; `name` is the path told to people.

    `pipes` allows what is no regular file, and may wait for it. Raises Problems.
    """
    try:
        if not pipes and not stat.S_ISREG(path.stat().st_mode):
            what, hint = "is not a regular file", "put a file there, or take it away"
            raise Problems([Problem(Place(shown_name(name), 1), what, hint)])
        return path.read_bytes()
    except OSError as error:
        what = f"cannot be read ({error.strerror})"
        raise Problems([Problem(Place(shown_name(name), 1), what, "check the file")]) from error


def failure(place: Place, error: Exception) -> Problem:
    """Return what is told of a file on which the builder itself failed: the others must go on."""
    what = f"the builder failed on this document: {type(error).__name__}: {error}"
    return Problem(place, what, "please report this, with the document")
