"""Pages go to disk whole or not at all, and only over files that are the builder's own."""

import contextlib
import os
import shutil
from pathlib import Path

import pytest

from builder.model import Problems
from builder.publishing import writing
from builder.publishing.staging import write_pages
from builder.publishing.writing import LIST_NAME, TEMPORARY, read_list, write_file

PAGES = [("documents/a/index.md", b"A"), ("documents/b/index.md", b"B"), ("index.md", b"home")]


def tree(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != LIST_NAME
    }


def test_pages_stand_where_they_belong(tmp_path):
    result = write_pages(tmp_path, PAGES)
    assert tree(tmp_path) == dict(PAGES)
    assert result.written == [path for path, _ in PAGES]
    assert set(read_list(tmp_path)) == {path for path, _ in PAGES}


def test_the_same_pages_again_touch_nothing(tmp_path):
    write_pages(tmp_path, PAGES)
    times = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*.md")}
    list_time = (tmp_path / LIST_NAME).stat().st_mtime_ns
    result = write_pages(tmp_path, PAGES)
    assert (result.written, result.unchanged, result.removed) == ([], 3, [])
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*.md")} == times
    assert (tmp_path / LIST_NAME).stat().st_mtime_ns == list_time


def test_what_is_no_longer_made_goes_with_its_folder(tmp_path):
    write_pages(tmp_path, PAGES)
    result = write_pages(tmp_path, PAGES[1:])
    assert result.removed == ["documents/a/index.md"]
    assert not (tmp_path / "documents/a").exists()
    assert (tmp_path / "documents/b").exists()


def test_pages_that_are_kept_stay_and_stay_ours(tmp_path):
    write_pages(tmp_path, PAGES)
    for _ in range(2):
        write_pages(tmp_path, PAGES[2:], keep=lambda path: path.startswith("documents/a/"))
        assert set(tree(tmp_path)) == {"documents/a/index.md", "index.md"}
    assert write_pages(tmp_path, PAGES[2:]).removed == ["documents/a/index.md"]


def test_a_hand_written_file_is_never_overwritten(tmp_path):
    (tmp_path / "index.md").write_bytes(b"my own")
    result = write_pages(tmp_path, PAGES, name="content")
    assert tree(tmp_path)["index.md"] == b"my own"
    assert [str(problem) for problem in result.problems] == [
        "content/index.md:1: a hand-written file stands where a generated page must go; "
        "move it to another folder, such as content/about/"
    ]
    assert "index.md" not in read_list(tmp_path)


def test_a_hand_written_file_is_never_removed(tmp_path):
    write_pages(tmp_path, PAGES)
    (tmp_path / "documents/a/notes.md").write_bytes(b"mine")
    write_pages(tmp_path, [])
    assert tree(tmp_path) == {"documents/a/notes.md": b"mine"}


def test_a_page_changed_by_hand_is_left_and_told(tmp_path):
    write_pages(tmp_path, PAGES)
    (tmp_path / "index.md").write_bytes(b"changed by hand")
    for _ in range(2):
        result = write_pages(tmp_path, [*PAGES[:2], ("index.md", b"new")])
        assert tree(tmp_path)["index.md"] == b"changed by hand"
        assert "changed by hand" in result.problems[0].what
    (tmp_path / "index.md").unlink()
    assert write_pages(tmp_path, PAGES).problems == []


def test_starting_pages_give_way_and_are_never_taken_back(tmp_path):
    def yields(path: str) -> bool:
        return path.startswith("about/")

    start = [("about/index.md", b"start")]
    write_pages(tmp_path, start, yields=yields)
    (tmp_path / "about/index.md").write_bytes(b"my own about")
    for pages in (start, [("about/index.md", b"newer start")], []):
        result = write_pages(tmp_path, pages, yields=yields)
        assert tree(tmp_path) == {"about/index.md": b"my own about"}
        assert result.problems == []


def test_a_hand_written_page_equal_to_a_starting_page_stays_the_hands(tmp_path):
    (tmp_path / "about").mkdir()
    (tmp_path / "about/index.md").write_bytes(b"start")
    write_pages(tmp_path, [("about/index.md", b"start")], yields=lambda path: True)
    assert read_list(tmp_path) == {}


def test_two_pages_for_one_address_are_a_problem(tmp_path):
    result = write_pages(tmp_path, [("index.md", b"1"), ("index.md", b"2")])
    assert len(result.problems) == 1
    assert tree(tmp_path) == {"index.md": b"1"}


def test_no_page_leaves_the_folder(tmp_path):
    with pytest.raises(ValueError, match="may not leave"):
        write_pages(tmp_path / "content", [("../outside.md", b"")])
    assert not (tmp_path / "outside.md").exists()


