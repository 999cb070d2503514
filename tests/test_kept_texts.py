"""Texts of documents as they are kept for those who quote: what went in comes out."""

from __future__ import annotations

import json
from array import array
from pathlib import Path

import pytest

from builder.kept_documents import TEXT, KeptTexts, texts_of
from builder.model import Block, Span
from builder.storing.store import Store


def _block(text: str, anchor: str | None, kind: str = "paragraph") -> Block:
    return Block(kind, None, Span(0, 0), text, array("I"), anchor=anchor)  # type: ignore[arg-type]


BLOCKS = [
    _block("Harbor news", None, "furniture"),
    _block("The fund grew.", "p1"),
    _block("", "p2"),
    _block("Zoë Straße\nspoke — of half a pair, \ud83d.", None),
    _block("Last.", "p3"),
]


@pytest.mark.parametrize("count", range(len(BLOCKS) + 1))
def test_what_was_kept_of_texts_is_read_one_by_one(tmp_path: Path, count: int) -> None:
    store = Store(tmp_path / "build.sqlite", "1", write=True)
    store.keep_results([(f"{TEXT}fund", "key", texts_of(BLOCKS[:count]))])
    held = KeptTexts(store, {"fund": "key"})("fund")
    told = [(one.anchor, "" if one.kind == "furniture" else one.text) for one in BLOCKS[:count]]
    assert [held[number] for number in range(len(held))] == told
    assert held[1:] == told[1:]


def test_the_line_before_the_texts_is_json() -> None:
    head, *texts = texts_of(BLOCKS[1:3]).split(b"\n")
    assert json.loads(head) == [["p1", "p2"], [15, 16]]
    assert texts == [b"The fund grew.", b"", b""]
