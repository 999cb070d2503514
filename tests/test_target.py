"""A build replaces a site of ours, and nothing else."""

from pathlib import Path

import pytest

from builder.model import Problems
from builder.publishing.target import refuse_others
from builder.site import Run, build

TEXT = "A TITLE OF SOME LENGTH\n\nOne paragraph.\n"


def refused(settings, message: str) -> None:
    before = tree(settings.root)
    with pytest.raises(Problems, match=message):
        build(settings, Run())
    assert tree(settings.root) == before


def tree(root: Path) -> dict[str, bytes]:
    """Return what stands below a folder, without the lock."""
    return {
        path.relative_to(root).as_posix(): path.read_bytes() if path.is_file() else b""
        for path in root.rglob("*")
        if ".cache" not in path.parts
    }


def test_a_file_in_the_way(small):
    settings = small(a=TEXT)
    settings.site.write_text("mine")
    refused(settings, r"^site: is not a folder; move it away")


def test_a_folder_of_somebody_else(small):
    settings = small(a=TEXT)
    settings.site.mkdir()
    (settings.site / "thesis.odt").write_text("mine")
    (settings.site / "index.html").write_text("mine")
    refused(settings, r"^site: holds files that no build of this collection wrote; empty it")


@pytest.mark.parametrize("to", ["elsewhere", "nowhere"])
def test_a_link(small, tmp_path, to):
    settings = small(a=TEXT)
    (tmp_path / "elsewhere").mkdir()
    settings.site.symlink_to(tmp_path / to)
    refused(settings, r"^site: is a link; name the folder itself")
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_nothing_and_what_is_hidden_are_no_obstacle(tmp_path):
    refuse_others(tmp_path / "site", "site")
    (tmp_path / "site/.git").mkdir(parents=True)
    refuse_others(tmp_path / "site", "site")


def test_a_site_of_ours_is_replaced(small):
    settings = small(a=TEXT)
    (settings.site / ".git").mkdir(parents=True)
    build(settings, Run())
    (settings.seeds / "b.txt").write_text(TEXT.replace("TITLE", "NAME"))
    assert build(settings, Run()).site_changed
    assert (settings.site / ".git").is_dir()


@pytest.mark.parametrize("data", ["data/datapackage.json", "data/passages.json"])
def test_a_site_with_its_tables_in_parts_is_one_of_ours(tmp_path, data):
    for path in ("index.html", "documents/index.html", data):
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text("")
    refuse_others(tmp_path, "site")
