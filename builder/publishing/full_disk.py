"""Tells of a disk that takes no more, whoever met it: the renderer, a worker, the search."""

from __future__ import annotations

import errno
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from builder.model import Place, Problem, Problems
from builder.settings import Settings

_FULL = frozenset({errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)})


@contextmanager
def told_where_full(settings: Settings, *, publishes: bool = True) -> Iterator[None]:
    """Raise Problems that name the disk where what happens meanwhile fails for want of space.

    They say which site stands, where what happens `publishes` one.
    """
    stands = _number(settings.site)
    try:
        yield
    except Exception as error:
        cause = _cause(error)
        if cause is None:
            raise
        hint = "free some space there, and run this again"
        if publishes:
            which = "as it was" if _number(settings.site) == stands else "as it was made now"
            hint = f"{hint}; the site stands {which}"
        what = f"the disk is full ({cause.strerror})"
        raise Problems([Problem(Place(_where(cause, settings), 0), what, hint)]) from error


def _cause(error: BaseException | None) -> OSError | None:
    """Return the failure for want of space that has led to another, None where it was none."""
    while error is not None:
        if isinstance(error, OSError) and error.errno in _FULL:
            return error
        before = None if error.__suppress_context__ else error.__context__
        error = error.__cause__ or before
    return None


def _where(error: OSError, settings: Settings) -> str:
    """Return the file that could not be written, or, where nobody says, the fullest folder."""
    named = error.filename2 or error.filename
    if named and not isinstance(named, int):
        return settings.relative(settings.root / str(named))
    places = [settings.root, settings.content, settings.site, Path(tempfile.gettempdir())]
    there = [next(one for one in (place, *place.parents) if one.exists()) for place in places]
    return str(min(there, key=lambda folder: shutil.disk_usage(folder).free))


def _number(site: Path) -> int:
    try:
        return site.stat().st_ino
    except OSError:
        return 0
