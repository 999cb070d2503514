"""Work is spread over processes in order, which are renewed, and made good where they die."""

import os
import signal
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pytest

from builder.model import Problems
from builder.processes import beside, pool_of
from builder.working import Workers


def _process(context: str, item: int) -> tuple[str, int, int]:
    return context, item, os.getpid()


def _fragile(folder: str, item: int) -> int:
    """Die at the one item at which a file says so, and take the file along where it says once."""
    file = Path(folder, str(item))
    if file.exists():
        if file.read_text() == "once":
            file.unlink()
        os.kill(os.getpid(), signal.SIGKILL)
    return item


@pytest.mark.parametrize("renewed", [0, 7, 20, 100])
def test_results_come_in_order_from_processes_that_are_renewed(renewed):
    made = list(Workers(2).map(_process, "told", range(20), least=1, renewed=renewed))
    assert [(context, item) for context, item, _ in made] == [("told", item) for item in range(20)]
    processes = {process for *_, process in made}
    assert os.getpid() not in processes
    assert len(processes) >= -(-20 // (renewed or 20))
    assert len(processes) <= 2 * -(-20 // (renewed or 20))


def test_few_things_are_done_here():
    assert {made[2] for made in Workers(2).map(_process, "", range(3), least=4)} == {os.getpid()}


def test_what_a_dead_process_had_in_hand_is_done_again(tmp_path):
    for item in (3, 12):
        (tmp_path / str(item)).write_text("once")
    made = Workers(2).map(_fragile, str(tmp_path), range(20), least=1, renewed=7)
    assert list(made) == list(range(20))


def test_processes_that_keep_dying_are_a_problem(tmp_path):
    (tmp_path / "5").write_text("always")
    with pytest.raises(Problems, match="were ended from outside, 3 times"):
        list(Workers(2).map(_fragile, str(tmp_path), range(20), least=1))


def _lost(_folder: str, item: int) -> str:
    return f"lost {item}"


def test_each_item_that_no_process_survives_is_named_and_the_others_are_done(tmp_path):
    deadly = {0, 5, 6, 19}
    for item in deadly:
        (tmp_path / str(item)).write_text("always")
    (tmp_path / "12").write_text("once")
    made = Workers(2).map(_fragile, str(tmp_path), range(20), least=1, renewed=7, lost=_lost)
    assert list(made) == [f"lost {item}" if item in deadly else item for item in range(20)]


def test_where_all_processes_die_no_item_is_blamed(tmp_path, monkeypatch):
    monkeypatch.setattr("builder.working._MOST_LOST", 2)
    for item in range(20):
        (tmp_path / str(item)).write_text("always")
    with pytest.raises(Problems, match="were ended from outside, 3 times"):
        list(Workers(2).map(_fragile, str(tmp_path), range(20), least=1, lost=_lost))


def test_no_more_processes_start_than_there_are_things(monkeypatch):
    pools = []
    monkeypatch.setattr(
        "builder.working.pool_of",
        lambda count, context: pools.append(count) or pool_of(count, context),
    )
    assert len(list(Workers(50).map(_process, "told", range(3), least=1))) == 3
    assert pools == [3]


@pytest.mark.parametrize(
    ("jobs", "items", "least"), [(1, 20, 1), (2, 20, 1), (2, 1, 2), (2, 0, 1), (2, 2, 1)]
)
def test_something_else_is_done_here_once_in_the_meantime(jobs, items, least):
    done = list[int]()
    workers = Workers(jobs)
    made = workers.map(
        _process, "", range(items), least=least, renewed=7, meanwhile=lambda: done.append(1)
    )
    assert len(list(made)) == items
    assert done == [1]


def test_what_is_done_in_the_meantime_is_not_done_again_where_a_process_dies(tmp_path):
    (tmp_path / "0").write_text("once")
    done = list[int]()
    made = Workers(2).map(
        _fragile, str(tmp_path), range(20), least=1, meanwhile=lambda: done.append(1)
    )
    assert list(made) == list(range(20))
    assert done == [1]


def test_an_executor_works_in_the_meantime():
    done = list[int]()
    with ProcessPoolExecutor(1) as executor:
        made = Workers(1, executor).map(_process, "", range(3), meanwhile=lambda: done.append(1))
        assert len(list(made)) == 3
    assert done == [1]


def test_for_nothing_no_context_is_sent(monkeypatch):
    class Unwilling:
        def __reduce__(self):
            raise AssertionError("it was sent")

    with ProcessPoolExecutor(1) as executor:
        assert list(Workers(1, executor).map(_process, Unwilling(), [])) == []


def _elsewhere(here: int, end: str) -> int:
    if os.getpid() != here and end == "dies":
        os.kill(os.getpid(), signal.SIGKILL)
    if os.getpid() != here and end == "fails":
        raise OSError("elsewhere alone")
    return os.getpid()


@pytest.mark.parametrize("end", ["dies", "fails", "is done"])
def test_a_function_is_run_beside_and_here_where_that_fails(end):
    here = os.getpid()
    with beside(_elsewhere, here, end) as result:
        assert (result() == here) == (end != "is done")
    with beside(_elsewhere, here, end):
        pass  # nobody asks


def test_where_no_process_may_be_started_a_function_that_fails_is_run_once(monkeypatch):
    def refused(*_):
        raise OSError("no more processes")

    runs = []
    monkeypatch.setattr(ProcessPoolExecutor, "submit", refused)
    with beside(lambda: runs.append(1) or 1 / 0) as result, pytest.raises(ZeroDivisionError):
        result()
    assert runs == [1]
