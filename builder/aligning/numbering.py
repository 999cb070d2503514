"""Gives ids to passages that have none: p12a between p12 and p13, the next number at the end.

An id is never given twice, whatever became of its passage; letters never nest.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from builder.ledger_file import BLOCK_ID

_PARTS = re.compile(r"p(?P<number>\d+)(?P<letters>[a-z]*)")  # "p12", "p12a"


class Numbering:
    """The ids that were ever issued in a document, and the next free ones."""

    def __init__(self, issued: Iterable[str]) -> None:
        self._highest = 0
        self._letters: dict[int, str] = {}
        for name in issued:
            number, letters = _parts(name)
            self._highest = max(self._highest, number)
            if _rank(letters) > _rank(self._letters.get(number, "")):
                self._letters[number] = letters

    def next_number(self) -> str:
        """Return the id of a passage at the end of the document."""
        self._highest += 1
        return f"p{self._highest}"

    def after(self, name: str | None) -> str:
        """Return the id of a passage that stands after that of `name`, None at the head."""
        number = _parts(name)[0] if name else 0
        letters = self._letters[number] = _successor(self._letters.get(number, ""))
        return f"p{number}{letters}"


def _parts(name: str) -> tuple[int, str]:
    match = _PARTS.fullmatch(name)
    if match is None:
        raise ValueError(f'"{name}" is no id of the form {BLOCK_ID.pattern}')
    return int(match["number"]), match["letters"]


def _rank(letters: str) -> tuple[int, str]:
    return len(letters), letters


def _successor(letters: str) -> str:
    """Return what follows: "a" after "", "b" after "a", "aa" after "z"."""
    kept = letters.rstrip("z")
    again = "a" * (len(letters) - len(kept))
    return f"{kept[:-1]}{chr(ord(kept[-1]) + 1)}{again}" if kept else f"a{again}"
