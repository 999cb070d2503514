"""Says whether a figure is reported, requested, planned or estimated, from its clause."""

from __future__ import annotations

import re
from functools import cache
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


def status_of(text: str, start: int, end: int, sentence: tuple[int, int]) -> Status:
    """Return the status of the figure at `start` to `end` within its sentence.

    The sign nearest before the figure decides, else the first one right after it.
    """
    first = max(sentence[0], start - _LEFT)
    for border in _BORDER.finditer(text, first, start):
        first = border.end()
    nearest: str | None = None
    for sign in _signs().finditer(text, first, start):
        nearest = sign.lastgroup if sign.lastgroup != "never" else nearest
    if nearest is None:
        last = min(sentence[1], end + _RIGHT)
        turn = _TURN.search(text, end + 1, last)
        for sign in _signs().finditer(text, end, turn.start() if turn else last):
            if sign.lastgroup != "never":
                nearest = sign.lastgroup
                break
    return cast(Status, nearest or "reported")
