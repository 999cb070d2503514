"""Matching of names: typographies, borders, time."""

from __future__ import annotations

import pytest

from builder.model import Entity, Reading
from builder.naming.document_words import DocumentWords
from builder.naming.entries import Entry
from builder.naming.following import Hit, Shorts, known_in, stand_ins
from builder.naming.names import Form, Names
from builder.naming.phrases import Phrases
from builder.naming.typography import fold_name, variants
from builder.slugs import slugify


def found(text: str, *forms: str) -> list[str]:
    names = Names(Form.of(form, form) for form in forms)
    return [text[match.start : match.end] for match in names.find(text)]


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("Merida Initiative", "the Mérida initiative", "Mérida initiative"),
        ("Mérida Initiative", "the Merida Initiative's aims", "Merida Initiative"),
        ("MERIDA INITIATIVE", "the MERIDA INITIATIVE", "MERIDA INITIATIVE"),
        ("Merida Initiative", "THE MERIDA INITIATIVE", "MERIDA INITIATIVE"),
        ("counternarcotics group", "a counter-narcotics group", "counter-narcotics group"),
        ("Counter-Narcotics Group", "the Counternarcotics Group", "Counternarcotics Group"),
        ("U.S.–PRC Group", "the U.S. – PRC Group", "U.S. – PRC Group"),
        ("U.S. Coast Guard", "the US Coast Guard", "US Coast Guard"),
        ("U.S. Coast Guard", "United States Coast Guard", "United States Coast Guard"),
        ("World Food Programme", "World Food Program", "World Food Program"),
        ("Security, Health, and Peace Act", "Security, Health and Peace Act", None),
        ("Fish & Wildlife Service", "Fish and Wildlife Service", None),
        ("Office of Ports", "the Oﬃce of Ports", "Oﬃce of Ports"),
        ("Joe Smith Jr.", "Joe Smith Jr. spoke", "Joe Smith Jr."),
        ("Summit [of the Coalition]", "the Summit of the Coalition", "Summit"),
        ("fentanyl", "FENTANYL", "FENTANYL"),
    ],
)
def test_typographies(name: str, text: str, expected: str | None) -> None:
    assert found(text, name) == [expected or text]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Merida Initiative", "an merida initiative"),
        ("ICE", "ice and Ice"),
        ("Act One", "Fact One, Act Ones"),
        ("Peace, Act", "Peace Act"),
        ("Summit [of the Coalition]", "the Summit of others"),
        ("Global Coalition", "Global. The Coalition"),
    ],
)
def test_what_is_not_the_name(name: str, text: str) -> None:
    assert found(text, name) == []


def test_the_longest_name_wins() -> None:
    assert found("the Global Fund Act", "Global Fund", "Global Fund Act") == ["Global Fund Act"]


def test_a_denied_name_hides_what_it_covers() -> None:
    names = Names([Form("Fund", "fund"), Form("Pension Fund", "fund", denied=True)])
    matches = names.find("the Pension Fund and the Fund")
    assert [match.start for match in matches] == [25]


def test_people_keep_their_case() -> None:
    names = Names([Form("Will Hunt", "will-hunt", exact=True)])
    assert not list(names.find("Will hunt for it"))
    assert list(names.find("WILL HUNT was there"))


def test_slug() -> None:
    assert slugify("U.S.–PRC Working Group") == "us-prc-working-group"
    assert slugify("North American Leaders’ Summit") == "north-american-leaders-summit"
    assert slugify("Andrés Manuel López Obrador") == "andres-manuel-lopez-obrador"
    assert len(slugify("word " * 40)) <= 80
    assert not slugify("word " * 40).endswith("-")


def test_fold_name_and_variants() -> None:
    assert fold_name("Security, Health, and Peace") == fold_name("security, health and peace")
    assert "US Coast Guard" in variants("U.S. Coast Guard")


def test_words_are_met_where_they_stand() -> None:
    words = DocumentWords.of(("Act one, act two", "", "Act-three Acts (Act)"))
    assert words.where(["Act", "Acts", "never"]) == [
        (0, 0, "Act"),
        (2, 0, "Act"),
        (2, 10, "Acts"),
        (2, 16, "Act"),
    ]


def test_phrases_are_whole_words_and_the_longest_wins() -> None:
    words = DocumentWords.of(("a Working Group", "Group-wide Work, pre-Work, Group Working Groups"))
    phrases = Phrases(["Group", "Work", "Working", "Working Group"])
    assert phrases.places(words) == [
        (0, 2, "Working Group"),
        (1, 11, "Work"),
        (1, 27, "Group"),
        (1, 33, "Working"),
    ]


def test_a_context_tells_which_words_of_a_name_are_the_mention() -> None:
    entity = Entity("program", "summit", "Summit of the Harbor League")
    parted = Entry(entity, context_aliases=("Summit [of the Harbor League]",))
    text = "a Summit of the Harbor League met"
    mention = [text[one.start : one.end] for one in Names(parted.forms()).find(text)]
    assert mention == ["Summit"]
    whole = [text[one.start : one.end] for one in Names(Entry(entity).forms()).find(text)]
    assert whole == ["Summit of the Harbor League"]


def test_a_shared_short_form_is_met_once_and_stands_for_the_nearest() -> None:
    texts = ("Harbor Act. The Act.", "River Act. The Act.")
    forms = [Form("Act", key, short=True, exact=True) for key in ("harbor-act", "river-act")]
    shorts = Shorts(forms)
    hits = [Hit(0, 0, 10, "harbor-act"), Hit(1, 0, 9, "river-act")]
    met = known_in(texts, shorts.names).short
    assert [len(group) for group in met] == [1, 1, 1, 1]
    reading = Reading(texts, ("paragraph", "paragraph"), {})
    stand = stand_ins(reading, hits, met, shared=shorts.shared)
    assert [(hit.block, hit.start, hit.key) for hit in stand] == [
        (0, 7, "harbor-act"),
        (0, 16, "harbor-act"),
        (1, 6, "river-act"),
        (1, 15, "river-act"),
    ]
