"""Words that must or must not stand in a text, as an editor writes them: "overdose death*"."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from builder.fold import fold

_PARTS = re.compile(r"[\s-]+")


@dataclass(frozen=True, slots=True)
class Words:
    """Of some words or phrases: `any` of them, `all` of them, `none` of them.

    A word is itself; with one star at its end it is every word that begins so. Case does not count,
    and a hyphen is a space.
    """

    any: tuple[str, ...] = ()
    all: tuple[str, ...] = ()
    none: tuple[str, ...] = ()

    def hold(self, text: str | None) -> bool:
        """Tell whether a text (None: nothing is said) has and lacks what it should."""
        said = fold(text or "")
        return (
            (not self.any or _pattern(self.any).search(said) is not None)
            and all(_pattern((one,)).search(said) for one in self.all)
            and not (self.none and _pattern(self.none).search(said))
        )


NO_WORDS = Words()
"""Asks for nothing: every text holds them."""


@lru_cache(maxsize=1024)
def _pattern(phrases: Iterable[str]) -> re.Pattern[str]:
    """Return the pattern of phrases: ("border patrol agent*",) finds "Border Patrol agents"."""
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(_phrase, phrases))})(?!\w)", re.IGNORECASE)


def _phrase(phrase: str) -> str:
    parts = _PARTS.split(fold(phrase).strip())
    return r"[\s-]+".join(re.escape(part).replace(r"\*", r"\w*") for part in parts)
