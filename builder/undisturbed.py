"""Lets a great many things be made at once without a search for garbage among them.

Python looks for circles of garbage whenever a share of new things has been made. Where ten thousand
documents are loaded that are all there to stay it finds none, and takes twice as long as loading.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def undisturbed() -> Iterator[None]:
    """Search for no garbage in the meantime, nor later among what is there at the end.

    What makes circles of garbage has no place here: they stay until `let_go`.
    """
    searched = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if searched:
            gc.enable()


@contextmanager
def swept() -> Iterator[None]:
    """Search for garbage once, at the end, and only among what was made in the meantime.

    What is left of it then is there to stay, and is not looked through again until `let_go`. One
    page leaves a few circles, where its template is filled; searched for whenever a share of new
    things has been made, they take a quarter of the time in which all pages are made.
    """
    searched = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.collect(0)
        gc.freeze()
        if searched:
            gc.enable()


def let_go() -> None:
    """Search everything that an earlier run of this process has left.

    What is found to be in use is not looked through again until the next time.
    """
    if gc.get_freeze_count():
        gc.unfreeze()
        gc.collect()
        gc.freeze()
