"""Where a proper name ends that goes on behind its keyword.

"Coalition to Address Synthetic Drug Threats and" → from "Coalition" on to "Threats".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from builder.naming.runs import TOKEN, is_capitalized, run_words

_WINDOW = 220
_LONGEST = 14
_YEAR = re.compile(r",? (?:of|for|for Fiscal Year|Fiscal Year|for FY|FY) ?(?:1[789]|20)\d\d\b")
# "Proceeds of Crime Act" + " 2002", "National Drug Strategy" + " 2017-2026"
_YEARS = re.compile(r" (?:1[89]|20)\d\d(?: ?[-–/] ?(?:20)?\d\d)?(?![\w%$-]|[.,]\d)")
# "… for Fiscal Year" + " 2025"
_YEAR_AFTER = re.compile(
    r" of (?:1[789]|20)\d\d\b|(?<=Year) (?:19|20)\d\d\b|(?:,? for)? Fiscal Year (?:19|20)\d\d\b"
)
# " on Earth Day": when it was
_ON_A_DAY = re.compile(
    r" on (?:(?:[A-Z][\w']+ ){1,2}(?:Day|Eve)\b(?! of)"
    r"|(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b)"
)
_OPENS_ELSE = (
    "Through",
    "By",
    "With",
    "While",
    "As",
    "From",
    "At",
    "In",
    "On",
    "To",
    "Under",
    "Via",
)
# " Maritime Dominance" behind "America's"
_OWNED = re.compile(r" (?:[A-Z][a-z]+[ ,.;)]|[A-Z][a-z]+-)")
# " Opioid Crisis," behind "and the": short, and nothing that names something else
_CLOSE = re.compile(r" [A-Z][a-z]+(?: [A-Z][a-z]+)?(?=[,.;)]|$| [a-z]+\b)")
# ", Public Health and Safe Communities": a list inside a name closes with "and" and a capital
_LIST = re.compile(
    r"(?:[A-Z][\w'-]*(?: (?:of |and )?[A-Z][\w'-]*){0,3},? ){1,4}?(?:and|or|&) (?!the\b)[A-Z]"
)
# ", and Safe Communities" after the last comma
_LIST_END = re.compile(r"(?:and|or) (?!the\b)[A-Z]")


def run_after(
    text: str,
    start: int,
    prepositions: Sequence[str],
    *,
    places: bool = False,
    years: bool = False,
) -> int:
    """Return where the complement that begins at `start` ends (`start` if there is none).

    A complement is a preposition and capitalized words: "to Address Synthetic Drug Threats", "for
    Security, Public Health, and Safe Communities", "of 1961", ", Fiscal Year 2003". `places` lets
    it go on over "in" and "at", as the subjects of orders do; `years` lets bare years close it.
    """
    year = _YEAR.match(text, start) or (_YEARS.match(text, start) if years else None)
    if year:
        return year.end()
    if _ON_A_DAY.match(text, start):
        return start
    tokens = TOKEN.finditer(text, start, min(len(text), start + _WINDOW))
    preposition = next(tokens, None)
    if preposition is None or preposition.group() not in prepositions:
        return start
    if text[start : preposition.start()] != " ":
        return start
    subject = _Subject(text, start, preposition.end(), places, places or "on" in prepositions)
    for token in tokens:
        if not subject.takes(token):
            break
    end = _without_opener(text, start, subject.end)
    return _with_years(text, end, years) if end > start else end


def _without_opener(text: str, start: int, end: int) -> int:
    """Return where a subject ends without what only begins something else: "Through"."""
    last = text.rfind(" ", start, end)
    if last <= start or text[last + 1 : end] not in _OPENS_ELSE:
        return end
    words = text[start:last].split()
    while words and not is_capitalized(words[-1]):
        words.pop()
    return text.index(words[-1], start) + len(words[-1]) if words else start


@dataclass(slots=True)
class _Subject:
    """A complement while it is read: `end` is where its last capitalized word ends.

    `here` is how far it was read; `small` counts the small words since the last capitalized one,
    `taken` the capitalized words; `comma` tells whether it holds a list. `places` lets it cross
    "in" and "at"; `orders` lets it cross "and the", as the subjects of orders do.
    """

    text: str
    end: int
    here: int
    places: bool
    orders: bool
    small: int = 1
    taken: int = 0
    comma: bool = False

    def takes(self, token: re.Match[str]) -> bool:
        """Read one more word; False where the complement is over."""
        gap = self.text[self.here : token.start()]
        if gap == ", " and self.small == 0 and self._list_goes_on(token.start()):
            self.comma = True
        elif gap not in (" ", " & ", "-", "–") and not (self.comma and gap == ", "):
            return False
        if is_capitalized(token.group()):
            return self._takes_capital(token)
        if not self._crosses(token, gap):
            return False
        self.here = token.end()
        return True

    def _takes_capital(self, token: re.Match[str]) -> bool:
        word, words = token.group(), run_words()
        bare = word[:-2] if word.endswith("'s") else word.rstrip("'")
        if bare in words.breakers or (bare in words.never_last and self.taken == 0):
            return False
        owner = bare != word
        owns = owner and (bare in words.owners or _owns(self.text, token.end()))
        self.end = token.end() if owns else token.start() + len(bare)
        self.small, self.taken, self.here = 0, self.taken + 1, token.end()
        return (owns or not owner) and self.taken < _LONGEST

    def _crosses(self, token: re.Match[str], gap: str) -> bool:
        """Tell whether the complement may go on over a small word."""
        word = token.group()
        if word in ("the", "its", "our") and not self.taken and gap == " " and self._is_to():
            return False
        if word not in run_words().joiners or self.small > 1 or (word == "the" and gap == ", "):
            return self.small == 1 and self.taken == 0 and _may_open(self.text, token, self.here)
        if (word in ("in", "at", "by", "as") and not self.places) or (
            word == "with" and self.taken
        ):
            return False
        joined = word in ("the", "a", "an") and self.text[self.here - 4 : self.here] == " and"
        if joined and not (self.orders and _is_closed(self.text, token.end())):
            return False
        self.small += 1
        return True

    def _is_to(self) -> bool:
        return self.text[self.here - 3 : self.here] == " to"

    def _list_goes_on(self, start: int) -> bool:
        if self.comma and _LIST_END.match(self.text, start):
            return True
        return _LIST.match(self.text, start) is not None


def _may_open(text: str, token: re.Match[str], here: int) -> bool:
    """Tell whether a small word may open a subject: "on the Ports", "to fight Drug Trafficking"."""
    if token.group() in ("the", "its", "our"):
        return text[here - 3 : here] != " to"
    to_do = text[here - 3 : here] == " to" and token.group().isalpha()
    return to_do and text[token.end() + 1 : token.end() + 2].isupper()


def _owns(text: str, end: int) -> bool:
    """Tell whether a subject goes on behind a possessive: "Restoring America's Dominance"."""
    following = _OWNED.match(text, end)
    return following is not None and following.group().strip(" ,.;)-") not in run_words().breakers


def _is_closed(text: str, end: int) -> bool:
    """Tell whether "and the" goes on with a few words that end a subject."""
    close = _CLOSE.match(text, end)
    return close is not None and not run_words().parting.intersection(close.group().split())


def _with_years(text: str, end: int, years: bool) -> int:
    """Return where a name ends with the year behind it, or with years where it may have them."""
    year = _YEAR_AFTER.match(text, end) or (_YEARS.match(text, end) if years else None)
    return year.end() if year else end
