"""The words of a shard in short lists, and numbers in few bytes."""

import pytest

from builder.searching.lists import lists_of
from builder.searching.varints import read_varints, varint, varints
from prepared_documents import words_in

SEGMENTS = {
    "agent": b"\1\2\3",
    "année": b"",
    "aid": b"x" * 300,
    "border": b"\0",
    "x" * 60: b"y" * 70_000,
    "zone": b"z",
    "über": b"u",
    "5g": b"5",
}


@pytest.mark.parametrize("size", [10**6, 60, 1])
def test_every_word_stands_in_a_list_of_its_letter(size):
    held, counts = {}, {}
    for letter, bounds, lists in lists_of(SEGMENTS, size):
        counts[letter] = len(lists)
        assert len(bounds) == len(lists)
        for data in lists:
            words = words_in(data)
            assert {word[0] if word[0].isascii() else "other" for word in words} == {letter}
            held |= words
    assert held == SEGMENTS
    assert len(counts) == 37
    assert counts["a"] == (1 if size > 400 else 3 if size == 1 else counts["a"])


def test_bounds_tell_in_which_list_a_word_stands():
    words = ["aid", "aide", "border", "bordered", "born", "b\U0001f600", "über"]
    told = {
        letter: (bounds, lists) for letter, bounds, lists in lists_of(dict.fromkeys(words, b""), 1)
    }
    assert told["b"][0] == ["b", "bordere", "born", "b\U0001f600"]
    assert told["other"][0] == ["ü"]
    for bounds, lists in told.values():
        firsts = [next(iter(words_in(data))) for data in lists]
        assert all(start <= first for start, first in zip(bounds, firsts, strict=True))
        assert all(last < start for last, start in zip(firsts, bounds[1:], strict=False))


def test_a_word_more_changes_few_lists():
    words = {f"a{number:05}": b"x" * (number % 90) for number in range(3000)}
    ((bounds, lists),) = [(b, of) for letter, b, of in lists_of(words) if letter == "a"]
    ((_, more),) = [
        (b, of) for letter, b, of in lists_of({**words, "a01000b": b""}) if letter == "a"
    ]
    assert len(bounds) > 60
    assert len({*more} - {*lists}) < 12


@pytest.mark.parametrize("number", [0, 1, 127, 128, 255, 16_383, 16_384, 2**40])
def test_numbers_are_read_as_they_were_written(number):
    assert list(read_varints(varints([number, 7, number]))) == [number, 7, number]
    assert len(varint(number)) == max(1, -(-number.bit_length() // 7))
