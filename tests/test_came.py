"""Few documents that have changed are made by another process, while the others are loaded."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from builder import came
from builder.collection import CollectionState, open_store, read_collection
from builder.line import Case, Line, Product, product_of
from builder.settings import Settings
from builder.site import Run, build_pages
from builder.working import Workers

TEXTS = {name: f"A Statement on {name}\n\nThe {name} met in Lima.\n" for name in "abc"}


@pytest.fixture
def settled(small: Callable[..., Settings], monkeypatch: pytest.MonkeyPatch) -> Settings:
    """A collection that has been built, of which each text counts as many."""
    monkeypatch.setattr(came, "_MANY", 1)
    settings = small(**TEXTS)
    assert not build_pages(settings, Run()).failed
    return settings


def read(settings: Settings, jobs: int = 2) -> CollectionState:
    return read_collection(settings, store=open_store(settings, write=True), workers=Workers(jobs))


def change(settings: Settings, name: str = "b") -> None:
    with (settings.seeds / f"{name}.txt").open("a") as file:
        file.write("\nIt met in Quito, too.\n")


def watch(
    monkeypatch: pytest.MonkeyPatch, before: Callable[[], None] = lambda: None
) -> Callable[[], list[tuple[int, str]]]:
    """Return what tells by which process which sources were made; `before` comes first in each."""
    noted = Path.cwd() / "noted"

    def watched(line: Line, case: Case) -> Product:
        before()
        with noted.open("a") as file:
            file.write(f"{os.getpid()} {Path(case.source.path).stem}\n")
        return product_of(line, case)

    monkeypatch.setattr(came, "product_of", watched)
    return lambda: [
        (int(process), name) for process, name in map(str.split, noted.read_text().splitlines())
    ]


@pytest.fixture(autouse=True)
def _apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def is_as_made_here(settings: Settings, state: CollectionState) -> bool:
    """Tell whether a state is that of which everything was made anew, here."""
    (settings.root / ".cache" / "build.sqlite").unlink()
    anew = read(settings, jobs=1)
    return (state.problems, state.ledgers, state.contents, state.added) == (
        anew.problems,
        anew.ledgers,
        anew.contents,
        anew.added,
    )


def test_another_process_makes_what_has_changed(
    settled: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    change(settled)
    noted = watch(monkeypatch)
    state = read(settled)
    ((process, name),) = noted()
    assert (process != os.getpid(), name) == (True, "b")
    assert is_as_made_here(settled, state)


def test_where_only_one_process_is_to_run_none_is_started(
    settled: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    change(settled)
    noted = watch(monkeypatch)
    read(settled, jobs=1)
    assert noted() == [(os.getpid(), "b")]


def test_what_ends_that_process_does_not_end_the_run(
    settled: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    change(settled)
    own = os.getpid()
    noted = watch(monkeypatch, lambda: None if os.getpid() == own else os._exit(1))
    state = read(settled)
    assert noted() == [(own, "b")]
    assert is_as_made_here(settled, state)


def test_a_damaged_row_is_made_with_what_has_changed(
    settled: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    change(settled)
    store = open_store(settled, write=True)
    damage = ("UPDATE documents SET light = ? WHERE name = ?", [(b"[]", "c")])
    assert store._database.change([damage])
    store.close()
    noted = watch(monkeypatch)
    state = read(settled)
    assert sorted((process == os.getpid(), name) for process, name in noted()) == [
        (False, "b"),
        (True, "c"),
    ]
    assert is_as_made_here(settled, state)
