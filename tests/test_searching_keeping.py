"""Shards that are kept: damaged ones are made anew; where none can be kept, they are made too."""

import json
import os
import shutil

import pytest

from builder.model import Problems
from builder.searching import pagefind
from builder.searching.described import Described
from builder.searching.large import lay_large_search
from builder.searching.records import Passage, Record

RECORDS = [
    Record(Described("documents/a/", "[Untitled: a.txt]", "", {}), (Passage("p1", "One harbor."),)),
    Record(Described("documents/b/", "Harbors", "", {}), (Passage("p1", "Two constructors."),)),
]


def files_of(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def lay(folder):
    about = lay_large_search(folder / "site", RECORDS, folder / "kept", jobs=1)
    return about, files_of(folder / "site")


def without_words(shard):
    (shard / ".words.json").unlink()


def cut_words(shard):
    (shard / ".words.json").write_text('{"a":')


def without_texts(shard):
    shutil.rmtree(shard / "fragment")


def cut_list(shard):
    (shard / "index/h-0.pf_index").write_bytes(b"x")


def key_is_a_folder(shard):
    (shard / ".key").unlink()
    (shard / ".key").mkdir()


def key_of_bytes(shard):
    (shard / ".key").write_bytes(b"\xff\xfe")


def shard_is_a_file(shard):
    shutil.rmtree(shard)
    shard.write_text("")


DAMAGES = [
    without_words,
    cut_words,
    without_texts,
    cut_list,
    key_is_a_folder,
    key_of_bytes,
    shard_is_a_file,
]


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.__name__)
def test_what_is_damaged_is_made_anew(tmp_path, damage):
    first = lay(tmp_path)
    damage(tmp_path / "kept/undated")
    assert lay(tmp_path) == first
    assert json.loads((tmp_path / "kept/undated/.key").read_text())["files"]


def test_who_changes_the_site_changes_nothing_that_is_kept(tmp_path):
    first = lay(tmp_path)
    for path in first[1]:
        with (tmp_path / "site" / path).open("ab") as file:
            file.write(b"more")
    assert lay(tmp_path) == first


def test_where_nothing_can_be_kept_the_index_is_made_all_the_same(tmp_path):
    first = lay(tmp_path)
    shutil.rmtree(tmp_path / "kept")
    (tmp_path / "kept").write_text("a file")
    assert lay(tmp_path) == first
    assert (tmp_path / "kept").read_text() == "a file"


def test_every_letter_has_its_words_but_not_those_of_a_missing_title(tmp_path):
    lay(tmp_path)
    words = tmp_path / "site/search/words"
    told = {file.stem: json.loads(file.read_text("utf-8")) for file in words.iterdir()}
    assert len(told) == 27
    assert told["u"] == told["x"] == {}
    assert told["h"] == {"harbor": 1, "harbors": 1}


PROGRAMS = {
    "chatters": "while :; do printf 'bm90IGpzb24=,'; sleep 0.05; done",
    "answers a list": "while read -r x; do :; done & while :; do printf 'W10=,'; sleep 0.05; done",
    "hangs": "exec sleep 60",
    "dies": "kill -9 $$",
    "speaks no UTF-8": "printf '\\377\\376,'",
}


@pytest.mark.parametrize("does", PROGRAMS)
def test_a_program_that_does_not_answer_is_a_problem(tmp_path, monkeypatch, does):
    program = tmp_path / "program"
    told = "printf 'pagefind \\377\\n'"
    program.write_text(f'#!/bin/sh\n[ "$1" = --version ] && exec {told}\n{PROGRAMS[does]}\n')
    program.chmod(0o755)
    monkeypatch.setenv("PAGEFIND_BINARY_PATH", os.fspath(program))
    monkeypatch.setattr(pagefind, "_PATIENCE", 0.5)
    with pytest.raises(Problems, match="makes the search index"):
        lay(tmp_path)
