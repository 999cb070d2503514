"""Fixed phrases, such as keywords of names, met in a document by way of its words."""

from __future__ import annotations

from collections.abc import Iterable

from builder.naming.document_words import DocumentWords
from builder.naming.typography import WORD


class Phrases:
    """A set of phrases to look for as they are printed: "Working Group", "program"."""

    __slots__ = ("_by_first_word",)

    def __init__(self, phrases: Iterable[str]) -> None:
        self._by_first_word: dict[str, list[str]] = {}
        for phrase in sorted(set(phrases), key=lambda phrase: (-len(phrase), phrase)):
            first = WORD.match(phrase)
            if first:
                self._by_first_word.setdefault(first[0], []).append(phrase)

    def places(self, words: DocumentWords) -> list[tuple[int, int, str]]:
        """Return block, offset in the block and phrase, in order; the longest one at each place."""
        out = []
        block, end = -1, 0
        for number, at, first in words.where(self._by_first_word.keys() & words.places.keys()):
            if number != block:
                block, end = number, 0
            phrase = self._at(words.texts[block], at, first) if at >= end else None
            if phrase:
                end = at + len(phrase)
                out.append((block, at, phrase))
        return out

    def _at(self, text: str, at: int, first: str) -> str | None:
        if at and text[at - 1] in ("-", "_"):
            return None
        for phrase in self._by_first_word[first]:
            end = at + len(phrase)
            if text.startswith(phrase, at) and not _goes_on(text[end : end + 1]):
                return phrase
        return None


def _goes_on(character: str) -> bool:
    return character.isalnum() or character in ("-", "_")
