"""Reduces what a figure counts, its period and its sentence to the words that tell them apart."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache

from builder.fold import fold
from builder.strict_yaml import load_data

_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")  # "agents", "President's", "1"
_FISCAL_YEAR = re.compile(r"\bfy ?(?P<year>(?:20)?\d\d)\b")  # "fy24", "fy 2024"
_YEAR = re.compile(r"\b(?P<label>FY ?'?|fiscal year )?(?P<year>(?:19|20)?\d\d)\b", re.IGNORECASE)


@cache
def _empty_words() -> frozenset[str]:
    return frozenset(load_data("same_claims")["function_words"])


@cache
def _qualifiers() -> frozenset[str]:
    return _empty_words() | frozenset(load_data("same_claims")["qualifiers"])


def stem(word: str) -> str:
    """Return a word in lower case without possessive and plural: "countries" is "country"."""
    word = word.lower().split("'")[0]
    if len(word) > 4 and word.endswith("ies"):
        return f"{word[:-3]}y"
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


@lru_cache(maxsize=16384)
def root(word: str) -> str:
    """Return a verb without its ending: "seizes", "seized", "seizing" are "seiz"."""
    word = word.lower().split("'")[0]
    for ending in ("ing", "ed", "es", "s", "e"):
        if word.endswith(ending) and len(word) - len(ending) >= 3 and not word.endswith("ss"):
            word = word[: -len(ending)]
            break
    # "planned" and "plan"
    return word[:-1] if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "ls" else word


@lru_cache(maxsize=16384)
def counted_words(of: str | None) -> frozenset[str]:
    """Return the words that tell what is counted: "nine new counties" are {"nine", "county"}."""
    words = (word for word in _WORD.findall(fold(of or "")) if word.lower() not in _qualifiers())
    return frozenset(map(stem, words))


@lru_cache(maxsize=16384)
def counted_head(of: str | None) -> str:
    """Return the noun that is counted: "death" for "drug overdose deaths of Americans"."""
    words = _WORD.findall(fold(of or "").split(" of ")[0])
    return stem(words[-1]) if words else ""


@lru_cache(maxsize=1024)
def sentence_words(text: str) -> frozenset[str]:
    """Return the words of a sentence that say something, without numbers."""
    words = (word for word in _WORD.findall(fold(text)) if not word[0].isdigit())
    return frozenset(stem(word) for word in words if word.lower() not in _empty_words())


@cache
def _same_periods() -> tuple[re.Pattern[str], Mapping[str, str], frozenset[str]]:
    data = load_data("same_claims")["period"]
    phrases = "|".join(sorted(map(re.escape, data["same"]), key=lambda phrase: -len(phrase)))
    return re.compile(rf"\b(?:{phrases})\b"), data["same"], frozenset(data["leaving_out"])


@lru_cache(maxsize=4096)
def period_words(period: str | None) -> frozenset[str]:
    """Return the words that tell a period: those of "FY24" and "fiscal year 2024" are the same."""
    phrases, same, left_out = _same_periods()
    text = phrases.sub(lambda match: same[match[0]], fold(period or "").lower())
    text = _FISCAL_YEAR.sub(lambda match: f"fy 20{match['year'][-2:]}", text)
    return frozenset(stem(word) for word in _WORD.findall(text) if word not in left_out)


@lru_cache(maxsize=1024)
def years(text: str) -> frozenset[str]:
    """Return the years that a sentence names: "2023", and "fy2024" for "FY24"."""
    named = set()
    for match in _YEAR.finditer(fold(text)):
        if match["label"]:
            named.add(f"fy20{match['year'][-2:]}")
        elif len(match["year"]) == 4:
            named.add(match["year"])
    return frozenset(named)
