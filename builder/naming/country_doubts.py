"""When a country's name does not mean the country: stop phrases, contexts, evidence.

The knowledge is `builder/data/country_traps.yaml`; this module only applies it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from builder.naming.word_trie import trie_pattern
from builder.strict_yaml import load_data

# The rules that settle a doubt for the country.
BESIDE = "in doubt, settled by the words beside it"
AROUND = "in doubt, settled by what else is named"

# A look around a form never reads further than this many characters to the left.
_WINDOW = 80
# What counts as the passage around a form, in characters to either side: a limit, so that the time
# stays linear in a text that is one endless paragraph.
_PASSAGE = 1000


@dataclass(frozen=True, slots=True)
class Context:
    """A pattern with `_` for the form: what must end before it, what must begin after it.

    Patterns are compiled when first needed: most documents meet few doubts.
    """

    before: str
    after: str

    def holds(self, text: str, start: int, end: int) -> bool:
        """Tell whether the form at `text[start:end]` stands in this context."""
        if self.after and not _compiled(self.after).match(text, end):
            return False
        if not self.before:
            return True
        return _compiled(self.before).search(text, max(0, start - _WINDOW), start) is not None


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


@dataclass(frozen=True, slots=True)
class Doubt:
    """How to decide whether some forms name their country; `name` says what else they name."""

    name: str
    forms: tuple[str, ...]
    accept: tuple[Context, ...] = ()
    reject: tuple[Context, ...] = ()
    evidence: tuple[str, ...] = ()
    nearby: tuple[str, ...] = ()
    counter_evidence: tuple[str, ...] = ()
    otherwise: bool = True
    persons: bool = False

    def settled_by_context(self, text: str, start: int, end: int) -> bool | None:
        """Return True (country) or False (not) where the neighboring words tell, else None."""
        if any(context.holds(text, start, end) for context in self.accept):
            return True
        if any(context.holds(text, start, end) for context in self.reject):
            return False
        return None


@dataclass(frozen=True, slots=True)
class _Said:
    """Where a text holds words for a country, words that speak for it nearby, words against it."""

    evidence: tuple[int, ...]
    nearby: tuple[int, ...]
    against: tuple[int, ...]

    def balance(self) -> int:
        """Return how many more words speak for the country than against it."""
        return len(self.evidence) - len(self.against)

    def balance_between(self, start: int, end: int) -> int:
        """Return the balance of a passage, in which more words speak."""
        for_it = _between(self.evidence, start, end) + _between(self.nearby, start, end)
        return for_it - _between(self.against, start, end)


def _between(places: Sequence[int], start: int, end: int) -> int:
    return bisect_left(places, end) - bisect_left(places, start)


class Evidence:
    """What a whole document says for and against doubtful forms; each text is searched once."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._texts = texts
        self._said: dict[tuple[int, str], _Said] = {}
        self._balances: dict[int, int] = {}
        self._persons: dict[str, bool] = {}

    def of_passage(self, doubt: Doubt, text: str, start: int, end: int) -> int:
        """Return the balance of `doubt` around a form of one of the texts."""
        return self._in(doubt, text).balance_between(start - _PASSAGE, end + _PASSAGE)

    def of_document(self, doubt: Doubt) -> int:
        """Return the balance of `doubt` over all texts."""
        if id(doubt) not in self._balances:
            balances = (self._in(doubt, text).balance() for text in self._texts)
            self._balances[id(doubt)] = sum(balances)
        return self._balances[id(doubt)]

    def is_person(self, doubt: Doubt, form: str) -> bool:
        """Tell whether the document has a person of that name, and nowhere surely the country."""
        if form not in self._persons:
            readings = {
                doubt.settled_by_context(text, match.start(), match.end())
                for text in self._texts
                if form in text
                for match in re.finditer(rf"\b{re.escape(form)}\b", text)
            }
            self._persons[form] = False in readings and True not in readings
        return self._persons[form]

    def _in(self, doubt: Doubt, text: str) -> _Said:
        known = self._said.get((id(doubt), text))
        if known is None:
            patterns = (doubt.evidence, doubt.nearby, doubt.counter_evidence)
            known = _Said(*(_places(pattern, text) for pattern in patterns))
            self._said[id(doubt), text] = known
        return known


