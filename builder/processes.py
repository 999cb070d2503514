"""The processes of a pool, which share a context and end with the process that started them."""

from __future__ import annotations

import gc
import multiprocessing
import os
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager, suppress
from functools import partial
from multiprocessing.connection import wait
from typing import Any, TypeVar

from builder.undisturbed import swept

Context = TypeVar("Context")
Item = TypeVar("Item")
Result = TypeVar("Result")

# What the processes of a pool share, in each of them.
_context: Any = None


def pool_of(count: int, context: Any) -> ProcessPoolExecutor:
    """Return a pool of so many processes that have the context from the start."""
    fork = None
    if "fork" in multiprocessing.get_all_start_methods():  # and the context goes along as it is
        # A search for garbage among what is here writes to all of it, and so copies it.
        gc.freeze()
        fork = multiprocessing.get_context("fork")
    return ProcessPoolExecutor(count, fork, initializer=_receive, initargs=(context,))


@contextmanager
def beside(run: Callable[..., Result], *given: Any) -> Iterator[Callable[[], Result]]:
    """Run a function in a process of its own in the meantime; give what waits for its result.

    Where that process cannot be, ends or fails, the function is run here when its result is asked
    for. The process has ended when this does.
    """
    if "fork" not in multiprocessing.get_all_start_methods():
        yield lambda: run(*given)
        return
    with pool_of(1, partial(run, *given)) as pool:
        future: Future[Result] | None = None
        with suppress(OSError):  # no more processes are allowed
            future = pool.submit(_run_context)

        def result() -> Result:
            try:
                if future is not None:
                    with suppress(Exception):  # what it fails with here is told as of here
                        return future.result()
                return run(*given)
            finally:
                pool.shutdown()

        yield result


def _run_context() -> Any:
    return _context()


def _receive(context: Any) -> None:
    global _context
    _context = context
    end_with_parent()


def end_with_parent() -> None:
    """Let this process end when the one that started it does, however that one ends.

    Else it would wait for work forever, and hold the collection's lock that it has inherited.
    """
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_after, args=(parent.sentinel,), daemon=True).start()


def _end_after(sentinel: int) -> None:
    wait([sentinel])
    os._exit(1)


def run_chunk(run: Callable[[Any, Item], Result], chunk: Sequence[Item]) -> list[Result]:
    """Return the results of a chunk, in a process of a pool."""
    return [run_one(run, _context, item) for item in chunk]


def run_one(run: Callable[[Context, Item], Result], context: Context, item: Item) -> Result:
    """Return the result of one item, and leave no garbage of it."""
    with swept():
        return run(context, item)
