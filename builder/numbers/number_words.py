"""The words of which numbers are made, as patterns; and what one number, once read, is."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from builder.naming.word_trie import trie_pattern
from builder.strict_yaml import Record, load_data


class Numeral(NamedTuple):
    """A number at `start` to `end`; `value` is None for "dozens".

    `mantissa` is the number before its scale ("5" in "5 million"), `scale` the factor (1 if none).
    `bare` is true for plain digits that could be a year or a label. `fraction` marks "two-thirds",
    `multiple` "doubled". `comma` marks "12,5", a number only if a unit stands beside it. `plus`
    marks "$1+ billion". `rule` says how the number is printed.
    """

    start: int
    end: int
    value: float | None
    mantissa: float = 0.0
    scale: float = 1.0
    words: bool = False
    bare: bool = False
    fraction: bool = False
    multiple: bool = False
    comma: bool = False
    plus: bool = False
    rule: str = ""


@dataclass(frozen=True, slots=True)
class NumberWords:
    """The tables of `numerals.yaml` and the patterns made of them; patterns read lower case."""

    small: dict[str, int]
    scales: dict[str, int]
    abbreviations: dict[str, int]
    money_abbreviations: dict[str, int]
    denominators: dict[str, int]
    multiples: dict[str, int]
    in_meters: frozenset[str]
    digit: re.Pattern[str]
    word: re.Pattern[str]
    run: re.Pattern[str]
    vague: re.Pattern[str]
    fraction: re.Pattern[str]
    one_measure: re.Pattern[str]
    scale_word: re.Pattern[str]
    scale_mark: re.Pattern[str]


def any_of(words: Iterable[str]) -> str:
    """Return a pattern of the words, the longest first."""
    return f"(?:{trie_pattern(words)})"


@cache
def number_words() -> NumberWords:
    """Return the number words, compiled once."""
    data = load_data("numerals")
    small, scales = any_of(data["small"]), any_of(data["scales"])
    halves, measures = any_of(data["denominators"]), any_of(data["one_of_a_measure"])
    marks = any_of({**data["abbreviations"], **data["money_abbreviations"]})
    return NumberWords(
        small=data["small"],
        scales=data["scales"],
        abbreviations=data["abbreviations"],
        money_abbreviations=data["money_abbreviations"],
        denominators=data["denominators"],
        multiples=data["multiples"],
        in_meters=frozenset(data["measured_in_meters"]),
        digit=_DIGIT,
        word=_first_word(data),
        run=_run_of_words(small, scales),
        vague=_vague(data),
        # "two-thirds", "a third", "three quarters", "half".
        fraction=re.compile(rf"(?:(?P<top>an?|{small})[- ])?(?P<bottom>{halves})(?![\w]|-(?!of))"),
        # "more than a tonne": read from "a"; the unit comes after.
        one_measure=re.compile(rf"{_one(data)}(?= {measures}(?!\w))"),
        scale_word=re.compile(
            rf"[- ]?(?P<scale>{scales}(?:[- ]{scales})*+)(?:(?<=lakh)s|(?<=crore)s)?(?![\w])"
        ),
        scale_mark=re.compile(rf" ?(?P<mark>{marks})(?![\w])"),
    )


# Where a number in digits may begin: "1,300", "½", ".5", after letters only "rs16", "a$1". It opens
# with one class of characters, which the engine skips to.
_DIGIT = re.compile(
    r"[0-9½¼¾.](?:(?<=\.)[0-9](?<!\w\.[0-9])|(?<!\.)(?:(?<!\w[0-9½¼¾])"
    r"|(?<=\b[a-z]{3}[0-9])|(?<=\$[a-z][0-9])|(?<=\$[a-z]{2}[0-9])|(?<=\b[rpnk][0-9])"
    r"|(?<=\b(?:rs|dh|tk|rp|rm|sh)[0-9])|(?<=\bksh[0-9])|(?<=\bdhs[0-9])))"
)


def _one(data: Record) -> str:
    """Return "a" where it means one, behind certain words: "more than a tonne"."""
    return f"a(?:{'|'.join(f'(?<={lead} a)' for lead in data['one_after'])})n?"


def _first_word(data: Record) -> re.Pattern[str]:
    """Return where a number in words may begin: "forty", "a hundred", "dozens", "doubled".

    The character before is part of the match: so only the ends of words are looked at.
    """
    small, scales = any_of(data["small"]), any_of(data["scales"])
    before, measures = any_of(data["vague_before_scale"]), any_of(data["one_of_a_measure"])
    lists = ("small", "scales", "vague", "denominators", "multiples")
    every = {word for name in lists for word in data[name]}
    word = trie_pattern(every)
    firsts = re.escape(
        "".join(sorted({"a", *(form[0] for form in (*every, *data["vague_before_scale"]))}))
    )
    return re.compile(
        rf"\W(?=[{firsts}])(?:{word}|an? (?!{small}\b){word}|{before} {scales}"
        rf"|{_one(data)} {measures})(?!\w)"
    )


def _run_of_words(small: str, scales: str) -> re.Pattern[str]:
    """Return a number in words: "one hundred and five", "half a million", "two and a half"."""
    word = f"(?:{small}|{scales})"
    return re.compile(
        rf"(?P<lead>half an? |half[- ](?={scales})|a quarter of a |a half[- ]|an? )?"
        rf"(?P<run>{word}(?:(?:[- ]|(?<=hundred) and |(?<=thousand) and |"
        rf"(?<=million) and ){word}(?![\w]))*+)"
        rf"(?![\w])(?P<half>(?: and |-and-)"
        rf"(?:a[- ]half|one[- ]half|a[- ]quarter|three[- ]quarters"
        rf"|half(?= (?:years|months|weeks|days|hours|times)))(?![\w]))?"
        rf"(?P<more>[- ]{scales}(?![\w]))?"
    )


def _vague(data: Record) -> re.Pattern[str]:
    """Return a numeral without a value: "tens of millions", "dozens", "several hundred"."""
    plural, before = any_of(data["vague"]), any_of(data["vague_before_scale"])
    scales = any_of(data["scales"])
    return re.compile(
        rf"(?:(?:{before}|many) {scales}(?:[- ]{scales})*+|{plural}(?: of {plural}"
        rf"|, if not {plural},?| (?:and|or|to|upon) {plural})*+)(?![\w])"
    )