def _places(words: tuple[str, ...], text: str) -> tuple[int, ...]:
    if not words:
        return ()
    return tuple(
        match.start()
        for match in _any_of(words).finditer(text)
        if not (match.start() and text[match.start() - 1].isalnum())
    )


@cache
def _any_of(words: tuple[str, ...]) -> re.Pattern[str]:
    """Return the pattern of words, also in capitals; what stands before is not looked at."""
    return re.compile(_in_both_cases(words) + r"(?!\w)")


def _in_both_cases(words: Sequence[str]) -> str:
    """Return a pattern of words; names are also found in capitals ("turkey" is no TURKEY)."""
    return f"(?:{trie_pattern([*words, *(word.upper() for word in words if word[0].isupper())])})"


def decided(
    doubts: Sequence[Doubt], text: str, start: int, end: int, document: Evidence
) -> tuple[bool, str]:
    """Tell whether the form at `text[start:end]`, which has these doubts, names its country.

    Also returns the rule that decided, "" where nothing spoke for or against it.
    """
    for doubt in doubts:
        settled = doubt.settled_by_context(text, start, end)
        if settled is not None:
            return settled, BESIDE if settled else f"not a country: {doubt.name}"
    for doubt in doubts:
        if doubt.persons and document.is_person(doubt, text[start:end]):
            return False, f"not a country: {doubt.name}"
        if doubt.evidence or doubt.counter_evidence:
            balance = document.of_passage(doubt, text, start, end) or document.of_document(doubt)
            if balance > 0:
                return True, AROUND
            if balance < 0 or not doubt.otherwise:
                return False, f"not a country: {doubt.name}"
            break
    return True, ""


def listed(value: str, *, mark: str = ",") -> tuple[str, ...]:
    """Return the items of a list of the data files, which are parted by `mark`."""
    return tuple(item for item in (part.strip() for part in value.split(mark)) if item)


def _context(pattern: str, words: Mapping[str, str]) -> Context:
    for name, value in words.items():
        pattern = pattern.replace("{" + name + "}", value)
    before, after = pattern.split("_", 1)
    return Context(rf"(?:(?<!\w)|(?=\W))(?:{before})\Z" if before else "", after)


def _doubt(row: Mapping[str, Any], words: Mapping[str, str]) -> Doubt:
    return Doubt(
        name=row["name"],
        forms=listed(row["forms"]),
        accept=tuple(_context(pattern, words) for pattern in row.get("accept", ())),
        reject=tuple(_context(pattern, words) for pattern in row.get("reject", ())),
        evidence=listed(row.get("for", "")),
        nearby=listed(row.get("nearby", "")),
        counter_evidence=listed(row.get("against", "")),
        otherwise=row.get("otherwise", "country") == "country",
        persons=row.get("persons", False),
    )


@cache
def doubts_by_form() -> Mapping[str, tuple[Doubt, ...]]:
    """Return the doubts of each form that has any, in the order of the data file."""
    data = load_data("country_traps")
    words = {name: _in_both_cases(listed(value)) for name, value in data["words"].items()}
    found: dict[str, tuple[Doubt, ...]] = {}
    for row in data["doubts"]:
        doubt = _doubt(row, words)
        for form in doubt.forms:
            found[form] = (*found.get(form, ()), doubt)
    return found


@cache
def stop_phrases() -> Mapping[str, tuple[str, ...]]:
    """Return the phrases in which no country is seen, by the name of their row."""
    rows = load_data("country_traps")["stops"]
    return {row["name"]: listed(row["phrases"]) for row in rows}
