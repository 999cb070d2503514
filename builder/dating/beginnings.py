"""Finds where a date may begin, fast: three patterns that leap from one likely sign to the next."""

from __future__ import annotations

import re
from functools import cache

from builder.dating.rules import Rule, digit_rules, month_rules, word_rules
from builder.dating.vocabulary import months, numbers, seasons, words
from builder.naming.word_trie import trie_pattern

# It opens with one class of characters, which the engine skips to.
_DIGITS = re.compile(r"[0-9][0-9]{0,3}(?![0-9])")
_WORD_ENDS = r"(?![^\W\d_])"


def beginnings(text: str) -> list[tuple[int, tuple[Rule, ...]]]:
    """Return where dates may begin in a folded text, in order, and the rules to try there."""
    found = [
        (match.start(), digit_rules())
        for match in _DIGITS.finditer(text)
        if _is_free(text, match.start())
    ]
    for match in _capitals().finditer(text):
        if _is_free(text, match.start()):
            rules = month_rules() if match[0] in _months() else word_rules()
            found.append((match.start(), rules))
    found += [(match.start("word"), word_rules()) for match in _lower().finditer(text)]
    if _lower_words().match(text):
        found.append((0, word_rules()))
    found.sort(key=lambda begun: begun[0])
    return found


def _is_free(text: str, start: int) -> bool:
    """Tell whether no word, number or sign goes on at `start`."""
    if start == 0:
        return True
    before = text[start - 1]
    if before.isalnum() or before in "_$€£#/":
        return False
    return not (before in ".,:-" and start > 1 and text[start - 2].isdigit())


@cache
def _months() -> frozenset[str]:
    return frozenset(form for name in months() for form in (name.capitalize(), name.upper()))


@cache
def _capitals() -> re.Pattern[str]:
    """Return the pattern of first words with a capital.

    Every branch begins with a letter and there is no look around before it: so the search leaps.
    """
    openers = {word.capitalize() for word in (*words("openers"), *seasons(), *numbers(), "a")}
    openers |= {*words("weekdays"), *words("labels"), *(season.upper() for season in seasons())}
    return re.compile(trie_pattern(_months() | openers) + _WORD_ENDS)


@cache
def _lower_words() -> re.Pattern[str]:
    counted = trie_pattern(("a", "an", *numbers()))
    openers = trie_pattern((*words("openers"), *seasons()))
    return re.compile(rf"(?:{openers}|{counted}(?= (?:year|month|week|day)s? ago)){_WORD_ENDS}")


@cache
def _lower() -> re.Pattern[str]:
    return re.compile(rf"[ (\[\"'—–/-](?P<word>{_lower_words().pattern})")
