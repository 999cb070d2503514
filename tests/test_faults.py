"""Whatever happens to a build, a whole site stands after it, and the next build makes all good.

Each test damages a build, or what one has left, and compares the next build with the one that would
have been made had nothing happened. `benchmarks/faults.py` kills many more builds than these do.
"""

from __future__ import annotations

import errno
import os
import re
import shutil
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from random import Random

import pytest

import builder.site
from builder import cli
from builder.model import Problems
from builder.publishing.full_disk import told_where_full
from builder.publishing.lock import locked
from builder.settings import read_settings
from builder.site import Run
from builder.working import Workers
from killing import (
    Death,
    End,
    Twins,
    add_a_document,
    built,
    change_a_passage,
    changes,
    failing,
    files_of,
    in_a_fork,
    leavings,
    state_of,
    warm_up,
    write_small,
)

SLOW = pytest.mark.slow
State = Mapping[str, Mapping[str, bytes]]


@dataclass(frozen=True)
class Story:
    """A collection that is built, and what stands before and after its next build."""

    root: Path
    before: State
    after: State
    events: int

    def again(self, target: Path) -> Path:
        """Copy the built collection, and edit it."""
        shutil.copytree(self.root, target, symlinks=True)
        edit(target)
        return target


def edit(root: Path) -> None:
    change_a_passage(root, Random(3), 3)
    add_a_document(root, Random(4), 4)


def but_slow(values: Iterable[object], *quick: object) -> list[object]:
    """Return what a test is to be tried with, all but the quick ones only where there is time."""
    return [value if value in quick else pytest.param(value, marks=SLOW) for value in values]


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Story:
    """A small collection, built; and its next build, undisturbed."""
    folder = tmp_path_factory.mktemp("faults")
    warm_up(folder)
    root = write_small(folder / "collection", many=2)
    assert in_a_fork(partial(built, root)) == End(0, *_anything(), "")
    story = Story(root, state_of(root), {}, 0)
    other = story.again(folder / "undisturbed")
    end = in_a_fork(partial(built, other))
    assert end == End(0, *_anything(), "")
    return Story(root, story.before, state_of(other), end.events)


class _Any:
    def __eq__(self, other: object) -> bool:
        return True


def _anything() -> tuple[object, object]:
    return _Any(), _Any()


def assert_the_next_build_is_good(root: Path, after: State) -> None:
    end = in_a_fork(partial(built, root))
    assert (end.code, end.told) == (0, "")
    assert_same(root, after)
    assert leavings(root) == []


def assert_same(root: Path, state: State) -> None:
    for folder, files in state_of(root).items():
        differing = {
            p for p in files.keys() | state[folder] if files.get(p) != state[folder].get(p)
        }
        assert differing == set(), folder


def assert_nothing_lost(root: Path, story: Story) -> None:
    """The site is the old one or the new one, and so is every ledger and version."""
    now = state_of(root)
    assert now["site"] in (story.before["site"], story.after["site"])
    for path, data in story.before["seeds"].items():
        assert now["seeds"][path] in (data, story.after["seeds"][path]), path


@pytest.mark.parametrize("many", [1, pytest.param(20, marks=SLOW)], ids=["one", "twenty"])
def test_builds_that_are_killed(tmp_path: Path, many: int) -> None:
    twins = Twins(write_small(tmp_path / "small", many=2), tmp_path, seed=many)
    told = [(point.died, point.failures) for point in twins.points(many) if point.failures]
    assert told == []


@SLOW
def test_a_build_killed_at_each_of_its_last_changes(tmp_path: Path, story: Story) -> None:
    for back in range(24):
        root = story.again(tmp_path / str(back))
        death = Death(event=story.events - back, opened=back % 2 == 0)
        assert in_a_fork(partial(built, root), death).code in (0, -signal.SIGKILL)
        assert_nothing_lost(root, story)
        assert_the_next_build_is_good(root, story.after)


def _kill_the_first(first: int, number: int) -> int:
    if number == 0:
        os.kill(first, signal.SIGKILL)
    time.sleep(0.02)
    return number


