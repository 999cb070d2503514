"""Reads a sentence into chunks: noun phrases, verbs, prepositions, figures and time frames.

The classes of its words (see `words`) are settled by their neighbors; then one regular expression
over the string of classes joins them: N noun phrase, V verb with its auxiliaries, Z passive,
X auxiliary alone, E past form alone, G form in -ing, T "to" with its verb, q figure, Y time frame;
every other chunk is a small word or mark and keeps the letter of its class. Articles and adverbs
drop out.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from builder.numbers.words import (
    class_of,
    class_of_first,
    is_change_verb,
    is_gerund,
    is_more_often_verb,
)

# "(SUD)" behind what it abbreviates, " - " as a dash, "U.S.", "sub-working", "veterans' homes",
# "7(a)", "light- and"; any other mark by itself
_WORD = re.compile(
    r"\([A-Z][A-Za-z&/-]{1,10}\)|(?<= )- |[^\W_](?:[\w'&/.-]*\w)?"
    r"(?:(?<=\.[A-Z])\.|(?<=s)'(?= \w)|(?:\([a-z0-9]{1,3}\))+|-(?= (?:and|or|to) ))?"
    r"|[^\w\s]"
)
_BE = frozenset("is are was were be been being am get gets got isn't aren't wasn't weren't".split())


class Known(NamedTuple):
    """A stretch that is read already: a figure (code "q"), a time frame ("Y"), a plural ("s")."""

    start: int
    end: int
    code: str


@dataclass(frozen=True, slots=True)
class Clause:
    """A sentence in chunks: `codes[i]` is the class of chunk i, `starts[i]` to `ends[i]` its place.

    Offsets count in `text`. `heads[i]` is the last word of chunk i in lower case. A noun phrase
    leaves out its article; the chunk of a figure begins with the words of its bound. `words` and
    `places` are the words of the sentence in lower case and where each begins.
    """

    text: str
    codes: str
    starts: Sequence[int]
    ends: Sequence[int]
    heads: Sequence[str]
    words: Sequence[str]
    places: Sequence[int]

    def at(self, offset: int) -> int:
        """Return the number of the chunk that holds `offset`, or of the first one after it."""
        return bisect_right(self.ends, offset)

    def between(self, first: int, last: int) -> str:
        """Return the text of the chunks from `first` to `last`, both included."""
        return self.text[self.starts[first] : self.ends[last]]

    def words_in(self, first: int, last: int) -> range:
        """Return the numbers of the words that begin between two offsets."""
        return range(bisect_left(self.places, first), bisect_left(self.places, last))


def clause_of(text: str, first: int, last: int, known: Sequence[Known]) -> Clause:
    """Read the sentence from `first` to `last`; `known` is sorted and does not overlap."""
    found: list[tuple[tuple[int, int], tuple[str, str]]] = []
    at = first
    in_capitals = text[first:last].isupper()  # a heading, where capitals make no names
    for stretch in (*known, Known(last, last, "")):
        matches = _WORD.finditer(text, at, stretch.start)
        found += [
            (match.span(), read)
            for match in matches
            if (read := read_word(match[0].lower() if in_capitals else match[0]))
        ]
        at = max(at, stretch.end)
        if stretch.code:
            word = text[stretch.start : stretch.end].lower() if stretch.code == "s" else ""
            found.append(((stretch.start, stretch.end), (word, stretch.code)))
    spans = [span for span, _ in found]
    words = [read[0] for _, read in found]
    kinds = [read[1] for _, read in found]
    if kinds and words[0] and not in_capitals:
        kinds[0] = class_of_first(text[slice(*spans[0])])
    _settle(kinds, words)
    return _chunked(text, "".join(kinds), spans, words)


@lru_cache(maxsize=65536)
def read_word(word: str) -> tuple[str, str] | None:
    """Return a word in lower case and its class, or None for an acronym in brackets."""
    if word[0] == "(" and len(word) > 1:
        return None
    return word.lower(), class_of(word)


_UNDECIDED = re.compile(r"[ABegf]")
_NAMING = frozenset("nsmABegjf")  # what a modifier stands before


def _settle(kinds: list[str], words: list[str]) -> None:
    """Decide, from left to right, what is undecided without its neighbors."""
    line = "".join(kinds)
    for match in _UNDECIDED.finditer(line):
        index = match.start()
        before = kinds[index - 1] if index else ""
        earlier = kinds[index - 2] if index > 1 else ""
        following = line[index + 1 : index + 2]
        if following == "a":  # "in targeted additional funding"
            following = line[index + 2 : index + 3]
        if before == "r":  # "will also fund", "three mutually reinforcing lines"
            before, earlier = earlier, ""
        if match[0] == "B" and before in _NAMING and _is_counted(kinds, index):
            kinds[index] = "s"
            continue
        if match[0] in "AB" and is_change_verb(words[index]) and _is_by(line, words, index, before):
            kinds[index] = "v"  # "will see funding increase by $5 million"
            continue
        if before == "m" and match[0] == "A" and words[index - 1].endswith(_PEOPLE):
            before = "s"  # "Americans lack"
        given = match[0] == "f" and before == "t" and words[index - 2] in _TO_NOUN
        if given and not _is_by(line, words, index, ""):
            before = "d"  # "led to lower prices", but "led to lower prices by $3"
        settled = _SETTLE[match[0]](before, earlier, following, words[index])
        kinds[index] = "s" if settled == "n" and match[0] == "B" else settled


def _is_by(line: str, words: list[str], index: int, before: str) -> bool:
    """Tell "will see funding increase by 5%", ", and cut poverty in the cities by half"."""
    last = index + 12 if before in ("c", ",", "") else index + 2
    by = line.find("pq", index + 1, last + 1)
    return by > 0 and words[by] == "by"


# Before "to", these ask for a noun.
_TO_NOUN = frozenset("led lead leads leading due thanks compared access owing amounts".split())
_PEOPLE = ("ans", "crats", "nese")  # "Americans", "Democrats"


def _is_counted(kinds: list[str], index: int) -> bool:
    """Tell whether a figure still waits for its plural: "nine bridge projects"."""
    for before in range(index - 1, max(-1, index - 6), -1):
        if kinds[before] not in ("n", "m", "j"):
            return kinds[before] == "q"
    return False


def _base(before: str, earlier: str, following: str, word: str) -> str:
    del word
    if before in ("t", "x", "u", "w"):
        return "v"
    if before in ("a", "j") and earlier == "t":
        return "v"  # "to further support"
    if before == "," and earlier == "j" and following in (",", "c"):
        return "j"  # "federal, state, and local"
    if before == "s" or (before == "c" and earlier == "v"):
        return "v"
    if before in ("", "c", ",", ":", "–", "n", "m") and following in ("d", "q", "u", "a"):
        return "v"
    return "n"


def _third_person(before: str, earlier: str, following: str, word: str) -> str:
    del earlier
    if following == "o":
        return "n"
    if before in ("u", "w"):
        return "v"
    if before in ("n", "m", "s", ")"):
        often = is_more_often_verb(word)
        if following == "t" and word not in _TO_DO:
            return "v" if often else "n"
        return "v" if often or following in ("d", "q", "t", "w", "u") else "n"
    if before in ("", "c", ",") and following in ("d", "q", "j", "n", "s", "m"):
        return "v" if is_more_often_verb(word) or following in ("d", "q") else "n"
    return "n"


# With "to" behind them, these are verbs: "Samsung plans to", but "Rescue Plan funds to".
_TO_DO = frozenset(
    "plans aims hopes wants needs pledges promises vows rises returns offers".split()
)
# Verbs that may stand right behind a figure: "22 received federal loans", "the two discussed".
_ACTIVE = frozenset(
    "received obtained used found made took held said paid bought sold discussed agreed reviewed"
    " reaffirmed underscored welcomed noted stressed exchanged highlighted pledged signed launched"
    " announced expressed emphasized emphasised supported opposed wanted believed".split()
)


def _past(before: str, earlier: str, following: str, word: str) -> str:
    if before == "q" and following in ("j", "m") and word in _ACTIVE:
        return "e"  # "22 received federal loans"
    if before == "d" and following == "q":
        return "j"  # "a projected $5 million"
    attributive = before in ("d", "q", "a", "o", "p", "v", "j", "g", "k") or earlier == "j"
    return "j" if following in _NAMING and attributive else "e"


def _progressive(before: str, earlier: str, following: str, word: str) -> str:
    named = following in _NAMING
    if before in ("n", "m") and earlier in ("p", "o", "d") and following in ("c", ",", ".", ""):
        return "n"  # "in U.S. shipbuilding and logistics"
    if is_gerund(word) or word.endswith(("building", "making", "keeping")):
        return "g" if following in ("d", "q", "u") or (before == "s" and not named) else "n"
    if before == "d" and following == "q":
        return "j"  # "a staggering $5 million"
    if before == "q" and following == "m":
        return "g"  # "905 collecting Medicaid"
    return "j" if named and before in ("d", "q", "a", "j", "k") else "g"


_OBJECTS = ("d", "p", "q", ",", ".", "")  # "families lower their bills", "women live in"


def _adjective(before: str, earlier: str, following: str, word: str) -> str:
    del word
    verb = before in ("t", "x", "u", "w") or (before == "c" and earlier == "v")
    verb = verb or (before in ("c", ",", "") and following in ("d", "q"))
    verb = verb or (before in ("n", "m", "s") and following in _OBJECTS)
    return "v" if verb else "j"  # "to lower costs", "at lower costs"


_SETTLE = {"f": _adjective, "A": _base, "B": _third_person, "e": _past, "g": _progressive}

# A noun phrase over the classes of its words: "j,jcjms" of "young, fierce, and tenacious American
# patriots", "mnnns" of "Pfizer vaccine supply contracts", "mys" of "Title 42 cases".
# All repeats are bounded, so that no text takes more than linear time.
_MODIFIERS = r"r?j(?:(?:,c?|c)?r?j|a(?=[jnms])){0,6}"
_PHRASE = (
    rf"(?:h(?:,h)?,?c|{_MODIFIERS},c(?=m)|(?<=[qd])j{{1,3}},?c(?=[nk])|(?<=d)y(?:{_MODIFIERS},?)?(?=[nms])|{_MODIFIERS},?)?"
    rf"(?:[nmk]y?(?:{_MODIFIERS})?|s(?=s)){{0,12}}[nms]"
)
_CHUNK = re.compile(
    rf"(?P<N>{_PHRASE})|(?P<T>t[ra]{{0,3}}x?r{{0,3}}v)|(?P<V>(?:xr{{0,3}}){{1,4}}[veg])|(?P<X>x(?:r?x){{0,3}})|(?P<E>e)|(?P<G>g)"
    r"|(?P<drop>[daj](?=[rjda]{0,5}[nmksqY])|r)|."
)


def _chunked(text: str, kinds: str, spans: list[tuple[int, int]], words: list[str]) -> Clause:
    codes: list[str] = []
    firsts: list[int] = []
    lasts: list[int] = []
    heads: list[str] = []
    for match in _CHUNK.finditer(kinds):
        code = match.lastgroup
        if code == "drop":
            continue
        start, end = match.span()
        if code is None:
            code = kinds[start]
            code = "u" if code in "daj" else code  # "this fell", "20 more", "the young"
        elif code == "V" and kinds[end - 1] == "e" and _is_passive(words, start, end - 1):
            code = "Z"
        codes.append(code)
        firsts.append(spans[start][0])
        lasts.append(spans[end - 1][1])
        heads.append(words[end - 1])
    places = [start for start, _ in spans]
    return Clause(text, "".join(codes), firsts, lasts, heads, words, places)


def _is_passive(words: list[str], first: int, last: int) -> bool:
    return any(words[index] in _BE for index in range(first, last))
