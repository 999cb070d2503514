"""Tells where the archived copy of a government's page stands, by rule or as editors checked it.

The rules are `data/archives.yaml`. Nothing is asked of the network: what a rule says is not known
to be there, and says so.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date as day_of
from functools import cache, lru_cache
from itertools import pairwise
from typing import Any
from urllib.parse import SplitResult, urlunsplit

from builder.administrations import administrations_data
from builder.dating.when import first_and_last
from builder.government_hosts import host_of, is_below, is_government_host
from builder.model import Metadata, Place
from builder.read import date_of_address
from builder.strict_yaml import load_data
from builder.web_address import read_address

BY_RULE = "by rule, not verified"
STATED = "stated in the file’s header, not verified"
NO_ADDRESS = "it is no web address"
NO_GOVERNMENT = "it is no government's address"
ITSELF = "it is an archived copy itself"
HAS_USER = "it carries the name of a user"
NO_HOST = "its host cannot be read"

_HOST = re.compile(r"[a-z0-9_-]+(?:\.[a-z0-9_-]+)+")
# Ports that an address need not name.
_USUAL_PORTS = {"http": 80, "https": 443}
_REMEMBERED = 8192


@dataclass(frozen=True, slots=True)
class Archived:
    """Where the archived copy of an address stands.

    `status` tells how it is known: "by rule, not verified", "checked on 2026-03-01". Without an
    `address` the `status` is "none" and `reason` tells why, to stand after "no archived copy: ".
    """

    address: str
    status: str
    reason: str = ""

    @property
    def in_words(self) -> str:
        """What a reader is told: "archived copy (by rule, not verified)"."""
        if self.address:
            return f"archived copy ({self.status})"
        return f"no archived copy: {self.reason}"

    @property
    def known(self) -> str:
        """How the copy is known; where there is none, why."""
        return self.reason or self.status

    @property
    def brief(self) -> str:
        """The status where there is little room: "not verified", "checked on 2026-03-01"."""
        if self.address:
            return "not verified" if self.status in (BY_RULE, STATED) else self.status
        return "an archived copy itself" if self.reason == ITSELF else "no archived copy"


NONE = Archived("", "none", "its address is not known")
"""Of a document whose address is not known."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What editors found out about the archived copy of one address."""

    archived: Archived
    place: Place


@dataclass(frozen=True, slots=True)
class Archives:
    """The archived copies that a collection's editors checked, by address as published."""

    entries: Mapping[str, Checked] = field(default_factory=dict)

    def entry_of(self, url: str) -> str:
        """Return the address under which editors have this one: with or without its fragment."""
        if url in self.entries:
            return url
        whole = url.partition("#")[0]
        return whole if whole in self.entries else ""


NOTHING_CHECKED = Archives()


def archived(url: str, date: str | None, checked: Archives = NOTHING_CHECKED) -> Archived:
    """Return the archived copy of an address as it was on an EDTF `date`.

    What editors `checked` wins over the rules.
    """
    known = checked.entry_of(url)
    if not known:
        return _by_rule(url, date)
    found = checked.entries[known].archived
    fragment = url[len(known) :]
    if not (fragment and found.address) or "#" in found.address:
        return found
    return Archived(found.address + fragment, found.status)


def archived_original(metadata: Metadata, checked: Archives = NOTHING_CHECKED) -> Archived:
    """Return the archived copy of a document's original.

    What editors `checked` wins over what the file states, and that over the rules.
    """
    url, stated = metadata.url.value or "", metadata.archive.value
    if stated and not checked.entry_of(url):
        return Archived(stated, STATED)
    return archived(url, metadata.date.value, checked) if url else NONE


@lru_cache(maxsize=_REMEMBERED)
def _by_rule(url: str, date: str | None) -> Archived:
    parts = read_address(url)
    if parts is None:
        return _none(NO_ADDRESS)
    host = host_of(parts)
    if _is_archive(host):
        return _none(ITSELF)
    if not is_government_host(host):
        return _none(NO_GOVERNMENT)
    if parts.username is not None or parts.password is not None:
        return _none(HAS_USER)
    netloc = _netloc(parts, host)
    if netloc is None:
        return _none(NO_HOST)
    days = first_and_last(date or date_of_address(url))
    dated = _dated_host(netloc, parts.path, days)
    if dated:
        return Archived(urlunsplit(("https", dated, *parts[2:])), BY_RULE)
    return Archived(_capture(urlunsplit((parts.scheme, netloc, *parts[2:])), days), BY_RULE)


def _none(reason: str) -> Archived:
    return Archived("", "none", reason)


def _netloc(parts: SplitResult, host: str) -> str | None:
    """Return the host as the network knows it, with a port that is not the usual one."""
    try:
        name = host if host.isascii() else host.encode("idna").decode("ascii")
    except UnicodeError:
        return None
    if not _HOST.fullmatch(name):
        return None
    if parts.port in (None, _USUAL_PORTS[parts.scheme]):
        return name
    return f"{name}:{parts.port}"


def _capture(address: str, days: tuple[day_of, day_of] | None) -> str:
    wayback = load_data("archives")["wayback"]
    if days is None or days[1].isoformat() < wayback["since"]:
        return str(wayback["undated"].format(address=address))
    moment = f"{days[1]:%Y%m%d}235959"
    return str(wayback["dated"].format(moment=moment, address=address))


def _is_archive(host: str) -> bool:
    return is_below(host, _archive_hosts())


@cache
def _archive_hosts() -> frozenset[str]:
    rules = load_data("archives")
    dated = (host for row in rules["dated_hosts"] for host in row["archives"].values())
    return frozenset((*rules["archives"], *dated))


@dataclass(frozen=True, slots=True)
class _Dated:
    """An archive's host, and the days of whose pages it surely holds the copies."""

    after: str
    before: str
    host: str
    but_not: str

    def holds(self, first: str, last: str, path: str) -> bool:
        moved = self.but_not and path.lower().endswith(self.but_not)
        return self.after < first and last < self.before and not moved


def _dated_host(netloc: str, path: str, days: tuple[day_of, day_of] | None) -> str:
    """Return the host that holds what stood at `netloc` then, "" where none surely does."""
    if days is None:
        return ""
    first, last = (one.isoformat() for one in days)
    return next(
        (one.host for one in _dated().get(netloc, ()) if one.holds(first, last, path)),
        "",
    )


@cache
def _dated() -> Mapping[str, tuple[_Dated, ...]]:
    terms = _terms()
    found: dict[str, tuple[_Dated, ...]] = {}
    for row in load_data("archives")["dated_hosts"]:
        found |= dict.fromkeys(row["hosts"], tuple(_rows(row, terms)))
    return found


def _rows(row: Mapping[str, Any], terms: Mapping[str, tuple[str, str]]) -> list[_Dated]:
    moved = row.get("but_not") or {}
    return [
        _Dated(*terms[name], host, moved.get(name, "")) for name, host in row["archives"].items()
    ]


@cache
def _terms() -> Mapping[str, tuple[str, str]]:
    """Return the days on which each administration took office, and on which it left."""
    terms = {}
    for government in administrations_data()["governments"]:
        rows = government["administrations"]
        for one, following in pairwise(rows):
            terms[one["name"]] = (str(one["since"]), str(following["since"]))
    return terms
