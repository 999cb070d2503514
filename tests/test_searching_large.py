"""The search of a big collection: shards by year, made anew only where something changed."""

import json
from dataclasses import replace

import pytest

from builder.model import Problems
from builder.publishing.search import Large, finish_search
from builder.searching.described import Described, describe
from builder.searching.large import lay_large_search
from builder.searching.making import find_joined, page_id
from builder.searching.parts import parts_of_shards, parts_of_site
from builder.searching.records import PIECE, Passage, Record, fragments_of, record_of, rows_of
from builder.searching.shards import shards_of
from made import made, stated


def record(slug: str, year: str = "", *texts: str) -> Record:
    facets = {"year": (year,)} if year else {}
    about = Described(f"documents/{slug}/", f"Title of {slug}", "A place", facets)
    passages = (Passage(f"p{number}", text) for number, text in enumerate(texts or ("Text.",), 1))
    return Record(about, tuple(passages))


RECORDS = [
    record("a", "2021", "Twenty harbors were rebuilt.", "The harbor of Mérida is one of them."),
    record("b", "2022", "An organ was played in the harbor."),
    record("c", "", "Nobody knows when the organization began."),
]


@pytest.mark.parametrize(
    ("years", "names"),
    [
        ({"2021": 600, "2022": 600}, ["2022", "2021"]),
        ({"2021": 100, "2022": 100}, ["2021-2022"]),
        ({"2019": 400, "2020": 200, "2021": 10}, ["2021", "2019-2020"]),
        ({"": 3, "2020": 5}, ["2020", "undated"]),
        ({"": 3}, ["undated"]),
        ({str(1990 + year): 150 for year in range(30)}, None),
    ],
)
def test_years_with_few_documents_share_a_shard(years, names):
    records = [record(f"{year}-{n}", year) for year, count in years.items() for n in range(count)]
    shards = shards_of(records)
    assert sum(len(shard.records) for shard in shards) == len(records)
    if names is None:
        assert len(shards) <= 7
    else:
        assert [shard.name for shard in shards] == names


