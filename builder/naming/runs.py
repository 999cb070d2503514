"""Words in running text: which of them can be part of a proper name, and which make none."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from builder.naming.typography import capitals
from builder.strict_yaml import load_data

# "U.S.-India", "Korea-U.S.", "M.", "Sherwood-Randall", "Leaders'", "21st", "eTrace", "R&D"
TOKEN = re.compile(
    r"(?:[^\W_]+[-–])?(?:[A-Z]\.)+[A-Z]?(?:[-–][^\W_]+)*|[^\W_]+(?:[-–'/&@][^\W_]+)*'?(?!\w)"
)
_SENTENCE_END = re.compile(r"(?:^|[.!?:;][\"')]? |\n|[•·] ?|^[\"'(]|[—–] )$")


@dataclass(frozen=True, slots=True)
class RunWords:
    """The lists of `data/run_words.yaml`: where runs of capitalized words begin and end."""

    openers: frozenset[str]
    breakers: frozenset[str]
    joiners: frozenset[str]
    owners: frozenset[str]
    generic: frozenset[str]
    empty: frozenset[str]
    never_last: frozenset[str]
    parting: frozenset[str]
    posts: frozenset[str]
    kept_before: Mapping[str, Sequence[str]]


@cache
def run_words() -> RunWords:
    """Return what the data file says; read once."""
    data = load_data("run_words")
    lists = {name: frozenset(words) for name, words in data.items() if name != "kept_before"}
    return RunWords(kept_before=data["kept_before"], **lists)


def opens(word: str) -> bool:
    """Tell whether a word is capitalized only because it begins a sentence: "Under", "Despite"."""
    return word in run_words().openers


@cache
def _capital() -> re.Pattern[str]:
    return re.compile(rf"[{capitals()}]|[a-z][A-Z]|\d+(?:st|nd|rd|th)\b")


def is_capitalized(word: str) -> bool:
    """Tell whether a word can be part of a proper name: "Drug", "21st", "eTrace"."""
    return _capital().match(word) is not None


@cache
def _title_word() -> re.Pattern[str]:
    return re.compile(r"[^\W\d_]{4,}")


def is_title_case(text: str) -> bool:
    """Tell whether a text is printed like a headline, so that capitals tell nothing in it."""
    if text.endswith(".") or text[:1].islower():
        return False
    words = _title_word().findall(text)
    return len(words) >= 3 and sum(word[0].isupper() for word in words) >= 0.75 * len(words)


def starts_sentence(text: str, start: int) -> bool:
    """Tell whether a sentence, an item or a quotation begins at `start`."""
    return _SENTENCE_END.search(text[max(0, start - 3) : start]) is not None or start == 0


def is_generic(words: str) -> bool:
    """Tell whether a run of words is too general to make a name: "Federal", "New", "U.S."."""
    know = run_words()
    telling = [
        token.group()
        for token in TOKEN.finditer(words)
        if token.group() not in know.empty and token.group().lower() not in know.joiners
    ]
    return len(telling) < 2 and all(word in know.generic for word in telling)
