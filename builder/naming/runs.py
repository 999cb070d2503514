"""Runs of capitalized words around a keyword: where a proper name begins and where it ends.

"under the North American Drug Dialogue, the" → from "Dialogue" back to "North"; "Coalition to
Address Synthetic Drug Threats and" → on to "Threats".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from builder.naming.typography import capitals
from builder.strict_yaml import load_data

_WINDOW = 160
_LONGEST = 14
# "U.S.-India", "Korea-U.S.", "M.", "Sherwood-Randall", "Leaders'", "21st", "eTrace", "R&D"
_TOKEN = re.compile(
    r"(?:[^\W_]+[-–])?(?:[A-Z]\.)+[A-Z]?(?:[-–][^\W_]+)*|[^\W_]+(?:[-–'/&][^\W_]+)*'?(?!\w)"
)
_YEAR = re.compile(r",? (?:of|for|for Fiscal Year|Fiscal Year|for FY|FY) ?(?:1[789]|20)\d\d\b")
# "Proceeds of Crime Act" + " 2002", "National Drug Strategy" + " 2017-2026"
_YEARS = re.compile(r" (?:1[89]|20)\d\d(?: ?[-–/] ?(?:20)?\d\d)?(?![\w%$-]|[.,]\d)")
# "… for Fiscal Year" + " 2025"
_YEAR_AFTER = re.compile(
    r" of (?:1[789]|20)\d\d\b|(?<=Year) (?:19|20)\d\d\b|(?:,? for)? Fiscal Year (?:19|20)\d\d\b"
)
_SENTENCE_END = re.compile(r"(?:^|[.!?:;][\"')]? |\n|[•·] ?|^[\"'(]|[—–] )$")


@dataclass(frozen=True, slots=True)
class _Words:
    openers: frozenset[str]
    breakers: frozenset[str]
    joiners: frozenset[str]
    owners: frozenset[str]
    generic: frozenset[str]
    empty: frozenset[str]
    never_last: frozenset[str]
    parting: frozenset[str]


@cache
def _words() -> _Words:
    data = load_data("run_words")
    return _Words(*(frozenset(data[name]) for name in _Words.__slots__))


def opens(word: str) -> bool:
    """Tell whether a word is capitalized only because it begins a sentence: "Under", "Despite"."""
    return word in _words().openers


@cache
def _capital() -> re.Pattern[str]:
    return re.compile(rf"[{capitals()}]|[a-z][A-Z]|\d+(?:st|nd|rd|th)\b")


def is_capitalized(word: str) -> bool:
    """Tell whether a word can be part of a proper name: "Drug", "21st", "eTrace"."""
    return _capital().match(word) is not None


@cache
def _title_word() -> re.Pattern[str]:
    return re.compile(r"[^\W\d_]{4,}")


def is_title_case(text: str) -> bool:
    """Tell whether a text is printed like a headline, so that capitals tell nothing in it."""
    if text.endswith(".") or text[:1].islower():
        return False
    words = _title_word().findall(text)
    return len(words) >= 3 and sum(word[0].isupper() for word in words) >= 0.75 * len(words)


def starts_sentence(text: str, start: int) -> bool:
    """Tell whether a sentence, an item or a quotation begins at `start`."""
    return _SENTENCE_END.search(text[max(0, start - 3) : start]) is not None or start == 0


def run_before(
    text: str, end: int, *, loose: bool = False, stop: Iterable[str] = (), body: bool = False
) -> int:
    """Return where the run of capitalized words that ends at `end` begins (`end` if there is none).

    `end` is the offset of the keyword. `loose` lets the run cross "the" and commas, as names of
    acts do. `stop` holds further words that part names, such as other keywords. `body` keeps the
    run from crossing what no body's name holds: "a B.A. from Brown University".
    """
    low = max(0, end - _WINDOW)
    window = text[low:end]
    tokens = list(_TOKEN.finditer(window))
    words, stop = _words(), frozenset(stop)
    start, following = len(window), len(window)
    small: list[str] = []
    taken = 0
    for token in reversed(tokens):
        word, gap = token.group(), window[token.end() : following]
        bracketed = gap == ") " and window[token.start() - 2 : token.start()] == " ("
        if bracketed and (word.isupper() or (loose and taken)):
            # "Drug-Free Communities (DFC) Support Program", "William M. (Mac) Marsh Harbor Act"
            following = token.start() - 1
            continue
        if not _joint(gap, word, loose and taken > 0) or taken >= _LONGEST:
            break
        if is_capitalized(word):
            if word in words.breakers or (small and not _crossed(small, word, stop, loose)):
                break
            if body and small and word.isupper():
                break  # "the AFP and Queensland Police Service"
            if _owner(word):
                break
            start, small = token.start(), []
        elif word in words.joiners and len(small) < 2 and taken and _may_join(word, loose, body):
            small.append(word)
        else:
            break
        following, taken = token.start(), taken + 1
    return low + _without_openers(window, start)


def _may_join(word: str, loose: bool, body: bool) -> bool:
    if body:
        return word in ("of", "and", "&", "for", "the", "de", "del", "y")
    return loose or word not in ("from", "at", "by", "into", "as", "or")


def _joint(gap: str, word: str, loose: bool) -> bool:
    if gap in (" ", " & ", "-", "/"):
        return True
    if gap in (" – ", " — ", "–"):
        return word.isupper() or word.endswith(".")
    return gap == ", " and loose


def _crossed(small: Sequence[str], word: str, stop: frozenset[str], loose: bool) -> bool:
    """Tell whether a name goes on to the left over small words such as "in" or "of the"."""
    if word in stop and ("and" in small or "the" in small):
        return False
    if "the" in small or "a" in small:
        if "of" in small and word in ("Department", "Office", "Bureau"):
            return True
        return loose and word.endswith("ing")
    if "and" in small or "&" in small:
        return not word.isupper() or len(small) == 1
    return True


def _owner(word: str) -> bool:
    """Tell whether a possessive names an owner ("Biden's") and not part of a name ("Women's")."""
    if word.endswith("'s"):
        return word[:-2] not in _words().owners
    return word.endswith("s'") and word in ("States'", "Americans'", "Democrats'", "Republicans'")


def _without_openers(window: str, start: int) -> int:
    """Skip what only stands before a name: "The", "Under", "Today's"."""
    while start < len(window):
        token = _TOKEN.match(window, start)
        if token is None:
            break
        word = token.group()
        opens = word in _words().openers
        if not opens:
            break
        rest = _TOKEN.search(window, token.end())
        if rest is None:
            return len(window)
        start = rest.start()
        if not is_capitalized(rest.group()):
            start = _next_capital(window, start)
    return start


def _next_capital(window: str, start: int) -> int:
    for token in _TOKEN.finditer(window, start):
        if is_capitalized(token.group()):
            return token.start()
    return len(window)


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
    words, ordering = _words(), places or "on" in prepositions
    end, here = start, start
    taken = 0
    small = 0
    comma = False
    for token in _TOKEN.finditer(text, start, min(len(text), start + _WINDOW + 60)):
        word, gap = token.group(), text[here : token.start()]
        if taken == 0 and here == start:
            if gap != " " or word not in prepositions:
                return start
            here, small = token.end(), 1
            continue
        if gap == ", " and small == 0 and _list_goes_on(text, token.start(), comma):
            comma = True
        elif gap not in (" ", " & ", "-", "–") and not (comma and gap == ", "):
            break
        bare = word[:-2] if word.endswith("'s") else word.rstrip("'")
        if is_capitalized(word):
            if bare in words.breakers or (bare in words.never_last and taken == 0):
                break
            end, small, taken = token.start() + len(bare), 0, taken + 1
            owns = bare != word and (bare in words.owners or _owns(text, token.end()))
            if (bare != word and not owns) or taken >= _LONGEST:
                break
            end = token.end() if owns else end
        elif word in words.joiners and small < 2 and not (word == "the" and gap == ", "):
            if word in ("in", "at", "by", "as") and not places:
                break
            joined = word in ("the", "a", "an") and text[here - 4 : here] == " and"
            if joined and not (ordering and _is_closed(text, token.end())):
                break
            if word == "with" and taken:
                break
            small += 1
        elif not (small == 1 and taken == 0 and _may_open(text, token, here)):
            break
        here = token.end()
    return _with_years(text, end, years) if end > start else end


def _may_open(text: str, token: re.Match[str], here: int) -> bool:
    """Tell whether a small word may open a subject: "on the Ports", "to fight Drug Trafficking"."""
    if token.group() in ("the", "its", "our"):
        return True
    to_do = text[here - 3 : here] == " to" and token.group().isalpha()
    return to_do and text[token.end() + 1 : token.end() + 2].isupper()


# " Maritime Dominance" behind "America's"
_OWNED = re.compile(r" (?:[A-Z][a-z]+[ ,.;)]|[A-Z][a-z]+-)")
# " Opioid Crisis," behind "and the": short, and nothing that names something else
_CLOSE = re.compile(r" [A-Z][a-z]+(?: [A-Z][a-z]+)?(?=[,.;)]|$| [a-z]+\b)")


def _owns(text: str, end: int) -> bool:
    """Tell whether a subject goes on behind a possessive: "Restoring America's Dominance"."""
    following = _OWNED.match(text, end)
    return following is not None and following.group().strip(" ,.;)-") not in _words().breakers


def _is_closed(text: str, end: int) -> bool:
    """Tell whether "and the" goes on with a few words that end a subject."""
    close = _CLOSE.match(text, end)
    return close is not None and not _words().parting.intersection(close.group().split())


def _with_years(text: str, end: int, years: bool) -> int:
    """Return where a name ends with the year behind it, or with years where it may have them."""
    year = _YEAR_AFTER.match(text, end) or (_YEARS.match(text, end) if years else None)
    return year.end() if year else end


# ", Public Health and Safe Communities": a list inside a name closes with "and" and a capital
_LIST = re.compile(
    r"(?:[A-Z][\w'-]*(?: (?:of |and )?[A-Z][\w'-]*){0,3},? ){1,4}?(?:and|or|&) (?!the\b)[A-Z]"
)


def _list_goes_on(text: str, start: int, begun: bool) -> bool:
    if begun and _LIST_END.match(text, start):
        return True
    return _LIST.match(text, start) is not None


# ", and Safe Communities" after the last comma
_LIST_END = re.compile(r"(?:and|or) (?!the\b)[A-Z]")


def is_generic(words: str) -> bool:
    """Tell whether a run of words is too general to make a name: "Federal", "New", "U.S."."""
    know = _words()
    telling = [
        token.group()
        for token in _TOKEN.finditer(words)
        if token.group() not in know.empty and token.group().lower() not in know.joiners
    ]
    return len(telling) < 2 and all(word in know.generic for word in telling)
