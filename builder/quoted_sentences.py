"""Finds the sentence that a mention stands in, for the indexes that quote it."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache, lru_cache
from operator import attrgetter

from builder.fold import fold
from builder.model import Span
from builder.strict_yaml import load_data

# Where a sentence may end: the stops, what closes after them, white space, and what follows.
# 'agreed. The', 'here," the' (no stop), 'it must stop." Then'
# One set of signs comes first, which texts are searched for six times as fast as for two forms.
_STOP = re.compile(
    r"(?P<stop>[.!?…](?:(?<!…)[.!?]{0,3})?)(?P<closing>[\"')\]»]{0,3})(?P<gap> +)(?=\S)"
)
# The word that ends at a full stop: "U.S", "Sept", "R"
_LAST_WORD = re.compile(r"[A-Za-z][A-Za-z.&-]{0,14}\Z")
_NEXT_WORD = re.compile(r"[\"'(\[«]{0,3}(?P<word>[^\W_]+)")
_INITIAL = re.compile(r"(?:[A-Z]\.){0,3}[A-Z]\Z")  # "R", "J.D"
_QUOTED_LOWER = re.compile(r"[\"'(\[«]{0,3}[a-z]")


@dataclass(frozen=True, slots=True)
class _Abbreviations:
    titles: frozenset[str]
    numbered: frozenset[str]
    acronyms: frozenset[str]
    beginnings: frozenset[str]


@cache
def _abbreviations() -> _Abbreviations:
    data = load_data("abbreviations")
    return _Abbreviations(
        titles=frozenset(data["titles"]["words"]),
        numbered=frozenset(data["numbered"]["words"]),
        acronyms=frozenset(data["acronyms"]["words"]),
        beginnings=frozenset(data["acronyms"]["beginnings"]),
    )


_start = attrgetter("start")


def sentences(text: str) -> tuple[Span, ...]:
    """Return the sentences of a block's text in order, without the white space between them."""
    # Finders ask with the folded text, claims with the printed one: the sentences are the same.
    return _sentences(fold(text))


@lru_cache(maxsize=4096)
def _sentences(folded: str) -> tuple[Span, ...]:
    spans = []
    start = 0
    for match in _STOP.finditer(folded):
        if _ends_sentence(folded, match):
            spans.append(Span(start, match.end("closing")))
            start = match.end()
    if start < len(folded) or not spans:
        spans.append(Span(start, len(folded)))
    return tuple(spans)


def sentence_at(text: str, at: Span) -> Span:
    """Return the sentence of a block's text that holds `at`; several where `at` spans them."""
    spans = sentences(text)
    first = max(bisect_right(spans, at.start, key=_start) - 1, 0)
    if at.end <= spans[first].end:
        return spans[first]
    last = max(bisect_right(spans, max(at.end - 1, at.start), key=_start) - 1, first)
    return Span(spans[first].start, max(spans[last].end, min(at.end, len(text))))


def _ends_sentence(text: str, match: re.Match[str]) -> bool:
    if _QUOTED_LOWER.match(text, match.end()):
        return False  # "he waited... and left", "U.S. government"
    if match["stop"] != "." or match["closing"]:
        return True
    word_match = _LAST_WORD.search(text, max(0, match.start() - 16), match.start())
    word = word_match[0] if word_match else ""
    following = _NEXT_WORD.match(text, match.end())
    next_word = following["word"] if following else ""
    known = _abbreviations()
    if word in known.numbered and next_word[:1].isdigit():
        return False
    if word in known.acronyms:
        return next_word in known.beginnings
    return not (word in known.titles or _INITIAL.match(word))
