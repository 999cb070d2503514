"""What all ways to print one word or one name have in common, and the ways to print them."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from itertools import product

# "Mérida", "HIDTA", "2030": letters and digits; everything else parts words.
WORD = re.compile(r"[^\W_]+")
_PREFIXED = re.compile(r"\b(?P<prefix>counter|anti|multi|narco|cyber)-?(?P<rest>[a-z]{4,})", re.I)
_SAME = (("U.S.", "US", "United States"), ("UN", "U.N.", "United Nations"), ("&", "and"))
_SAME_ALONE = [
    [re.compile(rf"(?<![\w.]){re.escape(one)}(?!\w)") for one in group] for group in _SAME
]
_SPELLINGS = {
    "programme": "program",
    "programmes": "programs",
    "centre": "center",
    "centres": "centers",
    "defence": "defense",
    "organisation": "organization",
    "organisations": "organizations",
    "organised": "organized",
    "labour": "labor",
}


# What a name must hold to be printed in more than one way.
_VARIES = re.compile(r"U\.?S|United|U\.?N|&|\band\b|counter|anti|multi|narco|cyber", re.IGNORECASE)


def is_spelled_otherwise(word: str) -> bool:
    """Tell whether a word in lower case is folded to another one: "centre", "mérida"."""
    return word in _SPELLINGS or not word.isascii()


def fold_word(word: str) -> str:
    """Return a word in lower case, without accents and ligatures, in American spelling."""
    if not word.isascii():
        decomposed = unicodedata.normalize("NFKD", word)
        word = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    word = word.lower()
    return _SPELLINGS.get(word, word)


@lru_cache(maxsize=8192)
def spellings(folded: str) -> tuple[str, ...]:
    """Return the words that are folded to one, itself first."""
    return (folded, *(other for other, same in _SPELLINGS.items() if same == folded))


@lru_cache(maxsize=8192)
def fold_name(name: str) -> str:
    """Return what all ways to print one name have in common; commas count, save before "and"."""
    parts: list[str] = []
    end = 0
    for match in WORD.finditer(name):
        gap = name[end : match.start()]
        word = fold_word(match.group())
        if "," in gap and word not in ("and", "or"):
            parts.append(",")
        parts.append(word)
        end = match.end()
    return " ".join(parts)


@lru_cache(maxsize=8192)
def printings(word: str) -> frozenset[str]:
    """Return the ways in which the first word of a name may be printed; a capital stays one."""
    known = spellings(fold_word(word))
    forms = {form for one in known for form in (one.capitalize(), one.upper())}
    return frozenset((word, *forms, *(known if word[0].islower() else ())))


@lru_cache(maxsize=8192)
def variants(name: str) -> tuple[str, ...]:
    """Return the ways in which one name is printed, the given one first."""
    if not _VARIES.search(name):
        return (name,)
    spellings = [name]
    for group, patterns in zip(_SAME, _SAME_ALONE, strict=True):
        for alone in patterns:
            if alone.search(name):
                spellings = [alone.sub(other, s) for s, other in product(spellings, group)]
                break
    out: dict[str, None] = dict.fromkeys([name, *spellings])
    for spelling in list(out):
        out[_PREFIXED.sub(r"\g<prefix>-\g<rest>", spelling)] = None
        out[_PREFIXED.sub(r"\g<prefix>\g<rest>", spelling)] = None
    return tuple(out)


@lru_cache(maxsize=4096)
def outline(name: str) -> str:
    """Return what two names have in common exactly if a text may mean either: "U.S. X", "US X"."""
    return min(map(fold_name, variants(name)))


@cache
def capitals() -> str:
    """Return the capital letters of the Latin script, for a character class."""
    return "A-Z" + "".join(chr(code) for code in range(0xC0, 0x250) if chr(code).isupper())


@cache
def capital_word() -> re.Pattern[str]:
    """Return the pattern of a word that begins with a capital or a digit ("Mérida", "988")."""
    return re.compile(rf"(?<![^\W_])[{capitals()}0-9][^\W_]*")
