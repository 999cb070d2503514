"""Finds the countries that a text names: names, demonyms, adjectives and abbreviations.

A text is searched for the first words of all forms (`naming.country_table`), and the longest form
that stands there wins, so that "Papua New Guinea" is never Guinea and "New Mexico" (a stop phrase)
never Mexico. What a form means in doubt is settled by `naming.country_doubts`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from builder.model import Entity, Fact, Found, Reading, Span
from builder.naming.country_doubts import Evidence, decided
from builder.naming.country_table import (
    Country,
    Form,
    country_table,
    first_words,
    forms_by_first_word,
)

# "https://www.state.gov/Ukraine", "www.voa.com", "desk@Chad.gov"
_ADDRESS = re.compile(
    r"://|www\.|\S@\S|\.(?:gov|com|org|net|mil|edu|int|html?|pdf)\b", re.IGNORECASE
)
# No address is longer on either side of a name: keeps the time linear in a text without spaces.
_ADDRESS_LENGTH = 200


@dataclass(frozen=True, slots=True)
class _Seen:
    """A form that stands in a text; `country` is None where it names none there."""

    at: Span
    country: str | None
    rules: tuple[str, ...]


def country_entities() -> Mapping[str, Entity]:
    """Return what an index shows of each country and area that can be found, by code."""
    return {
        country.key: Entity(
            kind="country",
            key=country.key,
            name=country.name,
            sort=country.region,
            aliases=country.forms[1:],
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


def find_countries(reading: Reading, catalogue: object) -> Iterator[Found]:
    """Yield every mention of a country; `entity` is its lower-case ISO 3166-1 alpha-2 code."""
    del catalogue
    document = Evidence(reading.texts)
    for block, text in enumerate(reading.texts):
        for seen in _scan(text, document):
            if seen.country:
                yield Found(block=block, at=seen.at, entity=seen.country, rules=seen.rules)


def passed_over(reading: Reading, catalogue: object) -> Iterator[Found]:
    """Yield what looks like a country's name and is none there, with the rule that says why."""
    del catalogue
    document = Evidence(reading.texts)
    for block, text in enumerate(reading.texts):
        for seen in _scan(text, document):
            if not seen.country:
                yield Found(block=block, at=seen.at, entity="", rules=seen.rules)


def countries_in(text: str) -> list[tuple[Span, str]]:
    """Return the countries that a folded text names, as (span in `text`, alpha-2 code)."""
    return [(seen.at, seen.country) for seen in _scan(text, Evidence((text,))) if seen.country]


def _scan(text: str, document: Evidence) -> Iterator[_Seen]:
    forms = forms_by_first_word()
    settled = 0
    for word in first_words().finditer(text):
        start = word.start()
        if start < settled or (start and _is_word(text[start - 1])):
            continue
        passed: _Seen | None = None
        for form in forms[word[0]]:
            end = start + len(form.text)
            if not text.startswith(form.text, start) or _goes_on(text, end):
                continue
            seen = _seen(form, text, start, document)
            if seen.country or not form.doubts:
                passed, settled = None, end
                yield seen
                break
            # A shorter form may still stand here.
            passed = passed or seen
        if passed:
            yield passed


def _seen(form: Form, text: str, start: int, document: Evidence) -> _Seen:
    end = start + len(form.text)
    at = Span(start, end)
    if form.country is None:
        return _Seen(at, None, (form.rule,))
    rules: tuple[str, ...] = (form.rule,)
    if form.doubts:
        names_it, decision = decided(form.doubts, text, start, end, document)
        if not names_it:
            return _Seen(at, None, (decision,))
        rules = (*rules, decision) if decision else rules
    if _in_address(text, start, end):
        return _Seen(at, None, ("not a country: part of an address",))
    return _Seen(at, form.country, rules)


def _is_word(character: str) -> bool:
    return character.isalnum() or character == "_"


def _goes_on(text: str, end: int) -> bool:
    return end < len(text) and _is_word(text[end])


def _in_address(text: str, start: int, end: int) -> bool:
    """Tell whether the form is part of a web or mail address, a handle or a file name."""
    around = text[max(0, start - _ADDRESS_LENGTH) : start].rpartition(" ")[2]
    around += text[start:end] + text[end : end + _ADDRESS_LENGTH].partition(" ")[0]
    if text[start - 1 : start] == "@":
        return True
    marked = "." in around or "@" in around or "://" in around  # cheaper than the pattern
    return marked and _ADDRESS.search(around) is not None
