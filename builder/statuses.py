"""Says whether a figure is reported, requested, planned or estimated, from its clause."""

from __future__ import annotations

import re
from functools import cache

from builder.model import Status
from builder.strict_yaml import load_data


@cache
def _patterns() -> tuple[tuple[Status, re.Pattern[str]], ...]:
    return tuple(
        (row["status"], re.compile(rf"(?<![\w])(?:{_any(row['near'])})(?![\w])", re.I))
        for row in load_data("claims")["statuses"]
    )


@cache
def _never() -> re.Pattern[str]:
    return re.compile(rf"(?<![\w])(?:{_any(load_data('claims')['not_status'])})(?![\w])", re.I)


def _any(phrases: list[str]) -> str:
    ordered = sorted(phrases, key=lambda phrase: -len(phrase))
    return "|".join(
        re.escape(p[:-1]) + "[a-z]*" if p.endswith("*") else re.escape(p).replace(r"\*", "[a-z]*")
        for p in ordered
    )


def status_of(text: str, start: int, end: int, clause: tuple[int, int]) -> Status:
    """Return the status of the figure at `start` to `end`; `clause` is where its verb is sought."""
    first, last = clause
    left = _never().sub(lambda m: " " * len(m[0]), text[first:start])
    right = _never().sub(lambda m: " " * len(m[0]), text[end : min(last, end + 80)])
    best: tuple[int, Status] | None = None
    for status, pattern in _patterns():
        for match in pattern.finditer(left):
            if best is None or match.end() > best[0]:
                best = (match.end(), status)
    if best:
        return best[1]
    for status, pattern in _patterns():
        if pattern.search(right):
            return status
    return "reported"
