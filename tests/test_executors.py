"""Whoever does the work, the bytes are the same: new processes, a dask cluster, a dying one."""

from __future__ import annotations

import multiprocessing
import shutil
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import nullcontext
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest
from click.testing import CliRunner

from builder.cli import main
from builder.executors import dask_executor
from builder.model import Problems
from builder.publishing.writing import read_list
from builder.settings import Settings, read_settings
from builder.site import Run, build, build_pages
from builder.storing.database import Database
from builder.working import Workers
from clusters import Cluster, cluster

TEXTS = {
    f"d{number:02}": (
        f"FACT SHEET: Harbors of Peru, Number {number}\n\nOn {number + 1} May 2021 Peru and "
        f"Chile spent ${number + 2}.5 million on the Harbor Fund.\n\n"
        f"More than {number}00 ships waited in Callao. A bureau will lead it.\n\n- one\n- two\n"
    )
    for number in range(8)
}


def twin(settings: Settings, name: str) -> Settings:
    """Return a collection of the same sources beside another one."""
    root = settings.root.with_name(name)
    (root / "seeds").mkdir(parents=True)
    for path in settings.seeds.glob("*.txt"):
        shutil.copy(path, root / "seeds")
    shutil.copy(settings.config_file, root)
    return read_settings(root / "mkdocs.yml")


def files_of(settings: Settings) -> dict[str, bytes]:
    """Return all that a build has made but what it keeps for the next one."""
    return {
        path.relative_to(settings.root).as_posix(): path.read_bytes()
        for path in settings.root.rglob("*")
        if path.is_file() and ".cache" not in path.relative_to(settings.root).parts
    }


def same(one: Settings, other: Settings) -> None:
    """Assert that two collections are the same files, telling the paths alone."""
    here, there = files_of(one), files_of(other)
    assert here.keys() == there.keys()
    assert [path for path, data in here.items() if there[path] != data] == []


