"""Keeps the site of a preview up to date: at once where that is quick, else page by page.

Where a build takes longer than anybody likes to wait, the pages at which somebody is are made ahead
of it (`ahead`), and it goes on behind them, in a thread.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from threading import RLock, Thread
from typing import Any, TypeVar

from builder.collection import Progress
from builder.looking import Look
from builder.model import Problem
from builder.publishing.ahead import Ahead
from builder.publishing.preview_build import Built
from builder.settings import Settings

T = TypeVar("T")

_SOON = 1.0  # seconds; what takes no longer is waited for
_PATIENCE = 5.0  # with a build that is to stop
_LEDGERS = ("anchors", "versions")

# What a thread holds while it makes a page must be held by none in a process that is forked then.
_one_at_a_time = RLock()
if hasattr(os, "register_at_fork"):
    os.register_at_fork(
        before=_one_at_a_time.acquire,
        after_in_parent=_one_at_a_time.release,
        after_in_child=_one_at_a_time.release,
    )


class _EndedError(Exception):
    """Raised in a build that nobody waits for any more."""


class PreviewSite:
    """What a preview shows: the site of the last build, and `pages` made ahead of the next one.

    `build` builds the whole site, and hands on what it goes through; `show` is told what is wrong,
    and `reload` called when pages have changed for another reason than a call of `refresh`.
    """

    def __init__(
        self,
        settings: Settings,
        build: Callable[[Progress[Any]], Built],
        show: Callable[[Iterable[Problem]], None],
    ) -> None:
        self.pages: dict[str, bytes] = {}
        self.reload: Callable[[], None] = lambda: None
        self._seeds, self._build, self._show = settings.seeds, build, show
        self._built, self._took = Built([]), 0.0
        self._told: dict[str, list[Problem]] = {}  # of files, ahead of the next build
        self._look = Look.at(self._seeds, _LEDGERS)
        self._builder: Thread | None = None
        self._is_wanted = self._has_ended = False

    @property
    def wrong(self) -> Sequence[Problem]:
        """What is wrong with the collection, as far as that is known by now."""
        ahead = [one for told in self._told.values() for one in told]
        of_build = [one for one in self._built.problems if one.place.path not in self._told]
        return [one for one in (*ahead, *of_build) if not one.warning]

    def refresh(self) -> None:
        """Bring up to date what is shown, because something has changed."""
        with _one_at_a_time:
            changed, ahead = self._changed(), self._built.ahead
            if self._builder is None and (ahead is None or self._took < _SOON):
                built = self._timed()
                self.pages, self._told = {}, {}
                self._take(built)
                return
            if ahead is not None:
                self._make(ahead, changed)
            self._is_wanted = True
            if self._builder is None:
                self._builder = Thread(target=self._build_behind, daemon=True)
                self._builder.start()

    def _changed(self) -> list[str]:
        """Return which sources and files of the catalogue have changed since the last refresh."""
        before, self._look = self._look, Look.at(self._seeds, _LEDGERS)
        return list(self._look.changed_since(before))

    def _make(self, ahead: Ahead, changed: Sequence[str]) -> None:
        try:
            made = ahead.made(changed)
        except Exception:  # the build that follows tells of it
            return
        self.pages = self.pages | made.pages
        self._told = self._told | made.problems

    def _build_behind(self) -> None:
        try:
            while self._begins():
                pages, told = dict(self.pages), dict(self._told)
                built = self._timed()
                with _one_at_a_time:
                    # What was made in the meantime may be newer.
                    self.pages = _without(self.pages, pages)
                    self._told = _without(self._told, told)
                    self._take(built)
                self.reload()
        except Exception:
            self._builder = None
            if not self._has_ended:  # else its folder is gone
                raise

    def end(self) -> None:
        """Let a build that is under way go no further, and wait a little until it has stopped."""
        self._has_ended = True
        if (builder := self._builder) is not None:
            builder.join(_PATIENCE)

    def _unless_ended(self, items: Iterable[T], _label: str, _length: int) -> Iterator[T]:
        for item in items:
            if self._has_ended:
                raise _EndedError
            yield item

    def _begins(self) -> bool:
        """Tell whether another build is wanted; let nobody start one who sees that it is not."""
        with _one_at_a_time:
            if not self._is_wanted or self._has_ended:
                self._builder = None
                return False
            self._is_wanted = False
            return True

    def _timed(self) -> Built:
        began = time.monotonic()
        built = self._build(self._unless_ended)
        self._took = time.monotonic() - began
        return built

    def _take(self, built: Built) -> None:
        # What could not be built leaves the site as it is, and what is known of it.
        self._built = Built(built.problems, built.ahead or self._built.ahead)
        self._show(built.problems)


def _without(now: Mapping[str, T], before: Mapping[str, T]) -> dict[str, T]:
    """Return what is not the same any more as it was before."""
    return {name: one for name, one in now.items() if one is not before.get(name)}
