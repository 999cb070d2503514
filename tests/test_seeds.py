"""The five seeds against what careful readers found in them: blocks, figures, countries, names."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

import pytest

from builder.annotate import annotate
from builder.catalogue import load_catalogue
from builder.manifest import describe, give_slugs, load_manifest
from builder.model import Annotated, Mention, Span
from builder.read import read_source
from builder.strict_yaml import load
from builder.structure import structure
from conftest import ROOT

GOLD = load((ROOT / "tests/cases/seeds.yaml").read_text("utf-8"), "seeds.yaml")["documents"]
KINDS = {"figures": "figure", "countries": "country", "programs": "program", "people": "person"}
# Where a block's text begins, behind marks, quotation marks and white space.
LEAD = re.compile(r"[\s*_\[\\>#\u00a0-]*(?:\d+[.)]\s+)?[\s*_\[\u00a0]*")
Row = Sequence[Any]


@cache
def annotated() -> dict[str, Annotated]:
    """Annotate the five seeds with the collection's own catalogue."""
    manifest = load_manifest(ROOT / "seeds/manifest.yaml", "seeds/manifest.yaml")
    catalogue = load_catalogue(ROOT / "seeds/catalogue", ROOT)
    sources = [
        describe(read_source(ROOT / "seeds" / document["file"], ROOT), manifest, "seeds")
        for document in GOLD
    ]
    return {
        source.path.removeprefix("seeds/"): annotate(structure(source), catalogue)
        for source in give_slugs(sources, {})
    }


def pairs(rows: Sequence[Row], found: Sequence[Mention]) -> list[tuple[Row, Mention]]:
    """Pair what was read with what was found, one to one, the longest overlap first."""
    overlaps = sorted(
        (
            (-(min(row[1], mention.span.end) - max(row[0], mention.span.start)), i, j)
            for i, row in enumerate(rows)
            for j, mention in enumerate(found)
            if mention.span.overlaps(Span(row[0], row[1]))
        ),
    )
    taken_rows: set[int] = set()
    taken_found: set[int] = set()
    matched = []
    for _, i, j in overlaps:
        if i not in taken_rows and j not in taken_found:
            taken_rows.add(i)
            taken_found.add(j)
            matched.append((rows[i], found[j]))
    return matched


def score(kind: str, right: Callable[[Row, Mention], bool]) -> float:
    """Return the F1 of one kind over all seeds, a pair counting where it is `right`."""
    correct = wrong = missed = 0
    for document in GOLD:
        rows = document[kind]
        found = [
            mention
            for mention in annotated()[document["file"]].mentions
            if mention.kind == KINDS[kind]
        ]
        matched = pairs(rows, found)
        wrong += len(found) - len(matched)
        firm = [(row, mention) for row, mention in matched if row[-1] != "debatable"]
        good = sum(1 for row, mention in firm if right(row, mention))
        correct += good
        wrong += len(firm) - good
        missed += sum(1 for row in rows if row[-1] != "debatable") - good
    return 2 * correct / (2 * correct + wrong + missed)


def same_figure(row: Row, mention: Mention) -> bool:
    """Tell whether value and unit of a figure are as read."""
    figure = mention.figure
    if figure is None or figure.unit != row[3]:
        return False
    return figure.value == row[2] or (
        None not in (figure.value, row[2]) and abs(figure.value - row[2]) <= 1e-6 * abs(row[2])
    )


def test_figures_are_right() -> None:
    assert score("figures", same_figure) >= 0.98


def test_bounds_are_right() -> None:
    checked = [
        row[4] == mention.figure.bound
        for document in GOLD
        for row, mention in pairs(
            document["figures"],
            [m for m in annotated()[document["file"]].mentions if m.kind == "figure"],
        )
        if row[-1] != "debatable" and mention.figure and same_figure(row, mention)
    ]
    assert sum(checked) / len(checked) >= 0.95


def test_countries_are_right() -> None:
    assert score("countries", lambda row, mention: mention.entity == row[2].lower()) >= 0.99


@pytest.mark.parametrize("kind", ["programs", "people"])
def test_names_are_found(kind: str) -> None:
    assert score(kind, lambda row, mention: True) >= 0.95


def test_blocks_begin_where_readers_saw_them_begin() -> None:
    total = right = extra = mine = 0
    for document in GOLD:
        doc = annotated()[document["file"]].document
        text = doc.source.text
        have = {_lead(text, block.span.start): block.kind for block in doc.passages}
        want = {_lead(text, row[0]): row for row in document["blocks"]}
        for start, row in want.items():
            if row[-1] != "debatable":
                total += 1
                right += have.get(start) in row[1].split(" or ")
        furniture = [range(start, end) for start, end in document["furniture"]]
        mine += len(have)
        extra += sum(
            1 for start in have if start not in want and not any(start in f for f in furniture)
        )
    assert right / total >= 0.95
    assert extra / mine <= 0.05


def _lead(text: str, start: int) -> int:
    match = LEAD.match(text, start)
    return match.end() if match else start
