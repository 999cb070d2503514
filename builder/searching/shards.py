"""Parts a collection into shards by year, and each of them into pieces that are made apart.

What a reader asks for costs a file of each shard, so they are few. A change costs the work of one
piece, so pieces are small. Both are told by the documents alone, whatever was built before.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from string import ascii_lowercase
from typing import NamedTuple
from unicodedata import unidata_version
from zlib import ZLIB_RUNTIME_VERSION

from builder.dating.display import UNDATED

# Each word of a query costs a file in each shard: years with few documents share one.
_LEAST = 500
_MOST_SHARDS = 6

# Documents of the largest piece of a shard.
_PIECE = 200

STRIDE = 1024
"""By how much the numbers of documents of one piece stand apart from those of the next."""


class Member(NamedTuple):
    """A document of a collection: its slug, its year or "", and what gives it as prepared.

    The `digest` changes whenever what `load` returns does. `load` may be called in another process.
    """

    slug: str
    year: str
    digest: str
    load: Callable[[], bytes]


@dataclass(frozen=True, slots=True)
class Piece:
    """Some documents of a shard; `number` tells which piece, `key` all that it is made of."""

    number: int
    members: tuple[Member, ...]
    key: str


@dataclass(frozen=True, slots=True)
class Shard:
    """Documents that are indexed together; the name tells the years, "2019-2022"."""

    name: str
    pieces: tuple[Piece, ...]
    key: str

    @property
    def documents(self) -> int:
        """How many documents it has."""
        return sum(len(piece.members) for piece in self.pieces)


def shards_of(members: Iterable[Member]) -> list[Shard]:
    """Part documents into shards, newest first; those without a date are apart."""
    by_year: dict[str, list[Member]] = {}
    for member in members:
        by_year.setdefault(member.year, []).append(member)
    least = _least(sum(map(len, by_year.values())))
    undated = by_year.pop("", [])
    groups = [_named(years, by_year) for years in _years_together(by_year, least)]
    if undated:
        groups.append((UNDATED, undated))
    most = least + least // 4
    return [shard for name, group in groups for shard in _shards(name, group, most)]


def _years_together(by_year: dict[str, list[Member]], least: int) -> list[list[str]]:
    """Group years, newest first; each group has enough documents, but perhaps the newest."""
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


def _named(years: Sequence[str], by_year: dict[str, list[Member]]) -> tuple[str, list[Member]]:
    name = years[0] if len(years) == 1 else f"{years[-1]}-{years[0]}"
    return name, [member for year in years for member in by_year[year]]


def _shards(name: str, members: Sequence[Member], most: int) -> list[Shard]:
    """Return the shards of some years: one, or more where they have too many documents for one."""
    parts = _spread(members, most)
    names = [f"{name}{letter}" for letter in ascii_lowercase] if len(parts) > 1 else [name]
    return [_shard(*one) for one in zip(names, parts, strict=False) if one[1]]


def _shard(name: str, members: Sequence[Member]) -> Shard:
    parts = enumerate(_spread(members, _PIECE, at=16))
    pieces = tuple(_piece(number, part) for number, part in parts if part)
    return Shard(name, pieces, key_of(name, *(piece.key for piece in pieces)))


def _piece(number: int, members: list[Member]) -> Piece:
    ordered = tuple(sorted(members, key=lambda member: member.slug))
    told = (text for member in ordered for text in (member.slug, member.digest))
    return Piece(number, ordered, key_of(str(number), *told))


def _spread(members: Sequence[Member], most: int, at: int = 0) -> list[list[Member]]:
    """Part documents by their slugs alone, twice as often until no part has too many."""
    told = [(_of_slug(member.slug) >> at & 0xFFFF, member) for member in members]
    bits = 0
    while True:
        parts: list[list[Member]] = [[] for _ in range(1 << bits)]
        for number, member in told:
            parts[number >> (16 - bits)].append(member)
        if bits == 16 or max(map(len, parts)) <= most:
            return parts
        bits += 1


@lru_cache(maxsize=50_000)
def _of_slug(slug: str) -> int:
    return int.from_bytes(hashlib.blake2b(slug.encode(), digest_size=4).digest(), "big")


def key_of(*told: str) -> str:
    """Return a short name for some texts and the way in which we make an index."""
    digest = hashlib.sha256(own_version().encode())
    for text in told:
        digest.update(f"\0{text}".encode())
    return digest.hexdigest()[:16]


@cache
def own_version() -> str:
    """Return what tells whether an index would be made as before: our modules, and Unicode's."""
    own = [file for file in files("builder.searching").iterdir() if file.name.endswith(".py")]
    read = [*sorted(own, key=lambda file: file.name), files("builder") / "fold.py"]
    told = hashlib.sha256(f"{unidata_version} {ZLIB_RUNTIME_VERSION}".encode())
    for file in read:
        told.update(file.name.encode() + file.read_bytes())
    return told.hexdigest()
