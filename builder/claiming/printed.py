"""Returns the words that state a figure with those of its bound: "over 100", "50 or more"."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from builder.claiming.statements import Statement
from builder.fold import fold
from builder.model import Bound, Span
from builder.strict_yaml import load_data

_WINDOW = 40  # characters before and after a number in which its bound is looked for


def printed_span(statement: Statement) -> Span:
    """Return the span of the block's text that states a figure, its bound's words with it."""
    at = statement.mention.at
    if statement.figure.bound == "exact":
        return at
    before, after = _bound_words(statement.figure.bound)
    text = statement.block.text
    left = before.search(fold(text[max(0, at.start - _WINDOW) : at.start]))
    if left:
        return Span(at.start - len(left[0]), at.end)
    right = after.match(fold(text[at.end : at.end + _WINDOW]))
    return Span(at.start, at.end + right.end()) if right else at


def printed_words(statement: Statement) -> str:
    """Return a figure as printed, its bound's words with it: "more than 100"."""
    span = printed_span(statement)
    return statement.block.text[span.start : span.end]


def number_words(statement: Statement) -> str:
    """Return a figure as printed, without its bound's words."""
    at = statement.mention.at
    return statement.block.text[at.start : at.end]


@cache
def _bound_words(bound: Bound) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return patterns of a bound's words right before and right after a number."""
    data = load_data("claims")
    rows = [row for row in data["bounds"] if row["bound"] == bound]
    before = _any_of(phrase for row in rows for phrase in row.get("before", ()))
    after = _any_of(phrase for row in rows for phrase in row.get("after", ()))
    between = _any_of(data["between"])
    return (
        re.compile(rf"(?<![\w-])(?:{before}) (?:(?:{between}) ){{0,2}}\Z", re.IGNORECASE),
        re.compile(rf",? ?(?:{after})(?!\w)", re.IGNORECASE),
    )


def _any_of(phrases: Iterable[str]) -> str:
    listed = sorted({str(phrase) for phrase in phrases}, key=lambda phrase: (-len(phrase), phrase))
    return "|".join(map(re.escape, listed)) or "(?!)"
