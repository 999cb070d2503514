"""Blanks out numbers that claim nothing: dates, times, labels, citations, names with numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from builder.model import Span
from builder.numbers.numerals import lowered, numbers_at
from builder.strict_yaml import Record, load_data

# What a blanked character becomes: no letter, digit, space or sign, so nothing joins across it.
BLANK = "\x00"

LISTS = ("labels", "tokens", "digits", "words")  # the lists of masks.yaml
_REACH = 48  # characters before a number in which its label may begin: "Presidential Determination"
_LABEL_WORDS = 5
_TOKEN = 300  # characters of a token, such as an address on the web, before a number in it

# The word of a label, behind an opening mark or a dash: "(section 5", "law—Title 42".
_KEY = re.compile(r"[(\[\"']*+(?:[^\s—–]*+[—–])?+[(\[\"']*+(?P<key>[^\s0-9(]++)")


@dataclass(frozen=True, slots=True)
class _Masks:
    names: tuple[str, ...]
    labels: dict[str, tuple[tuple[int, re.Pattern[str]], ...]]  # by the first word of the label
    tokens: re.Pattern[str]
    digits: re.Pattern[str]
    words: re.Pattern[str]


def mask_patterns() -> Iterator[tuple[Record, re.Pattern[str]]]:
    """Yield each row of `builder/data/masks.yaml` with its whole pattern, compiled."""
    data = load_data("masks")
    for listed in LISTS:
        for row in data[listed]:
            label = _label(row["after"]) if "after" in row else ""
            yield row, re.compile(label + _filled(row, data["fragments"]), re.VERBOSE)


def _label(forms: Sequence[str]) -> str:
    """Return the pattern of a label's forms: lower case stands for any, capitals for themselves."""
    exact = {form for form in forms if form != form.lower()}
    exact |= {form.upper() for form in exact}
    either = "|".join(re.escape(form) for form in _longest_first(set(forms) - exact))
    printed = "|".join(re.escape(form) for form in _longest_first(exact))
    forms_of_label = [p for p in (f"(?i:{either})" if either else "", printed) if p]
    return rf"(?<![\w.])(?:{'|'.join(forms_of_label)})"


def _longest_first(forms: set[str]) -> list[str]:
    return sorted(forms, key=lambda form: (-len(form), form))


def _filled(row: Record, fragments: Record) -> str:
    """Return a row's pattern with its fragments, as one group; a mask marks none of its parts."""
    pattern: str = row["pattern"]
    for name, fragment in fragments.items():
        pattern = pattern.replace("{" + name + "}", fragment)
    return f"(?:{pattern}\n)"


@cache
def _masks() -> _Masks:
    data = load_data("masks")
    labels: dict[str, tuple[tuple[int, re.Pattern[str]], ...]] = {}
    tried: dict[str, list[str]] = {listed: [] for listed in LISTS}
    names = []
    for number, (row, pattern) in enumerate(mask_patterns()):
        names.append(row["name"])
        for key in dict.fromkeys(_key(form.split(" ")[0]) for form in row.get("after", ())):
            labels[key] = (*labels.get(key, ()), (number, pattern))
        if "after" not in row:
            listed = next(name for name in LISTS if row in data[name])
            tried[listed].append(f"(?P<m{number}>{pattern.pattern})")
    tokens, digits, words = (
        re.compile("|".join(tried[listed]), re.VERBOSE) for listed in LISTS[1:]
    )
    return _Masks(tuple(names), labels, tokens, digits, words)


def _key(word: str) -> str:
    return word.lower().rstrip("'-–:,")


def mask(text: str) -> str:
    """Return `text` at equal length with every number that is no figure blanked out."""
    return masked(text, masks_in(text, numbers_at(lowered(text))))


def masked_in(text: str) -> Iterator[tuple[Span, str]]:
    """Yield each stretch that `mask` blanks out, with the name of the mask that does it."""
    yield from masks_in(text, numbers_at(lowered(text)))


def masked(text: str, masks: Sequence[tuple[Span, str]]) -> str:
    """Return `text` at equal length with the masks' stretches blanked out."""
    if not masks:
        return text
    parts: list[str] = []
    done = 0
    for span, _name in masks:
        parts += (text[done : span.start], BLANK * len(span))
        done = span.end
    return "".join((*parts, text[done:]))


def masks_in(text: str, numbers: Sequence[int]) -> list[tuple[Span, str]]:
    """Return each stretch of a number that is no figure, with the name of the mask, in order.

    `numbers` are the places where numbers begin. Masks are tried only there, at the words before
    that a label begins with and at the number: trying them at every character is far too dear.
    """
    found: list[tuple[Span, str]] = []
    done = 0
    for number in numbers:
        if number >= done and (one := _mask_of(text, number, done)):
            found.append(one)
            done = one[0].end
    return found


def _mask_of(text: str, at: int, floor: int) -> tuple[Span, str] | None:
    """Return the stretch to blank that holds the number at `at`, or None."""
    table = _masks()
    for start, end in _words_before(text, at, floor):
        for shift, number, pattern in _labels_at(text[start:end]):
            match = pattern.match(text, start + shift)
            if match and match.end() > at:
                return Span(*match.span()), table.names[number]
    token = _token_start(text, at, floor)
    starts = (token, token + 1) if text[token : token + 1] in "([\"'" else (token,)
    for start in starts if token < at else ():
        match = table.tokens.match(text, start)
        if match and match.end() > at:
            return _named(table, match)
    match = (table.words if text[at].isalpha() else table.digits).match(text, at)
    return _named(table, match) if match and match.end() > at else None


def _named(table: _Masks, match: re.Match[str]) -> tuple[Span, str]:
    return Span(*match.span()), table.names[int(match.lastgroup[1:])]  # type: ignore[index]  # groups are "m12"


@lru_cache(maxsize=16384)
def _labels_at(word: str) -> tuple[tuple[int, int, re.Pattern[str]], ...]:
    """Return the labels that may begin with a word: how far inside it, which mask, its pattern."""
    key = _KEY.match(word)
    if key is None:
        return ()
    labels = _masks().labels.get(_key(key["key"]), ())
    return tuple((key.start("key"), number, pattern) for number, pattern in labels)


def _words_before(text: str, at: int, floor: int) -> Iterator[tuple[int, int]]:
    """Yield where the last words before the number begin and end, the farthest first."""
    edge = max(floor, at - _REACH)
    words: list[tuple[int, int]] = []
    end = at
    while len(words) < _LABEL_WORDS:
        space = text.rfind(" ", edge, end)
        if space < 0:
            if edge == 0 or not text[edge - 1].isalnum():
                words.append((edge, end))
            break
        words.append((space + 1, end))
        end = space
    return reversed([(start, end) for start, end in words if start < at])


def _token_start(text: str, at: int, floor: int) -> int:
    edge = max(floor, at - _TOKEN)
    return max(text.rfind(" ", edge, at) + 1, edge)
