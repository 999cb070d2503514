"""Parts the records of a collection into shards by year, so that a change re-indexes only one."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from unicodedata import unidata_version

from builder.dating.display import UNDATED
from builder.searching.records import Record

# Each word of a query costs a file in each shard: years with few documents share one.
_LEAST = 500
_MOST_SHARDS = 6


@dataclass(frozen=True, slots=True)
class Shard:
    """Records that are indexed together; its name tells the years, "2019-2022"."""

    name: str
    records: tuple[Record, ...]

    def key(self, program: str) -> str:
        """Return what tells whether an index made before still holds."""
        told = hashlib.sha256(f"{program} {_own_version()}".encode())
        for record in self.records:
            told.update(json.dumps(record.as_input()).encode())
        return told.hexdigest()[:16]


def shards_of(records: Iterable[Record]) -> list[Shard]:
    """Part records into shards, newest first; those without a date are apart."""
    by_year: dict[str, list[Record]] = {}
    for record in sorted(records, key=lambda record: record.described.address):
        by_year.setdefault(record.year, []).append(record)
    undated = by_year.pop("", [])
    shards = [_shard(years, by_year) for years in _years_together(by_year)]
    if undated:
        shards.append(Shard(UNDATED, tuple(undated)))
    return shards


def _years_together(by_year: dict[str, list[Record]]) -> list[list[str]]:
    """Group years, newest first; each group has enough documents, but perhaps the newest."""
    least = _least(sum(map(len, by_year.values())))
    groups: list[list[str]] = []
    held = least
    # From the oldest on, so that what comes in anew changes the newest group alone.
    for year in sorted(by_year):
        if held >= least:
            groups.append([])
            held = 0
        groups[-1].append(year)
        held += len(by_year[year])
    return [group[::-1] for group in reversed(groups)]


def _least(documents: int) -> int:
    """Return how many documents make a shard: it doubles as the collection grows, or hardly any
    build would find its shards again."""
    least = _LEAST
    while least * _MOST_SHARDS < documents:
        least *= 2
    return least


def _shard(years: Sequence[str], by_year: dict[str, list[Record]]) -> Shard:
    name = years[0] if len(years) == 1 else f"{years[-1]}-{years[0]}"
    return Shard(name, tuple(record for year in years for record in by_year[year]))


@cache
def _own_version() -> str:
    """Return what tells whether an index would be made as before: our modules, and Unicode's."""
    own = [file for file in files("builder.searching").iterdir() if file.name.endswith(".py")]
    read = [*sorted(own, key=lambda file: file.name), files("builder") / "fold.py"]
    told = hashlib.sha256(unidata_version.encode())
    for file in read:
        told.update(file.name.encode() + file.read_bytes())
    return told.hexdigest()
