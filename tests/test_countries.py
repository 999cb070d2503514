"""The country finder, its table against ISO 3166 and CLDR, and every example in its data."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest

from builder.countries import (
    countries_in,
    country_entities,
    find_countries,
)
from builder.fold import fold
from builder.model import Metadata, Reading
from builder.naming.country_doubts import doubts_by_form, listed, stop_phrases
from builder.naming.country_table import Country, country_table
from builder.strict_yaml import load, load_data
from marked import remark, unmark

CASES = Path(__file__).parent / "cases" / "countries.yaml"
GROUPS = load(CASES.read_text(encoding="utf-8"), CASES.name)
TRAPS = load_data("country_traps")


def codes(text: str) -> list[str]:
    return [code for _, code in countries_in(fold(text))]


def surfaces(text: str) -> set[str]:
    return {text[span.start : span.end] for span, _ in countries_in(fold(text))}


@pytest.mark.parametrize("case", [case for group in GROUPS for case in group["cases"]])
def test_case(case: str) -> None:
    text, expected = unmark(case)
    found = countries_in(fold(text))
    assert remark(text, found) == remark(text, expected)


def test_there_are_many_cases() -> None:
    assert sum(len(group["cases"]) for group in GROUPS) >= 100


@pytest.mark.parametrize(("code", "row"), load_data("countries").items())
def test_row_proves_itself(code: str, row: dict[str, list[str]]) -> None:
    for example in row.get("examples", ()):
        assert code in codes(example), example
    for phrase in row.get("not", ()):
        assert code not in codes(phrase), phrase


@pytest.mark.parametrize("row", TRAPS["doubts"], ids=lambda row: row["forms"][:40])
def test_doubt_proves_itself(row: dict[str, object]) -> None:
    forms = {form.upper() for form in listed(str(row["forms"]))}
    assert row["examples"]
    assert row["not"]
    for example in row["examples"]:
        assert forms & {form.upper() for form in surfaces(example)}, example
    for phrase in row["not"]:
        assert not forms & {form.upper() for form in surfaces(phrase)}, phrase


def test_no_stop_phrase_names_a_country() -> None:
    assert [phrase for row in stop_phrases().values() for phrase in row if codes(phrase)] == []


def test_doubts_speak_of_forms_that_the_table_has() -> None:
    forms = {form for country in country_table().values() for form in country.forms}
    assert set(doubts_by_form()) <= forms


def test_data_files_have_known_keys_only() -> None:
    rows = load_data("countries")
    allowed = ("name", "iso", "region", "status", "names", "former", "people", "short")
    allowed = (*allowed, "introduced", "inverted", "examples", "not")
    assert [problem for row in rows.values() for problem in row.unknown_keys(allowed)] == []
    assert list(TRAPS.unknown_keys(("words", "stops", "doubts"))) == []
    doubt = ("name", "about", "forms", "persons", "accept", "reject", "for", "nearby", "against")
    allowed = (*doubt, "otherwise", "examples", "not")
    assert [problem for row in TRAPS["doubts"] for problem in row.unknown_keys(allowed)] == []


def test_every_form_belongs_to_one_country() -> None:
    seen: dict[str, str] = {}
    for country in country_table().values():
        for form in country.forms:
            assert seen.setdefault(form, country.key) == country.key, form


def test_table_agrees_with_iso_3166() -> None:
    pycountry = pytest.importorskip("pycountry", reason="the test extra is not installed")
    table = dict(country_table())
    kosovo = table.pop("xk")
    assert (kosovo.alpha3, kosovo.number) == ("XKX", None)
    assert {(row.key.upper(), row.alpha3, row.number) for row in table.values()} == {
        (row.alpha_2, row.alpha_3, row.numeric) for row in pycountry.countries
    }


# ISO's or CLDR's name alone does not tell these: one is in doubt, one names two places, some
# name their state as well.
NEEDS_CONTEXT = {"cg", "ge", "mf", "sx", "tw", "va", "um"}


def test_names_of_iso_and_cldr_are_found() -> None:
    pycountry = pytest.importorskip("pycountry", reason="the test extra is not installed")
    babel = pytest.importorskip("babel", reason="the test extra is not installed")
    territories = babel.Locale("en").territories
    wrong = []
    for row in pycountry.countries:
        code = row.alpha_2.lower()
        names = {row.name, getattr(row, "official_name", row.name), territories[row.alpha_2]}
        expected = [] if country_table()[code].status == "territory" else [code]
        for name in names:
            # ISO inverts some names: "Korea, Republic of".
            upright = name if " and " in name else " ".join(reversed(name.split(", ")))
            if code not in NEEDS_CONTEXT and codes(upright) != expected:
                wrong.append((code, upright, codes(upright)))
    assert wrong == []


def test_document_settles_what_the_passage_leaves_open() -> None:
    texts = ("Tbilisi welcomed the visit.", "", "Georgia will hold talks.")
    reading = Reading(texts, ("paragraph",) * 3, Metadata())
    found = list(find_countries(reading, None))  # type: ignore[arg-type]  # reads no catalogue
    assert [(mention.block, mention.entity) for mention in found] == [(2, "ge")]
    assert codes("Georgia will hold talks.") == []


def test_entities_have_names_codes_and_regions() -> None:
    entities = country_entities()
    assert len(entities) == 193 + len(("va", "hk", "mo", "tw", "ps", "xk", "eh", "ck", "nu"))
    mexico = entities["mx"]
    assert (mexico.kind, mexico.name, mexico.sort) == ("country", "Mexico", "Central America")
    assert "Mexicans" in mexico.aliases
    assert [fact.value for fact in mexico.facts] == ["Central America", "MX, MEX", "484"]


def test_spans_do_not_overlap_and_stay_in_the_text() -> None:
    text = "U.S.–Mexico–Canada, São Tomé, the PRC, CÔTE D'IVOIRE " * 50
    found = countries_in(text)
    assert all(a.end <= b.start for (a, _), (b, _) in pairwise(found))
    assert all(0 <= span.start < span.end <= len(text) for span, _ in found)


# Adjectives and peoples without a plural in -s of their own; all in -ese and -ish are of these.
NO_REGULAR_PLURAL = {
    *("Greenlandic", "Icelandic", "French", "Dutch", "Swiss", "Hellenic", "Philippine"),
    *("Kyrgyz", "Lao", "Malagasy", "Seychellois", "Beninois", "Burkinabe", "Burkinabé"),
    *("Burkinabè", "Batswana", "Motswana", "Basotho", "Mosotho", "Antiguan and Barbudan"),
    # the singular is a name or a word as well
    *("Danes", "Finns", "Brits", "Poles", "Turks"),
    *("Korean People's Army", "Korean Central News Agency"),
}


@pytest.mark.parametrize("country", country_table().values(), ids=lambda country: country.key)
def test_demonyms_have_their_regular_plurals(country: Country) -> None:
    people = set(country.people)
    for form in people:
        # Frenchman, Irishwoman; but Germans
        man = re.compile(r"(?<=[cs]hm)an$|(?<=wom)an$")
        plural = man.sub("en", form) if man.search(form) else f"{form}s"
        singulars = {form.removesuffix("s"), re.sub(r"(?<=[cs]hm)en$|(?<=wom)en$", "an", form)} - {
            form
        }
        regular = plural in people or singulars & people
        listed = form in NO_REGULAR_PLURAL or form.endswith(("ese", "ish"))
        assert regular or listed, f"{form}: neither its singular nor {plural} is in the row"
        doubted = {form, plural} & doubts_by_form().keys()
        if plural in people and country.status != "territory" and not doubted:
            assert codes(f"Many {plural} live abroad.") == [country.key], plural
