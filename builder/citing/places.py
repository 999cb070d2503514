"""Knows where issuers publish: the places of `data/issuers.yaml`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache

from builder.strict_yaml import load_data


def place_of(issuers: Iterable[str]) -> str:
    """Return where issuers publish ("Washington, DC"), "" where that is not known of any."""
    known = (_places().get(_folded(issuer), "") for issuer in issuers)
    return "; ".join(dict.fromkeys(filter(None, known)))


@cache
def _places() -> Mapping[str, str]:
    rows = load_data("issuers")["places"]
    return {_folded(issuer): row["place"] for row in rows for issuer in row["issuers"]}


def _folded(issuer: str) -> str:
    """Return a name without what comes and goes: "the White House", "US Department of State"."""
    plain = " ".join(issuer.casefold().replace("u.s.", "us").split())
    return plain.removeprefix("the ").replace("united states department", "us department")
