"""Says whether a figure is reported, requested, planned or estimated, from its clause."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import cast

from builder.model import Status
from builder.strict_yaml import load_data

_LEFT, _RIGHT = 160, 70  # characters before and after a figure in which its verb is sought

# Where a clause with a verb of its own begins: what stands before says nothing about the figure.
_BORDER = re.compile(
    r"[;:] | [–—] |[–—]|, (?:but|while|which|who|where|because|although|whereas|yet) |, (?:and"
    r"|so) (?=(?:it|he|she|they|we|the|this|that|these) )"
)
# Where the words after a figure turn to something else.
_TURN = re.compile(r"[,;:–—(]| (?:and|to|that|which|who|while|but|as|because|than|so) ")


# "to join the 20,200 agents already funded": whatever is planned, these are there.
_ALREADY = re.compile(r"(?: [\w'-]+){0,5} already [a-z]+", re.I)


@cache
def _signs() -> re.Pattern[str]:
    rows = load_data("claims")["statuses"]
    groups = (f"(?P<{row['status']}>{_any(row['near'])})" for row in rows)
    return re.compile(rf"(?:(?<![\w-])|(?='))(?:{'|'.join(groups)})(?![\w])", re.I)


def _any(phrases: list[str]) -> str:
    ordered = sorted(phrases, key=lambda phrase: -len(phrase))
    return "|".join(
        re.escape(phrase).replace(r"\*", "[a-z]*").replace("@", "[0-9]") for phrase in ordered
    )


@lru_cache(maxsize=4)
def _marks_of(text: str) -> tuple[_Marks, _Marks, _Marks]:
    """Return the signs, borders and turns of a text, found in one pass for all its figures."""
    signs = [(m.start(), m.end(), m.lastgroup or "never") for m in _signs().finditer(text)]
    borders = [(m.start(), m.end(), "") for m in _BORDER.finditer(text)]
    turns = [(m.start(), m.end(), "") for m in _TURN.finditer(text)]
    return _Marks.made(signs), _Marks.made(borders), _Marks.made(turns)


@dataclass(frozen=True, slots=True)
class _Marks:
    """Places of a text that say something, in order, with their starts to look them up by."""

    starts: list[int]
    places: list[tuple[int, int, str]]

    @classmethod
    def made(cls, places: list[tuple[int, int, str]]) -> _Marks:
        return cls([place[0] for place in places], places)

    def inside(self, first: int, last: int) -> Iterator[tuple[int, int, str]]:
        """Yield the places that begin between two offsets, from left to right."""
        for index in range(bisect_left(self.starts, first), len(self.starts)):
            if self.starts[index] >= last:
                return
            yield self.places[index]


def status_of(text: str, start: int, end: int, sentence: tuple[int, int]) -> Status:
    """Return the status of the figure at `start` to `end` within its sentence.

    The sign nearest before the figure decides, else the first one right after it.
    """
    signs, borders, turns = _marks_of(text)
    if _ALREADY.match(text, end, min(sentence[1], end + _RIGHT)):
        return "reported"
    first = max(sentence[0], start - _LEFT)
    for border in borders.inside(first, start):
        first = border[1]
    nearest: str | None = None
    for sign in signs.inside(first, start):
        nearest = sign[2] if sign[2] != "never" else nearest
    if nearest is None:
        last = min(sentence[1], end + _RIGHT)
        turn = next(turns.inside(end + 1, last), None)
        last = turn[0] if turn else last
        # A sign that crosses the turn is none, but a shorter one may begin at the same place.
        near = _signs().finditer(text, end, last) if any(signs.inside(end, last)) else ()
        nearest = next((m.lastgroup for m in near if m.lastgroup != "never"), None)
    return cast(Status, nearest or "reported")
