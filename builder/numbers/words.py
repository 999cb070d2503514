"""Tells the class of an English word: a small grammar by lists and endings, no dictionary.

A class is one letter, so that the classes of a sentence make a string which regular expressions
read: d determiner, a amount ("more"), p preposition, o "of", t "to", c "and", w word that opens a
clause ("which"), u pronoun, x auxiliary, r adverb, j adjective, n noun, s noun in the plural,
m name, k possessive, v verb, h "light-", y number that is no figure. Four are undecided until their
neighbors are known: A base form that is verb or noun ("fund"), B its form in -s, e past form,
g form in -ing, f adjective or verb ("lower").
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache

from builder.strict_yaml import load_data

# In the order in which they are asked.
_LISTS = (
    ("determiners", "d"),
    ("amounts", "a"),
    ("conjunctions", "c"),
    ("clauses", "w"),
    ("pronouns", "u"),
    ("auxiliaries", "x"),
    ("prepositions", "p"),
    ("adverbs", "r"),
    ("past", "v"),
    ("participles", "e"),
    ("gerunds", "g"),
    ("adjectives_or_verbs", "f"),
    ("verbs_or_nouns", "A"),
    ("verbs", "v"),
    ("nouns", "n"),
    ("modifying_plurals", "n"),
    ("irregular_plurals", "s"),
    ("adjectives", "j"),
)
_SMALL = frozenset("dacwuxpotr")  # classes that stay what they are in a title: "Department of the"
_MARKS = frozenset(',()-:/"–—')
_ADJECTIVE = re.compile(r"(?:al|ive|ic|able|ible|ful|less|ary|ory|ant|ent|ous)$")
_SHORT = frozenset("going doing using dying lying suing".split())
_NEW_VERB = re.compile(r"..[^s]iz(?:e|es)$|..if(?:y|ies)$")  # "itemize", "solidify"
_NOUN = re.compile(r"(?:ment|ness|tion|sion|ity|ism|ship|hood|ance|ence|man)$")


@cache
def _classes() -> Mapping[str, str]:
    data = load_data("words")
    classes: dict[str, str] = {}
    for base in data["verbs_or_nouns"]:
        classes[_with_s(base)] = "B"
    for base in data["verbs"]:
        classes[_with_s(base)] = "v"
    for name, letter in reversed(_LISTS):
        classes.update(dict.fromkeys(map(str, data[name]), letter))
    return classes | {"of": "o", "to": "t", "true": "j", "false": "j"}


def _with_s(base: str) -> str:
    """Return the third person of a verb, which is the plural of its noun: "tries", "passes"."""
    if base.endswith("y") and base[-2:-1] not in "aeiou":
        return f"{base[:-1]}ies"
    return f"{base}es" if base.endswith(("s", "x", "z", "ch", "sh", "o")) else f"{base}s"


@lru_cache(maxsize=65536)
def class_of(word: str) -> str:
    """Return the class of a word as printed in the middle of a sentence."""
    first = word[0]
    if not first.isalnum():
        return ("–" if first == "—" or word == "- " else first) if first in _MARKS else "."
    if first.isdigit():
        return "y"
    low = word.lower()
    known = _classes().get(low)
    if known is None and low.endswith(("'s", "s'")):
        return "k"
    if first.isupper():
        if known in _SMALL and (len(word) == 1 or not word.isupper()):
            return known or "m"
        if "-" in word and _compound(low) == "j":
            return "j"  # "Native-owned", "U.S.-based"
        return "v" if known == "v" and low[-1] == "s" and not word.isupper() else "m"
    return known or _by_ending(low)


@lru_cache(maxsize=65536)
def class_of_first(word: str) -> str:
    """Return the class of the word that opens a sentence, where a capital says nothing."""
    if not word[0].isupper() or (word.isupper() and len(word) > 1):
        return class_of(word)
    known = _classes().get(word.lower())
    if known:
        return known
    if word.endswith(("'s", "s'")):
        return "k"
    ending = _by_ending(word.lower())
    return ending if ending in "esgrj" else "m"


def _by_ending(low: str) -> str:
    if low.endswith("-"):
        return "h"  # "light- and medium-duty"
    if "-" in low:
        return _compound(low)
    if low.endswith("family"):
        return "j"  # "multifamily"
    if low.endswith("ly") and len(low) > 4:
        return "r"
    if low.endswith("ing") and (len(low) > 5 or low in _SHORT):
        return "g"
    if low.endswith("ed") and len(low) > 3 and not low.endswith("eed"):
        return "e"
    if low.endswith("er") and _is_adjective(low[:-2]):
        return "j"  # "weaker", "wealthier"
    if _NEW_VERB.search(low) or (low.startswith("re") and _classes().get(low[2:]) == "v"):
        return "v"
    if is_plural(low):
        return "s"
    if len(low) > 4 and _ADJECTIVE.search(low) and not _NOUN.search(low):
        return "j"
    return "n"


def _is_adjective(stem: str) -> bool:
    classes = _classes()
    return classes.get(stem) == "j" or (stem[-1:] == "i" and classes.get(f"{stem[:-1]}y") == "j")


def _compound(low: str) -> str:
    """Return the class of "fentanyl-laced" and "at-risk", which modify, or of "sub-groups"."""
    last = low.rsplit("-", 1)[1]
    if not last or last[0].isdigit():
        return "n"
    known = _classes().get(last)
    if is_gerund(last):
        return "n"  # "capacity-building"
    if known in ("e", "g", "j", "v", "p", "r") or last.endswith(("ed", "ing")):
        return "j"
    return "s" if is_plural(last) else "n"


@cache
def _never_plural() -> tuple[frozenset[str], frozenset[str]]:
    data = load_data("words")
    verbs = (_with_s(base) for base in data["verbs"])
    small = (w for name, letter in _LISTS if letter in _SMALL for w in map(str, data[name]))
    never = frozenset([*data["not_plural"], *verbs, *small])
    return frozenset(data["irregular_plurals"]), never


@lru_cache(maxsize=65536)
def is_plural(word: str) -> bool:
    """Tell whether a word looks like a plural noun."""
    irregular, never = _never_plural()
    low = word.lower()
    if low in irregular:
        return True
    if len(low) < 4 or low[-1] != "s" or word[-3:].isupper():
        return False
    return not low.endswith(("ss", "'s", "ous", "sis")) and low not in never


def is_change_verb(word: str) -> bool:
    """Tell whether a form of a verb says that something grew or fell: "rises"."""
    return word in _change_verbs()


@cache
def _change_verbs() -> frozenset[str]:
    claims = load_data("claims")
    return frozenset([*claims["increase_verbs"], *claims["decrease_verbs"]])


@cache
def _listed(name: str) -> frozenset[str]:
    return frozenset(load_data("words")[name])


def is_gerund(word: str) -> bool:
    """Tell whether a word in -ing names a thing: "training"."""
    return word in _listed("gerunds")


def is_more_often_verb(word: str) -> bool:
    """Tell whether a form in -s is rather a verb than a plural: "supports"."""
    return word in _listed("more_often_verbs")


def is_stop(word: str) -> bool:
    """Tell whether a noun phrase ends before this word: a small word or a mere verb."""
    low = word.lower()
    return low == "of" or _classes().get(low, "n") in "dwuxpotrcv"
