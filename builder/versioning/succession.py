"""The order of a source's versions, from what is on record of each: since when, after which.

Two branches of a repository may each bring a version after the same one; both are kept, and what
comes of their merge follows one of them. So versions form a tree, and pages show it as one line.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from builder.model import DIGITS


@dataclass(frozen=True, slots=True)
class Recorded:
    """What is on record of a version: SHA-256, the ISO date it was first seen, the one before.

    `after` holds twelve digits. It and `since` are "" for the first version.
    """

    sha256: str
    since: str = ""
    after: str = ""

    @property
    def digits(self) -> str:
        """The first twelve digits of the SHA-256."""
        return self.sha256[:DIGITS]


def newest_first(recorded: Iterable[Recorded], now: str) -> tuple[Recorded, ...]:
    """Return versions so that each stands before the one it came after, the standing one first.

    `now` are the digits of the one that stands. Versions in a circle go by their dates.
    """
    everyone = list(recorded)
    line = list(_line(everyone))
    line += sorted({*everyone} - {*line}, key=_date)
    line.sort(key=lambda one: one.digits == now)
    return tuple(reversed(line))


def in_circles(recorded: Iterable[Recorded]) -> tuple[Recorded, ...]:
    """Return the versions that come, by what is recorded, after themselves."""
    everyone = list(recorded)
    return tuple(sorted({*everyone} - {*_line(everyone)}, key=_date))


def until(one: Recorded, recorded: Iterable[Recorded], now: Recorded) -> str:
    """Return the ISO date on which a version made way, "" where it stands or nobody knows.

    Nobody knows it of one that no other came after: of a branch that was merged, or of a step that
    was taken back.
    """
    next_ones = [other.since for other in recorded if other.after == one.digits]
    return min(next_ones) if next_ones and one != now else ""


def _line(recorded: list[Recorded]) -> Iterator[Recorded]:
    """Yield versions, oldest first, each behind the one it came after."""
    known = {one.digits for one in recorded}
    behind: dict[str, list[Recorded]] = {}
    for one in recorded:
        behind.setdefault(one.after if one.after in known else "", []).append(one)
    waiting = [(_date(one), one) for one in behind.get("", ())]
    heapq.heapify(waiting)
    while waiting:
        _, one = heapq.heappop(waiting)
        yield one
        for other in behind.get(one.digits, ()):
            heapq.heappush(waiting, (_date(other), other))


def _date(one: Recorded) -> tuple[str, str]:
    return one.since, one.sha256
