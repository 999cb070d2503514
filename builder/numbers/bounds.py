"""Says whether a number is exact, a floor, a ceiling, or about right."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from builder.model import Bound, Comparator
from builder.naming.word_trie import trie_pattern
from builder.numbers.quantities import Quantity
from builder.strict_yaml import load_data

_WINDOW = 60  # characters before and after a number in which its bound stands


class Bounded(NamedTuple):
    """Bound and comparator of a number, where it begins and ends with their words, their rule."""

    bound: Bound
    comparator: Comparator
    start: int
    end: int
    rule: str = ""


@dataclass(frozen=True, slots=True)
class _Signs:
    last_words: frozenset[str]
    before: re.Pattern[str]
    after: re.Pattern[str]
    not_about: re.Pattern[str]
    not_up_to: re.Pattern[str]
    meanings: Mapping[str, tuple[Bound, Comparator, str]]
    meanings_after: Mapping[str, tuple[Bound, Comparator, str]]


@cache
def _signs() -> _Signs:
    data = load_data("claims")
    before: dict[str, tuple[Bound, Comparator, str]] = {}
    after: dict[str, tuple[Bound, Comparator, str]] = {}
    for row in data["bounds"]:
        meaning = (row["bound"], row["comparator"], row["rule"])
        before.update(dict.fromkeys(row["before"], meaning))
        after.update(dict.fromkeys(row.get("after", ()), meaning))
    between = trie_pattern(data["between"])
    return _Signs(
        last_words=frozenset(
            phrase.split(" ")[-1].lower() for phrase in [*before, *data["between"]]
        ),
        before=re.compile(
            rf"(?:(?<![\w-])|(?=~))(?P<phrase>{trie_pattern(before)}) ?(?:(?<= )(?:{between}) )*"
            rf"(?:[A-Za-z]{{1,12}} (?=$)(?<=[a-z]ly ))?$",
            re.I,
        ),
        after=re.compile(
            rf"(?:(?P<plus>\+)|,? (?P<word>[a-z]+ )?(?P<phrase>{trie_pattern(after)})"
            r"(?!\w| than))",
            re.I,
        ),
        not_about=re.compile(rf"\b(?:{'|'.join(data['not_about'])}) (?:to you )?$", re.I),
        not_up_to=re.compile(rf"\b(?:{'|'.join(data['not_up_to'])}) $", re.I),
        meanings=before,
        meanings_after=after,
    )


_LAST_WORD = re.compile(r"(?:[A-Za-z]+\.?|[~≈]) ?$")
_LONGEST_WORD = 24  # characters; no bound ends in a longer one
_LIST_MARK = re.compile(r": ?\([a-z0-9]{1,4}\) +$")  # "at least: (i) $15"


def bound_at_end(text: str) -> tuple[Bound, Comparator, str] | None:
    """Return the bound, its comparator and rule that a text ends on: "shall be at least"."""
    match = _signs().before.search(f"{text[-_WINDOW:]} ")
    return _signs().meanings[match["phrase"].lower()] if match else None


def bound_of(text: str, quantity: Quantity) -> Bounded:
    """Return bound and comparator of a quantity, from the words right before and after it."""
    signs = _signs()
    first = max(0, quantity.start - _WINDOW)
    left = _LIST_MARK.sub(" ", text[first : quantity.start])
    # The search is dear: it is made only where the last word before the number may end a bound.
    word = _LAST_WORD.search(left, max(0, len(left) - _LONGEST_WORD))
    last = word[0].rstrip().lower() if word else ""
    may_be = last in signs.last_words or last.endswith("ly")
    match = signs.before.search(left) if may_be else None
    start = min(first + match.start(), quantity.start) if match else quantity.start
    if quantity.plus:
        return Bounded("more_than", ">=", start, quantity.end, "plus sign")
    if match and _means_it(left, match, quantity, signs):
        bound, comparator, rule = signs.meanings[match["phrase"].lower()]
        return Bounded(bound, comparator, start, quantity.end, rule)
    right = signs.after.match(text, quantity.end, min(len(text), quantity.end + _WINDOW))
    if right and not quantity.vague:
        bound, comparator, rule = signs.meanings_after[(right["plus"] or right["phrase"]).lower()]
        end = quantity.end if right["word"] else right.end()
        return Bounded(bound, comparator, quantity.start, end, rule)
    if quantity.vague:
        return Bounded("approximately", "~", quantity.start, quantity.end, "vague number")
    if "mated" in left.lower() and _ESTIMATED.search(left):
        return Bounded("approximately", "~", quantity.start, quantity.end, "estimated value of")
    return Bounded("exact", "=", quantity.start, quantity.end)


# "an estimated street value of $5 million"
_ESTIMATED = re.compile(
    r"\bestimated (?:[a-z]+ ){0,2}(?:value|cost|total|worth|population|price|loss|damage)"
    r" (?:of|at) $",
    re.I,
)


_DURING = re.compile(
    r"\b(?:in|for|of|just|well|little|slightly|took|lasted|take|spent|is|was|years?) (?:just "
    r"|well |a little )?over $",
    re.I,
)
_PLACES = frozenset("above below beyond near under over".split())
_DETERMINED = re.compile(r" (?:the|an?|its) ")
_COMPARED = re.compile(r"\b(?:percent|points?|%|years?|levels?|the) $")


def _means_it(left: str, match: re.Match[str], quantity: Quantity, signs: _Signs) -> bool:
    phrase, start = match["phrase"].lower(), match.start()
    if phrase == "over" and quantity.time:
        # "spent over five years" is a duration; "in just over a year" is a bound.
        return _DURING.search(left) is not None
    if phrase in ("about", "around") and signs.not_about.search(left[:start]):
        return False
    if phrase == "up to" and signs.not_up_to.search(left[:start]):
        return False
    if phrase == "within":
        return quantity.time
    if phrase == "near" and quantity.unit == "count":
        return False  # "near 30 villages"
    if phrase == "some":
        return left.lower().endswith("some ")
    if phrase in _PLACES and _DETERMINED.match(left, match.end("phrase")):
        return False  # "funded under the $611 million program"
    if phrase in ("above", "below", "beyond", "near", "better than", "under"):
        return not _COMPARED.search(left[:start])
    return True
