"""One of two folders always stands whole, however the run ends."""

import os
from pathlib import Path

import pytest

from builder.publishing import exchange
from builder.publishing.exchange import recover, replace_folder, workplace


def make(folder: Path, **files: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        path = folder / f"{name}.html"
        path.write_text(text)
    return folder


def replaced(site: Path, **files: str) -> bool:
    with workplace(site) as building:
        return replace_folder(site, make(building, **files))


def names(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text() for path in sorted(folder.iterdir()) if path.is_file()}


@pytest.fixture(params=["one call", "two renames"])
def way(request, monkeypatch):
    if request.param == "two renames":
        monkeypatch.setattr(exchange, "_exchange", lambda first, second: False)
    return request.param


def test_the_first_time(tmp_path, way):
    site = tmp_path / "site"
    assert replaced(site, a="1")
    assert names(site) == {"a.html": "1"}
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_unchanged_files_keep_their_times_and_old_ones_go(tmp_path, way):
    site = make(tmp_path / "site", same="same", changed="old", gone="gone")
    for path in site.iterdir():
        os.utime(path, (1_000_000, 1_000_000))
    assert replaced(site, same="same", changed="new", more="more")
    assert names(site) == {"changed.html": "new", "more.html": "more", "same.html": "same"}
    assert (site / "same.html").stat().st_mtime == 1_000_000
    assert (site / "changed.html").stat().st_mtime > 1_000_000
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_nothing_changed_is_no_exchange(tmp_path, way):
    site = make(tmp_path / "site", a="1")
    inode = site.stat().st_ino
    assert not replaced(site, a="1")
    assert site.stat().st_ino == inode


def test_without_hard_links_times_stay_too(tmp_path, monkeypatch):
    def refuse(*_):
        raise OSError

    monkeypatch.setattr(exchange.os, "link", refuse)
    site = make(tmp_path / "site", same="same")
    os.utime(site / "same.html", (1_000_000, 1_000_000))
    replaced(site, same="same", more="x")
    assert (site / "same.html").stat().st_mtime == 1_000_000


def test_what_others_keep_hidden_at_the_top_moves_along(tmp_path, way):
    site = make(tmp_path / "site", a="1")
    (site / ".git").mkdir()
    (site / ".git" / "HEAD").write_text("ref")
    replaced(site, a="2")
    assert (site / ".git" / "HEAD").read_text() == "ref"


@pytest.mark.parametrize("died_at", [1, 2, 3, 4])
def test_a_run_that_dies_while_exchanging(tmp_path, monkeypatch, died_at):
    monkeypatch.setattr(exchange, "_exchange", lambda first, second: False)
    site = make(tmp_path / "site", a="old")
    real, count = Path.rename, 0

    def dying(self, target):
        nonlocal count
        count += 1
        if count == died_at:
            raise KeyboardInterrupt
        return real(self, target)

    def dying_at_removal(*_, **__):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", dying)
        if died_at == 4:
            patch.setattr(exchange.shutil, "rmtree", dying_at_removal)
        with pytest.raises(KeyboardInterrupt):
            replaced(site, a="new")
    recover(site)
    assert names(site) in ({"a.html": "old"}, {"a.html": "new"})
    assert [path.name for path in tmp_path.iterdir()] == ["site"]
