"""Tells whose money a bare sign or word is: the "$" of a document, its pesos, its pounds."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from builder.model import Reading
from builder.naming.word_trie import trie_pattern
from builder.numbers.units import units
from builder.strict_yaml import Record, load_data
from builder.web_address import host_of

DEFAULT = "USD"
_ENOUGH = 3  # mentions of a country's places that make its dollar the document's
# "All amounts are in Canadian dollars", "figures in this report are expressed in AUD"
_DECLARED = re.compile(
    r"\b(?i:amounts?|figures?|sums?|values?|prices?|costs?|dollars?|currency|\$)\b[^.;]{0,60}?"
    r"\b(?:in|as|to|are|is|means?)\s(?:the\s)?(?P<dollar>[A-Z][A-Za-z]*(?:\s[A-Z][a-z]+)?)"
    r"(?:\s(?P<word>dollars?)\b|\b)",
)
# A sign or word that says no country: "$5 million", "5 million dollars", but not "US$5", "C$5".
_BARE = re.compile(
    r"(?<![A-Za-z.])\$(?![A-Z])|(?<!S\. )(?<!US )(?<!can )\b(?:dollars?|cents?|bucks?)\b",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Money:
    """What the signs and words of a document that say no country stand for."""

    dollar: str
    shared: Mapping[str, str]

    def unit(self, text: str, start: int, end: int, unit: str) -> tuple[str, str | None]:
        """Return the unit of a figure as the document means it, and the rule if it changed."""
        if unit == DEFAULT and self.dollar != DEFAULT and is_bare(text[start:end]):
            return self.dollar, "unit: the document's dollar"
        if unit == "pound" and is_sterling(text, start, end):
            return "GBP", "unit: pounds of money"
        word = text[start:end].rpartition(" ")[2].lower()
        if self.shared.get(word, unit) != unit and unit in units().shared.get(word, ()):
            return self.shared[word], "unit: currency of the country named"
        return unit, None


def money_of(reading: Reading) -> Money:
    """Return whose money a document speaks of where it does not say."""
    text = "\n".join(reading.texts)
    return Money(_dollar_of(reading, text), _shared_in(text))


def dollar_of(reading: Reading) -> str:
    """Return the ISO 4217 code that a bare "$" has in a document."""
    return _dollar_of(reading, "\n".join(reading.texts))


@dataclass(frozen=True, slots=True)
class _Forms:
    """A pattern, and the words of which one stands in whatever it matches.

    To look for words is far cheaper than to try the pattern at each character.
    """

    words: tuple[str, ...]
    pattern: re.Pattern[str]

    def stand_in(self, text: str) -> bool:
        """Tell whether the pattern matches anywhere."""
        return self._may_stand_in(text) and self.pattern.search(text) is not None

    def count_in(self, text: str) -> int:
        """Return how often the pattern matches."""
        return len(self.pattern.findall(text)) if self._may_stand_in(text) else 0

    def all_in(self, text: str) -> frozenset[str]:
        """Return all that the pattern matches."""
        return frozenset(self.pattern.findall(text) if self._may_stand_in(text) else ())

    def _may_stand_in(self, text: str) -> bool:
        return any(map(text.__contains__, self.words))


@dataclass(frozen=True, slots=True)
class _Dollars:
    names: Mapping[str, str]  # code by how a text names the dollar
    hosts: tuple[tuple[str, str], ...]
    issuers: tuple[tuple[_Forms, str], ...]
    places: tuple[tuple[_Forms, str], ...]
    amounts: tuple[tuple[_Forms, str], ...]  # "C$4", "4 million Canadian dollars"
    shared: Mapping[str, tuple[tuple[_Forms, str], ...]]
    shared_word: _Forms


@cache
def _dollars() -> _Dollars:
    names: dict[str, str] = {}
    shared: dict[str, tuple[tuple[_Forms, str], ...]] = {}
    rows = load_data("currencies")
    for row in rows:
        dollars = [word for word in row.get("words", ()) if word.endswith(" dollars")]
        if dollars or row["code"] == DEFAULT:
            names |= {word.removesuffix(" dollars"): row["code"] for word in dollars}
            names[row["code"]] = row["code"]
        for word in row.get("shared", ()):
            shared[word] = (*shared.get(word, ()), (_any(row["places"]), row["code"]))
    return _Dollars(
        names,
        tuple((host, row["code"]) for row in rows for host in row.get("hosts", ())),
        tuple((_any(row["issuers"]), row["code"]) for row in rows if "issuers" in row),
        tuple((_any(row["dollar_places"]), row["code"]) for row in rows if "dollar_places" in row),
        tuple((_amount(row), row["code"]) for row in rows if _is_dollar(row)),
        shared,
        _any(shared),
    )


def _any(names: Iterable[str]) -> _Forms:
    words = tuple(names)
    # "US$4 million" names a dollar and not the United States. What stands before is looked at
    # last: so the pattern begins with letters, to which the engine leaps.
    forms = (rf"{word}(?<![\w$]{word})" for word in map(re.escape, words))
    return _Forms(words, re.compile(rf"(?:{'|'.join(forms)})(?![\w$])"))


def _is_dollar(row: Record) -> bool:
    """Tell the Canadian dollar from the Mexican peso, which has signs with "$" too."""
    return str(row["code"]).endswith("D") and any("$" in sign for sign in row.get("signs", ()))


def _amount(row: Record) -> _Forms:
    """Return what finds amounts that name this dollar: by a sign of its own, its code or words."""
    before = [sign for sign in [*row["signs"], row["code"]] if sign != "$"]
    behind = [*(word for word in row.get("words", ()) if " " in word), row["code"]]
    signs, words = ("|".join(map(re.escape, forms)) for forms in (before, behind))
    pattern = re.compile(
        rf"(?<![A-Za-z])(?:{signs}) ?[0-9]"
        rf"|[0-9] ?(?:thousand |million |billion |trillion |[mk] |bn )?(?:{words})(?!\w)"
    )
    return _Forms((*before, *behind), pattern)


def _dollar_of(reading: Reading, text: str) -> str:
    if "$" not in text and "dollar" not in text:
        return DEFAULT
    table = _dollars()
    return (
        _declared(text, table.names)
        or _by_host(reading, table.hosts)
        or _by_issuer(reading.metadata.issuer.value, table.issuers)
        or _by_amounts(reading, text, table)
        or _by_places(text, table.places)
        or DEFAULT
    )


def _declared(text: str, names: Mapping[str, str]) -> str | None:
    # A cheap door: few texts name a dollar other than by "$".
    if _printed().search(text) is None:
        return None
    for match in _DECLARED.finditer(text):
        name = match["dollar"]
        if name in names and (match["word"] or _is_code(name)):
            return names[name]
    return None


@cache
def _printed() -> re.Pattern[str]:
    """Return the pattern of what one of the names stands in: "CAD", "Canadian dollar"."""
    names = _dollars().names
    return re.compile(trie_pattern(n if _is_code(n) else f"{n} dollar" for n in names))


def _is_code(name: str) -> bool:
    return len(name) == 3 and name.isupper() and name.isalpha()


def _by_host(reading: Reading, hosts: Iterable[tuple[str, str]]) -> str | None:
    host = host_of(reading.metadata.url.value)
    return next(
        (code for known, code in hosts if host == known or host.endswith(f".{known}")), None
    )


def _by_issuer(issuer: str | None, issuers: Iterable[tuple[_Forms, str]]) -> str | None:
    """Return the dollar of the country whose authority speaks: "Australian Federal Police"."""
    if not issuer or _ELSEWHERE.search(issuer):
        return None
    return next((code for name, code in issuers if name.stand_in(issuer)), None)


# "U.S. Embassy in Canada": what is named is where it is, not whose it is.
_ELSEWHERE = re.compile(r"\b(?:U\.S\.|US|United States|American|Embassy|Consulate|Mission)(?!\w)")


def _by_amounts(reading: Reading, text: str, table: _Dollars) -> str | None:
    """Return the one dollar named at amounts, of a country spoken of no less than America."""
    if host_of(reading.metadata.url.value).endswith((".gov", ".mil")):
        return None
    if _ELSEWHERE.search(reading.metadata.issuer.value or ""):
        return None
    named = [code for amount, code in table.amounts if amount.stand_in(text)]
    if len(named) != 1 or named[0] == DEFAULT:
        return None
    count = {code: place.count_in(text) for place, code in table.places}
    return named[0] if count.get(named[0], 0) >= count[DEFAULT] else None


def _by_places(text: str, places: Iterable[tuple[_Forms, str]]) -> str | None:
    """Return the dollar of the one country that a document without the United States names."""
    named: dict[str, int] = {}
    for place, code in places:
        if code == DEFAULT:
            if place.stand_in(text):
                return None
        elif count := place.count_in(text):
            named[code] = count
    if len(named) != 1:
        return None
    ((code, count),) = named.items()
    return code if count >= _ENOUGH else None


def _shared_in(text: str) -> dict[str, str]:
    """Return the code of each shared word of a text, "pesos", by the countries it names most."""
    table = _dollars()
    found: dict[str, str] = {}
    for word in table.shared_word.all_in(text):
        named = [(place.count_in(text), code) for place, code in table.shared[word]]
        most = max(count for count, _ in named)
        found[word] = next(code for count, code in named if count == most)
    return found


# "47 billion pounds" in a text that speaks of Britain; "2 million pounds of cocaine" is a weight.
_POUNDS = re.compile(r"\b(?:million|billion|trillion|bn) pounds?$", re.I)
_PAID = re.compile(
    r"\b(?:worth|costs?|paid|pays?|spent|spend|fined|price|earns?|earned|raised|valued at)\b"
    r"[^.;]{0,30}$"
)
_BRITAIN = re.compile(
    r"\b(?:British|Britain|Britain's|U\.K\.|UK|London|England|Scotland|Wales|sterling)(?!\w)|£"
)


def is_sterling(text: str, start: int, end: int) -> bool:
    """Tell whether an amount in pounds is money."""
    return (
        text.startswith("pounds", end - 6)
        and not text.startswith((" of ", "-", " ("), end)
        and (
            _POUNDS.search(text, start, end) is not None
            or _PAID.search(text, max(0, start - 60), start) is not None
        )
        and _BRITAIN.search(text) is not None
    )


def is_bare(surface: str) -> bool:
    """Tell whether a printed amount is in dollars without saying whose."""
    return bool(_BARE.search(surface))
