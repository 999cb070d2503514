"""Tells which hosts are those of governments and of their bodies, by `data/archives.yaml`."""

from __future__ import annotations

from functools import cache
from urllib.parse import SplitResult

from builder.administrations import administrations_data
from builder.strict_yaml import load_data
from builder.web_address import read_address


def is_government(url: str) -> bool:
    """Tell whether an address is one of a government or of a body of governments."""
    parts = read_address(url)
    return parts is not None and is_government_host(host_of(parts))


def host_of(parts: SplitResult) -> str:
    """Return the host of an address in small letters."""
    return (parts.hostname or "").lower().rstrip(".")


def is_below(host: str, names: frozenset[str]) -> bool:
    """Tell whether a host is one of the names or below one."""
    parts = host.split(".")
    return any(".".join(parts[start:]) in names for start in range(len(parts)))


def is_government_host(host: str) -> bool:
    """Tell whether a host is one of a government or of a body of governments."""
    labels = host.split(".")
    is_country = len(labels) > 1 and len(labels[-1]) == 2 and labels[-1].isalpha()
    if is_country and labels[-2] in _before_country():
        return True
    return is_below(host, _government_hosts())


@cache
def _government_hosts() -> frozenset[str]:
    rules = load_data("archives")["government"]
    return frozenset(
        (
            *rules["hosts"],
            *rules["bodies"],
            *(row["host"] for row in load_data("issuers")["rows"]),
            *(host for row in administrations_data()["governments"] for host in row["hosts"]),
        )
    )


@cache
def _before_country() -> frozenset[str]:
    return frozenset(load_data("archives")["government"]["before_country"])
