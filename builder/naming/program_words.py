"""The keywords of program names, and the patterns compiled of them.

Knowledge (keywords, what opens and ends a clause) is in `data/program_words.yaml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from builder.naming.phrases import Phrases
from builder.strict_yaml import load_data


@dataclass(frozen=True, slots=True)
class Keyword:
    """A word that makes a name of the words around it; the data file explains each field."""

    word: str
    sort: str
    head: int = 1
    after: tuple[str, ...] = ()
    small: bool = False
    loose: bool = False
    alone: bool = False
    clause: bool = False
    places: bool = False
    article: bool = False
    body: bool = False
    pair: bool = False


@dataclass(frozen=True, slots=True)
class Numbered:
    """An order that a number names: `words` as printed, `name` as listed."""

    words: tuple[str, ...]
    name: str
    sort: str


@cache
def keywords() -> Mapping[str, Keyword]:
    """Return the keywords by the way they are printed."""
    out = {}
    for row in load_data("program_words")["keywords"]:
        fields = {name: value for name, value in row.items() if name != "examples"}
        fields["after"] = tuple(fields.get("after", ()))
        out[row["word"]] = Keyword(**fields)
    return out


@cache
def small_keywords() -> Mapping[str, Keyword]:
    """Return the keywords that also count in lower case, as they are then printed."""
    return {word.lower(): keyword for word, keyword in keywords().items() if keyword.small}


@cache
def small_endings() -> tuple[str, ...]:
    """Return the keywords in lower case as names end in them: " initiative", " working group"."""
    return tuple(f" {word.lower()}" for word in keywords())


@cache
def numbered() -> Mapping[str, Numbered]:
    """Return the numbered orders by each way to print them: "E.O.", "Executive Order"."""
    rows = [
        Numbered(tuple(row["words"]), row["name"], row["sort"])
        for row in load_data("program_words")["numbered"]
    ]
    return {word: row for row in rows for word in row.words}


@cache
def words_of(name: str) -> frozenset[str]:
    """Return one of the data file's lists of words."""
    return frozenset(load_data("program_words")[name])


@cache
def parting_words() -> frozenset[str]:
    """Return the words over which "and" joins two names: "Recovery Funds and Opportunity Act"."""
    return frozenset([*keywords(), *(f"{word}s" for word in keywords()), "Strategies"])


@cache
def keyword_phrases() -> Phrases:
    """Return the keywords, ready to be met in a document: "Working Group", small "program"."""
    return Phrases([*keywords(), *small_keywords()])


@cache
def numbered_beginnings() -> frozenset[str]:
    """Return the words with which numbered orders begin: "Executive", "E" (of "E.O.")."""
    return frozenset(form for word in numbered() for form in _first_words(word))


def _first_words(phrase: str) -> tuple[str, str]:
    first = phrase.replace(".", " ").split()[0]
    return first, f"{first}s"


def _choice(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


@cache
def keyword_pattern() -> re.Pattern[str]:
    """Return the pattern of a keyword: "Working Group", "program" where it counts so."""
    words = _choice([*keywords(), *small_keywords()])
    return re.compile(rf"(?<![\w-])(?P<keyword>{words})(?![\w-])")


@cache
def post_pattern() -> re.Pattern[str]:
    """Return the pattern of a post in a standing body: "Executive Director of the "."""
    posts = _choice(words_of("posts"))
    return re.compile(
        rf"(?<![\w-])(?:(?:{posts})(?:,| and [\w-]+)?(?: (?:of|for|at|with|to|on))?,? (?:the )?)$"
    )


@cache
def clause_pattern() -> re.Pattern[str]:
    """Return the pattern of an order's subject: " targeting foreign persons engaged in trade"."""
    openers, ends = _choice(words_of("clause_openers")), _choice(words_of("clause_ends"))
    word = rf"(?:(?! ?(?:{ends})\b) ?[^\s.,;:()\"—–]+(?:\.(?=\w))?)"
    return re.compile(rf" (?:{openers})(?! (?:his|her|my|our|their|day)\b)(?: {word}){{2,14}}")


@cache
def number_pattern() -> re.Pattern[str]:
    """Return the pattern of a numbered order: "Executive Order 14059", "E.O. No. 13694"."""
    return re.compile(
        rf"(?<![\w-])(?P<word>{_choice(numbered())})s?(?: \((?:E\.?O\.?|NSM)\))?"
        r"[ -](?:[Nn]os?\. ?)?(?P<number>\d{1,5}(?:-\d{1,3})?)(?![\w%]|,\d|\.\d|(?<= 20\d\d) [A-Z])"
    )
