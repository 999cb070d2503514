"""Every rule has an example and a counter-example; a rule that nothing proves fails here.

The tables are `tests/cases/rules/<kind>.yaml`. In an example the words in [brackets] are what the
rule marks, reads or passes over; in a counter-example (`not`) nothing may be explained with it.
" ¶ " parts the blocks of one document, which is dated June 15, 2024, but not in a row `undated`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from builder.annotate import annotate, passed_over
from builder.catalogue import Catalogue, load_catalogue
from builder.fold import fold
from builder.kinds import KINDS, Kind, function_named
from builder.model import Found, Known, Metadata, Reading, Span
from builder.naming.named import find_named
from builder.read import source_from_bytes
from builder.rules import rules_of
from builder.strict_yaml import load
from builder.structure import structure

TABLES = Path(__file__).parent / "cases" / "rules"
SEEDS = Path(__file__).parent.parent / "seeds"
KIND = {kind.name: kind for kind in KINDS}
DATED = Metadata(date=Known("2024-06-15", "stated"))


def table(kind: str) -> list[Any]:
    path = TABLES / f"{kind}.yaml"
    rows: list[Any] = load(path.read_text(encoding="utf-8"), path.name)
    return rows


PROVED = {path.stem: table(path.stem) for path in sorted(TABLES.glob("*.yaml"))}


def texts(what: str) -> Iterator[Any]:
    for kind, rows in PROVED.items():
        for row in rows:
            for text in row[what]:
                yield pytest.param(kind, row["rule"], text, id=f"{kind}-{row['rule']}-{text[:30]}")


UNDATED = {row["rule"] for rows in PROVED.values() for row in rows if row.get("undated")}


@cache
def packaged() -> Catalogue:
    return load_catalogue(None)


def explained(kind: Kind, rule: str, *blocks: str) -> list[Found]:
    """Return what the kind's finder marks in these blocks, and what it passes over."""
    metadata = Metadata() if rule in UNDATED else DATED
    reading = Reading(tuple(map(fold, blocks)), ("paragraph",) * len(blocks), metadata)
    catalogue = packaged()
    if not kind.find:
        return list(find_named(kind.name, reading, catalogue))
    found = list(function_named(kind.find)(reading, catalogue))
    if kind.passed_over:
        found += function_named(kind.passed_over)(reading, catalogue)
    return found


@pytest.mark.parametrize("kind", PROVED)
def test_every_rule_is_proved(kind: str) -> None:
    rows = {row["rule"]: row for row in PROVED[kind]}
    assert rows.keys() == rules_of(kind).keys()
    unproved = [name for name, row in rows.items() if not row["examples"] or not row["not"]]
    assert unproved == []


@pytest.mark.parametrize(("kind", "rule", "text"), list(texts("examples")))
def test_examples(kind: str, rule: str, text: str) -> None:
    plain, marked = [], []
    for block, words in enumerate(text.split(" ¶ ")):
        plain.append(words.replace("[", "").replace("]", ""))
        for mark in re.finditer(r"\[[^\]]+\]", words):
            before = sum(words.count(bracket, 0, mark.start()) for bracket in "[]")
            start = mark.start() - before
            marked.append((block, Span(start, start + len(mark[0]) - 2)))
    assert marked, "mark in [brackets] what the rule is about"
    carrying = {
        (one.block, one.at) for one in explained(KIND[kind], rule, *plain) if rule in one.rules
    }
    assert set(marked) <= carrying


@pytest.mark.parametrize(("kind", "rule", "text"), list(texts("not")))
def test_counterexamples(kind: str, rule: str, text: str) -> None:
    blocks = text.split(" ¶ ")
    found = explained(KIND[kind], rule, *blocks)
    assert [blocks[one.block] for one in found if rule in one.rules] == []


def test_every_kind_has_rules() -> None:
    assert PROVED.keys() == KIND.keys()


@pytest.mark.parametrize("path", sorted(SEEDS.glob("*.txt")), ids=lambda path: path.name[:3])
def test_all_that_is_told_of_a_document_names_declared_rules(path: Path) -> None:
    document = structure(source_from_bytes(path.read_bytes(), f"seeds/{path.name}"))
    told = [*annotate(document, packaged()).mentions, *passed_over(document, packaged())]
    undeclared = {
        (one.kind, one.surface, one.rules)
        for one in told
        if not one.rules or not set(one.rules) <= rules_of(one.kind).keys()
    }
    assert len(told) > 20
    assert undeclared == set()
