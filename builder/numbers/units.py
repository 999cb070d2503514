"""Units of measure and currencies: how they are printed, and the names we publish."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from builder.naming.word_trie import trie_pattern
from builder.numbers.number_words import any_of
from builder.strict_yaml import Record, load_data


@dataclass(frozen=True, slots=True)
class Units:
    """Patterns and names of units of measure and currencies, made from the tables in `data`.

    `large` holds codes that are read only with large amounts, `letters` the single letters that
    are signs only before such. `shared` maps a word of several currencies to their codes.
    """

    sign_before: re.Pattern[str]
    sign_ahead: re.Pattern[str]
    signs: Mapping[str, str]
    large: frozenset[str]
    letters: Mapping[str, str]
    code_after: re.Pattern[str]
    word: re.Pattern[str]
    words: Mapping[str, tuple[str, bool, bool]]  # form → unit, is it time, is it money
    mark: re.Pattern[str]
    marks: Mapping[str, tuple[tuple[str, tuple[str, ...], bool], ...]]  # unit, only before, time
    shared: Mapping[str, tuple[str, ...]]
    hyphen_noun: re.Pattern[str]


_Word = tuple[str, bool, bool]
_Mark = tuple[str, tuple[str, ...], bool]


@cache
def units() -> Units:
    """Return the tables `units.yaml` and `currencies.yaml`, compiled once."""
    rows = load_data("currencies")
    signs, shared = _signs(rows), _shared(rows)
    letters = {row["letter"]: row["code"] for row in rows if "letter" in row}
    codes = [row["code"] for row in rows if row["code"] in signs]
    short = [sign for sign in signs if len(sign) == 1]
    words = _currency_words(rows) | _measures()
    marks = _marks()
    before = any_of([*signs, *letters])
    return Units(
        # "US$ ", "EUR " right before a number
        sign_before=re.compile(rf"(?<![A-Za-z]){before} ?$"),
        sign_ahead=re.compile(rf"{before} ?(?=[0-9.])"),
        signs=signs | letters,
        large=frozenset(row["code"] for row in rows if not row.get("code_read", True)),
        letters=letters,
        code_after=re.compile(rf" ?(?P<code>{any_of([*codes, *short])})(?![\w])"),
        # " kilograms", "-year", "-year-old", " or more kilograms"
        word=re.compile(
            r"(?P<join>[ -]| or (?P<more>more|so|fewer|less) )"
            r"(?:(?:consecutive|straight|additional|more|full|successive|extra|calendar|whole"
            r"|further) )?"
            rf"(?P<word>{trie_pattern(words)})(?![\w])(?:[- ](?P<old>olds?)(?![\w]))?"
        ),
        words=words,
        mark=re.compile(rf" ?(?P<mark>{trie_pattern(marks)})(?![\w]|- )"),
        marks=marks,
        shared=shared,
        hyphen_noun=re.compile(
            rf"-{any_of(load_data('numerals')['counted_after_hyphen'])}(?![\w])"
        ),
    )


def _signs(rows: Sequence[Record]) -> dict[str, str]:
    """Return what may stand before an amount, signs and codes, with the code meant."""
    signs: dict[str, str] = {}
    for row in rows:
        signs |= dict.fromkeys(row.get("signs", ()), row["code"])
        if row.get("code_read") != "never":
            signs[row["code"]] = row["code"]
    return signs


def _shared(rows: Sequence[Record]) -> dict[str, tuple[str, ...]]:
    shared: dict[str, tuple[str, ...]] = {}
    for row in rows:
        for form in row.get("shared", ()):
            shared[form] = (*shared.get(form, ()), row["code"])
    return shared


def _currency_words(rows: Sequence[Record]) -> dict[str, _Word]:
    words: dict[str, _Word] = {}
    for row in rows:
        meant = (row["code"], False, True)
        words |= dict.fromkeys(map(str.lower, row.get("words", ())), meant)
        for form in row.get("shared", ()):
            words.setdefault(form, meant)
    return words


def _measures() -> dict[str, _Word]:
    """Return the words of measures, also with hyphens: "a 700-square-foot flat"."""
    words: dict[str, _Word] = {}
    for row in load_data("units"):
        for form in map(str.lower, row["words"]):
            meant = (row["unit"], row.get("kind") == "time", False)
            words |= {form: meant, form.replace(" ", "-"): meant}
    return words


def _marks() -> dict[str, tuple[_Mark, ...]]:
    """Return the short forms; what is read only before a word comes first: "5 nm chips"."""
    marks: dict[str, tuple[_Mark, ...]] = {}
    for row in load_data("units"):
        meant = (row["unit"], tuple(row.get("only_before", ())), row.get("kind") == "time")
        for mark in row.get("marks", ()):
            marks[mark] = tuple(sorted((*marks.get(mark, ()), meant), key=lambda one: not one[1]))
    return marks
