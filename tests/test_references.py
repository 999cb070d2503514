"""References in every format, read by the programs that read them."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import replace
from functools import cache
from typing import Any
from urllib.parse import parse_qsl

import jsonschema
import pytest
import rispy
from citeproc.source.json import CiteProcJSON
from hypothesis import given
from hypothesis import strategies as st
from pybtex.database import Entry, parse_string
from pybtex.richtext import Text

from builder.citing.bibtex import bibtex
from builder.citing.coins import coins, coins_html, coins_length
from builder.citing.csl_json import csl_json
from builder.citing.head_tags import head_tags
from builder.citing.keywords import keywords_of
from builder.citing.places import place_of
from builder.citing.publication import Publication
from builder.citing.reference import Reference, institutions, reference_of
from builder.citing.reference_types import number_in, reference_type
from builder.citing.ris import ris
from builder.compact_json import compact
from builder.html.titles import title_of
from builder.model import Annotated, Known, Metadata
from builder.strict_yaml import load, load_data
from conftest import ROOT
from made import made

SITE = Publication("Harbor Reader", "https://reader.example/")
TABLE = "tests/cases/references.yaml"
CASES = load((ROOT / TABLE).read_text("utf-8"), TABLE)["cases"]


def reference(
    given: dict[str, str], how: dict[str, str] | None = None, site: Publication = SITE
) -> Reference:
    """Return how a document with such metadata is cited."""
    known = {key: Known(value, (how or {}).get(key, "stated")) for key, value in given.items()}
    # Not what the text says of itself.
    document = replace(made("x", "Silt is patient.").document, metadata=Metadata(**known))
    return reference_of(document, title_of(document), site)


@cache
def schema() -> jsonschema.Draft7Validator:
    text = (ROOT / "tests/vendor/csl/csl-data.json").read_text("utf-8")
    return jsonschema.Draft7Validator(json.loads(text))


def read_ris(text: str) -> dict[str, list[str]]:
    """Return the tags of one record with their values."""
    tags: dict[str, list[str]] = {}
    for line in text.split("\r\n"):
        if line:
            assert re.match(r"[A-Z][A-Z0-9]  - ", line), line
            tags.setdefault(line[:2], []).append(line[6:])
    return tags


def read_bibtex(text: str) -> Entry:
    (entry,) = parse_string(text, "bibtex").entries.values()
    return entry


def check(one: Reference) -> None:
    """Check that each format is read by a program that knows it, with the same in it."""
    item = csl_json(one)
    schema().validate([item])
    assert json.loads(compact(item)) == item
    CiteProcJSON([item])
    (record,) = rispy.loads(ris(one))
    assert record["title"] == one.title
    assert record.get("authors", []) == list(one.authors)
    assert record.get("urls", []) == ([one.address] if one.address else [])
    assert record["type_of_reference"] in ("GOVDOC", "RPRT")
    entry = read_bibtex(bibtex(one))
    assert entry.type == "techreport"
    names = entry.persons.get("author", [])
    assert len(names) == len(one.authors)
    assert all(len(name.last_names) == 1 and not name.first_names for name in names)
    pairs = parse_qsl(coins(one), strict_parsing=True, keep_blank_values=True)
    assert ("rft.btitle", one.title) in pairs
    assert sorted(value for key, value in pairs if key == "rft.aucorp") == sorted(one.authors)
    for brief in (False, True):
        assert coins_length(one, brief=brief) == len(coins_html(one, brief=brief))
    for text in (item["note"], ris(one), bibtex(one)):
        assert len(re.findall(r"\bVia (?:\\url\{)?\S*documents/", text)) == 1
        assert one.page in text


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_odd_metadata(case: dict[str, Any]) -> None:
    one = reference(case["given"], case.get("how"))
    check(one)
    tags: dict[str, list[str]] = {}
    for name, content in head_tags(one):
        tags.setdefault(name, []).append(content)
    written = {
        "csl": csl_json(one),
        "ris": read_ris(ris(one)),
        "bibtex": bibtex_fields(bibtex(one)),
        "tags": tags,
    }
    for form, found in written.items():
        for field, expected in case.get(form, {}).items():
            assert found.get(field) == expected, f"{form} {field}"


def bibtex_fields(text: str) -> dict[str, str]:
    """Return the fields of an entry as written; a macro as pybtex resolves it."""
    fields = dict(read_bibtex(text).fields)
    author = re.search(r"^  author = \{(.*)\},$", text, re.MULTILINE)
    return {**fields, **({"author": author[1]} if author else {})}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_without_the_site_s_address_nothing_absolute_is_invented(case: dict[str, Any]) -> None:
    one = reference(case["given"], case.get("how"), Publication("Harbor Reader"))
    check(one)
    everything = (compact(csl_json(one)), ris(one), bibtex(one), coins(one), str(head_tags(one)))
    assert not any("reader.example" in text for text in everything)
    assert csl_json(one).get("URL", "") == one.url
    assert csl_json(one)["note"].endswith("Via documents/x/")


def test_kinds_of_documents() -> None:
    data = load_data("reference_types")
    for example in data["examples"]:
        found = reference_type(example["kind"])
        assert {key: getattr(found, key) for key in example if key != "kind"} == {
            key: value for key, value in example.items() if key != "kind"
        }
    for example in data["numbers"]:
        assert number_in(example["title"], example["kind"]) == str(example["number"])


def test_every_kind_that_titles_announce_has_its_type() -> None:
    for row in load_data("document_types")["rows"]:
        assert reference_type(row["type"]).word.lower() == row["type"]
        assert reference_type(row["type"]).genre or row["type"] == "report"


def test_places() -> None:
    assert place_of(["the White House"]) == "Washington, DC"
    assert place_of(["US Department of State"]) == "Washington, DC"
    assert place_of(["United States Department of State", "The White House"]) == "Washington, DC"
    assert place_of(["Ministry of Lanterns"]) == ""
    known = {row["issuer"] for row in load_data("issuers")["rows"]}
    placed = {issuer for row in load_data("issuers")["places"] for issuer in row["issuers"]}
    assert len(known & placed) > 15


def test_issuers_are_parted_at_semicolons_alone() -> None:
    assert institutions("Bureau of Democracy, Human Rights, and Labor") == (
        "Bureau of Democracy, Human Rights, and Labor",
    )
    assert institutions(" The White House ;; Government of Japan; ") == (
        "The White House",
        "Government of Japan",
    )
    assert institutions("The White House; Department of State; and Department of Justice") == (
        "The White House",
        "Department of State",
        "Department of Justice",
    )
    assert institutions("And Company; & Sons; Andes Bureau; and") == (
        "And Company",
        "Sons",
        "Andes Bureau",
    )


def mentions_of(one: Annotated) -> Counter[tuple[str, str]]:
    return Counter((mention.kind, mention.entity) for mention in one.mentions)


def test_keywords_are_what_is_named_most_and_reviewed() -> None:
    named = (
        ("country", "mx", "Mexico"),
        ("substance", "rope", "ropes"),
        ("program", "light", "Light"),
        ("person", "quill", "Quill"),
    )
    one = made("x", "Light, ropes. Mexico, ropes, Mexico, ropes. Quill Quill Quill Quill.", *named)
    reviewed = {("country", "mx"): "Mexico", ("substance", "rope"): "hemp; ropes"}
    assert keywords_of(mentions_of(one), reviewed) == ("hemp, ropes", "Mexico")
    assert keywords_of(mentions_of(one), {}) == ()
    many = {("country", f"c{number}"): f"Country {number:02}" for number in range(30)}
    text = " ".join(f"Land{number}." for number in range(30))
    crowded = made("y", text, *((*who, f"Land{who[1][1:]}.") for who in many))
    assert len(keywords_of(mentions_of(crowded), many)) == 10


def test_coins_are_one_empty_hidden_span() -> None:
    one = reference({"title": '"><script>&amp; 100% + 1', "issuer": "The White House"})
    span = coins_html(one)
    assert re.fullmatch(r'<span class="Z3988" title="[A-Za-z0-9._~%&=;-]+" hidden></span>', span)
    assert len(coins_html(one, brief=True)) < len(span)


def test_long_titles_stay_whole() -> None:
    title = "Silt & sand, " * 160
    check(reference({"title": title.strip()}))


# What a title may hold: anything; lines of other formats, and what acts in them, often.
TITLES = st.lists(
    st.one_of(
        st.text(max_size=8),
        st.sampled_from(
            [
                *"\\{}$%&#_~^\"'`<>|-@,;=",
                "--",
                "''",
                "``",
                "ER  - ",
                "\n",
                "\r\n",
                "{{",
                "}}",
                " and ",
            ]
        ),
    ),
    max_size=12,
).map("".join)


@given(title=TITLES, issuer=TITLES)
def test_any_title_and_issuer_come_back(title: str, issuer: str) -> None:
    check(reference({"title": title, "issuer": issuer}))


# What pybtex leaves to TeX, and what these signs are.
_LEFT_TO_TEX = (("\\$", "$"), ("ˆ", "^"))


@given(title=TITLES)
def test_any_title_comes_back_from_bibtex(title: str) -> None:
    one = reference({"title": title})
    written = read_bibtex(bibtex(one)).fields["title"]
    # Braces are marks for pybtex even where they are escaped: here they are signs of their own.
    for sign, escaped in (("{", r"\{"), ("}", r"\}")):
        written = written.replace(rf"{{\textbrace{'left' if sign == '{' else 'right'}}}", escaped)
        written = written.replace(escaped, chr(0xE000 + ord(sign)))
    read = str(Text.from_latex(written))
    for sign in "{}":
        read = read.replace(chr(0xE000 + ord(sign)), sign)
    if "ˆ" not in one.title:
        for left, sign in _LEFT_TO_TEX:
            read = read.replace(left, sign)
        assert read == one.title


@given(edtf=st.one_of(st.text(max_size=12), st.from_regex(r"[0-9X]{4}(-[0-9X]{2}){0,2}[?~%]?")))
def test_any_date_is_valid_in_every_format(edtf: str) -> None:
    one = reference({"title": "A", "date": edtf})
    check(one)
    for value in read_ris(ris(one)).get("DA", []):
        assert re.match(r"\d{4}/(\d\d)?/(\d\d)?/", value)


def test_an_address_with_a_semicolon_is_one_address() -> None:
    """Readers of RIS part UR at semicolons."""
    one = made("x", "A text.\n", url=Known("https://x.gov/a;b?c=1;d", "stated")).document
    (read,) = rispy.loads(ris(reference_of(one, "T", Publication("Reader"))))
    assert read["urls"] == ["https://x.gov/a%3Bb?c=1%3Bd"]
