"""Keeps the site of a preview up to date: at once where that is quick, else page by page.

Where a build takes longer than anybody likes to wait, the pages at which somebody is are made ahead
of it (`ahead`), and it goes on behind them, in a thread.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import cache
from threading import RLock, Thread
from typing import TypeVar

from builder.files import failure
from builder.finding import ON_RECORD
from builder.looking import Look
from builder.model import Place, Problem
from builder.publishing.preview_build import Built
from builder.settings import Settings
from builder.undisturbed import let_go

T = TypeVar("T")

_SOON = 1.0  # seconds; what takes no longer is waited for

_one_at_a_time = RLock()
"""Held by the thread that makes pages ahead, or says that others stand."""


@cache
def _let_forks_wait() -> None:
    """What a thread holds while it makes a page must be held by none in a process forked then."""
    if hasattr(os, "register_at_fork"):
        os.register_at_fork(
            before=_one_at_a_time.acquire,
            after_in_parent=_one_at_a_time.release,
            after_in_child=_one_at_a_time.release,
        )


class EndedError(BaseException):
    """Raised in a build that nobody waits for any more; it is no fault, and none is told."""


class PreviewSite:
    """What a preview shows: the site of the last build, and `pages` made ahead of the next one.

    `build` builds the whole site, and often calls what it is given, which may raise EndedError.
    `show` is told what is wrong, and `reload` called when pages have changed for another reason
    than a call of `refresh`.
    """

    def __init__(
        self,
        settings: Settings,
        build: Callable[[Callable[[], None]], Built],
        show: Callable[[Iterable[Problem]], None],
    ) -> None:
        _let_forks_wait()
        self.pages: Mapping[str, bytes] = {}
        self.reload: Callable[[], None] = lambda: None
        self._settings, self._build, self._show = settings, build, show
        self._built, self._took = Built([]), 0.0
        self._told: Mapping[str, Sequence[Problem]] = {}  # of files, ahead of the next build
        self._look = Look.at(settings.seeds, ON_RECORD)
        self._since: set[str] = set()  # what has changed since the build under way began
        self._builder: Thread | None = None
        self._is_wanted = self._has_ended = False

    @property
    def wrong(self) -> Sequence[Problem]:
        """What is wrong with the collection, as far as that is known by now."""
        told = self._told
        ahead = [one for problems in told.values() for one in problems]
        of_build = [one for one in self._built.problems if one.place.path not in told]
        return [one for one in (*ahead, *of_build) if not one.warning]

    def refresh(self) -> None:
        """Bring up to date what is shown, because something has changed."""
        before, self._look = self._look, Look.at(self._settings.seeds, ON_RECORD)
        if self._builder is None and (self._built.ahead is None or self._took < _SOON):
            self._take(self._timed(), self.pages, self._told)
            let_go()
            return
        with _one_at_a_time:
            changed = list(self._look.changed_since(before))
            self._since.update(changed)
            self._make(changed)
            self._is_wanted = True
            if self._builder is None:
                self._builder = Thread(target=self._build_behind, daemon=True)
                self._builder.start()

    def end(self) -> None:
        """Let a build that is under way go no further, and wait until it has stopped."""
        self._has_ended = True
        if (builder := self._builder) is not None:
            builder.join()

    def _make(self, changed: Collection[str]) -> None:
        """Make the pages of what has changed."""
        if self._built.ahead is None:
            return
        try:
            made = self._built.ahead.made(changed)
        except Exception as error:  # a page that trips us must not stop the build
            path = self._settings.relative(self._settings.seeds / min(changed))
            self._show([failure(Place(path, 1), error)])
            return
        self.pages = {**self.pages, **made.pages}
        self._told = {**self._told, **made.problems}

    def _build_behind(self) -> None:
        try:
            while self._begins():
                pages, told = self.pages, self._told
                built = self._timed()
                with _one_at_a_time:
                    self._take(built, pages, told)
                    # The build may have read it before, or not.
                    if self._since:
                        self._make(self._since)
                # That takes seconds, in which no page can be made: not when somebody waits for one.
                let_go()
                self.reload()
        except EndedError:
            pass
        except BaseException:
            # Nobody would start another thread. Not done in any case: one may be started by now.
            with _one_at_a_time:
                self._builder = None
            # The processes of a pool hear Ctrl+C too, and end a build in ways of their own.
            if not self._has_ended:
                raise

    def _begins(self) -> bool:
        """Tell whether another build is wanted; let nobody start one who sees that it is not."""
        with _one_at_a_time:
            begins = self._is_wanted and not self._has_ended
            self._is_wanted = False
            self._since.clear()
            if not begins:
                self._builder = None
            return begins

    def _timed(self) -> Built:
        began = time.monotonic()
        built = self._build(self._go_on)
        if built.is_whole:  # what fails does so soon
            self._took = time.monotonic() - began
        return built

    def _go_on(self) -> None:
        if self._has_ended:
            raise EndedError

    def _take(
        self,
        built: Built,
        pages: Mapping[str, bytes],
        told: Mapping[str, Sequence[Problem]],
    ) -> None:
        """Show a build that began when these were the pages ahead, and this was told."""
        if built.is_whole:
            self.pages = _without(self.pages, pages)
        self._told = _without(self._told, told)
        # What could not be built leaves the site as it is, and what is known of it.
        self._built = built if built.is_whole else Built(built.problems, self._built.ahead)
        self._show(built.problems)


def _without(now: Mapping[str, T], before: Mapping[str, T]) -> dict[str, T]:
    """Return what is not the same any more as it was before."""
    return {name: one for name, one in now.items() if one is not before.get(name)}
