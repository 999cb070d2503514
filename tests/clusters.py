"""Runs a dask cluster on this machine for a test: a scheduler and workers, each a process."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

_WAIT = 60  # seconds for the scheduler to say where it is

Process = subprocess.Popen[bytes]


@dataclass(frozen=True, slots=True)
class Cluster:
    """The address of a scheduler, and its workers; `processes` are all of them."""

    address: str
    workers: Sequence[Process]
    processes: Sequence[Process]

    def kill(self, number: int) -> None:
        """End a worker as a machine that loses its power does."""
        self.workers[number].send_signal(signal.SIGKILL)
        self.workers[number].wait()

    def end(self) -> None:
        """End all of it at once."""
        for process in self.processes:
            process.kill()
        for process in self.processes:
            process.wait()


@contextmanager
def cluster(folder: Path, workers: int, threads: int = 1) -> Iterator[Cluster]:
    """Give a cluster on loopback whose files go to a folder; end it in the end."""
    told = folder / "scheduler.json"
    started: list[Process] = []

    def start(command: str, *arguments: str) -> Process:
        line = [sys.executable, "-m", "dask", command, "--no-dashboard", *arguments]
        with (folder / f"{len(started)}.log").open("wb") as log:
            process = subprocess.Popen(
                [*line, "--scheduler-file", str(told)],
                stdout=log,
                stderr=log,
                cwd=folder,
                env={**os.environ, "DASK_CONFIG": str(folder)},
            )
        started.append(process)
        return process

    try:
        start("scheduler", "--host", "127.0.0.1", "--port", "0")
        address = _address(told)
        # Without a nanny, which would put a new worker in the place of one that was killed.
        how = ("--no-nanny", "--nthreads", str(threads), "--local-directory", str(folder))
        yield Cluster(address, [start("worker", *how) for _ in range(workers)], started)
    finally:
        Cluster("", [], started).end()


def _address(told: Path) -> str:
    until = time.monotonic() + _WAIT
    while time.monotonic() < until:
        try:
            return str(json.loads(told.read_bytes())["address"]).removeprefix("tcp://")
        except (OSError, ValueError):
            time.sleep(0.1)
    raise TimeoutError("the scheduler has not started")
