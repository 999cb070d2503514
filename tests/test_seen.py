"""A run reads only what has changed since the last one, and misses no change."""

from __future__ import annotations

import builtins
import os
import pickle
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from builder.anchoring.keeping import Issued, keep
from builder.anchoring.late_sources import LateSource, late_source, row_of, whole_source
from builder.anchoring.register import document_address
from builder.anchoring.seen import Seen
from builder.anchoring.texts import Filed, LedgerFile, late_filed, text_digest
from builder.collection import CollectionState, open_store, read_collection
from builder.model import Known, Problems, Source
from builder.read import read_source
from builder.settings import Settings
from builder.storing.codec import encode
from builder.storing.store import KEPT, Store
from harbors import OTHERS, PARAGRAPHS, git, text
from harbors import Collection as Harbors

Small = Callable[..., Settings]


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Return what lets all files of now be old: the clock goes on by a minute each time."""
    real, passed = time.time_ns, [0]

    def go_on() -> None:
        passed[0] += 60_000_000_000

    monkeypatch.setattr("builder.anchoring.seen.time_ns", lambda: real() + passed[0])
    return go_on


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the names of the files that are opened from now on."""
    names: list[str] = []
    real = builtins.open

    def counted(file: Any, *arguments: Any, **named: Any) -> Any:
        names.append(Path(file).name if isinstance(file, str | os.PathLike) else "")
        return real(file, *arguments, **named)

    monkeypatch.setattr(builtins, "open", counted)
    return names


def run(settings: Settings) -> CollectionState:
    """Read a collection, keep what is made of it, and write its ledgers."""
    store = open_store(settings, write=True)
    state = read_collection(settings, store=store)
    documents = {document_address(one.document.slug): "" for one in state.documents}
    keep(settings, Issued(state.ledgers, state.files, state.moved, documents, state.register))
    store.close()
    return state


@pytest.fixture
def settled(small: Small, later: Callable[[], None]) -> Settings:
    """Return a collection of which everything has been seen."""
    settings = small(ports=text(*PARAGRAPHS), farms=text(*OTHERS, title="Crops"))
    later()
    for _ in range(3):
        run(settings)
    return settings


SEEDS = {"ports.txt", "farms.txt"}  # the names of sources, and of ledgers


def test_what_has_not_changed_is_not_opened(settled: Settings, opened: list[str]) -> None:
    state = run(settled)
    assert not SEEDS & {*opened}
    assert [one.document.slug for one in state.documents] == ["farms", "ports"]
    assert not state.ledgers


def test_only_what_has_changed_is_opened(settled: Settings, opened: list[str]) -> None:
    (settled.seeds / "ports.txt").write_text(text(*PARAGRAPHS).replace("eleven", "twelve"))
    state = run(settled)
    assert "ports.txt" in opened
    assert "farms.txt" not in opened
    assert [file.stem for file in state.ledgers] == ["ports"]
    assert state.ledger_texts["ports"] == state.ledgers[settled.anchors / "ports.txt"]


@pytest.mark.parametrize("folder", ["", "anchors"])
def test_an_edit_of_the_same_size_and_time_is_seen(settled: Settings, folder: str) -> None:
    file = settled.seeds / folder / "ports.txt"
    known = file.stat()
    data = file.read_bytes().replace(b"eleven", b"twelve")
    file.write_bytes(data)
    os.utime(file, ns=(known.st_atime_ns, known.st_mtime_ns))
    state = run(settled)
    assert "twelve" in state.ledger_texts["ports"]


def test_a_young_file_is_read_again(small: Small, opened: list[str]) -> None:
    settings = small(ports=text(*PARAGRAPHS), farms=text(*OTHERS, title="Crops"))
    for _ in range(2):
        run(settings)
    opened.clear()
    run(settings)
    # In the second in which it was written it might be written again.
    assert {*opened} >= SEEDS


def test_an_edit_within_one_tick_of_the_clock_is_seen(tmp_path: Path) -> None:
    file, store = tmp_path / "a.txt", Store(tmp_path / "kept", "", write=True)
    file.write_text("one")
    seen = Seen(store, "files")
    assert seen.recall("a", str(file)) is None
    seen.note("a", str(file), ["one"])
    seen.keep()
    assert Seen(store, "files").recall("a", str(file)) is None


def test_what_changes_while_it_is_read_is_not_noted(
    tmp_path: Path, later: Callable[[], None]
) -> None:
    file, store = tmp_path / "a.txt", Store(tmp_path / "kept", "", write=True)
    file.write_text("one")
    later()
    for content, expected in (("two", None), ("two", ["two"])):
        seen = Seen(store, "files")
        assert seen.recall("a", str(file)) is None
        file.write_text(content) if expected is None else None
        seen.note("a", str(file), ["two"])
        seen.keep()
        assert Seen(store, "files").recall("a", str(file)) == expected


def test_rows_are_forgotten_with_their_files(tmp_path: Path, later: Callable[[], None]) -> None:
    store = Store(tmp_path / "kept", "", write=True)
    files = [tmp_path / f"{number}.txt" for number in range(200)]
    for file in files:
        file.write_text(file.name)
    later()
    for kept in (files, files[1:]):
        seen = Seen(store, "files")
        for file in kept:
            if seen.recall(file.name, str(file)) is None:
                seen.note(file.name, str(file), file.name)
        seen.keep()
    seen = Seen(store, "files")
    assert [seen.recall(file.name, str(file)) for file in files] == [
        None,
        *(file.name for file in files[1:]),
    ]
    assert Seen(store, "files", "other limits").recall("1.txt", str(files[1])) is None


