"""Runs a function over many things: here, in a pool of processes, or on any executor.

What all of them share (`context`) goes to each process once. Results come in order, and only a few
are ever waiting, so that memory holds no more than what is being worked on.
"""

from __future__ import annotations

import multiprocessing
import os
import pickle
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor
from dataclasses import dataclass
from hashlib import sha256
from itertools import islice
from typing import Any, Generic, TypeVar

from builder.model import Place, Problem, Problems

Context = TypeVar("Context")
Item = TypeVar("Item")
Result = TypeVar("Result")

# Starting a pool of processes takes as long as so many documents do.
WORTH_A_POOL = 48
_CHUNK = 16  # things that go to a process together, at most
_AHEAD = 3  # chunks that wait for each process
# A process that the system ends (for want of memory, say) takes its pool along; so often a new
# one takes up what is left.
_ATTEMPTS = 3


@dataclass(frozen=True, slots=True)
class Workers:
    """How much runs at once: `jobs` processes of this machine (0: one a core), or an `executor`.

    An executor's processes have the same package and, for what is kept on disk, the same folders.
    """

    jobs: int = 0
    executor: Executor | None = None

    def map(
        self,
        run: Callable[[Context, Item], Result],
        context: Context,
        items: Sequence[Item],
        *,
        least: int | None = None,
    ) -> Iterator[Result]:
        """Yield `run(context, item)` for each item, in order.

        Fewer than `least` items (`WORTH_A_POOL` where None) are not worth a pool. Raises Problems
        where processes keep dying.
        """
        least = WORTH_A_POOL if least is None else least
        if self.executor is not None:
            shared = _Shared.of(context)
            yield from _spread(self.executor, _run_shared, (shared, run), items, self._count)
        elif self._count == 1 or len(items) < least:
            yield from (run(context, item) for item in items)
        else:
            yield from self._pooled(run, context, items)

    @property
    def _count(self) -> int:
        return self.jobs or os.cpu_count() or 1

    def _pooled(
        self, run: Callable[[Context, Item], Result], context: Context, items: Sequence[Item]
    ) -> Iterator[Result]:
        done = 0
        for attempt in range(_ATTEMPTS):
            try:
                with _pool(self._count, context) as pool:
                    left = items[done:]
                    for result in _spread(pool, _run_here, (run,), left, self._count):
                        yield result
                        done += 1
                return
            except BrokenExecutor as error:
                if attempt + 1 == _ATTEMPTS:
                    raise Problems([_died(error)]) from error


def _died(error: Exception) -> Problem:
    what = f"processes of the builder were ended from outside, {_ATTEMPTS} times ({error})"
    hint = "free some memory, or let fewer run at once: --jobs 1"
    return Problem(Place("builder", 0), what, hint)


def _spread(
    executor: Executor,
    run: Callable[..., list[Result]],
    first: tuple[Any, ...],
    items: Iterable[Item],
    count: int,
) -> Iterator[Result]:
    """Yield the results of all items, in order, of which a few chunks are under way at a time."""
    iterator = iter(items)
    waiting: deque[Future[list[Result]]] = deque()
    size = 1
    try:
        while chunk := list(islice(iterator, size)):
            waiting.append(executor.submit(run, *first, chunk))
            size = min(_CHUNK, size + 1)
            if len(waiting) > _AHEAD * count:
                yield from waiting.popleft().result()
        while waiting:
            yield from waiting.popleft().result()
    finally:
        for future in waiting:
            future.cancel()


# What the processes of a pool share; with fork it is there from the start.
_context: Any = None


def _pool(count: int, context: Any) -> ProcessPoolExecutor:
    global _context
    _context = context
    if "fork" in multiprocessing.get_all_start_methods():
        return ProcessPoolExecutor(count, multiprocessing.get_context("fork"))
    return ProcessPoolExecutor(count, initializer=_receive, initargs=(context,))


def _receive(context: Any) -> None:
    global _context
    _context = context


def _run_here(run: Callable[[Any, Item], Result], chunk: Sequence[Item]) -> list[Result]:
    return [run(_context, item) for item in chunk]


@dataclass(frozen=True, slots=True)
class _Shared(Generic[Context]):
    """A context on its way to other machines: made once from its bytes in each process."""

    digest: str
    data: bytes

    @classmethod
    def of(cls, context: Context) -> _Shared[Context]:
        data = pickle.dumps(context)
        return cls(sha256(data).hexdigest(), data)

    def value(self) -> Context:
        if self.digest not in _received:
            _received.clear()
            # From our own process, over the executor's connection; nothing of it was on disk.
            _received[self.digest] = pickle.loads(self.data)
        value: Context = _received[self.digest]
        return value


_received: dict[str, Any] = {}


def _run_shared(
    shared: _Shared[Any], run: Callable[[Any, Item], Result], chunk: Sequence[Item]
) -> list[Result]:
    context = shared.value()
    return [run(context, item) for item in chunk]