class Watched(Executor):
    """An executor that says of each chunk which function it is for, before it goes on."""

    def __init__(self, executor: Executor, tell: Callable[[str], None]) -> None:
        self._executor, self._tell = executor, tell

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Hand on."""
        future = self._executor.submit(fn, *args, **kwargs)
        self._tell(next(one.__name__ for one in args if callable(one)))
        return future


def test_processes_that_are_started_anew_make_the_same_pages(small):
    plain = small(**TEXTS)
    anew = twin(plain, "anew")
    build_pages(plain, Run(workers=Workers(1)))
    told: list[str] = []
    with ProcessPoolExecutor(2, multiprocessing.get_context("spawn")) as pool:
        build_pages(anew, Run(workers=Workers(2, Watched(pool, told.append))))
    assert {"product_of", "listing"} <= set(told)
    same(plain, anew)
    assert len(read_list(anew.content)) > 100


def test_processes_that_are_started_anew_have_what_no_file_could_keep(small, monkeypatch):
    plain = small(**TEXTS)
    anew = twin(plain, "anew")
    build_pages(plain, Run(workers=Workers(1)))

    def refused(self: Database, _changes: object) -> bool:
        self.error = "the disk is full"
        return False

    monkeypatch.setattr(Database, "change", refused)
    with ProcessPoolExecutor(2, multiprocessing.get_context("spawn")) as pool:
        outcome = build_pages(anew, Run(workers=Workers(2, pool)))
    assert [problem.warning for problem in outcome.problems] == [True]
    same(plain, anew)


def test_the_number_of_processes_makes_nothing_anew(small):
    settings = small(**TEXTS)
    assert build_pages(settings, Run()).pages_written
    assert build_pages(replace(settings, jobs=3), Run()).pages_written == 0


def command(settings: Settings, *arguments: str) -> tuple[int, str]:
    line = [*arguments, "--config-file", str(settings.config_file)]
    result = CliRunner().invoke(main, line)
    return result.exit_code, result.stderr


@pytest.mark.parametrize("name", ["dask", "dask:", "ray:127.0.0.1:1", ""])
def test_other_executors_are_wrong_use(small, name):
    code, told = command(small(**TEXTS), "pages", "--executor", name)
    assert code == 2
    assert "is not dask:ADDRESS" in told


def test_without_the_package_it_says_what_to_install(small, monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    code, told = command(small(**TEXTS), "check", "--executor", "dask:127.0.0.1:1")
    assert code == 2
    assert "pip install 'builder[dask]'" in told


def test_nobody_at_the_address_is_a_problem(small, monkeypatch):
    pytest.importorskip("distributed", reason="the extra dask is not installed")
    monkeypatch.setattr("builder.executors._WAIT", 1)
    code, told = command(small(**TEXTS), "pages", "--executor", "dask:127.0.0.1:1")
    assert code == 1
    assert "no dask scheduler answers at 127.0.0.1:1" in told


@pytest.fixture
def two_workers(tmp_path) -> Iterator[Cluster]:
    distributed = pytest.importorskip("distributed", reason="the extra dask is not installed")
    folder = tmp_path / "cluster"
    folder.mkdir()
    with cluster(folder, workers=2, threads=2) as running:
        with distributed.Client(running.address, set_as_default=False) as client:
            client.wait_for_workers(2, timeout=60)
        yield running


@pytest.mark.slow
def test_a_cluster_builds_the_same_site(small, two_workers):
    plain = small(**TEXTS)
    there = twin(plain, "there")
    build(plain, Run(workers=Workers(1)))
    code, told = command(there, "build", "--executor", f"dask:{two_workers.address}")
    assert code == 0, told
    same(plain, there)
    code, told = command(there, "build", "--executor", f"dask:{two_workers.address}")
    assert (code, "nothing changed" in told) == (0, True)


@pytest.mark.slow
@pytest.mark.parametrize("during", ["product_of", "listing"])
def test_a_worker_killed_in_the_middle_loses_nothing(small, two_workers, during):
    plain = small(**TEXTS)
    there = twin(plain, "there")
    build(plain, Run(workers=Workers(1)))
    chunks: list[str] = []

    def tell(name: str) -> None:
        chunks.append(name)
        if chunks.count(during) == 3 and two_workers.workers[0].poll() is None:
            two_workers.kill(0)

    with dask_executor(two_workers.address, there.root) as (executor, count):
        assert count == 2
        outcome = build(there, Run(workers=Workers(count, Watched(executor, tell))))
    assert outcome.problems == ()
    assert two_workers.workers[0].returncode == -9
    assert two_workers.workers[1].poll() is None
    assert chunks.count(during) > 3  # it went on
    assert "_apply" in chunks  # what renders
    same(plain, there)


@pytest.mark.slow
def test_a_cluster_that_goes_away_is_a_problem_and_nothing_is_broken(small, two_workers):
    settings = small(**TEXTS)

    def tell(name: str) -> None:
        if name == "listing":
            two_workers.end()

    there = dask_executor(two_workers.address, settings.root)
    with pytest.raises(Problems, match="the dask cluster"), there as (executor, count):
        build(settings, Run(workers=Workers(count, Watched(executor, tell))))
    assert not settings.site.exists()
    build(settings, Run())
    other = twin(settings, "other")
    build(other, Run())
    same(settings, other)


@pytest.mark.slow
def test_workers_that_cannot_do_the_work_are_named(small, two_workers, monkeypatch, tmp_path):
    lost = SimpleNamespace(name=str(tmp_path / "lost"), write=len, flush=lambda: None)
    monkeypatch.setattr("builder.executors.NamedTemporaryFile", lambda **_: nullcontext(lost))
    monkeypatch.setattr("builder.executors.code_version", lambda: "another")
    code, told = command(small(**TEXTS), "pages", "--executor", f"dask:{two_workers.address}")
    assert code == 1
    assert told.count("does not see the folder") == 2
    assert told.count("has another version of this package") == 2
