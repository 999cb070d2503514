"""What is kept of a search: damaged it is made anew; where nothing can be kept, it is made too."""

import json
import os
import shutil

import pytest

from builder.model import Problems
from builder.searching.large import lay_search
from prepared_documents import files_of, member, record

MEMBERS = [
    member(record("a", "", "One harbor.", title="[Untitled: a.txt]")),
    member(record("b", "", "Two constructors in har bor.", title="Harbors")),
]


def lay(folder, **how):
    shutil.rmtree(folder / "site", ignore_errors=True)
    laid = lay_search(folder / "site", MEMBERS, folder / "kept", **how)
    return laid.files, files_of(folder / "site")


def names_in(folder):
    return sorted(path.name for path in folder.iterdir())


def without(file):
    file.unlink()


def cut(file):
    file.write_bytes(file.read_bytes()[:-1])


def changed(file):
    data = file.read_bytes()
    file.write_bytes(data[:-1] + bytes([data[-1] ^ 1]))


def empty(file):
    file.write_bytes(b"")


def no_text(file):
    file.write_bytes(b"\xff\xfe")


def other(file):
    file.write_text('{"lengths": [1], "sum": "x"}\na')


def folder(file):
    file.unlink()
    file.mkdir()


@pytest.mark.parametrize("damage", [without, cut, changed, empty, no_text, other, folder])
def test_what_is_damaged_is_made_anew(tmp_path, damage):
    first = lay(tmp_path)
    names = names_in(tmp_path / "kept")
    assert len(names) == 4
    for name in names:
        damage(tmp_path / "kept" / name)
        assert lay(tmp_path) == first
        assert names_in(tmp_path / "kept") == names
        assert (tmp_path / "kept" / name).is_file()


def test_what_a_broken_run_left_is_removed(tmp_path):
    lay(tmp_path)
    (tmp_path / "kept/.undated-0.17").write_bytes(b"half")
    (tmp_path / "kept/2021").mkdir()
    lay(tmp_path)
    assert len(names_in(tmp_path / "kept")) == 4


def test_what_shares_its_bytes_with_a_file_keeps_them(tmp_path):
    site = tmp_path / "site"
    lay_search(site, MEMBERS, tmp_path / "kept")
    first = files_of(site)
    os.link(site / "search/engine.json", tmp_path / "engine.json")
    lay_search(site, MEMBERS[:1], tmp_path / "kept")
    assert (tmp_path / "engine.json").read_bytes() == first["search/engine.json"]
    assert (site / "search/engine.json").read_bytes() != first["search/engine.json"]


def test_where_nothing_can_be_kept_the_index_is_made_all_the_same(tmp_path):
    first = lay(tmp_path)
    shutil.rmtree(tmp_path / "kept")
    (tmp_path / "kept").write_text("a file")
    assert lay(tmp_path) == first
    assert (tmp_path / "kept").read_text() == "a file"


def test_where_the_site_cannot_be_written_that_is_a_problem(tmp_path):
    (tmp_path / "site").write_text("a file")
    with pytest.raises(Problems, match="cannot be made"):
        lay_search(tmp_path / "site", MEMBERS, tmp_path / "kept")


def test_every_letter_has_its_words_but_not_those_of_a_missing_title(tmp_path):
    lay(tmp_path)
    words = tmp_path / "site/search/words"
    told = {file.stem: json.loads(file.read_text("utf-8")) for file in words.iterdir()}
    assert len(told) == 27
    assert told["u"] == told["x"] == {}
    assert told["h"] == {"har": 1, "harbor": 1, "harbors": 1}
