"""Tells to which administration a document belongs, by who issued it and when.

The table is `data/administrations.yaml`. A date that may lie in two administrations tells neither.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any
from urllib.parse import urlsplit

from builder.dating.when import first_and_last
from builder.model import Metadata
from builder.strict_yaml import load

_NAME = "administrations.yaml"
_REMEMBERED = 1 << 14  # of the same day and issuer are many


@dataclass(frozen=True, slots=True)
class _Government:
    hosts: tuple[str, ...]
    issuers: tuple[str, ...]
    since: tuple[str, ...]
    names: tuple[str, ...]

    def issued(self, issuer: str, host: str) -> bool:
        return any(fnmatchcase(issuer, name) for name in self.issuers) or any(
            host == end or host.endswith(f".{end}") for end in self.hosts
        )

    def at(self, day: str) -> str | None:
        position = bisect_right(self.since, day)
        return self.names[position - 1] if position else None


def administration_of(metadata: Metadata) -> str | None:
    """Return the name of the administration that a document is from, None where it is unknown."""
    return _administration(
        metadata.date.value, metadata.issuer.value or "", _host(metadata.url.value)
    )


@lru_cache(maxsize=_REMEMBERED)
def _administration(date: str | None, issuer: str, host: str) -> str | None:
    days = first_and_last(date)
    if days is None:
        return None
    for government in _governments():
        if government.issued(issuer, host):
            first, last = (government.at(f"{day:%Y%m%d}") for day in days)
            return first if first == last else None
    return None


def _host(url: str | None) -> str:
    try:
        return urlsplit(url or "").hostname or ""
    except ValueError:  # no address at all
        return ""


@cache
def _governments() -> tuple[_Government, ...]:
    return tuple(_government(row) for row in administrations_data()["governments"])


@cache
def administrations_data() -> Mapping[str, Any]:
    """Return the table as it stands in its file, with its examples."""
    text = (files("builder") / "data" / _NAME).read_text("utf-8")
    value: Mapping[str, Any] = load(text, _NAME, own=True)
    return value


def _government(row: Mapping[str, Any]) -> _Government:
    rows = row["administrations"]
    return _Government(
        hosts=tuple(row["hosts"]),
        issuers=tuple(row["issuers"]),
        since=tuple(str(one["since"]).replace("-", "") for one in rows),
        names=tuple(one["name"] for one in rows),
    )
