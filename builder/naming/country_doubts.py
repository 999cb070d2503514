"""When a country's name does not mean the country: stop phrases, contexts, evidence.

The knowledge is `builder/data/country_traps.yaml`; this module only applies it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from builder.strict_yaml import load_data

# A look around a form never reads further than this many characters to the left.
_WINDOW = 80
# What counts as the passage around a form, in characters to either side: a limit, so that the time
# stays linear in a text that is one endless paragraph.
_PASSAGE = 1000


@dataclass(frozen=True, slots=True)
class Context:
    """A pattern with `_` for the form: what must end before it, what must begin after it."""

    before: re.Pattern[str] | None
    after: re.Pattern[str] | None

    def holds(self, text: str, start: int, end: int) -> bool:
        """Tell whether the form at `text[start:end]` stands in this context."""
        if self.after and not self.after.match(text, end):
            return False
        if self.before is None:
            return True
        return self.before.search(text, max(0, start - _WINDOW), start) is not None


@dataclass(frozen=True, slots=True)
class Doubt:
    """How to decide whether some forms name their country."""

    forms: tuple[str, ...]
    accept: tuple[Context, ...]
    reject: tuple[Context, ...]
    evidence: re.Pattern[str] | None
    nearby: re.Pattern[str] | None
    counter_evidence: re.Pattern[str] | None
    otherwise: bool

    def settled_by_context(self, text: str, start: int, end: int) -> bool | None:
        """Return True (country) or False (not) where the neighboring words tell, else None."""
        if any(context.holds(text, start, end) for context in self.accept):
            return True
        if any(context.holds(text, start, end) for context in self.reject):
            return False
        return None

    def balance(self, text: str) -> int:
        """Return how many more words of `text` speak for the country than against it."""
        return _count(self.evidence, text) - _count(self.counter_evidence, text)

    def balance_nearby(self, text: str) -> int:
        """Return the balance of the passage that holds the form, where more words speak."""
        return self.balance(text) + _count(self.nearby, text)


class Evidence:
    """What a whole document says for and against a doubtful form, counted once each."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._texts = texts
        self._balances: dict[int, int] = {}

    def balance(self, doubt: Doubt) -> int:
        """Return the balance of `doubt` over all texts of the document."""
        key = id(doubt)
        if key not in self._balances:
            self._balances[key] = sum(doubt.balance(text) for text in self._texts)
        return self._balances[key]


def names_country(
    doubts: Sequence[Doubt], text: str, start: int, end: int, document: Evidence
) -> bool:
    """Tell whether the form at `text[start:end]`, which has these doubts, names its country."""
    for doubt in doubts:
        settled = doubt.settled_by_context(text, start, end)
        if settled is not None:
            return settled
    for doubt in doubts:
        if doubt.evidence or doubt.counter_evidence:
            passage = text[max(0, start - _PASSAGE) : end + _PASSAGE]
            balance = doubt.balance_nearby(passage) or document.balance(doubt)
            return balance > 0 if balance else doubt.otherwise
    return True


def _count(words: re.Pattern[str] | None, text: str) -> int:
    return len(words.findall(text)) if words else 0


def listed(value: str, *, mark: str = ",") -> tuple[str, ...]:
    """Return the items of a list of the data files, which are parted by `mark`."""
    return tuple(item for item in (part.strip() for part in value.split(mark)) if item)


def _alternatives(items: Sequence[str]) -> str:
    both_cases = dict.fromkeys([*items, *(item.upper() for item in items)])
    return "|".join(re.escape(item) for item in sorted(both_cases, key=len, reverse=True))


def _evidence(value: str) -> re.Pattern[str] | None:
    items = listed(value)
    return re.compile(rf"\b(?:{_alternatives(items)})\b") if items else None


def _context(pattern: str, words: Mapping[str, str]) -> Context:
    for name, value in words.items():
        pattern = pattern.replace("{" + name + "}", f"(?:{_alternatives(listed(value))})")
    before, after = pattern.split("_", 1)
    return Context(
        before=re.compile(rf"(?:(?<!\w)|(?=\W))(?:{before})\Z") if before else None,
        after=re.compile(after) if after else None,
    )


def _doubt(row: Mapping[str, Any], words: Mapping[str, str]) -> Doubt:
    return Doubt(
        forms=listed(row["forms"]),
        accept=tuple(_context(pattern, words) for pattern in row.get("accept", ())),
        reject=tuple(_context(pattern, words) for pattern in row.get("reject", ())),
        evidence=_evidence(row.get("for", "")),
        nearby=_evidence(row.get("nearby", "")),
        counter_evidence=_evidence(row.get("against", "")),
        otherwise=row.get("otherwise", "country") == "country",
    )


@cache
def doubts_by_form() -> Mapping[str, tuple[Doubt, ...]]:
    """Return the doubts of each form that has any, in the order of the data file."""
    data = load_data("country_traps")
    found: dict[str, tuple[Doubt, ...]] = {}
    for row in data["doubts"]:
        doubt = _doubt(row, data["words"])
        for form in doubt.forms:
            found[form] = (*found.get(form, ()), doubt)
    return found


@cache
def stop_phrases() -> tuple[str, ...]:
    """Return the phrases in which no country is seen."""
    data = load_data("country_traps")
    return tuple(phrase for row in data["stops"] for phrase in listed(row["phrases"]))
