"""Fixed phrases, such as keywords of names, met in a document by way of its words."""

from __future__ import annotations

import re
from collections.abc import Iterable

from builder.naming.document_words import DocumentWords, is_indexed
from builder.naming.typography import WORD

# A phrase is looked for by its longest word: the word, how far into the phrase it stands.
_Anchor = tuple[str, int]


class Phrases:
    """A set of phrases to look for as they are printed: "Working Group", "program"."""

    __slots__ = ("_anchored",)

    def __init__(self, phrases: Iterable[str]) -> None:
        groups: dict[str, dict[int, list[str]]] = {}
        for phrase in sorted(set(phrases), key=lambda phrase: (-len(phrase), phrase)):
            word, shift = _anchor(phrase)
            groups.setdefault(word, {}).setdefault(shift, []).append(phrase)
        # one word alone needs no pattern: the document's words are whole words
        self._anchored = {
            word: [
                (shift, None if some == [word] else _pattern(some))
                for shift, some in shifts.items()
            ]
            for word, shifts in groups.items()
        }

    def places(self, words: DocumentWords) -> list[tuple[int, int, str]]:
        """Return block, offset in the block and phrase, in order; the longest one at each place."""
        found = []
        for block, at, word in words.where(self._anchored.keys() & words.places.keys()):
            text = words.texts[block]
            for shift, pattern in self._anchored[word]:
                phrase = _phrase_at(text, at - shift, word, pattern) if at >= shift else None
                if phrase:
                    found.append((block, at - shift, phrase))
        found.sort(key=lambda one: (one[0], one[1], -len(one[2])))
        out: list[tuple[int, int, str]] = []
        for one in found:
            if not out or one[0] != out[-1][0] or one[1] >= out[-1][1] + len(out[-1][2]):
                out.append(one)
        return out


def _anchor(phrase: str) -> _Anchor:
    matches = [match for match in WORD.finditer(phrase) if is_indexed(match[0])]
    longest = max(matches, key=lambda match: len(match[0]))
    return longest[0], longest.start()


def _phrase_at(text: str, at: int, word: str, pattern: re.Pattern[str] | None) -> str | None:
    if at and (text[at - 1].isalnum() or text[at - 1] in "-_"):
        return None
    if pattern is None:
        following = text[at + len(word) : at + len(word) + 1]
        return None if following in ("-", "_") else word
    match = pattern.match(text, at)
    return match[0] if match else None


def _pattern(phrases: list[str]) -> re.Pattern[str]:
    """Return the pattern of phrases, longest first."""
    return re.compile(rf"(?:{'|'.join(map(re.escape, phrases))})(?![\w-])")
