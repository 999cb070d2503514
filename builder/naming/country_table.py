"""The table of countries and every form in which a text may name one.

The table is `builder/data/countries.yaml`. A form is a name, a demonym or adjective, an
abbreviation, or a stop phrase of `country_traps.yaml`, in which no country is seen.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from builder.naming.country_doubts import Doubt, doubts_by_form, listed, stop_phrases
from builder.naming.word_trie import trie_pattern
from builder.strict_yaml import load_data

# "Guinea" in "Guinea-Bissau", "U" in "U.S.", "Côte" in "Côte d'Ivoire"
_FIRST_WORD = re.compile(r"[^\W\d_]+")
# What each list of a row is: the field of the row, and the rule of the forms in it.
_RULES = {
    "names": "name",
    "former": "former name",
    "people": "demonym or adjective",
    "short": "abbreviation",
    "introduced": "abbreviation after its introduction",
}
_AS_SPELLED = ("short", "introduced")


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
    former: tuple[str, ...]
    people: tuple[str, ...]
    short: tuple[str, ...]
    introduced: tuple[str, ...]

    @property
    def forms(self) -> tuple[str, ...]:
        """Every form in which texts name it."""
        abbreviations = (*self.short, *self.introduced)
        return (self.name, *self.names, *self.former, *self.people, *abbreviations)


@dataclass(frozen=True, slots=True)
class Form:
    """A form as it is spelled; `country` is None where it names none, `rule` says why it counts."""

    text: str
    country: str | None
    rule: str
    doubts: tuple[Doubt, ...] = ()


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
        former=listed(row.get("former", "")),
        people=listed(row.get("people", "")),
        short=listed(row.get("short", "")),
        introduced=listed(row.get("introduced", "")),
    )


@cache
def forms_by_first_word() -> Mapping[str, tuple[Form, ...]]:
    """Return all forms by their first word ("U" for "U.S."), longest first."""
    forms: dict[str, Form] = {}
    for form in (*_stops(), *_named()):
        forms.setdefault(form.text, form)
    by_first: dict[str, list[Form]] = {}
    for form in sorted(forms.values(), key=lambda form: -len(form.text)):
        first = _FIRST_WORD.match(form.text)
        if first:
            by_first.setdefault(first[0], []).append(form)
    return {first: tuple(entries) for first, entries in by_first.items()}


@cache
def first_words() -> re.Pattern[str]:
    """Return the pattern of the words with which a form can begin; what is before is not looked at.

    It begins with no look around, so that the search can leap from capital letter to capital.
    """
    return re.compile(rf"{trie_pattern(forms_by_first_word())}(?![^\W\d_])")


def _stops() -> Iterator[Form]:
    for rule, phrases in stop_phrases().items():
        for spelling in _spellings(phrases):
            yield Form(spelling, None, f"not a country: {rule}")


def _named() -> Iterator[Form]:
    doubts = doubts_by_form()
    for country in country_table().values():
        territory = country.status == "territory"
        for field, rule in _RULES.items():
            for form in _forms_in(country, field):
                in_doubt = doubts.get(form, ())
                if field == "introduced":
                    in_doubt = (_unexplained(form, country),)
                for spelling in (form,) if field in _AS_SPELLED else _spellings((form,)):
                    if territory:
                        yield Form(spelling, None, "not a country: a territory")
                    else:
                        yield Form(spelling, country.key, rule, in_doubt)


def _forms_in(country: Country, field: str) -> tuple[str, ...]:
    forms: tuple[str, ...] = getattr(country, field)
    return (country.name, *forms) if field == "names" else forms


def _unexplained(abbreviation: str, country: Country) -> Doubt:
    """Return the doubt that only "Papua New Guinea (PNG)" in the document settles for "PNG"."""
    return Doubt(
        name="an abbreviation that was not explained",
        forms=(abbreviation,),
        evidence=tuple(f"{name} ({abbreviation})" for name in (country.name, *country.names)),
        otherwise=False,
    )


def _spellings(phrases: Iterable[str]) -> Iterator[str]:
    """Yield each phrase as it is and in capitals, both also without and with loose accents."""
    for phrase in phrases:
        for cased in dict.fromkeys((phrase, phrase.upper())):
            loose = unicodedata.normalize("NFD", cased)
            plain = "".join(mark for mark in loose if not unicodedata.combining(mark))
            yield from dict.fromkeys((cased, plain, loose))
