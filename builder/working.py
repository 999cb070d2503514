"""Runs a function over many things: here, in a pool of processes, or on any executor.

What all of them share (`context`) goes to each process once; one of an executor gets it when it
says that it lacks it. Results come in order, and only a few are ever waiting, so that memory holds
no more than what is being worked on.
"""

from __future__ import annotations

import os
import pickle
import zlib
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future
from dataclasses import dataclass
from hashlib import sha256
from itertools import islice
from threading import Lock
from typing import Any, Generic, TypeVar

from builder.model import Place, Problem, Problems
from builder.processes import pool_of, run_chunk, run_one

Context = TypeVar("Context")
Item = TypeVar("Item")
Result = TypeVar("Result")

# Starting a pool of processes takes as long as so many documents do.
WORTH_A_POOL = 48
_CHUNK = 16  # things that go to a process together, at most
_SHARES = 8  # chunks for each process, at least
_AHEAD = 3  # chunks that wait for each process
# A process that the system ends (for want of memory, say) takes its pool along; so often a new
# one takes up what is left.
_ATTEMPTS = 3
_MOST_LOST = 20  # items; where more take their processes along, it is not for them


def nothing() -> None:
    """Do nothing."""


@dataclass(frozen=True, slots=True)
class Workers:
    """How much runs at once: `jobs` processes of this machine (0: one a core), or an `executor`.

    An executor's processes have the same package and, for what is kept on disk, the same folders;
    `jobs` tells how many they are.
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
        renewed: int = 0,
        lost: Callable[[Context, Item], Result] | None = None,
        meanwhile: Callable[[], None] = nothing,
    ) -> Iterator[Result]:
        """Yield `run(context, item)` for each item, in order.

        `meanwhile` is called once, here, where others run the first items by then.

        Fewer than `least` items (`WORTH_A_POOL` where None) are not worth a pool. After `renewed`
        items other processes take the place of those of a pool, which by then have copied what
        they have looked at of a large context; after 0 none do. An executor gets all items, and
        neither of this is for it.

        An item that takes its process along each time, even where it is alone, has for its result
        `lost(context, item)`. Raises Problems where processes keep dying for no such reason, or
        nothing is said of the `lost`.
        """
        least = WORTH_A_POOL if least is None else least
        begun = _Once(meanwhile)
        if items and self.executor is not None:
            work = _Elsewhere(self.executor, run, context)
            yield from _spread(work, items, self._count, begun)
        elif len(items) < max(least, 1) or self._count == 1:  # for nothing no pool is started
            begun()
            yield from (run_one(run, context, item) for item in items)
        else:
            yield from self._pooled(run, context, items, renewed or len(items), lost, begun)

    @property
    def alone(self) -> bool:
        """Whether this machine is to run nothing beside this process."""
        return self.executor is not None or self._count == 1

    @property
    def elsewhere(
        self,
    ) -> Callable[[Callable[[Item], Result], Sequence[Item]], Iterator[Result]] | None:
        """What applies a function to items on the executor, in order; None without one."""
        return None if self.executor is None else self.applied

    def applied(
        self, function: Callable[[Item], Result], items: Sequence[Item]
    ) -> Iterator[Result]:
        """Yield what a function makes of each item, in order; raises Problems as `map` does."""
        return self.map(_apply, function, items, least=2)

    @property
    def _count(self) -> int:
        return self.jobs or os.cpu_count() or 1

    def _pooled(
        self,
        run: Callable[[Context, Item], Result],
        context: Context,
        items: Sequence[Item],
        renewed: int,
        lost: Callable[[Context, Item], Result] | None,
        begun: Callable[[], None],
    ) -> Iterator[Result]:
        done = attempts = named = 0
        while done < len(items):
            try:
                some = items[done : done + renewed]
                with pool_of(min(self._count, len(some)), context) as pool:
                    for result in _spread(_Pooled(pool, run), some, self._count, begun):
                        yield result
                        done += 1
            except BrokenExecutor as error:
                attempts += 1
                if attempts < _ATTEMPTS:
                    continue
                if lost is None or named == _MOST_LOST:
                    raise Problems([_died(error)]) from error
                # One of those that were under way: each alone, up to the first that is lost.
                attempts -= 1
                under_way = items[done : done + _CHUNK * (_AHEAD * self._count + 1)]
                for result, dies in _alone(run, context, under_way):
                    yield lost(context, items[done]) if dies else result
                    done, named = done + 1, named + dies


class _Once:
    """Calls a function when it is first called itself, and never again."""

    def __init__(self, function: Callable[[], None]) -> None:
        self._functions = [function]

    def __call__(self) -> None:
        while self._functions:
            self._functions.pop()()


def _alone(
    run: Callable[[Context, Item], Result], context: Context, items: Iterable[Item]
) -> Iterator[tuple[Any, bool]]:
    """Yield the result of each item, made in a process of its own, up to one that ends there.

    Of that item, which comes last, there is none, but True beside it.
    """
    for item in items:
        for _ in range(_ATTEMPTS - 1):
            try:
                with pool_of(1, context) as pool:
                    made = pool.submit(run_chunk, run, [item]).result()
            except BrokenExecutor:
                continue
            yield made[0], False
            break
        else:
            yield None, True
            return


def _apply(function: Callable[[Item], Result], item: Item) -> Result:
    return function(item)


def _died(error: Exception) -> Problem:
    what = f"processes of the builder were ended from outside, {_ATTEMPTS} times ({error})"
    hint = "free some memory, or let fewer run at once: --jobs 1"
    return Problem(Place("builder", 0), what, hint)


class _Pooled(Generic[Item, Result]):
    """Runs chunks in a pool whose processes have the context from the start."""

    def __init__(self, pool: Executor, run: Callable[[Any, Item], Result]) -> None:
        self._pool, self._run = pool, run

    def start(self, chunk: Sequence[Item]) -> Future[list[Result] | None]:
        """Hand a chunk out."""
        return self._pool.submit(run_chunk, self._run, chunk)

    def results(
        self, future: Future[list[Result] | None], _chunk: Sequence[Item]
    ) -> Sequence[Result]:
        """Wait for the results of a chunk."""
        return future.result() or ()


class _Elsewhere(_Pooled[Item, Result]):
    """Runs chunks on an executor whose processes get the context when they lack it."""

    def __init__(
        self, executor: Executor, run: Callable[[Context, Item], Result], context: Context
    ) -> None:
        super().__init__(executor, run)
        # The quickest way to a third of the bytes.
        self._context = zlib.compress(pickle.dumps(context), 1)
        self._name = sha256(self._context).hexdigest()

    def start(self, chunk: Sequence[Item]) -> Future[list[Result] | None]:
        """Hand a chunk out, to a process that has the context, so one hopes."""
        return self._pool.submit(_run_shared, self._name, b"", self._run, chunk)

    def results(
        self, future: Future[list[Result] | None], chunk: Sequence[Item]
    ) -> Sequence[Result]:
        """Wait for the results of a chunk; hand it out again with what its process lacked."""
        made = future.result()
        if made is None:
            again = self._pool.submit(_run_shared, self._name, self._context, self._run, chunk)
            made = again.result()
        return made or ()


def _spread(
    work: _Pooled[Item, Result], items: Sequence[Item], count: int, begun: Callable[[], None]
) -> Iterator[Result]:
    """Yield the results of all items, in order, of which a few chunks are under way at a time.

    `begun` is called when they are.
    """
    iterator = iter(items)
    waiting: deque[tuple[Future[list[Result] | None], Sequence[Item]]] = deque()
    # Few things are handed out one by one: each may take as long as all others.
    size, largest = 1, min(_CHUNK, max(1, len(items) // (_SHARES * count)))
    try:
        while chunk := list(islice(iterator, size)):
            waiting.append((work.start(chunk), chunk))
            size = min(largest, size + 1)
            if len(waiting) > _AHEAD * count:
                begun()
                yield from work.results(*waiting.popleft())
        begun()
        while waiting:
            yield from work.results(*waiting.popleft())
    finally:
        for future, _ in waiting:
            future.cancel()


# The context that came last to this process of an executor, by name.
_received: dict[str, Any] = {}
# An executor may have threads in its processes, and what a context holds is made for one of them.
_one_at_a_time = Lock()


def _run_shared(
    name: str, data: bytes, run: Callable[[Any, Item], Result], chunk: Sequence[Item]
) -> list[Result] | None:
    """Return the results of a chunk, None where its context is neither here nor in `data`."""
    with _one_at_a_time:
        if name not in _received:
            if not data:
                return None
            _received.clear()
            # From our own process, over the executor's connection; nothing of it was on disk.
            _received[name] = pickle.loads(zlib.decompress(data))
        return [run(_received[name], item) for item in chunk]