def test_processes_of_a_pool_end_with_the_build_and_leave_its_lock(tmp_path: Path) -> None:
    def work() -> str:
        with locked(tmp_path):
            return str(list(Workers(2).map(_kill_the_first, os.getpid(), range(40), least=1)))

    assert in_a_fork(work).code == -signal.SIGKILL

    def next_one() -> str:
        with locked(tmp_path):
            return "has it"

    assert in_a_fork(next_one, patience=30).told == "has it"


FAILURES = {"the disk is full": errno.ENOSPC, "it may not be written to": errno.EROFS}


@pytest.mark.parametrize("number", FAILURES.values(), ids=FAILURES)
@pytest.mark.parametrize(
    "share",
    [
        0.0,
        pytest.param(0.3, marks=pytest.mark.slow),
        0.6,
        pytest.param(0.9, marks=pytest.mark.slow),
    ],
)
def test_a_disk_that_takes_nothing_more(
    tmp_path: Path, story: Story, capfd: pytest.CaptureFixture[str], number: int, share: float
) -> None:
    root = story.again(tmp_path / "collection")

    def command() -> str:
        built_by_command(root, after=lambda: failing(number, int(share * story.events)))
        return ""

    capfd.readouterr()
    end = in_a_fork(command)
    said = capfd.readouterr().err.strip()
    assert end.told == "SystemExit: 1"
    assert os.strerror(number) in said
    assert "Traceback" not in said
    if number == errno.ENOSPC:
        assert re.search(r"^[^:\n]+: the disk is full \(.*; the site stands as it was$", said, re.M)
        assert "mkdocs.yml" not in said
    assert_nothing_lost(root, story)
    assert state_of(root)["site"] == story.before["site"]
    assert_the_next_build_is_good(root, story.after)


def test_what_has_not_led_to_a_failure_is_not_told_as_its_cause(tmp_path: Path) -> None:
    (tmp_path / "mkdocs.yml").write_text("site_name: Small\n")
    small = read_settings(tmp_path / "mkdocs.yml")
    full = OSError(errno.ENOSPC, "No space left on device", "there")
    with pytest.raises(ValueError, match="another"), told_where_full(small):
        _fail(full, hidden=True)
    told = f"there: the disk is full ({full.strerror}); free some space there, and run this again"
    for publishes, more in ((True, "; the site stands as it was"), (False, "")):
        with pytest.raises(Problems) as error, told_where_full(small, publishes=publishes):
            _fail(full, hidden=False)
        assert str(error.value) == told + more


def _fail(error: OSError, *, hidden: bool) -> None:
    try:
        raise error
    except OSError:
        if hidden:
            raise ValueError("another") from None
        raise ValueError("another")  # noqa: B904  # what is tested is that it leads to the first


def built_by_command(root: Path, after: Callable[[], None]) -> None:
    """Build as the command does, with what `built` holds still; first call `after`."""

    def build(*given: object, **named: object) -> None:
        after()
        real(*given, **named)

    real = builder.site.build_anew
    builder.site.build_anew = build
    built(root, build=partial(_command, root))


def _command(root: Path) -> None:
    cli.main(["build", "--config-file", str(root / "mkdocs.yml")])


