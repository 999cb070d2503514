"""Finding many known names in a text in one pass over its words.

Names are kept as a tree of words, so the time does not depend on how many there are. A name is met
in all its typographies: "U.S." and "US", "counter-narcotics" and "counternarcotics", "Program" and
"Programme", with and without accents, with and without the comma before "and", in capitals.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import product

# "Mérida", "HIDTA", "2030": letters and digits; everything else parts words.
WORD = re.compile(r"[^\W_]+")
# What may stand between two words of one name: "U.S.-India", 'Luis "El', "Leaders' Summit".
_NEXT = re.compile(r"[ \-–—'\".,&/()]{1,4}(?P<word>[^\W_]+)")
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
    "labour": "labor",
}
_SLUG_LENGTH = 80
_MANY = 30  # so many words are found faster by one walk over the text than by a search for each
# "Summit [of the Global Coalition]": only "Summit" is the mention
_CONTEXT = re.compile(r"(?P<name>[^\[\]]*[^\[\] ]) \[(?P<context>[^\[\]]+)\]")


def fold_word(word: str) -> str:
    """Return a word in lower case, without accents and ligatures, in American spelling."""
    if not word.isascii():
        decomposed = unicodedata.normalize("NFKD", word)
        word = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    word = word.lower()
    return _SPELLINGS.get(word, word)


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


@dataclass(frozen=True, slots=True)
class Form:
    """One way to name an entity.

    A `short` form names it only after the document has introduced it. A `denied` form is a longer
    name of something else, inside which the entity's own names do not count. An `exact` form keeps
    its case (people: "Will Hunt" is not "will hunt"). The last `context` words must follow and are
    no part of the mention.
    """

    text: str
    key: str
    short: bool = False
    denied: bool = False
    exact: bool = False
    context: int = 0

    @classmethod
    def of(cls, written: str, key: str, **flags: bool) -> Form:
        """Read a form as editors write it: "Summit [of the Global Coalition]" has a context."""
        match = _CONTEXT.fullmatch(written)
        if match is None:
            return cls(written, key, **flags)
        words = len(WORD.findall(match["context"]))
        return cls(f"{match['name']} {match['context']}", key, context=words, **flags)


@dataclass(frozen=True, slots=True)
class Match:
    """A form met in a text; offsets count in that text."""

    start: int
    end: int
    form: Form


@lru_cache(maxsize=4096)
def word_set(text: str) -> frozenset[str]:
    """Return the words of a text, each once, as printed; kept for the next search of that text."""
    return frozenset(WORD.findall(text))


def places_of(text: str, words: Iterable[str]) -> list[tuple[int, str]]:
    """Return where these words stand in a text as whole words, from left to right."""
    words = frozenset(words)
    if len(words) > _MANY:
        found = ((match.start(), match.group()) for match in WORD.finditer(text))
        return [(at, word) for at, word in found if word in words]
    out: list[tuple[int, str]] = []
    for word in words:
        at = text.find(word)
        while at >= 0:
            end = at + len(word)
            before = at == 0 or not text[at - 1].isalnum()
            if before and (end == len(text) or not text[end].isalnum()):
                out.append((at, word))
            at = text.find(word, end)
    out.sort()
    return out


class _Node:
    __slots__ = ("forms", "words")

    def __init__(self) -> None:
        self.words: dict[str, _Node] = {}
        self.forms: list[Form] = []


class Names:
    """A set of names, ready to be looked for."""

    __slots__ = ("_first", "_root", "size")

    def __init__(self, forms: Iterable[Form]) -> None:
        self._root = _Node()
        self._first: dict[str, _Node] = {}
        self.size = 0
        for form in forms:
            for variant in variants(form.text):
                node = self._root
                words = WORD.findall(variant)
                for word in words:
                    node = node.words.setdefault(fold_word(word), _Node())
                if words:
                    node.forms.append(form if variant == form.text else _spelled(form, variant))
                    self.size += 1
                    first = self._root.words[fold_word(words[0])]
                    self._first |= dict.fromkeys(_printings(words[0]), first)

    def all_matches(self, text: str) -> Iterator[list[Match]]:
        """Yield, for each place where names begin, all that begin there, longest first."""
        words = word_set(text)
        begin = {word: self._first[word] for word in self._first.keys() & words}
        if not text.isascii():
            for word in words:
                node = None if word.isascii() else self._root.words.get(fold_word(word))
                if node:
                    begin[word] = node
        for start, word in places_of(text, begin):
            found = _follow(begin[word], text, start, start + len(word))
            if found:
                yield found

    def find(self, text: str) -> Iterator[Match]:
        """Yield the names in a text, leftmost and longest, short forms included."""
        end = 0
        for matches in self.all_matches(text):
            if matches[0].start >= end:
                end = matches[0].end
                if not matches[0].form.denied:
                    yield matches[0]


def _spelled(form: Form, text: str) -> Form:
    return replace(form, text=text)


def _match(form: Form, text: str, start: int, end: int) -> Match:
    if form.context:
        words = list(WORD.finditer(text, start, end))
        end = words[-form.context - 1].end()
    elif form.text.endswith(".") and text[end : end + 1] == ".":
        end += 1
    return Match(start, end, form)


def _printings(word: str) -> set[str]:
    """Return the ways in which the first word of a name may be printed."""
    folded = fold_word(word)
    spellings = [folded, *(other for other, same in _SPELLINGS.items() if same == folded)]
    return {word} | {form for one in spellings for form in (one, one.capitalize(), one.upper())}


def _follow(node: _Node, text: str, start: int, end: int) -> list[Match]:
    found: list[Match] = []
    while True:
        if node.forms:
            surface = text[start:end]
            found += [
                _match(form, text, start, end) for form in node.forms if _printed_as(form, surface)
            ]
        if not node.words:
            break
        following = _NEXT.match(text, end)
        if following is None:
            break
        word = following["word"]
        deeper = node.words.get(word.lower()) or node.words.get(fold_word(word))
        if deeper is None:
            break
        node, end = deeper, following.end()
    found.reverse()
    return found


def _printed_as(form: Form, surface: str) -> bool:
    """Tell whether `surface`, which has the form's words, also has its commas and its case."""
    if surface == form.text:
        return True
    if fold_name(surface) != fold_name(form.text):
        return False
    if surface.isupper() and len(surface) >= 8:
        return True
    for number, (ours, printed) in enumerate(
        zip(WORD.findall(form.text), WORD.findall(surface), strict=True)
    ):
        if ours[:1].isupper() != printed[:1].isupper():
            if ours[:1].islower():
                continue
            if number == 0 or form.exact:
                return False
        if len(ours) > 1 and ours.isupper() and not printed.isupper():
            return False
        if not ours.isupper() and len(printed) > 2 and printed.isupper():
            return False
    return True


def variants(name: str) -> tuple[str, ...]:
    """Return the ways in which one name is printed, the given one first."""
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


@cache
def capitals() -> str:
    """Return the capital letters of the Latin script, for a character class."""
    return "A-Z" + "".join(chr(code) for code in range(0xC0, 0x250) if chr(code).isupper())


@cache
def capital_word() -> re.Pattern[str]:
    """Return the pattern of a word that begins with a capital or a digit ("Mérida", "988")."""
    return re.compile(rf"(?<![^\W_])[{capitals()}0-9][^\W_]*")
