"""Blanks out numbers that claim nothing: dates, times, labels, citations, names with numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from builder.model import Span
from builder.numbers.numerals import number_start
from builder.strict_yaml import Record, load_data

# What a blanked character becomes: no letter, digit, space or sign, so nothing joins across it.
BLANK = "\x00"

_REACH = (
    48  # characters before a number in which its label may begin: "Presidential Determination No."
)
_LABEL_WORDS = 5
# Where a word begins, also behind an opening mark: "(section 5", "—Title 42".
_WORD_START = re.compile(r"(?<![^\s(\[\"'—–])[^\s(\[\"'—–]|(?<![^\s])[\[(\"']")


@cache
def mask_patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Return the name and the compiled pattern of every mask, in the order they are tried.

    The rows are `builder/data/masks.yaml`; each carries examples that the tests hold it to.
    """
    data = load_data("masks")
    return tuple(
        (row["name"], re.compile(_filled(row["pattern"], data["fragments"]), re.VERBOSE))
        for row in data["masks"]
    )


@cache
def _any_mask() -> re.Pattern[str]:
    return re.compile(
        "|".join(f"(?:{pattern.pattern}\n)" for _name, pattern in mask_patterns()), re.VERBOSE
    )


def _filled(pattern: str, fragments: Record) -> str:
    for name, fragment in fragments.items():
        pattern = pattern.replace("{" + name + "}", fragment)
    return pattern


def mask(text: str) -> str:
    """Return `text` at equal length with every number that is no figure blanked out.

    Masks are tried only where a number stands, at the number and at the words before it: trying
    them at every character costs five times as much.
    """
    parts: list[str] = []
    done = 0
    for number in number_start().finditer(text.lower() if text.isascii() else lowered(text)):
        if number.start() < done:
            continue
        span = _masked_at(text, number.start(), done)
        if span:
            parts += (text[done : span[0]], BLANK * (span[1] - span[0]))
            done = span[1]
    return "".join((*parts, text[done:]))


def masked_in(text: str) -> Iterator[tuple[Span, str]]:
    """Yield each stretch that `mask` blanks out, with the name of the mask that does it."""
    blanked = mask(text)
    for stretch in _BLANKED.finditer(blanked):
        at = stretch.start()
        while at < stretch.end():
            match = _any_mask().match(text, at)
            end = min(match.end(), stretch.end()) if match and match.end() > at else stretch.end()
            name = next((n for n, one in mask_patterns() if one.match(text, at)), "")
            yield Span(at, end), name
            at = end


_BLANKED = re.compile(f"{BLANK}+")


def lowered(text: str) -> str:
    """Return `text` in lower case at equal length ("İ" would become two characters)."""
    low = text.lower()
    if len(low) == len(text):
        return low
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def _masked_at(text: str, at: int, floor: int) -> tuple[int, int] | None:
    """Return the stretch to blank that holds the number at `at`, or None."""
    pattern = _any_mask()
    starts = [m.start() for m in _WORD_START.finditer(text, max(floor, at - _REACH), at)]
    for start in (*starts[-_LABEL_WORDS:], at):
        match = pattern.match(text, start)
        if match and match.end() > at:
            return match.span()
    return None
