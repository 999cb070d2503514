"""Tells page furniture from the document: player controls, end marks, banners, sharing buttons."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from builder.blocks.lines import Line
from builder.fold import fold
from builder.strict_yaml import load_data

LONGEST = 400  # characters; a longer line is text
LONGEST_INSIDE = 60  # the same away from the top and the foot


@dataclass(frozen=True, slots=True)
class Row:
    """One line pattern of the knowledge file; `beside` needs a neighbour that is furniture."""

    why: str
    where: str
    pattern: re.Pattern[str]
    beside: str = ""


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What `data/furniture.yaml` holds, compiled."""

    top: int
    foot: int
    rows: tuple[Row, ...]
    dangling: re.Pattern[str]
    caption: re.Pattern[str]
    genre_line: re.Pattern[str]


@cache
def knowledge() -> Knowledge:
    """Return the compiled knowledge file."""
    data = load_data("furniture")
    return Knowledge(
        data["top_lines"],
        data["foot_lines"],
        tuple(
            Row(row["why"], row["where"], re.compile(row["pattern"], re.I), row.get("beside", ""))
            for row in data["rows"]
        ),
        re.compile(data["dangling"]["pattern"], re.I),
        re.compile(data["caption"]["pattern"], re.I),
        re.compile(data["genre_line"]["pattern"], re.I),
    )


def plain(text: str) -> str:
    """Return a line as the patterns see it: folded, white space collapsed."""
    if text.isascii() and text.isprintable() and "  " not in text:
        return text.strip()  # it has no white space but single spaces
    return " ".join(fold(text).split())


def find_furniture(lines: Sequence[Line]) -> dict[int, str]:
    """Return the numbers of the lines that are furniture, each with why."""
    known = knowledge()
    visible = [number for number, line in enumerate(lines) if line.text]
    top, foot = set(visible[: known.top]), set(visible[-known.foot :])
    found: dict[int, str] = {}
    beside: list[tuple[int, Row]] = []
    for position, number in enumerate(visible):
        text = lines[number].text
        places = _places(number in top, number in foot)
        # A cheap door before the patterns: in mid-document, lines of furniture are short.
        if len(text) > (LONGEST if len(places) > 1 else LONGEST_INSIDE):
            continue
        row = _row(known, plain(text), places)
        if row is not None and row.beside:
            beside.append((position, row))
        elif row is not None:
            found[number] = row.why
    for position, row in beside:
        neighbours = visible[max(0, position - 1) : position + 2]
        if any(found.get(number) == row.beside for number in neighbours):
            found[visible[position]] = row.why
    return found


@cache
def _places(top: bool, foot: bool) -> frozenset[str]:
    return frozenset(("anywhere", *(["top"] if top else []), *(["foot"] if foot else [])))


def _row(known: Knowledge, text: str, places: frozenset[str]) -> Row | None:
    if not _any_row(places).fullmatch(text):  # as for most lines: one question in place of many
        return None
    rows = (row for row in known.rows if row.where in places)
    return next((row for row in rows if row.pattern.fullmatch(text)), None)


@cache
def _any_row(places: frozenset[str]) -> re.Pattern[str]:
    rows = (row.pattern.pattern for row in knowledge().rows if row.where in places)
    return re.compile("|".join(f"(?:{pattern})" for pattern in rows), re.I)
