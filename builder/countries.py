"""Find the countries that a text names: names, demonyms, adjectives and abbreviations.

The table is `builder/data/countries.yaml`. A text is scanned word by word: each capitalized word
is looked up among the first words of all forms, and the longest form that stands there wins, so
that "Papua New Guinea" is never Guinea and "New Mexico" (a stop phrase) never Mexico.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from builder.model import Entity, Fact, Found, Reading, Span
from builder.naming.country_doubts import (
    Doubt,
    Evidence,
    doubts_by_form,
    listed,
    names_country,
    stop_phrases,
)
from builder.strict_yaml import load_data

if TYPE_CHECKING:
    from builder.catalogue import Catalogue

# "Guinea" in "Guinea-Bissau", "U" in "U.S.", "Côte" in "Côte d'Ivoire"
_CAPITALIZED = re.compile(r"\b[A-ZÀ-ÖØ-Þ][^\W\d_]*")
# "https://www.state.gov/Ukraine", "www.voa.com", "desk@Chad.gov"
_ADDRESS = re.compile(
    r"://|www\.|\S@\S|\.(?:gov|com|org|net|mil|edu|int|html?|pdf)\b", re.IGNORECASE
)
# No address is longer on either side of a name: keeps the time linear in a text without spaces.
_ADDRESS_LENGTH = 200


@dataclass(frozen=True, slots=True)
class Country:
    """One row of the table. `status` is "state", "area" or "territory"."""

    key: str
    name: str
    alpha3: str
    number: str | None
    region: str
    status: str
    names: tuple[str, ...]
    people: tuple[str, ...]
    short: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Form:
    text: str
    country: str | None
    doubts: tuple[Doubt, ...]


@cache
def country_table() -> Mapping[str, Country]:
    """Return the rows of the table by lower-case ISO 3166-1 alpha-2 code."""
    return {key: _country(key, row) for key, row in load_data("countries").items()}


def _country(key: str, row: Mapping[str, str]) -> Country:
    alpha3, _, number = row["iso"].partition(" ")
    return Country(
        key=key,
        name=row["name"],
        alpha3=alpha3,
        number=number or None,
        region=row["region"],
        status=row.get("status", "state"),
        names=(*listed(row.get("names", "")), *listed(row.get("inverted", ""), mark=";")),
        people=listed(row.get("people", "")),
        short=listed(row.get("short", "")),
    )


def country_entities() -> Mapping[str, Entity]:
    """Return what an index shows of each country and area that can be found, by code."""
    return {
        country.key: Entity(
            kind="country",
            key=country.key,
            name=country.name,
            sort=country.region,
            aliases=(*country.names, *country.people, *country.short),
            facts=tuple(_facts(country)),
        )
        for country in country_table().values()
        if country.status != "territory"
    }


def _facts(country: Country) -> Iterator[Fact]:
    yield Fact("Region", country.region, "United Nations geoscheme (M49)")
    source = "ISO 3166-1" if country.number else "user-assigned, not part of ISO 3166-1"
    yield Fact("ISO codes", f"{country.key.upper()}, {country.alpha3}", source)
    if country.number:
        yield Fact("ISO numeric code", country.number, source)


def find_countries(reading: Reading, catalogue: Catalogue) -> Iterator[Found]:
    """Yield every mention of a country; `entity` is its lower-case ISO 3166-1 alpha-2 code."""
    document = Evidence(reading.texts)
    for block, text in enumerate(reading.texts):
        for at, key in _scan(text, document):
            yield Found(block=block, at=at, entity=key)


def countries_in(text: str) -> list[tuple[Span, str]]:
    """Return the countries that a folded text names, as (span in `text`, alpha-2 code)."""
    return list(_scan(text, Evidence((text,))))


def _scan(text: str, document: Evidence) -> Iterator[tuple[Span, str]]:
    forms = _forms_by_first_word()
    settled = 0
    for word in _CAPITALIZED.finditer(text):
        start = word.start()
        if start < settled:
            continue
        for form in forms.get(word[0], ()):
            end = start + len(form.text)
            if not text.startswith(form.text, start) or _goes_on(text, end):
                continue
            if form.country is None:
                settled = end
                break
            if form.doubts and not names_country(form.doubts, text, start, end, document):
                # A shorter form may still stand here ("U.S" is doubted, "U" is none).
                continue
            settled = end
            if not _in_address(text, start, end):
                yield Span(start, end), form.country
            break


def _goes_on(text: str, end: int) -> bool:
    return end < len(text) and (text[end].isalnum() or text[end] == "_")


def _in_address(text: str, start: int, end: int) -> bool:
    """Tell whether the form is part of a web or mail address, a handle or a file name."""
    around = text[max(0, start - _ADDRESS_LENGTH) : start].rpartition(" ")[2]
    around += text[start:end] + text[end : end + _ADDRESS_LENGTH].partition(" ")[0]
    return text[start - 1 : start] == "@" or _ADDRESS.search(around) is not None


@cache
def _forms_by_first_word() -> Mapping[str, tuple[_Form, ...]]:
    """Return all forms by their first capitalized word, longest first."""
    forms = {phrase: _Form(phrase, None, ()) for phrase in _spellings(stop_phrases())}
    for country in country_table().values():
        key = None if country.status == "territory" else country.key
        words = (country.name, *country.names, *country.people)
        for form in words:
            doubts = doubts_by_form().get(form, ())
            for spelling in _spellings((form,)):
                forms.setdefault(spelling, _Form(spelling, key, doubts))
        for form in country.short:
            forms.setdefault(form, _Form(form, key, doubts_by_form().get(form, ())))
    by_first: dict[str, list[_Form]] = {}
    for entry in sorted(forms.values(), key=lambda entry: -len(entry.text)):
        first = _CAPITALIZED.match(entry.text)
        if first:
            by_first.setdefault(first[0], []).append(entry)
    return {first: tuple(entries) for first, entries in by_first.items()}


def _spellings(phrases: Iterable[str]) -> Iterator[str]:
    """Yield each phrase as it is and in capitals, both also without and with loose accents."""
    for phrase in phrases:
        for cased in dict.fromkeys((phrase, phrase.upper())):
            loose = unicodedata.normalize("NFD", cased)
            plain = "".join(mark for mark in loose if not unicodedata.combining(mark))
            yield from dict.fromkeys((cased, plain, loose))
