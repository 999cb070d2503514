"""Surnames that stand for a person whom the document has named in full."""

from __future__ import annotations

import re

from builder.naming.person import Person
from builder.naming.person_words import knowledge
from builder.naming.runs import starts_sentence

# "Trump Tower", "Obama administration": the surname is part of another name
_LARGER_NAME = re.compile(r" (?:[A-Z]|administration|campaign|officials\b|era\b)")
# "Brindle, Marsh & Tamsin", "Marsh & Tamsin": partners of a firm
_FIRM = re.compile(r"(?:, [A-Z][\w'-]+){0,3},? & [A-Z]")
# "Green graduated from", "Brown is the author": what persons do, at the beginning of a sentence
_DOES = re.compile(
    r" (?:said|told|added|testified|graduated|serves|served|received|earned|holds|joined|worked"
    r"|previously|currently|most recently|lives|has (?:served|worked|been)|is (?:the|an?) "
    r"(?:author|graduate|member|native|former|lawyer|attorney|veteran|recipient|founder))\b"
)
# "von der Leyen", "bin Laden", "de la Cruz"
_PARTICLE = re.compile(
    r" (?P<particle>"
    r"(?:(?:von|van|der|den|de|del|la|las|los|da|dos|bin|bint|ibn|al|el|di|du|ter) ?)+)(?<= )"
    r"(?P<last>[^ ]+(?:,? [JS]r\.?)?)$"
)
_ALWAYS_KEPT = ("bin", "bint", "von", "van", "van der", "von der", "van den", "al", "el")
_WORD_BEFORE = re.compile(r"([^\W_]+)[.,]? ?$")
_OPENERS = (
    "When",
    "While",
    "And",
    "But",
    "As",
    "If",
    "For",
    "With",
    "That",
    "Then",
    "Now",
    "Later",
    "Today",
    "Yesterday",
    "Since",
    "Because",
    "Although",
    "Once",
    "So",
    "Mr",
    "Mrs",
    "Ms",
    "Dr",
)


def surnames(person: Person) -> tuple[str, ...]:
    """Return the words by which a full name may be taken up again.

    "Andrés Manuel López Obrador" gives "López Obrador", "Obrador", "López"; "Xi Jinping" "Xi";
    "Ursula von der Leyen" gives "von der Leyen" and no "Leyen".
    """
    known, words = knowledge(), person.words
    if words[0] in known.family_first and words[0] not in known.given:
        return (words[0],)
    particle = _PARTICLE.search(person.name)
    if particle and particle["last"].startswith(words[-1]):
        surname = f"{particle['particle'].strip()} {words[-1]}"
        kept = particle["particle"].strip() in _ALWAYS_KEPT
        return (surname, f"{surname[0].upper()}{surname[1:]}", *(() if kept else words[-1:]))
    given = 1
    while given < len(words) - 1 and words[given] in known.given:
        given += 1
    return tuple(" ".join(words[first:]) for first in range(given, len(words))) + words[given:-1]


def stands_alone(text: str, start: int, end: int) -> bool:
    """Tell whether a surname without a title is the person: not in "Trump Tower"."""
    known, surname = knowledge(), text[start:end]
    beside = text[max(0, start - 1) : start] + text[end : end + 1]
    if set(beside) & set("-/&_") or surname in known.towns or _LARGER_NAME.match(text, end):
        return False
    if _FIRM.match(text, end) or text.endswith("& ", 0, start):
        return False
    if starts_sentence(text, start):
        return surname not in known.wordlike or _DOES.match(text, end) is not None
    before = _WORD_BEFORE.search(text[max(0, start - 24) : start])
    if before and before[1][0].isupper() and text[start - 2 : start - 1] not in ",;:.":
        return before[1] in _OPENERS
    return surname not in known.wordlike or text[end : end + 2] == "'s"
