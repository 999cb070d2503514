"""The search of a big collection: shards by year, pieces made anew only where something changed."""

import gzip
import json
import os
import random
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from builder.publishing.search import Large, finish_search
from builder.searching.described import describe
from builder.searching.inverting import page_id, places_of
from builder.searching.large import lay_search
from builder.searching.parts import parts_of_site
from builder.searching.prepared import prepare, read_prepared
from builder.searching.records import PIECE, Passage, fragments_of, record_of, rows_of
from builder.searching.shards import Member, shards_of
from builder.working import Workers
from made import made, stated
from prepared_documents import files_of, member, record, words_in

RECORDS = [
    record("a", "2021", "Twenty harbors were rebuilt.", "The harbor of Mérida is one of them."),
    record("b", "2022", "An organ was played in the harbor."),
    record("c", "", "Nobody knows when the organization began."),
]
MEMBERS = [*map(member, RECORDS)]


def nothing() -> bytes:
    raise AssertionError("nobody asked for it")


@pytest.mark.parametrize(
    ("years", "names"),
    [
        ({"2021": 600, "2022": 600}, ["2022", "2021"]),
        ({"2021": 100, "2022": 100}, ["2021-2022"]),
        ({"2019": 400, "2020": 200, "2021": 10}, ["2021", "2019-2020"]),
        ({"": 3, "2020": 5}, ["2020", "undated"]),
        ({"": 3}, ["undated"]),
        ({"2020": 1000}, ["2020a", "2020b"]),
        ({str(1990 + year): 150 for year in range(30)}, None),
    ],
)
def test_years_with_few_documents_share_a_shard(years, names):
    members = [
        Member(f"{year}-{n}", year, "", nothing)
        for year, count in years.items()
        for n in range(count)
    ]
    shards = shards_of(members)
    held = [one.slug for shard in shards for piece in shard.pieces for one in piece.members]
    assert sorted(held) == sorted(one.slug for one in members)
    assert all(len(piece.members) <= 200 for shard in shards for piece in shard.pieces)
    if names is None:
        assert len(shards) <= 7
    else:
        assert [shard.name for shard in shards] == names


def lay(folder, members, **how):
    laid = lay_search(folder / "site", members, folder / "kept", **how)
    files = files_of(folder / "site")
    assert {path: files[path] for path in laid.files} == files
    return laid, files


def test_the_same_documents_give_the_same_bytes(tmp_path):
    _, files = lay(tmp_path / "one", MEMBERS)
    assert files == lay(tmp_path / "two", MEMBERS)[1] == lay(tmp_path / "three", MEMBERS[::-1])[1]
    with ThreadPoolExecutor(2) as executor:
        assert lay(tmp_path / "four", MEMBERS, workers=Workers(2, executor))[1] == files
    assert not [path for path in files if path.endswith((".js", ".css"))]


LAY = """
from pathlib import Path
from test_searching_large import member, record, lay_search
after = ["term", "time", "range", "haul", "distance", "standing"]
texts = [" ".join(f"long{between}{one}" for one in after) for between in ("", " ")]
members = [member(record(f"d{at}", "", text)) for at, text in enumerate(texts)]
laid = lay_search(Path("site"), members, Path("kept"))
print(sorted(laid.files.items()))
"""


