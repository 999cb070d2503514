"""What is asked first because it is cheap never turns away what the rule behind it would find."""

import re
import sys
from array import array

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from builder.annotate import _ADDRESS
from builder.blocks.chunks import ATX_HEADING
from builder.blocks.drafts import letters_of
from builder.blocks.editing import _repeats
from builder.blocks.furniture import plain
from builder.blocks.inline import RARE_SPACE
from builder.blocks.markup import CONSTRUCT, OPENING, _constructs
from builder.claiming.names import lower_case_words
from builder.claiming.words import root, stem
from builder.consecutive import consecutive
from builder.files import _is_untellable
from builder.fold import _FOLD, fold
from builder.ledger_file import one_line
from builder.model import Block, Document, Metadata, Place, Source, Span
from builder.naming.document_words import DocumentWords
from builder.naming.run_before import _SMALL_BEFORE, _read_back
from builder.naming.word_trie import trie_pattern
from builder.numbers.dollars import _any, _dollars, _is_code, _printed
from builder.numbers.masks import _KEY, _labels_at
from builder.numbers.numerals import numbers_at
from builder.numbers.periods import _BEGINNINGS, _PERIOD
from builder.numbers.statuses import _BORDER
from builder.numbers.telling import _CUT
from builder.quoted_sentences import sentences
from builder.read import OURS

GUARD = f"(?=[0-9]|{_BEGINNINGS}(?![a-z]))"
UNGUARDED = re.compile(_PERIOD.pattern.replace(GUARD, ""))
SPACES = " \t\r\n\u00a0\u2003\u2028\x1c\x85"
TEXTS = st.text(st.sampled_from(f"{SPACES}aBß’“—.\u00ad\u200b7"), max_size=30)
WORDS = st.lists(
    st.sampled_from(
        "of the Harbor & (HC) e-Trace eTrace 21st pre-K U.S.-led States' na\u00efve Fund's".split()
    ),
    max_size=6,
).map(lambda words: " ".join((*words, "")))
# Words and marks of which time frames are made, and some of which none is.
FRAMES = st.lists(
    st.sampled_from(
        "In in since over the past two years FY24 2023 March of last year to date each month"
        " a week ago ( ) / , . 's half- century (2019) by 2030 from 2010 – 2020 daily tons"
        " first quarter Q3 FYs fys effective so far next 12 months harbor Yesterday per day".split(
            " "
        )
    ),
    max_size=12,
).map(" ".join)
# The borders of clauses one by one, and what they are made of.
SIGN_BY_SIGN = re.compile(
    r"[;:](?! ?\() |[–—] ?|, (?:but|which|who|where|because|although|whereas|yet) "
    r"|, (?:the|a) [a-z]+ (?:who|which|that) |, while (?!(?:also )?[a-z]+ing )|, (?:and|so) "
    r"(?=(?:it|he|she|they|we|the|this|these|as|when|if|because|since) )"
)
SIGNS = ", |,|; |: | (|–| — |but |which |the |a |man |who |while |also |going |and |so |it |ports| "
BORDERS = st.lists(st.sampled_from(SIGNS.split("|")), max_size=10).map("".join)
CHARACTERS = "".join(map(chr, range(sys.maxunicode + 1)))


def test_what_is_printable_is_no_white_space_but_the_plain_space() -> None:
    for character in CHARACTERS:
        if character.isprintable():
            assert character == " " or not character.isspace()
            assert not _is_untellable(character)
            assert not RARE_SPACE.match(character)


@given(TEXTS)
def test_a_line_of_the_ledger_is_its_words(text: str) -> None:
    assert one_line(text) == (" ".join(text.replace("\r", " ").split()) or "_")


@given(TEXTS)
def test_a_line_as_the_patterns_see_it_is_its_folded_words(text: str) -> None:
    assert plain(text) == " ".join(fold(text).split())
    assert fold(text) == "".join(_FOLD.get(character, character) for character in text)


@given(TEXTS)
def test_folding_parts_no_sentences(text: str) -> None:
    assert sentences(text) == sentences(fold(text))


@given(st.text(max_size=40))
def test_letters_are_what_is_no_sign(text: str) -> None:
    assert letters_of(text) == re.sub(r"[\W_]+", "", text.casefold())


@given(st.text("Harbor, Plan!", max_size=60), st.integers(0, 60), st.text("Han!", max_size=3))
def test_what_repeats_a_headline_begins_like_it(headline: str, end: int, more: str) -> None:
    text, whole = headline[:end] + more, letters_of(headline)
    letters = letters_of(text)
    near = whole.startswith(letters) and len(letters) * 100 >= len(whole) * 85
    assert _repeats(text, whole) == (len(letters) >= 12 and near)


@given(st.text("a !`\\&<b>*_[](x)#;\n", max_size=20))
def test_a_construct_has_one_of_the_signs(text: str) -> None:
    found, opening = [], OPENING.search(text)
    while opening:
        match = CONSTRUCT.match(text, opening.start())
        found += [match.span()] if match else []
        opening = OPENING.search(text, match.end() if match else opening.start() + 1)
    assert [match.span() for match in _constructs(text)] == found


