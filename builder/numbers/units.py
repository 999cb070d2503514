"""Units of measure and currencies: how they are printed, and the names we publish."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from builder.numbers.number_words import any_of, by_letter
from builder.strict_yaml import load_data


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


@cache
def units() -> Units:
    """Return the tables `units.yaml` and `currencies.yaml`, compiled once."""
    signs: dict[str, str] = {}
    words: dict[str, tuple[str, bool, bool]] = {}
    shared: dict[str, tuple[str, ...]] = {}
    rows = load_data("currencies")
    for row in rows:
        code = row["code"]
        signs |= dict.fromkeys(row.get("signs", ()), code)
        if row.get("code_read") != "never":
            signs[code] = code
        words |= {form.lower(): (code, False, True) for form in row.get("words", ())}
        for form in row.get("shared", ()):
            shared[form] = (*shared.get(form, ()), code)
            words.setdefault(form, (code, False, True))
    letters = {row["letter"]: row["code"] for row in rows if "letter" in row}
    codes = [row["code"] for row in rows if row["code"] in signs]
    short = [sign for sign in signs if len(sign) == 1]
    marks: dict[str, tuple[tuple[str, tuple[str, ...], bool], ...]] = {}
    for row in load_data("units"):
        time = row.get("kind") == "time"
        for form in row["words"]:
            words[form.lower()] = words[form.lower().replace(" ", "-")] = (row["unit"], time, False)
        for mark in row.get("marks", ()):
            marks[mark] = (
                *marks.get(mark, ()),
                (row["unit"], tuple(row.get("only_before", ())), time),
            )
    # What is read only before a word is asked first: "5 nm chips" before "5 nm".
    marks = {
        mark: tuple(sorted(read, key=lambda unit: not unit[1])) for mark, read in marks.items()
    }
    nouns = load_data("numerals")["counted_after_hyphen"]
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
            rf"(?P<word>{by_letter(words)})(?![\w])(?:[- ](?P<old>olds?)(?![\w]))?"
        ),
        words=words,
        mark=re.compile(rf" ?(?P<mark>{by_letter(marks)})(?![\w]|- )"),
        marks=marks,
        shared=shared,
        hyphen_noun=re.compile(rf"-{any_of(nouns)}(?![\w])"),
    )
