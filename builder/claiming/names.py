"""Tells whom and what a figure's sentence names, known or not: "the DEA", "Ohio", "GE"."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from itertools import chain

from builder.claiming.statements import Statement
from builder.claiming.words import counted_words, root, stem
from builder.fold import fold
from builder.kinds import KINDS
from builder.model import Document, Span
from builder.strict_yaml import load_data

Names = dict[tuple[str, str], frozenset[str]]
"""The words of each name by (kind, key); of what no index knows by ("", the word)."""

# A word with a capital letter: "Ohio", "Biden-Harris" (two), "GE"
_CAPITALIZED = re.compile(r"\b[A-Z][A-Za-z']+")
_LOWER_CASE = re.compile(r"(?<![\w'])[a-z]+")
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")
# The subject stands in a sentence before: "It trained 1,250 officers."
_GOES_ON = re.compile(r"[\"'(]?(?:it|he|she|they|we|this|these|those|its|his|her|their)\b", re.I)
_BEFORE = 400  # characters before such a sentence in which it is looked for

_NAMES = frozenset(kind.name for kind in KINDS if not kind.claim) - {"date"}


@cache
def no_names_anywhere() -> frozenset[str]:
    """Return the words that no document means as a name, whatever their case."""
    data, changes = load_data("same_claims"), load_data("claims")
    deeds = (word for row in data["same_deeds"] for word in row)
    told = (
        word for change in ("increase", "decrease") for part in ("verbs", "nouns")
        for word in changes[f"{change}_{part}"]
    )  # fmt: skip
    return frozenset(map(stem, (*data["no_names"], *data["function_words"], *deeds, *told)))


def lower_case_words(document: Document) -> frozenset[str]:
    """Return the words that a document writes small somewhere, which therefore are no names.

    With their roots: where "announced" stands, "Announces" in a headline is none either.
    """
    printed: set[str] = set()
    for block in document.passages:
        printed.update(block.text.split())
    # Most stand alone between two spaces; of the others each is read once.
    found = {word for word in printed if word.isascii() and word.isalpha() and word.islower()}
    found.update(_LOWER_CASE.findall(" ".join(printed - found)))
    return frozenset(chain.from_iterable(map(_stem_and_root, found)))


@lru_cache(maxsize=16384)
def _stem_and_root(word: str) -> tuple[str, str]:
    return stem(word), root(word)


def goes_on(statement: Statement) -> bool:
    """Tell whether a sentence speaks of what a sentence before it names."""
    return statement.sentence.start > 0 and _GOES_ON.match(statement.words) is not None


def names_of(statement: Statement, no_names: frozenset[str]) -> Names:
    """Return what a sentence names, or where it names nothing and goes on, what stands before."""
    found: Names = {}
    known = []
    for mention in statement.beside:
        if mention.kind in _NAMES:
            words = _words_of(statement.block.text[mention.at.start : mention.at.end])
            found[mention.kind, mention.entity] = words - no_names_anywhere()
        known.append(mention.at)
    # What is counted is compared by itself: "Overdose deaths fell".
    sets = (no_names, counted_words(statement.figure.of))
    found.update(_unknown(statement.words, statement.sentence.start, known, sets))
    if not found and goes_on(statement):
        start = max(0, statement.sentence.start - _BEFORE)
        before = statement.block.text[start : statement.sentence.start]
        found.update(_unknown(before, start, (), sets))
    return found


def all_words(text: str) -> frozenset[str]:
    """Return every word of a text, as stems."""
    return _words_of(text)


def lacking(names: Names, others: Names, words: frozenset[str]) -> bool:
    """Tell whether one of the names is neither among the others nor in the words beside them."""
    return any(
        key not in others and not (said and said <= words) and (key[0] or said)
        for key, said in names.items()
    )


def _unknown(
    text: str, start: int, known: Iterable[Span], no_names: Iterable[frozenset[str]]
) -> Names:
    known, no_names = tuple(known), tuple(no_names)
    found: Names = {}
    for match in _CAPITALIZED.finditer(fold(text)):
        word, bare = _stem_and_root(match[0])
        if word in no_names_anywhere() or ("", word) in found:
            continue
        if any(word in words or bare in words for words in no_names):
            continue
        place = start + match.start()
        if not any(at.start <= place < at.end for at in known):
            found["", word] = frozenset({word})
    return found


def _words_of(text: str) -> frozenset[str]:
    return frozenset(map(stem, _WORD.findall(fold(text))))
