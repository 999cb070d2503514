"""Times the stages of a run: seconds, processor seconds, and how much memory was in use.

A stage inside a stage counts by itself, and its time is not its outer stage's.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from time import perf_counter

if sys.platform != "win32":
    import resource


@dataclass(frozen=True, slots=True)
class Stage:
    """What a stage took.

    `processor` are the seconds that this process and those that it started have worked (workers of
    an executor are not known of). `memory` are the bytes that this process had at most until
    then, `worker_memory` those of the largest process that it started and that has ended.
    """

    name: str
    seconds: float
    processor: float
    memory: int = 0
    worker_memory: int = 0


def _nothing(_what: str | Stage) -> None:
    """Tell nobody."""


@dataclass(slots=True)
class Stages:
    """The stages of a run, in order; `begins` and `ends` are told of each as it does."""

    begins: Callable[[str], None] = _nothing
    ends: Callable[[Stage], None] = _nothing
    done: list[Stage] = field(default_factory=list)
    _inner: list[tuple[float, float]] = field(default_factory=lambda: [(0.0, 0.0)])

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Time what happens in the meantime; one that fails is no stage."""
        self.begins(name)
        since, worked = perf_counter(), _processor()
        self._inner.append((0.0, 0.0))
        try:
            yield
        finally:
            whole = perf_counter() - since, _processor() - worked
            inner = self._inner.pop()
            outer = self._inner[-1]
            self._inner[-1] = outer[0] + whole[0], outer[1] + whole[1]
        stage = Stage(name, whole[0] - inner[0], whole[1] - inner[1], *_memory())
        self.done.append(stage)
        self.ends(stage)

    @property
    def seconds(self) -> float:
        """The seconds of all stages."""
        return sum(stage.seconds for stage in self.done)

    @property
    def processor(self) -> float:
        """The processor seconds of all stages."""
        return sum(stage.processor for stage in self.done)


def _processor() -> float:
    """Return the seconds that this process has worked, and those it started that have ended."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def _memory() -> tuple[int, int]:
    """Return the most bytes that this process had so far, and the largest that it started.

    Windows does not tell.
    """
    if sys.platform == "win32":
        return 0, 0
    unit = 1 if sys.platform == "darwin" else 1024  # the systems count in different units
    who = resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN
    own, started = (resource.getrusage(one).ru_maxrss * unit for one in who)
    return own, started
