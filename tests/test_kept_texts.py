"""Texts of documents as they are kept for those who quote: what went in comes out."""

from __future__ import annotations

import json
from array import array
from dataclasses import replace
from pathlib import Path

import pytest

from builder.annotate import annotate
from builder.catalogue import Catalogue
from builder.html.left_out import left_out
from builder.kept_documents import TELLING_SYNTAX, TEXT, KeptTexts, texts_of, to_keep
from builder.model import Block, Span
from builder.storing.store import Store
from conftest import document


def _block(text: str, anchor: str | None, kind: str = "paragraph") -> Block:
    return Block(kind, None, Span(0, 0), text, array("I"), anchor=anchor)  # type: ignore[arg-type]


def test_of_syntax_is_kept_what_a_page_tells() -> None:
    text = 'A <a name="x">word</a> **of**\ntwo [lines]( ).\n\nAnd <b>more</b>.\n'
    one = annotate(document(text, "seeds/a.md"), Catalogue.empty())
    kept = to_keep(one)
    said = {item.what for item in one.document.syntax}
    assert {item.what for item in kept.document.syntax} == said & {*TELLING_SYNTAX}
    assert "space" in said
    assert "tag with attributes" in said
    assert left_out(kept.document) == left_out(one.document)
    assert replace(kept, document=one.document) == one


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