def test_another_process_makes_the_same_bytes(tmp_path):
    told = set()
    for seed in "123":
        folder = tmp_path / seed
        folder.mkdir()
        ours = {"PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(sys.path)}
        told.add(
            subprocess.run(
                [sys.executable, "-c", LAY],
                cwd=folder,
                env={**os.environ, **ours},
                check=True,
                capture_output=True,
            ).stdout
        )
    assert len(told) == 1


def test_nothing_is_read_or_written_where_nothing_changed(tmp_path):
    laid, _ = lay(tmp_path, MEMBERS)
    assert sorted(laid.written) == sorted(laid.files)
    same = [one._replace(load=nothing) for one in MEMBERS]
    again = lay_search(tmp_path / "site", same, tmp_path / "kept", standing=laid.files)
    assert again.files == laid.files
    assert again.written == []


WORDS = (
    "harbor organ health care healthcare the of treaty agent border aid 20,200 long-term".split()
)


def invented(seed: random.Random, slug: str):
    texts = [
        " ".join(seed.choices(WORDS, k=seed.randrange(1, 60))) for _ in range(seed.randrange(4))
    ]
    title = f"{seed.choice(WORDS)} of {slug}"
    return record(slug, seed.choice(["", "2021", "2022"]), *texts, title=title)


@pytest.mark.parametrize("number", range(2))
def test_after_edits_it_is_as_if_it_had_been_made_at_once(tmp_path, number):
    seed = random.Random(number)
    held = {slug: member(invented(seed, slug)) for slug in (f"d{at}" for at in range(210))}
    laid, _ = lay(tmp_path, held.values())
    for step in range(4):
        for slug in seed.sample(sorted(held), 3):
            held[slug] = member(invented(seed, slug))
        del held[seed.choice(sorted(held))]
        held[f"new{step}"] = member(invented(seed, f"new{step}"))
        before = laid.files
        laid = lay_search(tmp_path / "site", held.values(), tmp_path / "kept", standing=before)
        for path in before.keys() - laid.files.keys():
            (tmp_path / "site" / path).unlink()
        assert set(laid.written) == {
            path for path, told in laid.files.items() if before.get(path) != told
        }
    assert files_of(tmp_path / "site") == lay(tmp_path / "cold", held.values())[1]


def test_a_changed_document_changes_its_shard_alone(tmp_path):
    laid, _ = lay(tmp_path, MEMBERS)
    changed = replace(RECORDS[2], passages=(Passage("p1", "Now everybody knows it."),))
    loaded = [one._replace(load=nothing) for one in MEMBERS[:2]]
    again = lay_search(
        tmp_path / "site", [*loaded, member(changed)], tmp_path / "kept", standing=laid.files
    )
    own = ("search/index/undated/", "search/words/", "search/engine.json")
    bounds = {f"search/index/{letter}.json" for letter in "beiknotw"}
    assert not [path for path in again.written if not path.startswith(own) and path not in bounds]
    assert len([path for path in again.written if "/texts/" in path]) == 1


def find(files, word):
    """Return where a word stands, as [shard, document, places]."""
    found = []
    for path, data in files.items():
        if path.endswith(".words"):
            segments = words_in(gzip.decompress(data)).get(word, b"")
            while segments:
                size, rest = segments[1], segments[2:]  # of so few documents each takes a byte
                found += [
                    (path.split("/")[2], *one) for one in places_of(segments[: size + 2]).items()
                ]
                segments = rest[size:]
    return sorted(found)


def test_every_word_is_found_where_it_stands(tmp_path):
    _, files = lay(tmp_path, MEMBERS)
    assert find(files, "harbor") == [("2021-2022", 0, [11]), ("2021-2022", 1, [10])]
    assert find(files, "20") == [("2021-2022", 0, [8])]
    assert find(files, "merida") == [("2021-2022", 0, [13])]


def test_what_is_printed_as_one_word_and_as_two_is_found_as_both(tmp_path):
    printed = ["The healthcare plan.", "Jean left. Health care is care.", "heal thcare, car eful"]
    records = [
        record(slug, "", text, title="One") for slug, text in zip("abc", printed, strict=True)
    ]
    numbers = {
        json.loads(gzip.decompress(data))["url"].split("/")[1]: int(
            path.split("/")[4].split(".")[0]
        )
        for path, data in lay(tmp_path, [*map(member, records)])[1].items()
        if path.endswith(".text")
    }
    files = files_of(tmp_path / "site")
    assert find(files, "healthcare") == sorted(
        [
            ("undated", numbers["a"], [3]),
            ("undated", numbers["b"], [4]),
            ("undated", numbers["c"], [2]),
        ]
    )
    assert ("undated", numbers["a"], [3]) in find(files, "health")
    assert ("undated", numbers["a"], [3]) in find(files, "care")
    assert not find(files, "careful")


def test_common_words_are_told_with_the_percent_of_their_documents(tmp_path):
    many = [member(record(f"d{at}", "", "harbor" if at % 3 else "organ")) for at in range(300)]
    _, files = lay(tmp_path, many)
    assert json.loads(files["search/engine.json"])["common"] == {"of": 100, "title": 100}


def test_words_for_near_spellings_stand_by_their_first_letter(tmp_path):
    many = [record(f"d{at}", "", "organ") for at in range(23)]
    _, files = lay(tmp_path, [*MEMBERS, *map(member, many)])
    assert json.loads(files["search/words/h.json"]) == {"harbor": 2, "harbors": 1}
    assert json.loads(files["search/words/o.json"])["organ"] == 20  # in 24, in round numbers


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
    assert [*read_prepared(prepare(long)).texts] == [
        "",
        *(f"-{at}" for at in range(1, len(pieces))),
    ]


def test_parts_for_the_disk_hold_all_passages(tmp_path):
    records = [*RECORDS, record("d", "2021", *("many words in a row " * 90 for _ in range(9)))]
    _, files = lay(tmp_path, [*map(member, records)])
    names = [one["name"] for one in json.loads(files["search/engine.json"])["shards"]]
    parts = dict(parts_of_site(tmp_path / "site/search/index", names))
    assert [*parts] == ["search/passages/2021-2022.json", "search/passages/undated.json"]
    dated, undated = parts.values()
    assert [one["location"] for one in dated["documents"]] == [f"documents/{at}/" for at in "abd"]
    assert [one["facets"] for one in dated["documents"]] == [
        {"year": [y]} for y in ("2021", "2022", "2021")
    ]
    assert [one["location"].split("#")[1] for one in dated["docs"]] == [
        passage.id for one in (records[0], records[1], records[3]) for passage in one.passages
    ]
    assert undated["docs"][0]["location"] == "documents/c/#p1"


def test_a_record_holds_what_is_shown():
    text = "ON HARBORS\n\nIn 2020 <b>they</b> rebuilt & paid 5.\n\nThe Hemishpere\u202e slept.\n"
    one = made("a", text, date=stated("2020-03-04"))
    found = record_of(one, describe(one, {}))
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
        (2, "shards", 1),
        (3, "passages", 5),
        (0, "passages", 5),
        (2, "shards", 1),
    ):
        large = Large(since, tmp_path / "kept")
        assert finish_search(site, documents, is_a_document, None, large) == []
        assert json.loads((site / "search/engine.json").read_text())["engine"] == engine
        index = json.loads((site / "search/search_index.json").read_text())
        assert len(index["docs"]) == entries
        assert index["facets"]
        assert ("documents" in index) == (engine == "passages")
        assert (site / "search/index").exists() == (engine == "shards")
