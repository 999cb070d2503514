"""A look at all files below a folder: what it holds, and what it tells from another look."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from builder.looking import Look

FILES = {"one.md": "1", "a/two.md": "22", "a/b/three.md": "333", "c/four.md": "4444"}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A folder of four files, which have stood there for a while."""
    for path, text in FILES.items():
        file = tmp_path / "root" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
        os.utime(file, (1e9, 1e9))
    return tmp_path / "root"


def test_every_file_is_there_with_its_size_and_time(root: Path) -> None:
    look = Look.at(root)
    assert sorted(look.files()) == sorted(FILES)
    for path, text in FILES.items():
        assert look.stands(path, len(text), 10**18)
        assert not look.stands(path, len(text) + 1, 10**18)
        assert not look.stands(path, len(text), 10**18 + 1)
    for path in ("two.md", "a", "a/b/four.md", "d/one.md", ""):
        assert not look.stands(path, 1, 10**18)
        assert look.numbers(path) == ()


def _replace(root: Path) -> None:
    (root / "new").write_text("22")
    os.utime(root / "new", (1e9, 1e9))
    (root / "new").replace(root / "a/two.md")


CHANGES: dict[str, tuple[Callable[[Path], object], set[str]]] = {
    "nothing": (lambda root: None, set()),
    "an empty folder": (lambda root: (root / "d").mkdir(), set()),
    "new": (lambda root: (root / "a/new.md").write_text("x"), {"a/new.md"}),
    "in a new folder": (
        lambda root: (root / "d").mkdir() or (root / "d/new.md").write_text("x"),
        {"d/new.md"},
    ),
    "gone": (lambda root: (root / "a/two.md").unlink(), {"a/two.md"}),
    "with its folder": (
        lambda root: (root / "c/four.md").unlink() or (root / "c").rmdir(),
        {"c/four.md"},
    ),
    "renamed": (lambda root: (root / "one.md").rename(root / "uno.md"), {"one.md", "uno.md"}),
    "written": (lambda root: (root / "one.md").write_text("another"), {"one.md"}),
    "as long as it was": (lambda root: (root / "one.md").write_text("2"), {"one.md"}),
    "touched": (lambda root: os.utime(root / "one.md"), {"one.md"}),
    "another file of the same size and time": (_replace, {"a/two.md"}),
    "a folder in the place of a file": (
        lambda root: (root / "one.md").unlink() or (root / "one.md").mkdir(),
        {"one.md"},
    ),
}


@pytest.mark.parametrize(("change", "paths"), CHANGES.values(), ids=CHANGES)
def test_a_change_is_seen(root: Path, change: Callable[[Path], object], paths: set[str]) -> None:
    before = Look.at(root)
    change(root)
    after = Look.at(root)
    assert set(after.changed_since(before)) == paths
    assert set(before.changed_since(after)) == paths
    assert (after.digest() != before.digest()) == bool(paths)


def test_a_folder_is_looked_at_once_more(root: Path) -> None:
    look = Look.at(root)
    assert not look.stands("a/new.md", 1, 10**18)
    (root / "a/new.md").write_text("x")
    os.utime(root / "a/new.md", (1e9, 1e9))
    assert look.look_at("a") == ["a/b"]
    assert look.stands("a/new.md", 1, 10**18)


def test_folders_may_be_left_out_at_the_top_alone(root: Path) -> None:
    (root / "c/a").mkdir()
    (root / "c/a/five.md").write_text("5")
    assert sorted(Look.at(root, ("a",)).files()) == ["c/a/five.md", "c/four.md", "one.md"]


def test_what_lies_behind_a_link_is_followed_only_where_it_is_wanted(root: Path) -> None:
    (root.parent / "far/deep").mkdir(parents=True)
    (root.parent / "far/deep/five.md").write_text("5")
    (root / "link").symlink_to("../far")
    (root / "six.md").symlink_to("one.md")
    assert sorted(Look.at(root).files()) == sorted([*FILES, "link", "six.md"])
    look = Look.at(root, into_links=True)
    assert sorted(look.files()) == sorted([*FILES, "link/deep/five.md", "six.md"])
    assert look.behind == {"link", "link/deep"}
    size, changed, *_ = look.numbers("link/deep/five.md")
    assert not look.stands("link/deep/five.md", size, changed)  # it is no file of the folder's own
    assert look.stands("six.md", 1, 10**18)  # what the link leads to is what will be read


def test_a_link_that_leads_round_is_no_file_and_is_not_followed(root: Path) -> None:
    (root / "a/b/up").symlink_to("../..")
    (root / "a/loop.md").symlink_to("loop.md")
    look = Look.at(root, into_links=True)
    assert look.circles == {"a/b/up"}
    assert sorted(look.files()) == sorted([*FILES, "a/loop.md"])


def test_where_nothing_can_be_read_there_is_nothing(tmp_path: Path) -> None:
    look = Look.at(tmp_path / "none")
    assert list(look.files()) == []
    assert look.newest == 0


def test_the_newest_of_all_changes_is_told(root: Path) -> None:
    before = Look.at(root).newest
    (root / "c/four.md").write_text("5")
    assert Look.at(root).newest > before
