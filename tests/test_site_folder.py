"""The next site is made of the former one, and whatever happened to it, it is right."""

import os
import shutil
from contextlib import suppress

import pytest

from builder.publishing import site_record
from builder.publishing.site_folder import SiteFolder, next_site
from builder.publishing.site_record import is_as_recorded

FIRST = {"index.html": b"home", "a/index.html": b"a", "a/b/c.txt": b"c", "d/e.txt": b"e"}
SECOND = {"index.html": b"home", "a/index.html": b"changed", "a/b/c.txt": b"c", "f/g.txt": b"g"}
THIRD = {**SECOND, "h.txt": b"h"}


@pytest.fixture(params=[0, 99], ids=["whole", "differences"])
def target(tmp_path, monkeypatch, request):
    """A site of which each record has a list of its own, or all that can differ from one."""
    monkeypatch.setattr(site_record, "_SHARE", request.param)
    return tmp_path / "site"


def files_of(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def lay(folder: SiteFolder, files):
    for path, data in files.items():
        folder.lay(path, data.decode(), data)


def publish(target, files):
    with next_site(target, target.parent / ".cache/sites") as folder:
        lay(folder, files)
        changed = folder.publish()
    assert files_of(target) == files
    assert is_as_recorded(target, target.parent / ".cache/sites")
    return changed


def test_each_site_takes_the_place_of_the_one_before(target):
    assert [publish(target, files) for files in (FIRST, SECOND, SECOND, THIRD, FIRST)] == [
        True, True, False, True, True,
    ]  # fmt: skip


def test_what_is_as_it_was_is_one_file_with_it(target):
    publish(target, FIRST)
    number = (target / "a/b/c.txt").stat().st_ino
    for files in (SECOND, THIRD, FIRST):
        publish(target, files)
        assert (target / "a/b/c.txt").stat().st_ino == number


def test_only_what_is_not_there_is_asked_for(target):
    publish(target, FIRST)
    with next_site(target, target.parent / ".cache/sites") as folder:
        asked = [path for path, data in SECOND.items() if folder.want(path, data.decode())]
    assert asked == ["a/index.html", "f/g.txt"]


def test_the_first_site_has_a_twin_and_the_first_change_links_nothing(target, monkeypatch):
    publish(target, FIRST)
    former = target.parent / ".cache/sites/former"
    assert files_of(former) == FIRST
    number = (target / "d/e.txt").stat().st_ino
    linked = []
    monkeypatch.setattr("builder.publishing.site_folder.link_file", lambda *of: linked.append(of))
    changed = {**FIRST, "d/e.txt": b"changed"}
    publish(target, changed)
    assert linked == []
    assert (former / "d/e.txt").stat().st_ino == number


@pytest.mark.parametrize("error", [OSError("no space left"), KeyboardInterrupt()])
def test_a_run_that_cannot_lay_the_twin_has_published(target, monkeypatch, error):
    def fails(*_of):
        raise error

    with monkeypatch.context() as patched, suppress(KeyboardInterrupt):
        patched.setattr("builder.publishing.site_folder.link_file", fails)
        assert publish(target, FIRST)
    assert files_of(target) == FIRST
    assert publish(target, SECOND)


def test_a_name_with_a_carriage_return_is_kept_as_it_is(target):
    odd = {**FIRST, "a/one\rtwo.txt": b"x"}
    assert [publish(target, files) for files in (odd, odd)] == [True, False]


def test_a_standing_site_is_not_touched_before_the_exchange(target):
    publish(target, FIRST)
    publish(target, SECOND)
    with next_site(target, target.parent / ".cache/sites") as folder:
        lay(folder, THIRD)
        folder.complete()
        assert files_of(target) == SECOND
    # That run died before it published. The next one finds its folder in doubt.
    assert publish(target, FIRST)


@pytest.mark.parametrize("dies_after", ["sync_disk", "_record", "exchange_folders"])
def test_a_run_that_dies_while_publishing_leaves_a_site_that_is_whole(
    target, monkeypatch, dies_after
):
    publish(target, FIRST)
    publish(target, SECOND)
    module = "builder.publishing.site_folder"
    place = f"{module}.SiteFolder._record" if dies_after == "_record" else f"{module}.{dies_after}"
    real = SiteFolder._record if dies_after == "_record" else None

    def die(*given):
        if dies_after == "_record":
            real(*given)
        if dies_after == "exchange_folders":
            from builder.publishing.exchange import exchange_folders

            exchange_folders(*given)
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(place, die)
        with pytest.raises(KeyboardInterrupt):
            publish(target, THIRD)
    assert files_of(target) in (SECOND, THIRD)
    for files in (FIRST, THIRD, SECOND):
        publish(target, files)


@pytest.mark.parametrize("where", ["target", "former"])
def test_what_others_did_to_a_folder_is_noticed(target, where):
    publish(target, FIRST)
    publish(target, SECOND)
    folder = target if where == "target" else target.parent / ".cache/sites/former"
    (folder / "a/b/c.txt").unlink()
    (folder / "a/more.txt").write_bytes(b"not ours")
    (folder / "new").mkdir()
    (folder / "new/other.txt").write_bytes(b"not ours")
    publish(target, THIRD)
    publish(target, SECOND)


def test_a_folder_that_another_program_made_is_no_site_of_ours(target):
    publish(target, FIRST)
    shutil.rmtree(target)
    target.mkdir()
    (target / "index.html").write_bytes(b"of another renderer")
    assert publish(target, FIRST)


def test_hidden_things_at_the_top_move_along(target):
    publish(target, FIRST)
    (target / ".git").mkdir()
    (target / ".git/HEAD").write_bytes(b"ref")
    for files in (SECOND, THIRD):
        with next_site(target, target.parent / ".cache/sites") as folder:
            lay(folder, files)
            folder.publish()
        assert files_of(target) == {**files, ".git/HEAD": b"ref"}


def test_without_hard_links_files_are_copied(target, monkeypatch):
    def fail(*_):
        raise OSError(1, "no links here")

    monkeypatch.setattr(os, "link", fail)
    for files in (FIRST, SECOND, THIRD, FIRST):
        publish(target, files)


def test_a_large_site_gets_its_twin_too(target, monkeypatch):
    monkeypatch.setattr("builder.publishing.site_folder._SHARE", 2)
    files = {f"{number % 7}/{number}.txt": str(number).encode() for number in range(40)}
    publish(target, files)
    assert files_of(target.parent / ".cache/sites/former") == files
    # A folder of which nothing is known is linked anew.
    shutil.rmtree(target.parent / ".cache/sites/former")
    changed = {**files, "new.txt": b"new"}
    publish(target, changed)
    assert files_of(target) == changed


def test_where_files_cannot_be_linked_the_first_site_has_no_twin(target, monkeypatch):
    def refuses(*_of, **_how):
        raise OSError("no links here")

    monkeypatch.setattr("os.link", refuses)
    publish(target, FIRST)
    assert not (target.parent / ".cache/sites/former").exists()
    publish(target, SECOND)


def test_a_file_takes_the_place_of_a_folder_and_a_folder_that_of_a_file(target):
    deep = {"a/b/c.txt": b"c", "a/b/d/e.txt": b"e", "x.txt": b"x"}
    flat = {"a/b": b"b", "x.txt": b"x"}
    other = {"a": b"a", "x.txt/y/z.txt": b"z"}
    for files in (deep, flat, deep, other, flat, other, deep, deep, flat):
        publish(target, files)


@pytest.mark.parametrize("damage", [b"", b"files of a site, 3 9\n", None])
def test_a_list_that_is_damaged_or_gone_is_made_again(target, damage):
    for files in (FIRST, SECOND):
        publish(target, files)
    for listed in (target.parent / ".cache/sites").glob("list-*"):
        listed.unlink() if damage is None else listed.write_bytes(damage)
    for files in (THIRD, FIRST):
        assert publish(target, files)


def test_lists_are_as_few_as_records(target):
    for files in (FIRST, SECOND, THIRD, FIRST, SECOND, THIRD):
        publish(target, files)
    lists = [*(target.parent / ".cache/sites").glob("list-*")]
    assert len(lists) == 1 if site_record._SHARE else 1 < len(lists) < 4


def test_folders_with_a_list_each_come_to_share_one(tmp_path, monkeypatch):
    target = tmp_path / "site"
    monkeypatch.setattr(site_record, "_SHARE", 0)
    for files in (FIRST, SECOND):
        publish(target, files)
    monkeypatch.setattr(site_record, "_SHARE", 99)
    for files in (THIRD, FIRST, SECOND, THIRD):
        publish(target, files)
    assert len([*(tmp_path / ".cache/sites").glob("list-*")]) == 1


def test_what_stands_below_a_folder_is_told_before_and_after_all_is_read(target):
    publish(target, FIRST)
    publish(target, SECOND)
    (target / "a/index.html").unlink()
    folder = SiteFolder(target, target.parent / ".cache/sites")
    for _ in range(2):
        assert folder.standing("f/") == {"f/g.txt": "g"}
        assert folder.standing("a/") == {"a/b/c.txt": "c"}
        assert folder.key_of("index.html") == "home"
