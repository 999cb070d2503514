"""Opens what `--executor` names: a dask cluster, whose workers see the folder of the collection.

What goes to workers are our own functions and what they need, pickled, over dask's connections:
whoever can reach the scheduler can run code there, so it belongs on loopback or behind dask's TLS.
"""

from __future__ import annotations

import secrets
from asyncio import CancelledError as AsyncioCancelledError
from collections.abc import Iterator
from concurrent.futures import CancelledError, Executor
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from builder.model import Place, Problem, Problems
from builder.storing.code_version import code_version

_WAIT = 20  # seconds for a scheduler to answer, and for a worker to be there


class NotInstalledError(Exception):
    """Raised where the package that an executor needs is not installed."""


def address_of(name: str) -> str:
    """Return the address in `dask:ADDRESS`; any other name is a ValueError."""
    kind, _, address = name.partition(":")
    if kind != "dask" or not address:
        raise ValueError(f'"{name}" is not dask:ADDRESS, such as dask:127.0.0.1:8786')
    return address


@contextmanager
def dask_executor(address: str, folder: Path) -> Iterator[tuple[Executor, int]]:
    """Give the executor of the dask cluster whose scheduler has that address, and its workers.

    Raises NotInstalledError, and Problems where nobody answers, where a worker has another version
    of this package or does not see the `folder`, and where the cluster goes away in the middle.
    """
    try:
        dask, distributed = import_module("dask"), import_module("distributed")
    except ImportError as error:
        what = "--executor dask:… needs the package \"distributed\": pip install 'builder[dask]'"
        raise NotInstalledError(what) from error
    closed = distributed.comm.CommClosedError
    lost = (distributed.scheduler.KilledWorker, closed, CancelledError, AsyncioCancelledError)
    # What all tasks share is large, and goes out once a worker: no mistake to warn of.
    with dask.config.set({"distributed.admin.large-graph-warning-threshold": "1 TiB"}):
        client = _client(distributed, address)
        try:
            workers = _checked(client, address, folder)
            yield client.get_executor(pure=False), workers
        except lost as error:
            what = f"the dask cluster at {address} has lost what it was working on: {error}"
            hint = "see the logs of its scheduler and workers, then run this again"
            raise Problems([_problem(what, hint)]) from error
        finally:
            client.close(timeout=_WAIT)


def _client(distributed: Any, address: str) -> Any:
    try:
        return distributed.Client(address, timeout=_WAIT, set_as_default=False)
    except (OSError, ValueError) as error:  # a timeout is an OSError
        what = f"no dask scheduler answers at {address} ({error})"
        raise Problems([_problem(what, "start one: dask scheduler")]) from error


def _checked(client: Any, address: str, folder: Path) -> int:
    """Return how many workers there are, all of which can do our work."""
    try:
        client.wait_for_workers(1, timeout=_WAIT)
    except TimeoutError as error:
        what = f"the dask scheduler at {address} has no worker"
        raise Problems([_problem(what, f"start some: dask worker {address}")]) from error
    told = secrets.token_bytes(16)
    with NamedTemporaryFile(dir=folder, prefix=".builder-") as file:
        file.write(told)
        file.flush()
        try:
            seen = client.run(_seen, file.name)
        except Exception as error:  # whatever a worker without our package meets
            what = f"workers of the dask cluster at {address} cannot run this package: {error}"
            hint = "install the same version where they run"
            raise Problems([_problem(what, hint)]) from error
    problems = [
        problem
        for worker, (found, version) in seen.items()
        for problem in _unfit(worker, found == told, version, folder)
    ]
    if problems:
        raise Problems(problems)
    return len(seen)


def _seen(file: str) -> tuple[bytes, str]:
    """Return, on a worker, what stands in a file, and which version of the package runs there."""
    try:
        return Path(file).read_bytes(), code_version()
    except OSError:
        return b"", code_version()


def _unfit(worker: str, sees: bool, version: str, folder: Path) -> Iterator[Problem]:
    if not sees:
        what = f"the dask worker {worker} does not see the folder {folder}"
        yield _problem(what, "let it share the collection's folder, under the same path")
    if version != code_version():
        what = f"the dask worker {worker} has another version of this package"
        yield _problem(what, "install this one there, and start it again")


def _problem(what: str, hint: str) -> Problem:
    return Problem(Place("builder", 0), what, hint)
