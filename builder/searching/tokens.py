"""Tells which words of a text go into the index of a big collection.

Every word stands there as it is looked up: without accents and case, a number in its digits. The
index is never asked for stems, so that "organ" does not find "organization"; which forms count as
one word ("extradition", "extraditions") the page knows. `words_of` reads a text as `read` in
`assets/javascripts/search_words.js` does.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from itertools import chain

from builder.searching.words import NUMBER_WORDS, SCALES, also, canonical

LONGEST = 60
"""How many characters of a word count."""

# How many printed words are remembered with what they are looked up as.
_REMEMBERED = 200_000

# All combining signs, as \p{M} in JavaScript; those of many scripts are letters to who reads them.
_WITH_MARKS = (range(0x300, 0x20000), range(0xE0100, 0xE01F0))
_MARKS = "".join(
    chr(code)
    for codes in _WITH_MARKS
    for code in codes
    if unicodedata.category(chr(code))[0] == "M"
)
_NO_WIDTH = "\xad\u200b-\u200d\u2060"

# "20,200", "1.2bn" | "U.S." | "Mérida", "today’s" | "%"
_WORD = re.compile(
    r"(?P<number>(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?)"
    r"(?P<mark>bn|mn|tn|[kmb])?(?![^\W_]|[.,][0-9])"
    r"|(?P<initials>[^\W\d_](?:\.[^\W\d_])+\.?(?![^\W_]))"
    rf"|[^\W_](?:[^\W_]|[{_MARKS}{_NO_WIDTH}])*(?:['’ʼ](?:[^\W\d_]|[{_MARKS}])+)*"
    r"|[%§]",
    re.IGNORECASE,
)
_SIGNS = {"%": "percent", "§": "section"}
_LETTERS = str.maketrans(
    {"ß": "ss", "ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "ı": "i", "⁄": "over"}
)
_SIGN_CATEGORIES = "MPCZ"  # marks, punctuation, what has no width, spaces
_GENITIVE = re.compile("['’ʼ]s$")
_PLAIN = re.compile("[a-z]+")


class _Remembered(dict[str, tuple[tuple[str, ...], tuple[str, ...]]]):
    """What stands between two spaces, with its words and those under which it is found as well.

    A collection prints the same again and again. No word, and nothing that is joined by hyphens,
    reaches over a space. What a number word is found under is asked for in its text.
    """

    def __missing__(self, printed: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        if len(self) >= _REMEMBERED:
            self.clear()
        further = () if printed.isalpha() else [one.token[:LONGEST] for one in also(printed)]
        words = tuple([word[:LONGEST] for word in _read(printed)])
        self[printed] = known = words, tuple(further)
        return known


def words_of(text: str, readings: Iterable[str] = ()) -> list[str]:
    """Return the words of a passage in their order, then those under which it is found as well.

    `readings` are what the misprints of the passage should say.
    """
    read = [*map(_words.__getitem__, text.split())]
    words = [*chain.from_iterable([own for own, _ in read])]
    known = {*words}
    if known.isdisjoint(NUMBER_WORDS):
        further = [*chain.from_iterable([more for _, more in read])]
    else:  # a number may be of several words
        further = [one.token[:LONGEST] for one in also(text)]
    for reading in readings:
        further += plain_words(reading)
    if further:
        words += dict.fromkeys(word for word in further if word not in known)
    return words


def plain_words(text: str) -> list[str]:
    """Return the words of a text in their order, each as it is looked up."""
    return [*chain.from_iterable([own for own, _ in map(_words.__getitem__, text.split())])]


def _read(printed: str) -> Iterable[str]:
    if printed.isascii() and printed.isalpha():  # most are
        return (printed.lower(),)
    return [word for found in _WORD.finditer(printed) if (word := _word(found))]


_words = _Remembered()


def _word(found: re.Match[str]) -> str:
    kind = found.lastgroup
    if kind is None:
        return fold_word(found[0])
    if kind == "initials":
        return fold_word(found[0].replace(".", ""))
    return canonical(found["number"], SCALES[found["mark"].lower()] if kind == "mark" else 0)


@lru_cache(maxsize=200_000)  # a collection says the same words again and again
def fold_word(word: str) -> str:
    """Return the one form of a word for all its typographies."""
    word = word.lower()
    if _PLAIN.fullmatch(word):
        return word
    if word in _SIGNS:
        return _SIGNS[word]
    parts = unicodedata.normalize("NFKD", _GENITIVE.sub("", word))
    kept = (one for one in parts if unicodedata.category(one)[0] not in _SIGN_CATEGORIES)
    return "".join(kept).lower().translate(_LETTERS)
