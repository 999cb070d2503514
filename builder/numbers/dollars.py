"""Tells whose dollar a bare "$" is: the document's, where it says so, else that of the USA."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache

from builder.model import Reading
from builder.strict_yaml import load_data
from builder.web_address import host_of

DEFAULT = "USD"
# "All amounts are in Canadian dollars", "figures in this report are expressed in AUD"
_DECLARED = re.compile(
    r"\b(?i:amounts?|figures?|sums?|values?|prices?|costs?|dollars?|currency|\$)\b[^.;]{0,60}?"
    r"\b(?:in|as|to|are|is|means?)\s(?:the\s)?(?P<dollar>[A-Z][A-Za-z]*(?:\s[A-Z][a-z]+)?)"
    r"(?:\s(?P<word>dollars?)\b|\b)",
)
# A sign or word that says no country: "$5 million", "5 million dollars", but not "US$5", "C$5".
_BARE = re.compile(r"(?<![A-Za-z.])\$|(?<!S\. )(?<!US )(?<!can )\bdollars?\b", re.I)


@cache
def _dollars() -> tuple[Mapping[str, str], tuple[tuple[str, str], ...]]:
    """Return the codes by how a text names them, and by the hosts of their governments."""
    names: dict[str, str] = {}
    hosts: list[tuple[str, str]] = []
    for row in load_data("currencies"):
        dollars = [word for word in row.get("words", ()) if word.endswith(" dollars")]
        if dollars or row["code"] == DEFAULT:
            names |= {word.removesuffix(" dollars"): row["code"] for word in dollars}
            names[row["code"]] = row["code"]
        hosts += [(host, row["code"]) for host in row.get("hosts", ())]
    return names, tuple(hosts)


def dollar_of(reading: Reading) -> str:
    """Return the ISO 4217 code that a bare "$" has in a document."""
    names, hosts = _dollars()
    return (
        _declared(reading.texts, names)
        or _by_host(reading, hosts)
        or _by_issuer(reading.metadata.issuer.value)
        or DEFAULT
    )


def _declared(texts: Iterable[str], names: Mapping[str, str]) -> str | None:
    for text in texts:
        # A cheap door: few texts name a dollar other than by "$".
        if "dollar" not in text and not any(code in text for code in names if code.isupper()):
            continue
        for match in _DECLARED.finditer(text):
            name = match["dollar"]
            if name in names and (match["word"] or name.isupper()):
                return names[name]
    return None


def _by_host(reading: Reading, hosts: Iterable[tuple[str, str]]) -> str | None:
    host = host_of(reading.metadata.url.value)
    return next(
        (code for known, code in hosts if host == known or host.endswith(f".{known}")), None
    )


@cache
def _issuers() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple(
        (re.compile(rf"\b(?:{'|'.join(row['issuers'])})\b"), row["code"])
        for row in load_data("currencies")
        if "issuers" in row
    )


def _by_issuer(issuer: str | None) -> str | None:
    """Return the dollar of the country whose authority speaks: "Australian Federal Police"."""
    if not issuer or _ELSEWHERE.search(issuer):
        return None
    return next((code for name, code in _issuers() if name.search(issuer)), None)


# "U.S. Embassy in Canada": what is named is where it is, not whose it is.
_ELSEWHERE = re.compile(r"\b(?:U\.S\.|US|United States|American|Embassy|Consulate|Mission)(?!\w)")
# "47 billion pounds" in a text that speaks of Britain; "2 million pounds of cocaine" is a weight.
_POUNDS = re.compile(r"\b(?:million|billion|trillion|bn) pounds?$", re.I)
_BRITAIN = re.compile(
    r"\b(?:British|Britain|Britain's|U\.K\.|UK|London|England|Scotland|Wales|sterling)(?!\w)|£"
)


def is_sterling(text: str, start: int, end: int) -> bool:
    """Tell whether an amount in pounds is money."""
    return (
        text.startswith("pounds", end - 6)
        and _POUNDS.search(text, start, end) is not None
        and not text.startswith((" of ", "-"), end)
        and _BRITAIN.search(text) is not None
    )


def is_bare(surface: str) -> bool:
    """Tell whether a printed amount is in dollars without saying whose."""
    return bool(_BARE.search(surface))
