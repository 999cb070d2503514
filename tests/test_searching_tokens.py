"""Under which words a text stands in the index of a big collection."""

import pytest

from builder.searching.tokens import plain_words, words_of

TEXTS = {
    "The nation’s plan, Mexico's plans": "the nation plan mexico plans",
    "Mérida and Me\u0301rida; Łódź, Straße, Ærø": "merida and merida lodz strasse aero",
    "20,200 agents for $1.2bn": "20200 agents for 1200000000",
    "a rate of 1.55%": "a rate of 1d55 percent",
    "the U.S. and the U.S.-made": "the us and the us made",
    "don’t, O'Neill": "dont oneill",
    "F16, COVID-19, 5G": "f16 covid 19 5g",
    "Biden-\u2060Harris, re\u00adentry": "biden harris reentry",
    "snake_case, a*b": "snake case a b",
    "§ 841": "section 841",
    "हिन्दी में काम": "हनद म कम",
    "ที่ น้ำ": "ท นา",
    "المُدَرِّس": "المدرس",
    "before ﷺ after": "before صلىاللهعليهوسلم after",
    f"a {'x' * 300} b": f"a {'x' * 60} b",
    f"{'9' * 300} {'𝒳' * 100}": f"{'9' * 60} {'x' * 60}",
    "20 constructor toString, __proto__": "20 constructor tostring proto",
    "2½ tons": "21over2 tons",
    "": "",
    "— … !": "",
}


@pytest.mark.parametrize("text", TEXTS)
def test_words_as_they_are_looked_up(text):
    assert plain_words(text) == TEXTS[text].split()


def test_further_words_stand_behind_the_text():
    words = words_of("Counter-narcotics work costs $1.2 billion.")
    assert words[:6] == ["counter", "narcotics", "work", "costs", "1d2", "billion"]
    assert {*words[6:]} == {"counternarcotics", "1200000000"}


def test_a_misprint_is_found_under_what_it_should_say():
    assert words_of("The Hemishpere.", ["Hemisphere"]) == ["the", "hemishpere", "hemisphere"]


@pytest.mark.browser
def test_the_page_reads_the_same_words(address, open_page):
    page = open_page(address)
    for name in ("fold", "search_words"):
        page.evaluate(f"reader.script('assets/javascripts/{name}.js')")
    read = "texts => texts.map(text => reader.words.read(text).words.filter(Boolean))"
    assert page.evaluate(read, list(TEXTS)) == [plain_words(text) for text in TEXTS]


def test_what_was_read_before_changes_no_words(monkeypatch):
    monkeypatch.setattr("builder.searching.tokens._REMEMBERED", 4)
    text = "In 45-day spring-time a one-time 12-year-old comes to Mérida with 1,200 tons"
    first = words_of(text)
    for number in range(9):
        words_of(f"word{number} another-{number}")
        assert words_of(text) == first
    assert "45day" in first
