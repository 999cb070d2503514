"""What is written is read again: equal, of the same types, or not at all."""

from __future__ import annotations

import dataclasses
import json
import os
import random
from array import array
from contextlib import suppress
from functools import cache
from itertools import chain
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder import model
from builder.annotate import annotate
from builder.catalogue import Catalogue, load_catalogue
from builder.model import Annotated, Block, Figure, Known, Mark, Mention, Metadata, Span, Version
from builder.read import source_from_bytes
from builder.storing.codec import decode, encode, from_row, to_row
from builder.storing.rows import SAID_OFTEN, typed_fields
from builder.storing.runs import packed, unpacked
from builder.structure import structure
from conftest import ROOT, SEEDS

DEV = ROOT.parent / "shared/corpus/dev"
# A folder of real documents, as many as there may be.
REAL = os.environ.get("REAL_DOCUMENTS", "")
CLASSES = [one for one in vars(model).values() if dataclasses.is_dataclass(one)]


@cache
def catalogue() -> Catalogue:
    return load_catalogue(ROOT / "seeds/catalogue", ROOT)


def annotated(path: Path) -> Annotated:
    source = source_from_bytes(path.read_bytes(), f"seeds/{path.name}")
    return annotate(structure(source), catalogue())


def comes_back(value: Any) -> None:
    for small in (False, True):
        made = decode(type(value), encode(value, small=small))
        assert made == value
        assert repr(made) == repr(value)


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem)
def test_a_seed_comes_back(path: Path) -> None:
    comes_back(annotated(path))


@pytest.mark.slow
def test_development_documents_come_back() -> None:
    if not DEV.is_dir():
        pytest.skip("the development corpus is not on this machine")
    for path in sorted(DEV.glob("*.md")):
        comes_back(annotated(path))


@pytest.mark.slow
def test_real_documents_come_back() -> None:
    if not REAL:
        pytest.skip("REAL_DOCUMENTS names no folder of real documents")
    paths = sorted(path for path in Path(REAL).rglob("*") if path.suffix in (".md", ".txt"))
    for path in random.Random(7).sample(paths, min(300, len(paths))):
        comes_back(annotated(path))


# Values that nobody has written, of every class.

TEXT = st.text(st.characters(exclude_categories=()), max_size=12)
RUNS = st.lists(st.tuples(st.integers(0, 70_000), st.integers(1, 40)), max_size=4).map(
    lambda runs: list(chain.from_iterable(range(first, first + many) for first, many in runs))
)
NUMBERS = RUNS.map(sorted) | RUNS | st.lists(st.integers(0, 2**32 - 1), max_size=9)
PLAIN = {
    bool: st.booleans(),
    float: st.floats(allow_nan=False) | st.integers(),
    int: st.integers(),
    NoneType: st.none(),
    str: TEXT
    | st.sampled_from(["\ud83d\ude00", "\ud83d", "\ude00", "\x00", "\u2028", "😀", '"\\']),
}


def invented(hint: Any) -> st.SearchStrategy[Any]:
    origin, own = get_origin(hint), get_args(hint)
    if dataclasses.is_dataclass(hint):
        return st.builds(hint, **{name: invented(of) for name, of in typed_fields(hint)})
    if origin is Literal:
        return st.sampled_from(own)
    if origin in (Union, UnionType):
        return st.one_of(*map(invented, own))
    if origin is tuple and own[-1] is Ellipsis:
        return st.lists(invented(own[0]), max_size=2).map(tuple)
    if origin is tuple:
        return st.tuples(*map(invented, own))
    return PLAIN[hint] if hint in PLAIN else NUMBERS.map(lambda numbers: array("I", numbers))


@pytest.mark.parametrize("cls", CLASSES, ids=lambda cls: cls.__name__)
def test_a_value_of_every_class_comes_back(cls: type) -> None:
    @given(invented(cls))
    def comes(value: Any) -> None:
        comes_back(value)
        assert from_row(cls, json.loads(json.dumps(to_row(value)))) == value or surrogates(value)

    comes()


def surrogates(value: Any) -> bool:
    """Tell whether a value holds halves of a pair one after the other, which `json` joins."""
    return any(half in repr(value) for half in ("\\ud8", "\\ud9", "\\uda", "\\udb"))