def test_a_list_made_to_lie_removes_nothing_outside(tmp_path):
    outside = tmp_path / "outside.md"
    outside.write_bytes(b"x")
    content = tmp_path / "content"
    content.mkdir()
    (content / LIST_NAME).write_text(f"{'0' * 64} ../outside.md\n{'0' * 64} {outside}\n")
    write_pages(content, [])
    assert outside.exists()


class Killed(BaseException):
    """Stands for a process that ends between two steps."""


@pytest.mark.parametrize("step", range(1, 14))
def test_a_run_that_dies_leaves_whole_files_and_the_next_run_mends(tmp_path, monkeypatch, step):
    write_pages(tmp_path, PAGES)
    newer = [(path, data + b" changed") for path, data in PAGES[1:]] + [("new/index.md", b"new")]
    allowed = {data for _, data in [*PAGES, *newer]}
    count = 0

    def dying(real):
        def call(*arguments, **keywords):
            nonlocal count
            count += 1
            if count == step:
                raise Killed
            return real(*arguments, **keywords)

        return call

    with monkeypatch.context() as patch:
        patch.setattr(writing.os, "fsync", dying(os.fsync))
        patch.setattr(Path, "replace", dying(Path.replace))
        patch.setattr(writing.os, "replace", dying(os.replace))
        patch.setattr(Path, "unlink", dying(Path.unlink))
        with contextlib.suppress(Killed):
            write_pages(tmp_path, newer)
    visible = {path: data for path, data in tree(tmp_path).items() if TEMPORARY not in path}
    assert set(visible.values()) <= allowed
    result = write_pages(tmp_path, newer)
    assert result.problems == []
    assert tree(tmp_path) == dict(newer)


def test_one_file_in_one_step(tmp_path):
    file = tmp_path / "deep" / "ledger.txt"
    assert write_file(file, b"one")
    time = file.stat().st_mtime_ns
    assert not write_file(file, b"one")
    assert file.stat().st_mtime_ns == time
    assert write_file(file, b"two")
    assert [path.name for path in file.parent.iterdir()] == ["ledger.txt"]


@pytest.mark.parametrize("where", ["documents", "documents/a"])
@pytest.mark.parametrize("published", [True, False])
def test_nothing_is_written_or_removed_through_a_link(tmp_path, where, published):
    """Neither new pages nor those of before, whose bytes would tell that they are ours."""
    content, outside = tmp_path / "content", tmp_path / "outside"
    write_pages(outside, [("a/index.md", b"A"), ("a/old.md", b"old"), ("index.md", b"A")])
    (outside / LIST_NAME).unlink()
    before = tree(tmp_path / "outside")
    if published:
        write_pages(content, [*PAGES, ("documents/a/old.md", b"old")])
        shutil.rmtree(content / where)
    (content / where).parent.mkdir(parents=True, exist_ok=True)
    (content / where).symlink_to(outside if where == "documents" else outside / "a")
    changed = [("documents/a/index.md", b"other"), ("documents/a/new.md", b"new"), PAGES[2]]
    result = write_pages(content, changed)
    assert [str(problem.place) for problem in result.problems] == ["content/documents/a:1"]
    assert tree(outside) == before
    assert set(read_list(content)) == {"index.md"}
    (content / where).unlink()
    assert write_pages(content, changed).problems == []
    assert tree(content) == dict(changed)
    assert tree(outside) == before


@pytest.mark.parametrize("target", ["victim.md", "missing.md"])
def test_a_link_in_the_place_of_a_page_is_replaced(tmp_path, target):
    content = tmp_path / "content"
    (tmp_path / "victim.md").write_bytes(b"A")
    write_pages(content, PAGES)
    page = content / PAGES[0][0]
    page.unlink()
    page.symlink_to(tmp_path / target)
    assert write_pages(content, [(PAGES[0][0], b"other"), *PAGES[1:]]).problems == []
    assert not page.is_symlink()
    assert page.read_bytes() == b"other"
    assert (tmp_path / "victim.md").read_bytes() == b"A"
    assert not (tmp_path / "missing.md").exists()


@pytest.mark.parametrize("name", [LIST_NAME, TEMPORARY])
def test_a_link_in_the_place_of_our_own_notes_is_told(tmp_path, name):
    content, outside = tmp_path / "content", tmp_path / "outside"
    content.mkdir()
    outside.mkdir()
    (outside / "0").write_text("zero")
    (content / name).symlink_to(outside / "0" if name == LIST_NAME else outside)
    with pytest.raises(Problems, match="a symbolic link stands where"):
        write_pages(content, PAGES)
    assert tree(outside) == {"0": b"zero"}


def test_a_guessed_name_of_a_temporary_file_leads_nowhere(tmp_path):
    (tmp_path / "victim").write_text("victim")
    (tmp_path / f"{TEMPORARY}-{os.getpid()}-x.txt").symlink_to(tmp_path / "victim")
    write_file(tmp_path / "x.txt", b"data")
    assert (tmp_path / "x.txt").read_bytes() == b"data"
    assert (tmp_path / "victim").read_text() == "victim"