@given(st.from_regex(ATX_HEADING, fullmatch=True))
def test_a_heading_with_a_mark_begins_with_it(line: str) -> None:
    assert line.strip(" \t\r\u00a0").startswith("#")


@given(st.from_regex(_ADDRESS, fullmatch=True))
def test_an_address_has_a_slash_or_begins_with_www(address: str) -> None:
    assert "/" in address or "www" in address.lower()


@given(st.from_regex(OURS, fullmatch=True))
def test_a_side_of_a_conflict_has_its_mark(text: str) -> None:
    assert "<<<<<<< " in text


@given(st.from_regex(_CUT, fullmatch=True))
def test_a_sentence_is_cut_at_a_semicolon_or_a_bar(cut: str) -> None:
    assert ";" in cut or "|" in cut


def test_the_guard_of_time_frames_is_in_their_pattern() -> None:
    assert UNGUARDED.pattern != _PERIOD.pattern


@example("paid to Mexico (FYs 2021–2023)")
@given(st.one_of(FRAMES, st.from_regex(UNGUARDED)))
def test_a_time_frame_begins_with_one_of_the_beginnings(text: str) -> None:
    found = [(match.span(), match.lastgroup) for match in UNGUARDED.finditer(text)]
    assert [(match.span(), match.lastgroup) for match in _PERIOD.finditer(text)] == found


@given(WORDS)
def test_no_name_goes_back_over_a_small_word_before_its_keyword(before: str) -> None:
    if _SMALL_BEFORE.search(before):
        for loose in (False, True):
            for body in (False, True):
                assert _read_back(before, 0, loose=loose, stop=(), body=body) == len(before)


def test_every_name_of_a_dollar_is_printed() -> None:
    for name in _dollars().names:
        assert _printed().search(name if _is_code(name) else f"the {name} dollars")
    assert not _printed().search("$5 million of the harbor's money, in dollars")


@given(st.lists(st.sampled_from(["US", "U.S.", "$", " ", "A", "Peru", "Perus", "new peso"])))
def test_what_stands_before_a_name_may_be_looked_at_last(parts: list[str]) -> None:
    names, text = ("U.S.", "US", "Peru", "peso"), "".join(parts)
    first = re.compile(rf"(?<![\w$])(?:{'|'.join(map(re.escape, names))})(?![\w$])")
    assert _any(names).pattern.findall(text) == first.findall(text)
    assert _any(names).all_in(text) == frozenset(first.findall(text))


@pytest.mark.parametrize("word", ["section", "(Title", "law—Title", "No.", "5", "", "([\"'"])
def test_a_label_is_looked_for_where_its_word_begins(word: str) -> None:
    key = _KEY.match(f"{word} 42", 0, len(word))
    labels = _labels_at(word)
    assert not labels or (key is not None and {shift for shift, *_ in labels} == {key.start("key")})
    assert bool(labels) == (word in ("section", "(Title", "law—Title", "No."))


@given(st.lists(st.text("ab .", min_size=1, max_size=4), min_size=1), st.text("ab .", max_size=9))
def test_many_words_in_one_pattern_are_found_as_in_a_list(words: list[str], text: str) -> None:
    listed = "|".join(map(re.escape, sorted(words, key=len, reverse=True)))
    for behind in ("", r"\b", " a", "$"):
        one, other = (
            re.compile(rf"(?P<word>{pattern}){behind}") for pattern in (trie_pattern(words), listed)
        )
        found = [(match.span(), match["word"]) for match in other.finditer(text)]
        assert [(match.span(), match["word"]) for match in one.finditer(text)] == found


@given(BORDERS)
def test_where_a_clause_begins_is_found_whichever_sign_comes_first(text: str) -> None:
    found = [match.span() for match in SIGN_BY_SIGN.finditer(text)]
    assert [match.span() for match in _BORDER.finditer(text)] == found


def test_a_number_in_words_is_found_whatever_letter_it_begins_with() -> None:
    words = ("forty", "a hundred", "dozens", "doubled", "a few thousand", "multiple million")
    for word in (*words, "several dozen", "zero", "a billion", "halves", "quarter", "ninths"):
        assert numbers_at(f"some {word} of them") == [len("some ")]
    assert numbers_at("more than a tonne") == [len("more than ")]


def test_a_word_that_stands_nowhere_is_not_looked_for() -> None:
    words = DocumentWords.of(("the al Harbor and Almost", "al"))
    assert words.everywhere("al") == [4, 25]
    assert words.everywhere("von") == []


def test_the_words_that_a_document_writes_small_come_with_their_roots() -> None:
    text = "Agencies announced re-elected harbors' plans, isn't it"
    block = Block("paragraph", None, Span(0, len(text)), text, consecutive(0, len(text)))
    source = Source("a.txt", "", text, Metadata(), Place("a.txt", 1))
    small = "announced re elected harbors plans isn it".split()
    document = Document("a", Metadata(), (block,), source)
    assert lower_case_words(document) == {*map(stem, small), *map(root, small)}


@given(st.integers(0, 1 << 21), st.integers(-3, 300))
def test_consecutive_numbers_are_counted_right(first: int, length: int) -> None:
    assert consecutive(first, first + length) == array("I", range(first, first + length))