@pytest.mark.parametrize("value", [5, 5.0, -0.0, 1e22, 10**22, 0.1, 1e-320, float("inf"), None])
def test_a_number_keeps_its_type(value: float | None) -> None:
    figure = Figure(value, None, 2.50, "exact", "=", "USD")
    made = decode(Figure, encode(figure))
    assert (repr(made.value), made.high) == (repr(value), 2.5)


@given(NUMBERS)
def test_offsets_come_back(numbers: list[int]) -> None:
    offsets = array("I", numbers)
    made = unpacked(packed(offsets))
    assert (made, made.typecode) == (offsets, "I")


def test_offsets_that_follow_one_another_are_two_numbers() -> None:
    assert packed(array("I", range(3_000_000, 3_400_000))) == [3_000_000, 400_000]
    assert packed(array("I", [4, 5, 6, 9, 10])) == [4, 3, 9, 2]
    assert unpacked([1_048_570, 10]) == array("I", range(1_048_570, 1_048_580))


def test_what_was_unpacked_is_nobody_else_s() -> None:
    one = unpacked([0, 5])
    one[0] = 9
    assert unpacked([0, 5])[0] == 0


def test_only_offsets_are_offsets() -> None:
    block = Block("paragraph", None, Span(0, 1), "a", array("L", [0]))
    with pytest.raises(ValueError, match='not of "L"'):
        encode(block)


def test_what_is_said_often_is_one_string() -> None:
    at = Span(0, 1)
    mention = Mention(
        "country", "".join(("fr", "ance")), at, at, "France", 0, rules=("whole name",)
    )
    one, other = (decode(Mention, encode(mention)) for _ in "12")
    assert one.entity is other.entity
    assert one.kind is other.kind
    assert one.rules[0] is other.rules[0]
    assert {name for cls in CLASSES for name, _ in typed_fields(cls)} >= SAID_OFTEN


METADATA = Metadata(title=Known("Ports", "stated"), extra=(("b", "2"), ("a", "1")))
DATA = [encode(METADATA), encode(METADATA, small=True)]


@pytest.mark.parametrize("data", DATA, ids=("plain", "small"))
def test_what_is_cut_short_or_changed_is_refused(data: bytes) -> None:
    for end in range(len(data)):
        with pytest.raises(ValueError, match="hold no Metadata"):
            decode(Metadata, data[:end])
    for place in range(len(data)):
        for bit in (1, 32, 128):
            changed = bytearray(data)
            changed[place] ^= bit
            with pytest.raises(ValueError, match="hold no Metadata"):
                decode(Metadata, bytes(changed))


def test_bytes_of_another_class_are_refused() -> None:
    assert len(to_row(Mark(Span(1, 2), "em"))) == 4
    with pytest.raises(ValueError, match="hold no Version"):
        decode(Version, encode(Mark(Span(1, 2), "em")))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | TEXT,
    lambda inner: st.lists(inner, max_size=14),
    max_leaves=40,
)


@given(JSON.map(json.dumps).map(str.encode) | st.binary() | st.binary().map(lambda b: b"[" + b))
def test_bytes_that_somebody_made_up_are_refused(data: bytes) -> None:
    for cls in (Block, Mention, Annotated, Metadata):
        with pytest.raises(ValueError, match=f"hold no {cls.__name__}"):
            decode(cls, data)


def test_what_no_row_can_hold_is_told() -> None:
    @dataclasses.dataclass(frozen=True, slots=True)
    class Odd:
        several: set[str]

    with pytest.raises(TypeError, match="no row can hold"):
        encode(Odd({"a"}))


def test_a_row_of_another_length_is_refused() -> None:
    row = to_row(METADATA)
    for other in ([*row, 1], row[:-1], [], None, {}, "row"):
        with pytest.raises(ValueError, match="holds no Metadata"):
            from_row(Metadata, other)


@pytest.mark.parametrize("value", [Mention("", "", Span(0, 1), Span(0, 1), "", 0), METADATA])
def test_a_row_that_somebody_made_up_is_refused_or_taken(value: Any) -> None:
    length = len(to_row(value))

    @given(st.lists(JSON, min_size=length, max_size=length))
    def taken(row: list[Any]) -> None:
        with suppress(ValueError):
            assert type(from_row(type(value), row)) is type(value)

    taken()
