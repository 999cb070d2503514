"""Tells under which words beside its own a passage is found: numbers in digits, joined hyphens.

Its twin in the browser is `assets/javascripts/search_words.js`, which reads queries and texts by
the same rules; `tests/cases/search_words.yaml` holds both to one table.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from builder.fold import fold
from builder.model import Span


class Also(NamedTuple):
    """A word under which the characters `start` to `end` of a text are found as well."""

    start: int
    end: int
    token: str


# What each scale adds to the exponent of ten: "1.2 billion" is 1.2 × 10⁹.
SCALES = {
    "hundred": 2,
    "thousand": 3,
    "lakh": 5,
    "million": 6,
    "crore": 7,
    "billion": 9,
    "trillion": 12,
    "k": 3,
    "m": 6,
    "mn": 6,
    "b": 9,
    "bn": 9,
    "tn": 12,
}
_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
    " sixteen seventeen eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_SMALL = {word: value for value, word in enumerate(_ONES)} | {
    word: 10 * value for value, word in enumerate(_TENS, start=2)
}

# Most texts have no number in words: these tell so, far sooner than the pattern of all.
NUMBER_WORDS = frozenset([*_ONES[2:], *_TENS, *(word for word in SCALES if len(word) > 2)])

_SCALE = r"hundred|thousand|lakh|million|crore|billion|trillion"
# "$1.2 billion", "1.2bn", "1,200,000,000", "20,200", "3.5-million".
_DIGITS = re.compile(
    r"(?<![\w.,])(?P<digits>[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?)"
    rf"(?:(?P<mark>bn|mn|tn|[kmb])(?!\w)|(?P<scales>(?:[ -]?(?:{_SCALE})(?!\w))+))?"
    r"(?!\w|[.,][0-9])",
    re.IGNORECASE,
)
_NUMBER_WORD = rf"(?:{'|'.join([*_ONES, *_TENS])}|{_SCALE})"
# "a hundred thousand", "forty-five", "two hundred and ten".
_SPELLED = re.compile(
    rf"(?<![\w.,-])(?:a(?=[ -](?:{_SCALE})\b)|{_NUMBER_WORD})"
    rf"(?:[ -](?:and )?{_NUMBER_WORD})*(?!\w)",
    re.IGNORECASE,
)
_DIGIT = re.compile("[0-9]")
_WORD = re.compile(r"[a-z]+", re.IGNORECASE)
# "counter-narcotics", "COVID-19"; between hyphen and letter may stand what has no width.
_JOINED = re.compile(r"(?<![\w.,-])[^\W_]+(?:-[\u2060\u200b]?[^\W_]+)+(?![\w-])")
_LETTER = re.compile(r"[^\W\d_]")


def also(text: str, readings: Iterable[tuple[Span, str]] = ()) -> list[Also]:
    """Return under which words beside its own a text is found, in text order.

    `readings` are the right readings of misprints: the misprint's span and what it should say. A
    number is its decimal digits without separators, with "d" for the point ("1.55" is "1d55");
    what stands so in the text already is not told again.
    """
    folded = fold(text)
    lower = folded.lower()
    found = [
        *(_in_digits(folded) if _DIGIT.search(folded) else ()),
        *(_spelled(folded) if any(word in lower for word in NUMBER_WORDS) else ()),
        *(_joined(folded) if "-" in folded else ()),
        *(
            Also(span.start, span.end, word)
            for span, reading in readings
            for word in reading.split()
        ),
    ]
    own = (text[start:end] for start, end, _ in found)
    return sorted(one for one, words in zip(found, own, strict=True) if one.token != words)


def _in_digits(text: str) -> Iterator[Also]:
    for found in _DIGITS.finditer(text):
        scales = [found["mark"]] if found["mark"] else _WORD.findall(found["scales"] or "")
        token = canonical(found["digits"], sum(SCALES[scale.lower()] for scale in scales))
        yield Also(found.start(), found.end(), token)


def canonical(digits: str, exponent: int = 0) -> str:
    """Return a number in its one form: "1.55" times ten to the ninth is "1550000000"."""
    whole, _, part = digits.replace(",", "").partition(".")
    moved = part[:exponent].ljust(exponent, "0")
    whole, part = (whole + moved).lstrip("0") or "0", part[exponent:].rstrip("0")
    return f"{whole}d{part}" if part else whole


def _spelled(text: str) -> Iterator[Also]:
    for found in _SPELLED.finditer(text):
        words = _WORD.finditer(text, found.start(), found.end())
        for start, end, value in _values((word.span(), word[0].lower()) for word in words):
            if value > 1:  # "one" is more often a pronoun
                yield Also(start, end, str(value))


def _values(words: Iterable[tuple[tuple[int, int], str]]) -> Iterator[tuple[int, int, int]]:
    """Yield each number of a run of number words: "two hundred and ten" is one, "six two" two."""
    first = last = None
    whole = group = 0  # "two million three hundred": 2000000 and 300
    for (start, end), word in words:
        value, exponent = _SMALL.get(word, 1 if word == "a" else None), SCALES.get(word)
        if value is not None:
            if first is not None and not _continues(group, value):
                yield first, last or end, whole + group
                first, whole, group = None, 0, 0
            first = start if first is None else first
            group += value
        elif exponent is not None and first is not None:
            if exponent == 2:
                group *= 100
            elif group:
                whole, group = whole + group * 10**exponent, 0
            else:
                whole *= 10**exponent  # "a thousand million"
        last = end
    if first is not None:
        yield first, last or first, whole + group


def _continues(group: int, value: int) -> bool:
    """Tell whether a word goes on with a number: "forty" and "five", "hundred" and "ten"."""
    return group % 100 == 0 or (group % 100 >= 20 and group % 10 == 0 and 0 < value < 10)


def _joined(text: str) -> Iterator[Also]:
    for found in _JOINED.finditer(text):
        if _LETTER.search(found[0]):
            token = re.sub(r"[\W_]", "", found[0]).lower()
            yield Also(found.start(), found.end(), token)
