"""Where a proper name begins that a keyword ends.

"under the North American Drug Dialogue" → from "Dialogue" back to "North".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from builder.naming.runs import TOKEN, is_capitalized, run_words

_WINDOW = 160
_LONGEST = 14
_SMALL_BEFORE = re.compile(r" [a-z]+ \Z")  # "of the ": no run goes back over it
_SMALL = 16  # characters in which such a word is looked for


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
    if _SMALL_BEFORE.search(window[-_SMALL:]):
        return end  # as at most keywords, of which the words before need not be read
    return _read_back(window, low, loose=loose, stop=stop, body=body)


def _read_back(window: str, low: int, *, loose: bool, stop: Iterable[str], body: bool) -> int:
    """Return where the run begins that ends with a window, whose text begins at `low`."""
    tokens = list(TOKEN.finditer(window))
    words, stop = run_words(), frozenset(stop)
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
            if _owner(word) or word.endswith("-led"):
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
    if word in run_words().posts and not {"to", "for", "of"}.isdisjoint(small):
        return False  # "Special Counsel to Litigative Programs"
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
        return word[:-2] not in run_words().owners
    if word.endswith("'") and word[:-1].isupper():
        return True  # "HHS' Disaster Helpline"
    return word.endswith("s'") and word in ("States'", "Americans'", "Democrats'", "Republicans'")


def _without_openers(window: str, start: int) -> int:
    """Skip what only stands before a name: "The", "Under", "Today's"."""
    while start < len(window):
        token = TOKEN.match(window, start)
        if token is None:
            break
        word = token.group()
        rest = TOKEN.search(window, token.end())
        if word not in run_words().openers or (rest and _goes_with(word, rest.group())):
            break
        if rest is None:
            return len(window)
        start = rest.start()
        if not is_capitalized(rest.group()):
            start = _next_capital(window, start)
    return start


def _goes_with(word: str, following: str) -> bool:
    """Tell whether an opener belongs to what follows: "Continuing Appropriations"."""
    return following in run_words().kept_before.get(word, ())


def _next_capital(window: str, start: int) -> int:
    for token in TOKEN.finditer(window, start):
        if is_capitalized(token.group()):
            return token.start()
    return len(window)
