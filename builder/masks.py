"""Blanks out numbers that claim nothing: dates, times, labels, citations, names with numbers."""

from __future__ import annotations

import re
from functools import cache

from builder.strict_yaml import Record, load_data

# What a blanked character becomes: no letter, digit, space or sign, so nothing joins across it.
BLANK = "\x00"


@cache
def mask_patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Return the name and the compiled pattern of every mask, in the order they are tried.

    The rows are `builder/data/masks.yaml`; each carries examples that the tests hold it to.
    """
    data = load_data("masks")
    return tuple(
        (row["name"], re.compile(_filled(row["pattern"], data["fragments"]), re.VERBOSE))
        for row in data["masks"]
    )


def _filled(pattern: str, fragments: Record) -> str:
    for name, fragment in fragments.items():
        pattern = pattern.replace("{" + name + "}", fragment)
    return pattern


def mask(text: str) -> str:
    """Return `text` at equal length with every number that is no figure blanked out.

    Masks run one after the other, so that an earlier one ("November 16, 2023") hides its digits
    from the later ones.
    """
    for _name, pattern in mask_patterns():
        text = pattern.sub(_blank, text)
    return text


def _blank(match: re.Match[str]) -> str:
    return BLANK * (match.end() - match.start())