def test_a_touched_file_makes_nothing_anew(
    settled: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    os.utime(settled.seeds / "ports.txt")
    os.utime(settled.anchors / "farms.txt")
    monkeypatch.setattr("builder.line.annotate", lambda *_: pytest.fail("made anew"))
    state = run(settled)
    assert (len(state.documents), dict(state.ledgers)) == (2, {})


@pytest.mark.parametrize("damage", ["deleted", "cut", "overwritten", "a row"])
def test_a_damaged_store_is_no_problem(settled: Settings, damage: str) -> None:
    before = run(settled)
    file = settled.root / KEPT
    data = file.read_bytes()
    if damage == "deleted":
        file.unlink()
    elif damage == "cut":
        file.write_bytes(data[: len(data) // 2])
    elif damage == "overwritten":
        file.write_bytes(b"x" * 5000)
    else:
        file.write_bytes(data.replace(b'"Crops"', b'"Corps"'))
    after = run(settled)
    assert after.problems == ()
    assert after.documents == before.documents
    assert after.ledger_texts == before.ledger_texts
    assert [one.document.metadata for one in after.documents] == [
        one.document.metadata for one in before.documents
    ]


def test_what_a_front_matter_says_wrong_is_told_each_time(
    settled: Settings, opened: list[str], later: Callable[[], None]
) -> None:
    header = "---\ntitle: Harbors\n\ndate: 2023-02-30\n---\n"
    (settled.seeds / "plan.txt").write_text(header + "The third plan is about rivers.\n")
    later()
    told = []
    for _ in range(4):
        opened.clear()
        told.append([str(problem) for problem in run(settled).problems])
    assert "plan.txt" not in opened
    assert told[0] == told[3]
    assert any("seeds/plan.txt:4: " in one and "2023-02-30" in one for one in told[3])


def test_git_is_asked_once_and_only_where_something_is_made(
    settled: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = Harbors(settled)
    git(here, "init", "-q")
    asked: list[object] = []
    monkeypatch.setattr(
        "builder.anchoring.committed.committed_files", lambda *one: asked.append(one) or {}
    )
    run(settled)
    assert asked == []
    for name in SEEDS:
        file = settled.seeds / name
        file.write_text(file.read_text().replace(" of ", " in "))
    run(settled)
    assert len(asked) == 1


SOURCE = "---\ntitle: A plan\n---\nThe plan is here.\n"


@pytest.fixture
def pair(tmp_path: Path) -> tuple[Path, Source, Source]:
    """Return a file, its source, and the same whose text is read late."""
    file = tmp_path / "plan.txt"
    file.write_text(SOURCE)
    source = read_source(file, tmp_path)
    return file, source, late_source("plan.txt", str(file), row_of(source))


def test_a_late_source_is_its_source(pair: tuple[Path, Source, Source]) -> None:
    _, source, late = pair
    assert isinstance(late, LateSource)
    assert late == source
    assert source == late
    assert whole_source(late) == source
    assert type(whole_source(late)) is Source
    assert pickle.loads(pickle.dumps(late)) == source
    assert encode(late) == encode(source)
    assert late.header == source.header
    assert (late.text, late.place_of(30)) == (SOURCE, source.place_of(30))
    assert replace(late, slug="plan") == replace(source, slug="plan")


def test_a_late_source_gets_slug_and_metadata_unread(
    pair: tuple[Path, Source, Source], opened: list[str]
) -> None:
    _, source, late = pair
    metadata = source.metadata.but(title=Known("Another plan", "supplied"))
    assert late.named("plan").described(metadata) == source.named("plan").described(metadata)
    assert opened == []


def test_a_late_text_is_that_of_its_bytes_or_none(pair: tuple[Path, Source, Source]) -> None:
    file, _, late = pair
    file.write_text(SOURCE.replace("here", "gone"))
    with pytest.raises(Problems, match=r"plan\.txt:1: changed while it was read"):
        _ = late.text
    file.unlink()
    with pytest.raises(Problems, match="cannot be read"):
        whole_source(late)


def test_a_late_ledger_is_that_of_its_digest_or_none(tmp_path: Path) -> None:
    file = tmp_path / "plan.txt"
    file.write_bytes(b"anchors 1\r\nsource x\r\n")
    content = "anchors 1\nsource x\n"
    ledger = LedgerFile(str(file), "seeds/anchors/plan.txt", text_digest(content))
    late = late_filed("plan", "plan", ledger)
    plain = Filed("plan", "plan", content)
    assert (late.text, late.digest, late.whole()) == (content, plain.digest, plain)
    assert pickle.loads(pickle.dumps(late)).whole() == plain
    assert replace(late, text="other") == Filed("plan", "plan", "other")
    file.write_text("anchors 1\n")
    with pytest.raises(Problems, match=r"seeds/anchors/plan\.txt:1: changed while it was read"):
        late.whole()
