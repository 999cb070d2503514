"""Pagefind's lists of words, parted into small ones."""

import gzip
import json

import pytest

from builder.searching import cbor
from builder.searching.chunks import contents_of, pack, small_lists, unpack


def number(value: int) -> bytes:
    return cbor.number(value) if value >= 0 else bytes([0x38, -1 - value])


def entry(word: str, *pages: tuple[int, list[int]], spellings: list[str] = []) -> bytes:  # noqa: B006  # never changed
    listed = cbor.array(
        [
            cbor.array([number(page), cbor.array([*map(number, places)]), cbor.array([])])
            for page, places in pages
        ]
    )
    others = [cbor.array([cbor.text(one), listed]) for one in spellings]
    return cbor.array([cbor.text(word), listed, cbor.array(others)])


WORDS = [
    entry("agent_", (0, [-25, 3, 900])),
    entry("année_", (3, [70_000])),
    entry("border_", (0, [1]), (7, [-25, 2, 2, 2]), spellings=["bordér_"]),
    entry("x" * 40 + "_", (300, [])),
    entry("zone_", *((page, [page, 1000 + page]) for page in range(400))),
]
META = cbor.array(
    [
        cbor.text("1.5.2"),
        cbor.array([cbor.array([cbor.text("unknown_1"), cbor.number(7)])]),
        cbor.array([cbor.array([*map(cbor.text, ("agent_", "zone_", "unknown_2"))])]),
        cbor.array([]),
    ]
)


def lists_of(words, size):
    """Return the bounds of each letter's lists, and the words of each list."""
    files = dict(small_lists([cbor.array([cbor.array(words)])], size))
    bounds = {
        path.removesuffix(".json").removeprefix("index/"): json.loads(data)
        for path, data in files.items()
        if path.endswith(".json")
    }
    held = {
        letter: [gzip.decompress(files[f"index/{letter}-{at}.pf_index"]) for at in range(len(all_))]
        for letter, all_ in bounds.items()
    }
    assert len(files) == len(bounds) + sum(map(len, bounds.values()))
    return bounds, held


@pytest.mark.parametrize("size", [10**6, 60, 1])
def test_every_word_stays_as_it_is_by_its_letter(size):
    bounds, held = lists_of(WORDS, size)
    assert len(bounds) == 37
    for letter, own in (("a", WORDS[:2]), ("b", WORDS[2:3]), ("x", WORDS[3:4]), ("c", [])):
        entries = [one for data in held[letter] for one in cbor.read(data)[0]]
        assert entries == [cbor.read(one)[0] for one in own]
    assert len(held["a"]) == (1 if size > 1 else 2)


def test_bounds_tell_in_which_list_a_word_stands():
    words = ["aid_", "aide_", "border_", "bordered_", "born_", "b\U0001f600_", "über_"]
    bounds, held = lists_of([entry(word) for word in words], 1)
    assert bounds["b"] == ["b", "bordere", "born", "b\U0001f600"]
    assert bounds["other"] == ["ü"]
    for letter, starts in bounds.items():
        firsts = [cbor.read(data)[0][0][0] for data in held[letter]]
        assert all(start <= first for start, first in zip(starts, firsts, strict=True))
        assert all(last < start for last, start in zip(firsts, starts[1:], strict=False))


def test_very_long_words_are_read_and_gaps_are_not_listed():
    words = ["_", "a" * 300 + "_", "a" * 70_000 + "_", "b_"]
    files = dict(small_lists([cbor.array([cbor.array([entry(word) for word in words])])]))
    listed = cbor.read(gzip.decompress(files["index/a-0.pf_index"]))[0]
    assert [one[0] for one in listed] == words[1:3][:1]
    assert json.loads(files["index/other.json"]) == []


def test_the_contents_name_pages_and_lists():
    assert contents_of(META) == (["unknown_1"], ["unknown_2"])
    with pytest.raises(ValueError, match="not a table of contents"):
        contents_of(cbor.array([cbor.text("2.0")]))


@pytest.mark.parametrize(
    "data", [cbor.array(WORDS), cbor.array([cbor.array(WORDS)]) + b"\x00", b"\x81\x81\x82\x00\x00"]
)
def test_what_reads_otherwise_is_refused(data):
    with pytest.raises(ValueError, match=r"not a|more than"):
        dict(small_lists([data]))


def test_files_of_pagefind_have_its_signature():
    assert unpack(gzip.compress(b"pagefind_dcdabc")) == unpack(b"pagefind_dcdabc") == b"abc"
    assert gzip.decompress(pack(b"abc")) == b"abc"
    with pytest.raises(ValueError, match="not a file of Pagefind"):
        unpack(b"abc")


@pytest.mark.parametrize("value", [0, 23, 24, 255, 256, 2**33, "", "é" * 30, [1, ["a"]]])
def test_values_are_read_as_they_were_written(value):
    def written(value):
        if isinstance(value, list):
            return cbor.array([written(one) for one in value])
        return cbor.text(value) if isinstance(value, str) else cbor.number(value)

    assert cbor.read(written(value)) == (value, len(written(value)))