def test_two_builds_at_once_end_well_and_one_waits(tmp_path: Path, story: Story) -> None:
    root = story.again(tmp_path / "collection")
    waits = tmp_path / "waits"

    def work() -> str:
        told: list[str] = []

        def say(message: str) -> None:
            if message.startswith("waiting"):
                told.append(message)
                waits.touch()

        real = builder.site.open_store

        def open_store(*given: object, **named: object) -> object:
            until = time.monotonic() + 60
            while not waits.exists() and time.monotonic() < until:
                time.sleep(0.005)
            return real(*given, **named)

        builder.site.open_store = open_store
        built(
            root, build=lambda: builder.site.build(read_settings(root / "mkdocs.yml"), Run(say=say))
        )
        return " ".join(told)

    ends: list[End] = []
    threads = [threading.Thread(target=lambda: ends.append(in_a_fork(work))) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [end.code for end in ends] == [0, 0]
    assert sorted(end.told for end in ends) == ["", "waiting: another run is at work here"]
    assert_same(root, story.after)


@pytest.mark.parametrize(
    "at", [pytest.param(0, marks=SLOW), 2**33], ids=["long ago", "in the future"]
)
def test_a_clock_that_was_set_back(tmp_path: Path, story: Story, at: int) -> None:
    root = story.again(tmp_path / "collection")
    for folder, _, names in os.walk(root):
        for name in names:
            os.utime(Path(folder) / name, (at, at))
    assert_the_next_build_is_good(root, story.after)


def test_a_day_before_the_last_build(tmp_path: Path, story: Story) -> None:
    root = story.again(tmp_path / "collection")
    end = in_a_fork(partial(built, root, day="1234567890"))
    assert (end.code, end.told) == (0, "")
    assert state_of(root)["site"].keys() == story.after["site"].keys()
    ledgers = {path for path in story.after["seeds"] if path.startswith("anchors/")}
    assert ledgers == {path for path in state_of(root)["seeds"] if path.startswith("anchors/")}


def flipped(path: Path) -> None:
    data = bytearray(path.read_bytes())
    for place in range(0, len(data), max(1, len(data) // 60)):
        data[place] ^= 0xD5  # no UTF-8 either
    path.write_bytes(data)


def replaced_by_a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()
    (path / "something").write_text("of somebody else")


DAMAGES: Mapping[str, Callable[[Path], object]] = {
    "flipped": flipped,
    "cut short": lambda path: path.write_bytes(path.read_bytes()[: path.stat().st_size // 2]),
    "empty": lambda path: path.write_bytes(b""),
    "of another version": lambda path: path.write_bytes(b'{"version": 99}\n'),
    "gone": Path.unlink,
    "a folder": replaced_by_a_folder,
}
NOT_RECORDS = ("sites/former/", "frame/site/")


def records(root: Path) -> list[Path]:
    """Return the files that builds keep of what they have made."""
    cache = root / ".cache"
    return [cache / path for path in files_of(cache) if not path.startswith(NOT_RECORDS)]


@pytest.mark.parametrize("damage", but_slow(DAMAGES, "flipped", "a folder"))
def test_whatever_is_kept_is_damaged(tmp_path: Path, story: Story, damage: str) -> None:
    root = story.again(tmp_path / "collection")
    for path in records(root):
        if not path.name.endswith(".lock"):
            DAMAGES[damage](path)
    assert_the_next_build_is_good(root, story.after)


@SLOW
@pytest.mark.parametrize("damage", DAMAGES)
def test_each_file_that_is_kept_is_damaged(tmp_path: Path, story: Story, damage: str) -> None:
    for name in {path.name.split("-")[0] for path in records(story.root)}:
        root = story.again(tmp_path / name)
        for path in records(root):
            if path.name.split("-")[0] == name and not name.endswith(".lock"):
                DAMAGES[damage](path)
        assert_the_next_build_is_good(root, story.after)


def foreign(former: Path) -> None:
    (former / "documents").mkdir(exist_ok=True)
    (former / "documents" / "of somebody else.html").write_text("not ours")
    (former / "index.html").write_text("not ours")


def half_removed(former: Path) -> None:
    for path in sorted(former.rglob("*.html"))[::2]:
        path.unlink()


def a_file(former: Path) -> None:
    shutil.rmtree(former)
    former.write_text("not ours")


def a_link(former: Path) -> None:
    shutil.rmtree(former)
    (former.parent.parent.parent / "elsewhere").mkdir()
    (former.parent.parent.parent / "elsewhere" / "theirs.txt").write_text("theirs")
    former.symlink_to("../../elsewhere", target_is_directory=True)


@pytest.mark.parametrize(
    "change", but_slow([foreign, half_removed, a_file, a_link], half_removed, a_link)
)
def test_the_former_site_is_not_as_it_was_left(
    tmp_path: Path, story: Story, change: Callable[[Path], None]
) -> None:
    root = story.again(tmp_path / "collection")
    former = root / ".cache" / "sites" / "former"
    former.mkdir(exist_ok=True)
    change(former)
    assert_the_next_build_is_good(root, story.after)
    theirs = root / "elsewhere" / "theirs.txt"
    assert not theirs.parent.exists() or theirs.read_text() == "theirs"


def copied(story: Story, target: Path) -> Path:
    """Copy the built collection, and change nothing."""
    shutil.copytree(story.root, target, symlinks=True)
    return target


@pytest.mark.parametrize(
    "damage", but_slow([name for name in DAMAGES if name != "a folder"], "flipped")
)
def test_the_list_of_pages_is_damaged(tmp_path: Path, story: Story, damage: str) -> None:
    root = copied(story, tmp_path / "collection")
    DAMAGES[damage](root / "content" / ".generated")
    end = in_a_fork(partial(built, root))
    assert (end.code, end.told) == (0, "")
    # Starting pages that the list no longer names are taken for somebody's own, and stay.
    (root / "content" / ".generated").write_bytes(story.before["content"][".generated"])
    assert_same(root, story.before)


def test_the_list_of_pages_ends_in_half_a_line(tmp_path: Path, story: Story) -> None:
    root = story.again(tmp_path / "collection")
    with (root / "content" / ".generated").open("ab") as file:
        file.write(b"0023884220d9e530 docum")
    assert_the_next_build_is_good(root, story.after)


@pytest.mark.parametrize(
    "path", but_slow(["feed.xml", "documents/peru/index.html", "countries"], "feed.xml")
)
def test_something_of_the_site_is_gone(tmp_path: Path, story: Story, path: str) -> None:
    root = copied(story, tmp_path / "collection")
    assert in_a_fork(partial(built, root)).code == 0
    there = root / "site" / path
    if there.is_dir():
        shutil.rmtree(there)
    else:
        there.unlink()
    assert_the_next_build_is_good(root, story.before)


def traced(root: Path, log: Path) -> None:
    """Build, and log every write, wait for the disk and rename, in order."""
    from builder.publishing import site_folder, staging

    def tell(*said: object) -> None:
        with_log.write(" ".join(map(str, said)) + "\n")

    def build() -> object:
        exchange = site_folder.exchange_folders
        staging.sync_disk = lambda folder: tell("sync")
        site_folder.sync_disk = lambda folder: tell("sync")
        site_folder.exchange_folders = lambda *two: (tell("exchange"), exchange(*two))
        os.fsync = lambda handle: tell("fsync", os.readlink(f"/proc/self/fd/{handle}"))  # noqa: PTH115
        sys.addaudithook(hook)
        return builder.site.build(read_settings(root / "mkdocs.yml"), Run(workers=Workers(1)))

    def hook(event: str, given: tuple[object, ...]) -> None:
        if event == "open" and changes(event, given):
            tell("write", given[0])
        elif event == "os.link":
            tell("write", given[1])
        elif event == "os.rename":
            tell("rename", given[0], given[1])

    with log.open("w") as with_log:
        built(root, build=build)


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="the system does not tell names")
def test_what_is_written_is_on_disk_before_it_can_be_seen(tmp_path: Path, story: Story) -> None:
    root, log = story.again(tmp_path / "collection"), tmp_path / "log"
    assert in_a_fork(lambda: traced(root, log) or "").code == 0
    lines = [line.replace(f"{root}/", "") for line in log.read_text().splitlines()]
    synced = listed = -1
    dirty: set[str] = set()  # files written since the last wait for the disk
    kinds = set()
    for at, line in enumerate(lines):
        what, *paths = line.split(" ")
        if what == "write":
            dirty.add(paths[0])
        elif what == "sync":
            dirty.clear()
            synced = at
        elif what == "fsync":
            dirty.discard(paths[0])
            listed = at if paths == ["content/.generated"] else listed
        elif what == "rename" and paths[0].startswith("content/.tmp-builder/"):
            kinds.add("page")
            assert paths[0] not in dirty, line
            assert 0 <= listed < synced < at, line
        elif what == "rename" and "/.tmp-builder-" in paths[0]:
            kinds.add("record")
            assert lines[at - 1] == f"fsync {paths[0]}", line
            assert lines[at + 1] == f"fsync {paths[1].rpartition('/')[0]}", line
        elif what == "exchange":
            kinds.add("site")
            assert not [path for path in dirty if path.startswith(".cache/sites/former/")]
            assert not [one for one in lines[at:] if one.startswith("rename seeds/")]
    assert kinds == {"page", "record", "site"}
    named = [one for one in lines if one.startswith("rename seeds/anchors/")]
    assert any(one.endswith("seeds/anchors/published.list") for one in named)