def files_of(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_the_same_documents_give_the_same_bytes(tmp_path):
    for name in ("one", "two"):
        lay_large_search(tmp_path / name, RECORDS, tmp_path / f"kept {name}", jobs=1)
    lay_large_search(tmp_path / "three", RECORDS[::-1], tmp_path / "kept two", jobs=1)
    files = files_of(tmp_path / "one")
    assert files == files_of(tmp_path / "two") == files_of(tmp_path / "three")
    assert not [path for path in files if path.endswith((".js", ".css", "wasm.unknown.pagefind"))]


def test_a_change_makes_one_shard_anew(tmp_path):
    site, kept = tmp_path / "site", tmp_path / "kept"
    about = lay_large_search(site, RECORDS, kept, jobs=1)
    assert [shard["name"] for shard in about["shards"]] == ["2021-2022", "undated"]
    before = {path: (kept / path).stat().st_mtime_ns for path in files_of(kept)}
    changed = [*RECORDS[:2], replace(RECORDS[2], passages=(Passage("p1", "Now it is known."),))]
    lay_large_search(site, changed, kept, jobs=1)
    after = {path: (kept / path).stat().st_mtime_ns for path in files_of(kept)}
    same = {path for path in after if before.get(path) == after[path]}
    assert same == {path for path in after if path.startswith("2021-2022/")}
    lay_large_search(site, changed[:2], kept, jobs=1)
    assert {path.split("/")[0] for path in files_of(kept)} == {"2021-2022"}
    assert not (site / "search/pagefind/undated").exists()


def test_what_is_printed_as_one_word_and_as_two_is_found_as_both():
    printed = [
        ["jean", "left"],
        ["health", "care", "is", "care"],
        ["healthcare"],
        ["heal", "thcar"],
    ]
    rows = [[["healthcare", "plan"], *printed[:2]], printed[2:]]
    find_joined(rows)
    assert rows[0][0] == ["healthcare", "plan", "health", "care"]
    assert rows[0][1:] == [["jean", "left"], ["health", "care", "is", "care", "healthcare"]]
    assert rows[1] == [["healthcare", "health", "care"], ["heal", "thcar"]]


def test_common_words_are_told_with_the_percent_of_their_documents(tmp_path):
    many = [record(f"d{at}", "", "harbor" if at % 3 else "organ") for at in range(300)]
    about = lay_large_search(tmp_path / "site", many, tmp_path / "kept", jobs=1)
    assert about["common"] == {"of": 100, "title": 100}


def test_words_for_near_spellings_stand_by_their_first_letter(tmp_path):
    lay_large_search(tmp_path / "site", RECORDS, tmp_path / "kept", jobs=1)
    words = json.loads((tmp_path / "site/search/words/h.json").read_text("utf-8"))
    assert words == {"harbor": 2, "harbors": 1}


def test_a_long_document_comes_in_pieces():
    long = record("long", "2021", *(f"word {number} " * 40 for number in range(60)))
    rows = rows_of(long)
    pieces = fragments_of(long, rows)
    assert len(pieces) == -(-sum(map(len, rows)) // PIECE) > 2
    for number, piece in enumerate(pieces):
        first, after = number * PIECE, (number + 1) * PIECE
        anchors = piece["anchors"]
        assert number == 0 or anchors[0]["location"] <= first
        assert piece["until"] >= min(after, piece["word_count"])
    ids = [anchor["id"] for piece in pieces for anchor in piece["anchors"]]
    assert list(dict.fromkeys(ids)) == [passage.id for passage in long.passages]


def test_parts_for_the_disk_are_the_same_from_records_and_from_the_site(tmp_path):
    records = [*RECORDS, record("d", "2021", *("many words in a row " * 90 for _ in range(9)))]
    about = lay_large_search(tmp_path, records, tmp_path / "kept", jobs=1)
    names = [shard["name"] for shard in about["shards"]]
    from_site = dict(parts_of_site(tmp_path / "search/pagefind", names))
    assert from_site == dict(parts_of_shards(shards_of(records)))
    part = from_site["search/passages/undated.json"]
    assert part["documents"][0]["location"] == "documents/c/"
    assert part["docs"][0]["location"] == "documents/c/#p1"


def test_a_record_holds_what_is_shown():
    text = "ON HARBORS\n\nIn 2020 <b>they</b> rebuilt & paid 5.\n\nThe Hemishpere\u202e slept.\n"
    one = made("a", text, date=stated("2020-03-04"))
    found = record_of(one, describe(one, {}))
    assert found.year == "2020"
    assert "\u202e" not in found.passages[-1].text
    assert any("&" in passage.text for passage in found.passages)
    assert "amp" not in str(rows_of(found))


IDS = {"": "811c9dc5", "documents/a/": "3069ea46", "documents/é-ü/": "e2266e7f"}


@pytest.mark.parametrize("address", IDS)
def test_a_document_is_known_by_its_address(address):
    assert page_id(address) == IDS[address]


@pytest.mark.browser
def test_the_page_knows_it_by_the_same(address, open_page):
    page = open_page(address)
    made = """async addresses => {
      const { idOf } = await import(reader.address("assets/javascripts/search_shards.js"));
      return addresses.map(idOf);
    }"""
    assert page.evaluate(made, list(IDS)) == list(IDS.values())


def is_a_document(page: str) -> bool:
    return page.startswith("documents/")


def a_site(folder, *documents):
    (folder / "search").mkdir(parents=True)
    index = {"config": {}, "docs": [{"location": "about/", "title": "About", "text": "by hand"}]}
    (folder / "search/search_index.json").write_text(json.dumps(index))
    for one in documents:
        page = folder / "documents" / one.document.slug / "index.html"
        page.parent.mkdir(parents=True)
        page.write_text("")
    return folder


def test_the_limit_decides_which_engine_searches(tmp_path):
    documents = [made("a", "One harbor.\n"), made("b", "Two harbors.\n")]
    site = a_site(tmp_path / "site", *documents)
    for since, engine, entries in (
        (2, "pagefind", 1),
        (3, "passages", 5),
        (0, "passages", 5),
        (2, "pagefind", 1),
    ):
        large = Large(since, tmp_path / "kept", 1)
        assert finish_search(site, documents, is_a_document, None, large) == []
        assert json.loads((site / "search/engine.json").read_text())["engine"] == engine
        index = json.loads((site / "search/search_index.json").read_text())
        assert len(index["docs"]) == entries
        assert index["facets"]
        assert ("documents" in index) == (engine == "passages")
        assert (site / "search/pagefind").exists() == (engine == "pagefind")


@pytest.mark.parametrize("program", ["/no/such/program", "/bin/false"])
def test_without_pagefind_the_site_is_searched_all_the_same(tmp_path, monkeypatch, program):
    monkeypatch.setenv("PAGEFIND_BINARY_PATH", program)
    documents = [made("a", "One harbor.\n"), made("b", "Two harbors.\n")]
    site = a_site(tmp_path / "site", *documents)
    (problem,) = finish_search(site, documents, is_a_document, None, Large(1, tmp_path / "kept", 1))
    assert "makes the search index" in problem.what
    assert "pip install" in problem.hint
    about = json.loads((site / "search/engine.json").read_text())
    assert about == {"engine": "passages", "parts": ["search/passages/undated.json"]}
    part = json.loads((site / about["parts"][0]).read_text())
    assert [entry["location"] for entry in part["docs"]] == ["documents/a/#p1", "documents/b/#p1"]


def test_a_program_that_fails_leaves_what_was_kept(tmp_path, monkeypatch):
    lay_large_search(tmp_path / "site", RECORDS, tmp_path / "kept", jobs=1)
    broken = tmp_path / "pagefind"
    broken.write_text('#!/bin/sh\n[ "$1" = --version ] && echo pagefind 9\n')
    broken.chmod(0o755)
    monkeypatch.setenv("PAGEFIND_BINARY_PATH", str(broken))
    with pytest.raises(Problems, match="stopped"):
        lay_large_search(tmp_path / "site", RECORDS, tmp_path / "kept", jobs=1)
    assert (tmp_path / "kept/undated/.key").is_file()
