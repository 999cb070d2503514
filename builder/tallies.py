"""Keeps what was counted for parts of a collection, so that the next build counts only some anew.

Some pages tell of all documents: how many claims name a country, how much room each row of a list
takes. Where one document has changed, the counts of nearly all parts are as they were.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from hashlib import blake2b
from typing import Any, NamedTuple, Protocol, TypeVar

from builder.compact_json import compact
from builder.cuts import hash_of

Row = TypeVar("Row")

UNDER = "tally "
"""What the names of the results begin with that are kept of tallies."""

FORMS = " forms"
"""What stands behind the name of the family of an entity for the tally of its forms."""

_UTF8 = ("utf-8", "surrogatepass")
_PARTS = 64  # of a list, at most


class Part(NamedTuple):
    """A part of what is counted: `key` tells all that `make` depends on."""

    name: str
    key: bytes
    make: Callable[[], Any]


class Kept(Protocol):
    """Where results are kept (`storing.store`)."""

    def result(self, name: str, key: str) -> bytes | None:
        """Return the result that is kept under that name and key, None where none is."""


class Tallies:
    """Gives what was counted for each part of something: as it is kept, or counted now.

    `general` stands for the program and the settings; without it nothing is kept. Those that have
    changed are `taken` by who may write, for processes that count only read.
    """

    def __init__(self, kept: Kept | None = None, general: str = "") -> None:
        self._kept, self._general = kept if general else None, general
        self._changed: dict[str, bytes] = {}

    def __reduce__(self) -> tuple[Any, ...]:
        return Tallies, (self._kept, self._general)

    def of(self, name: str, parts: Iterable[Part]) -> Sequence[Any]:
        """Return what was counted for each part, in order, as JSON gives it.

        `name` is that of the family or the task that asks, which asks once.
        """
        before, now = self._before(name), dict[str, tuple[str, Any]]()
        counted = False
        for part in parts:
            key = blake2b(part.key, digest_size=16).hexdigest()
            known = before.get(part.name)
            if known is None or known[0] != key:
                counted = True
                known = (key, json.loads(compact(part.make()).encode(*_UTF8)))
            now[part.name] = known
        if self._kept is not None and (counted or len(now) != len(before)):
            self._changed[name] = compact(now).encode(*_UTF8)
        return [told for _, told in now.values()]

    def of_each(
        self,
        name: str,
        rows: Sequence[Row],
        slug: Callable[[Row], str],
        key: Callable[[Sequence[Row]], bytes],
        count: Callable[[Row], Any],
    ) -> Sequence[Any]:
        """Return what was counted for each row; `key` tells what some depend on."""
        places = _places(rows, slug)
        parts = [[rows[place] for place in some] for some in places.values()]
        told = self.of(
            name,
            [
                Part(part, key(some), partial(_counts, count, some))
                for part, some in zip(places, parts, strict=True)
            ],
        )
        found: list[Any] = [None] * len(rows)
        for some, values in zip(places.values(), told, strict=True):
            for place, value in zip(some, values, strict=True):
                found[place] = value
        return found

    def taken(self) -> Sequence[tuple[str, str, bytes]]:
        """Return, once, the results to keep in the place of those that have changed."""
        changed, self._changed = self._changed, {}
        return [(f"{UNDER}{name}", self._general, data) for name, data in changed.items()]

    def _before(self, name: str) -> Mapping[str, tuple[str, Any]]:
        data = self._kept and self._kept.result(f"{UNDER}{name}", self._general)
        return json.loads(data) if data else {}


NO_TALLIES = Tallies()
"""Counts everything now."""


def _counts(count: Callable[[Row], Any], rows: Sequence[Row]) -> list[Any]:
    return list(map(count, rows))


def parted(rows: Sequence[Row], slug: Callable[[Row], str]) -> Mapping[str, Sequence[Row]]:
    """Return rows in parts by the slug of what they are of: what comes or goes changes one."""
    return {part: [rows[place] for place in some] for part, some in _places(rows, slug).items()}


def _places(rows: Sequence[Row], slug: Callable[[Row], str]) -> Mapping[str, Sequence[int]]:
    places: dict[str, list[int]] = {}
    for place, row in enumerate(rows):
        places.setdefault(str(int(hash_of(slug(row)), 16) % _PARTS), []).append(place)
    return places
