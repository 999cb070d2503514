"""Tells who appears with an entity: what is often named beside it first, what is once folded."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from builder.html.shown import Shown
from builder.index import Entry, Who
from builder.kinds import KINDS

# Shown of a kind: so many at most, and so many even if each shares a single passage.
_AT_MOST = 12
_AT_LEAST = 4
# What is folded is listed up to here, as many as fit a screen, and beyond that counted.
_FOLDED = 60

Shared = tuple[Entry, int]
"""An entity and how many passages name it as well."""


@dataclass(frozen=True, slots=True)
class Company:
    """The entities of one kind that share passages, most shared first; `more` are not listed."""

    title: str
    often: Sequence[Shared]
    folded: Sequence[Shared]
    more: int


def company(companions: Sequence[tuple[Who, int]], site: Shown) -> Iterator[Company]:
    """Yield, kind by kind, the entities that share passages with one, most shared first."""
    by_who = site.index.by_who
    for kind in KINDS:
        others = [(by_who[who], count) for who, count in companions if who[0] == kind.name]
        if others:
            several = sum(1 for _, count in others[:_AT_MOST] if count > 1)
            shown = max(several, _AT_LEAST)
            if len(others) == shown + 1:
                shown += 1  # a fold for one would be longer than the one
            yield Company(
                kind.title,
                others[:shown],
                others[shown : shown + _FOLDED],
                max(0, len(others) - shown - _FOLDED),
            )
