"""Pagefind's lists of words, parted into smaller ones."""

from itertools import pairwise

import pytest

from builder.searching import cbor
from builder.searching.chunks import contents_of, pack, split, unpack, with_contents


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


def test_every_word_stays_as_it_is_and_in_its_order():
    (whole,) = split([cbor.array([cbor.array(WORDS)])], size=10**6)
    assert unpack(whole.data) == cbor.array([cbor.array(WORDS)])
    chunks = split([cbor.array([cbor.array(WORDS)])], size=60)
    assert len(chunks) > 2
    held = [cbor.read(unpack(chunk.data))[0][0] for chunk in chunks]
    assert [word for words in held for word in words] == [cbor.read(word)[0] for word in WORDS]
    assert [words[0][0] for words in held] == [chunk.first for chunk in chunks]
    assert [words[-1][0] for words in held] == [chunk.last for chunk in chunks]


def test_the_contents_name_the_new_lists():
    chunks = split([cbor.array([cbor.array(WORDS)])], size=60)
    assert contents_of(META) == (["unknown_1"], ["unknown_2"])
    changed = with_contents(META, chunks)
    assert contents_of(changed) == (["0"], [str(number) for number in range(len(chunks))])
    value, _ = cbor.read(changed)
    assert value[0] == "1.5.2"
    assert value[3] == []
    bounds = [(row[0], row[1]) for row in value[2]]
    for (first, last), chunk in zip(bounds, chunks, strict=True):
        assert first <= chunk.first <= chunk.last <= last
    for (_, last), (first, _) in pairwise(bounds):
        assert last < first


@pytest.mark.parametrize(
    "data", [cbor.array(WORDS), cbor.array([cbor.array(WORDS)]) + b"\x00", b"\x81\x81\x82\x00\x00"]
)
def test_what_reads_otherwise_is_refused(data):
    with pytest.raises(ValueError, match=r"not a|more than"):
        split([data])


def test_files_have_the_signature():
    assert unpack(pack(b"abc")) == b"abc"
    assert pack(b"abc") == pack(b"abc")
    with pytest.raises(ValueError, match="not a file of Pagefind"):
        unpack(b"abc")


@pytest.mark.parametrize("value", [0, 23, 24, 255, 256, 2**33, "", "é" * 30, [1, ["a"]]])
def test_values_are_read_as_they_were_written(value):
    def written(value):
        if isinstance(value, list):
            return cbor.array([written(one) for one in value])
        return cbor.text(value) if isinstance(value, str) else cbor.number(value)

    assert cbor.read(written(value)) == (value, len(written(value)))
