"""Finding many known names in a text in one pass over its words.

Names are kept as a tree of words, so the time does not depend on how many there are. A name is met
in all its typographies: "U.S." and "US", "counter-narcotics" and "counternarcotics", "Program" and
"Programme", with and without accents, with and without the comma before "and", in capitals.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from builder.naming.document_words import DocumentWords, is_indexed
from builder.naming.typography import (
    WORD,
    fold_name,
    fold_word,
    is_spelled_otherwise,
    printings,
    variants,
)

# What may stand between two words of one name: "U.S.-India", 'Luis "El', "Leaders' Summit".
_NEXT = re.compile(r"[ \-–—'\".,&/()]{1,4}(?P<word>[^\W_]+)")
# "Summit [of the Global Coalition]": only "Summit" is the mention
_CONTEXT = re.compile(r"(?P<name>[^\[\]]*[^\[\] ]) \[(?P<context>[^\[\]]+)\]")


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


class _Node:
    __slots__ = ("forms", "words")

    def __init__(self) -> None:
        self.words: dict[str, _Node] = {}
        self.forms: list[Form] = []


class Names:
    """A set of names, ready to be looked for."""

    __slots__ = ("_first", "_root", "_small", "size")

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
                    self._first |= dict.fromkeys(printings(words[0]), first)
        self._small = tuple(word for word in self._first if not is_indexed(word))

    def all_matches(self, words: DocumentWords) -> list[list[Match]]:
        """Return, for each place where names begin, all that begin there, longest first.

        Offsets count in the whole text of the document; places stand in order.
        """
        first, places, text = self._first, words.places, words.text
        begin = [(word, first[word], places[word]) for word in first.keys() & places.keys()]
        begin += [(word, first[word], words.everywhere(word)) for word in self._small]
        for word in words.foreign:
            node = None if word in first else self._root.words.get(fold_word(word))
            if node:
                begin.append((word, node, places[word]))
        out = []
        for word, node, starts in begin:
            for start in starts:
                found = _follow(node, text, start, start + len(word))
                if found:
                    out.append(found)
        out.sort(key=lambda found: found[0].start)
        return out

    def find(self, text: str) -> Iterator[Match]:
        """Yield the names in a text, leftmost and longest, short forms included."""
        end = 0
        for longest, *_ in self.all_matches(DocumentWords.of((text,))):
            if longest.start >= end:
                end = longest.end
                if not longest.form.denied:
                    yield longest


def _spelled(form: Form, text: str) -> Form:
    return replace(form, text=text)


def _match(form: Form, text: str, start: int, end: int) -> Match:
    if form.context:
        words = list(WORD.finditer(text, start, end))
        end = words[-form.context - 1].end()
    elif form.text[-1] in ".)+!" and text[end : end + 1] == form.text[-1]:
        end += form.text[-1] != ")" or "(" in text[start:end]
    return Match(start, end, form)


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
        word = following["word"].lower()
        deeper = node.words.get(word)
        if deeper is None and is_spelled_otherwise(word):
            deeper = node.words.get(fold_word(word))
        if deeper is None:
            break
        node, end = deeper, following.end()
    found.reverse()
    return found


def _printed_as(form: Form, surface: str) -> bool:
    """Tell whether `surface`, which has the form's words, also has its commas and its case."""
    if surface == form.text:
        return True
    if ")" in surface and ")" not in form.text:
        return False  # "(PEN) online"
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
