"""The words of dates, from `builder/data/dates.yaml`, as regular expressions and numbers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from builder.naming.word_trie import trie_pattern
from builder.strict_yaml import load_data


@cache
def _data() -> Mapping[str, Any]:
    data: Mapping[str, Any] = load_data("dates")
    return data


def words(name: str) -> tuple[str, ...]:
    """Return a list of the data file."""
    return tuple(word.strip() for word in _data()[name].split(","))


def one_of(items: Iterable[str]) -> str:
    """Return a pattern that matches any of the words, the longest first."""
    return f"(?:{trie_pattern(items)})"


def _numbered(name: str, first: int) -> Mapping[str, int]:
    return {
        word.strip().lower(): number
        for number, line in enumerate(_data()[name], start=first)
        for word in line.split(",")
    }


@cache
def months() -> Mapping[str, int]:
    """Return 1 to 12 by lower-case month name or abbreviation."""
    return _numbered("months", 1)


@cache
def seasons() -> Mapping[str, int]:
    """Return EDTF's 21 to 24 by lower-case season."""
    return _numbered("seasons", 21)


@cache
def numbers() -> Mapping[str, int]:
    """Return 1 to 12 by number word."""
    return {word: number for number, word in enumerate(words("numbers"), start=1)}


@cache
def fiscal_years() -> Mapping[str, int]:
    """Return the month in which a fiscal year begins, by the country in a publisher's address."""
    return dict(_data()["fiscal_years"])


@cache
def _small_numbers() -> Mapping[str, int]:
    units, tens = words("small_numbers"), words("tens")
    named = {word: number for number, word in enumerate(units, start=1)}
    for ten, word in enumerate(tens, start=2):
        named[word] = ten * 10
        for unit in range(1, 10):
            named[f"{word}-{units[unit - 1]}"] = named[f"{word} {units[unit - 1]}"] = (
                ten * 10 + unit
            )
    return named


def number_in_words(text: str) -> int | None:
    """Return 23 for "twenty-three", None for what is no number from 1 to 99."""
    return _small_numbers().get(text.lower())


def ordinal_in_words(text: str) -> int | None:
    """Return 22 for "twenty-second", None for what is no day of a month."""
    return _numbered_list("ordinals").get(text.lower())


@cache
def _numbered_list(name: str) -> Mapping[str, int]:
    return {word: number for number, word in enumerate(words(name), start=1)}


def month_number(name: str) -> int:
    """Return 1 for "January", "JAN." and so on."""
    return months()[name.rstrip(".").lower()]


@cache
def month_pattern() -> str:
    """Return a pattern of month names, and of their abbreviations with or without a period."""
    full, short = [], []
    for line in _data()["months"]:
        name, *abbreviations = (word.strip() for word in line.split(","))
        full += [name, name.upper()]
        short += [form for word in abbreviations for form in (word, word.upper())]
    return rf"(?:{one_of(full)}\b|{one_of(short)}\b\.?)"


@cache
def season_pattern() -> str:
    """Return a pattern of seasons, capitalized or not."""
    names = list(seasons())
    return one_of(
        [*names, *(name.capitalize() for name in names), *(name.upper() for name in names)]
    )
