"""Says which license a statement of rights names, by `builder/data/rights.yaml`; no guess."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from builder.model import Known
from builder.strict_yaml import load_data
from builder.web_address import is_web_address

# "Public domain (work of the United States government)."
_STATEMENT = re.compile(r"(?P<words>[^()]*?)\s*(?:\([^()]*\))?\s*\.?")
# "See https://example.org/terms"
_ADDRESS_AT_END = re.compile(r"(?:.*\s)?(?P<address>https?://\S+?)[.)>]*", re.IGNORECASE)


def license_address(rights: Known) -> str:
    """Return the address of the license that a statement names, "" where it names none.

    What is inferred names none.
    """
    value = " ".join((rights.value or "").split())
    if not value or rights.provenance == "inferred":
        return ""
    address = _ADDRESS_AT_END.fullmatch(value)
    if address and is_web_address(address["address"]):
        return address["address"]
    statement = _STATEMENT.fullmatch(value)
    return _licenses().get(statement["words"].casefold(), "") if statement else ""


@cache
def _licenses() -> Mapping[str, str]:
    rows = load_data("rights")["licenses"]
    return {words.casefold(): row["address"] for row in rows for words in row["words"]}
