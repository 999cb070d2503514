"""What a build keeps is read by the next one, or is as good as not there; it stops no build."""

from __future__ import annotations

import os
import pickle
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from builder.storing import database
from builder.storing.store import Light, Store
from conftest import ROOT

NAMES = [f"articles/{number:03}" for number in range(900)]


def kept(name: str, said: str = "") -> tuple[Light, bytes]:
    told = f"{name} {said}".encode()
    return Light(name, f"key of {said}", b"light " + told, b"given " + told), b"body " + told * 99


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / ".cache" / "build.sqlite"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    store = Store(path, "code 1", write=True)
    yield store
    store.close()


def everything(store: Store) -> dict[str, Light]:
    return {one.name: one for one in store.documents()}


def test_what_is_kept_is_there(store: Store, path: Path) -> None:
    store.keep(map(kept, NAMES))
    expected = {name: kept(name)[0] for name in NAMES}
    assert everything(store) == everything(Store(path, "code 1")) == expected
    assert store.body(NAMES[7], "key of ") == kept(NAMES[7])[1]
    assert store.body(NAMES[7], "key of something else") is None
    assert store.body("articles/none", "key of ") is None
    store.keep([kept(NAMES[7], "something else")])
    assert store.body(NAMES[7], "key of something else") == kept(NAMES[7], "something else")[1]
    assert len(everything(store)) == len(NAMES)
    assert not store.problems


def test_it_is_there_for_the_next_build(store: Store, path: Path) -> None:
    store.keep(map(kept, NAMES))
    store.close()
    assert os.listdir(path.parent) == [path.name]  # noqa: PTH208  # the log has gone into the file
    assert len(everything(Store(path, "code 1", write=True))) == len(NAMES)


def test_what_is_no_longer_there_is_forgotten(store: Store) -> None:
    store.keep(map(kept, NAMES))
    store.forget_documents(NAMES[:3])
    assert sorted(everything(store)) == NAMES[:3]
    assert store.body(NAMES[3], "key of ") is None


def test_results(store: Store, path: Path) -> None:
    store.keep_results((f"search/{number}", "key", b"%d" % number) for number in range(900))
    store.keep_results([("pages/1", "key", b"page"), ("search/1", "other", b"")])
    reader = Store(path, "code 1")
    assert reader.result("search/899", "key") == b"899"
    assert reader.result("search/1", "key") is None
    assert reader.result("search/1", "other") == b""
    store.forget_results(["search/899"], under="search/")
    assert store.result("search/899", "key") == b"899"
    assert store.result("search/898", "key") is None
    assert store.result("pages/1", "key") == b"page"


def test_who_reads_makes_nothing(path: Path) -> None:
    reader = Store(path, "code 1")
    assert list(reader.documents()) == []
    assert not path.parent.exists()
    store = Store(path, "code 1", write=True)
    store.keep([kept("a")])
    assert list(everything(reader)) == ["a"]
    reader.keep([kept("b")])
    assert list(everything(Store(path, "code 1"))) == ["a"]


def test_a_store_that_was_sent_reads(store: Store) -> None:
    store.keep([kept("a")])
    sent = pickle.loads(pickle.dumps(store))
    assert sent.body("a", "key of ") == kept("a")[1]
    sent.keep([kept("b")])
    assert list(everything(store)) == ["a"]


def test_a_process_that_was_forked_has_its_own_connection(store: Store, path: Path) -> None:
    store.keep([kept("a")])
    child = os.fork()
    if not child:
        good = store.body("a", "key of ") == kept("a")[1]
        store.keep([kept("b")])
        store.close()
        os._exit(0 if good else 1)
    assert os.waitpid(child, 0)[1] == 0
    store.keep([kept("c")])
    store.close()
    assert sorted(everything(Store(path, "code 1"))) == ["a", "c"]


def test_what_another_program_made_is_thrown_away(path: Path) -> None:
    for code in ("code 1", "code 2"):
        store = Store(path, code, write=True)
        assert list(store.documents()) == []
        store.keep([kept("a")])
        store.close()
    assert list(Store(path, "code 1").documents()) == []
    assert len(list(Store(path, "code 2").documents())) == 1


def other_tables(path: Path) -> None:
    path.unlink()
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE documents (name TEXT)")
    connection.close()


def swapped(path: Path) -> None:
    """Flip bits of the file all over, as a bad disk does."""
    data = bytearray(path.read_bytes())
    for place in range(100, len(data), 997):
        data[place] ^= 0x11
    path.write_bytes(data)


