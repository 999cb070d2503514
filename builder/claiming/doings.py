"""Tells what is done with what a figure counts: "hired 1,250", "1,250 were hired", "does not hire".

Two sentences about one number may differ in one word only, and that word decides.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache

from builder.claiming.statements import Statement
from builder.claiming.words import root
from builder.fold import fold
from builder.strict_yaml import Record, load_data

_NEAR = 80  # characters before and after a number in which its verb is looked for
_PATTERN = 4  # words of a sentence for each that differs from a parallel one
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
# "were later killed", "has been seized"
_PASSIVE = re.compile(
    r"\b(?:were|was|are|is|been|be|being) (?:\w{1,20}ly )?(?P<verb>[a-z]{3,20})\b"
)
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_MONTH = re.compile(rf"\b(?:{_MONTHS}|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b")
_DENIED = re.compile(
    r"\b(?:not(?! (?:only|just|merely))|\w{2,8}n't|cannot|never|no longer|without|fail(?:ed|s) to)"
    r"(?!\w)",
    re.IGNORECASE,
)


@lru_cache(maxsize=1024)
def months(text: str) -> frozenset[str]:
    """Return the months that a sentence names, by their first three letters."""
    return frozenset(match[0][:3] for match in _MONTH.finditer(fold(text)))


def is_denied(statement: Statement, *, anywhere: bool = False) -> bool:
    """Tell whether a denial stands shortly before the figure: "does not provide $5 million".

    Or `anywhere` in its sentence, which is asked of numbers that are said of anything.
    """
    text = fold(statement.words) if anywhere else _before(statement)
    return _DENIED.search(text) is not None


@lru_cache(maxsize=1024)
def sides(text: str) -> Mapping[int, frozenset[int]]:
    """Return which side of which pair of opposites a sentence's words take: "before", "men"."""
    found: dict[int, frozenset[int]] = {}
    for word in _WORD.findall(fold(text).lower()):
        for pair, side in _opposites().get(word, ()):
            found[pair] = found.get(pair, frozenset()) | {side}
    return found


def take_other_sides(mine: Mapping[int, frozenset[int]], its: Mapping[int, frozenset[int]]) -> bool:
    """Tell whether one speaks only of one side and the other only of another."""
    return any(not mine[pair] & its[pair] for pair in mine.keys() & its.keys())


def deed(statement: Statement) -> str:
    """Return what is done, as a root or the name of verbs that say the same here; "" is not said.

    "seized more than 1,250" gives the class of "seize"; "the 1,250 pills" says nothing.
    """
    if statement.figure.change is not None:
        return ""  # it rises or falls, whoever "shows" that
    words = _WORD.findall(_before(statement))
    passing = _passing()
    while words and (words[-1].lower() in passing or words[-1].endswith("ly")):
        words.pop()
    if words and words[-1].lower() in load_data("same_claims")["known_from_before"]:
        return ""
    if words and words[-1].islower() and words[-1] not in _function_words():
        return _class_of(root(words[-1]))
    after = fold(statement.block.text[statement.mention.at.end : statement.sentence.end][:_NEAR])
    passive = _PASSIVE.search(after)
    said = passive is not None and passive["verb"] not in _function_words()
    return _class_of(root(passive["verb"])) if passive and said else ""


def are_parallel(mine: str, its: str) -> bool:
    """Tell whether two sentences are one but for a word or two: "applied to cars", "to trucks"."""
    first, second = _said(mine), _said(its)
    if len(first) != len(second) or len(first) < _PATTERN:
        return False
    differing = [pair for pair in zip(first, second, strict=True) if pair[0] != pair[1]]
    telling = [pair for pair in differing if not _function_words().issuperset(pair)]
    return 0 < len(telling) <= len(first) // _PATTERN


@lru_cache(maxsize=1024)
def _said(text: str) -> tuple[str, ...]:
    words = (word for word in _WORD.findall(fold(text).lower()) if not word[0].isdigit())
    return tuple(word if word in _function_words() else _class_of(root(word)) for word in words)


def _before(statement: Statement) -> str:
    end = statement.mention.at.start
    return fold(statement.block.text[max(statement.sentence.start, end - _NEAR) : end])


def _class_of(verb: str) -> str:
    return _same_deeds().get(verb, verb)


@cache
def _function_words() -> frozenset[str]:
    return frozenset(load_data("same_claims")["function_words"])


@cache
def _passing() -> frozenset[str]:
    """Return the words that may stand between a verb and its number."""
    data = load_data("same_claims")
    bounds = load_data("claims")
    phrases = [phrase for row in bounds["bounds"] for phrase in row.get("before", ())]
    return frozenset(
        word for phrase in (*phrases, *bounds["between"], *data["qualifiers"])
        for word in str(phrase).split()
    ) - {"the", "its", "of", "in", "on", "for"}  # fmt: skip


@cache
def _same_deeds() -> Mapping[str, str]:
    groups = load_data("same_claims")["same_deeds"]
    return {root(word): group[0] for group in groups for word in group}


@cache
def _opposites() -> Mapping[str, tuple[tuple[int, int], ...]]:
    found: dict[str, tuple[tuple[int, int], ...]] = {}
    rows: list[Record] = load_data("same_claims")["opposites"]
    for number, row in enumerate(rows):
        for side, words in enumerate(row["sides"]):
            for word in words:
                found[word] = (*found.get(word, ()), (number, side))
    return found