DAMAGES = {
    "empty": lambda path: path.write_bytes(b""),
    "text": lambda path: path.write_bytes(b"nothing that SQLite knows\n" * 400),
    "cut short": lambda path: path.write_bytes(path.read_bytes()[: path.stat().st_size // 2]),
    "cut to a page": lambda path: path.write_bytes(path.read_bytes()[:4096]),
    "of a later SQLite": lambda path: path.write_bytes(
        path.read_bytes()[:18] + b"\x09\x09" + path.read_bytes()[20:]
    ),
    "flipped bits": swapped,
    "other tables": other_tables,
    "a log of another file": lambda path: path.with_name(f"{path.name}-wal").write_bytes(b"7" * 99),
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_a_damaged_file_is_made_anew(damage: object, path: Path) -> None:
    store = Store(path, "code 1", write=True)
    store.keep(map(kept, NAMES))
    store.close()
    damage(path)
    for store in (Store(path, "code 1"), Store(path, "code 1", write=True)):
        for light in store.documents():  # what is there is whole
            assert light == kept(light.name)[0]
        for name in NAMES:
            assert store.body(name, "key of ") in (None, kept(name)[1])
    store.keep(map(kept, NAMES))
    assert len(everything(store)) == len(NAMES)
    assert all(store.body(name, "key of ") for name in NAMES)
    assert not store.problems
    store.close()
    assert len(everything(Store(path, "code 1"))) == len(NAMES)


def test_a_flipped_bit_is_seen(store: Store, path: Path) -> None:
    store.keep(map(kept, NAMES))
    store.close()
    path.write_bytes(path.read_bytes().replace(b"light articles/007", b"light articles/008"))
    assert NAMES[7] not in everything(Store(path, "code 1"))
    assert len(everything(Store(path, "code 1"))) == len(NAMES) - 1


def test_a_full_disk_stops_nothing(store: Store, path: Path) -> None:
    store.keep(map(kept, NAMES[:400]))
    next(store._database.select("PRAGMA max_page_count = 1"))  # no page more than there are
    store.keep(map(kept, NAMES[200:]))
    store.keep([kept(NAMES[1], "another")])
    (problem,) = store.problems
    assert problem.warning
    assert str(problem).startswith(".cache/build.sqlite: nothing can be kept for the next build: ")
    assert "full" in problem.what
    assert len(everything(store)) == len(NAMES)
    assert all(store.body(name, "key of ") for name in NAMES[2:])
    assert store.body(NAMES[1], "key of another") == kept(NAMES[1], "another")[1]
    store.forget_documents(NAMES[700:])
    assert sorted(everything(store)) == NAMES[700:]
    assert len(everything(Store(path, "code 1"))) <= 400


def test_a_folder_that_cannot_be_made_stops_nothing(path: Path) -> None:
    path.parent.write_text("a file")
    store = Store(path, "code 1", write=True)
    assert list(store.documents()) == []
    store.keep(map(kept, NAMES))
    store.keep_results([("a", "key", b"value")])
    assert len(everything(store)) == len(NAMES)
    assert store.body(NAMES[1], "key of ") == kept(NAMES[1])[1]
    assert store.result("a", "key") == b"value"
    assert len(store.problems) == 1


def test_a_file_that_another_process_writes_stops_nothing(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "_WAIT", 0.01)
    store = Store(path, "code 1", write=True)
    store.keep([kept("a")])
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    store.keep([kept("b")])
    assert sorted(everything(store)) == ["a", "b"]
    assert "locked" in store.problems[0].what
    other.close()


# It makes the same as `kept`.
WRITER = """
import sys
from pathlib import Path
from builder.storing.store import Light, Store
store = Store(Path(sys.argv[1]), "code 1", write=True)
names = [f"articles/{number:03}" for number in range(900)]
for number in range(10_000):
    told = [(name, f"{name} {number}".encode()) for name in names]
    store.keep(
        (Light(name, f"key of {number}", b"light " + said, b"given " + said), b"body " + said * 99)
        for name, said in told
    )
    print(number, flush=True)
"""


@pytest.mark.parametrize("rounds", [1, 2, 5])
def test_a_run_that_is_killed_leaves_what_is_whole(path: Path, rounds: int) -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        [sys.executable, "-c", WRITER, str(path)], stdout=subprocess.PIPE, env=environment
    ) as process:
        for _ in range(rounds):
            assert process.stdout
            process.stdout.readline()
        process.send_signal(signal.SIGKILL)
    store = Store(path, "code 1", write=True)
    assert sorted(everything(store)) == NAMES
    for name, light in everything(store).items():
        said = light.key.removeprefix("key of ")
        assert int(said) >= rounds - 1
        assert light == kept(name, said)[0]
        assert store.body(name, light.key) == kept(name, said)[1]
    assert not store.problems
    store.close()
