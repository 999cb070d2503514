"""Reads noun phrases beside a figure without a parser: by the small words at which they end."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from builder.numbers.units import units
from builder.strict_yaml import load_data

REACH = 240  # characters before or after a figure in which its noun is sought
_LONGEST = 7  # words of one noun phrase

_WORD = re.compile(r"[^\W_](?:[\w'&/.-]*[\w])?(?:(?<=[A-Z])\.)?|[^\w\s]")  # U.S.  sub-working  ,
_OF = re.compile(r" of (?:(?:the|these|those|our|all|its|their|his|a|an) )*")
_AND = re.compile(r" (?:and|or) ")
_ITEM = re.compile(r",(?: and| or)? | (?:and|or) ")
_RELATION = re.compile(
    r" (?:in|on|for|from|into|against|to(?= (?:the )?[A-Z])) (?:(?:the|our|all|its|a|an) )*"
)
_MEASURE = re.compile(
    r"(?:number|amount|level|rate|share|total|volume|majority|percentage) of (?:the )?"
)


@dataclass(frozen=True, slots=True)
class _Grammar:
    stop: frozenset[str]
    later: frozenset[str]
    opening: frozenset[str]
    plurals: frozenset[str]
    not_plural: frozenset[str]
    relational: frozenset[str]
    change: frozenset[str]
    change_verbs: frozenset[str]
    maybe_verbs: frozenset[str]
    labels: frozenset[str]


@cache
def _grammar() -> _Grammar:
    data, claims = load_data("phrases"), load_data("claims")
    return _Grammar(
        stop=frozenset([*data["stop"], *data["verbs"]]),
        later=frozenset(data["later"]),
        opening=frozenset(data["opening"]),
        plurals=frozenset(data["irregular_plurals"]),
        not_plural=frozenset(data["not_plural"]),
        relational=frozenset(data["relational"]),
        change=frozenset([*claims["increase_nouns"], *claims["decrease_nouns"]]),
        change_verbs=frozenset([*claims["increase_verbs"], *claims["decrease_verbs"]]),
        maybe_verbs=frozenset(data["maybe_verbs"]),
        labels=frozenset(data["labels"]),
    )


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase by its offsets in the text; `head` is its last word in lower case."""

    start: int
    end: int
    head: str

    def words(self, text: str) -> int:
        """Count the words of the phrase."""
        return text.count(" ", self.start, self.end) + 1


def is_plural(word: str) -> bool:
    """Tell whether a word looks like a plural noun."""
    grammar, low = _grammar(), word.lower()
    if low in grammar.plurals:
        return True
    if (
        len(low) < 4
        or word[-3:].isupper()
        or not low.endswith("s")
        or low.endswith(("ss", "'s", "ous"))
    ):
        return False
    return low not in grammar.not_plural and low not in grammar.stop


def is_change(phrase: Phrase) -> bool:
    """Tell whether the phrase names a growth or a fall ("increase", "sharp drop")."""
    return phrase.head in _grammar().change


def is_change_verb(word: str) -> bool:
    """Tell whether a word says only that something grew or fell ("trimmed")."""
    grammar, low = _grammar(), word.lower()
    return low in grammar.change_verbs and low not in grammar.change


def is_stop(word: str) -> bool:
    """Tell whether a noun phrase ends before this word."""
    return word.lower() in _grammar().stop


def is_maybe_verb(words: str) -> bool:
    """Tell whether the words are one that may be a noun or a verb ("leads", "costs")."""
    return words.lower() in _grammar().maybe_verbs


def is_unit(words: str) -> bool:
    """Tell whether the words are a unit of measure ("kg", "percentage points") and no thing."""
    return words.lower() in units().words or words in units().marks


def is_time(word: str) -> bool:
    """Tell whether a word is a unit of time."""
    return units().words.get(word.lower(), ("", False, False))[1]


# "70,000 Americans last year", "in the last administration"
_WHEN = re.compile(
    r"(?:last|next|past|previous|coming) (?:[a-z]+ )?(?:days?|weeks?|months?|quarters?|years?"
    r"|decades?|century|season|summer|winter|spring|fall|autumn|night|time|term|administration|government"
    r"|congress|session|election|January|February|March|April|May|June|July|August|September"
    r"|October|November|December)\b",
    re.I,
)
# "Deaths: 7,328 Hospitalizations: 5,360": what follows the first number leads up to the next.
_NEXT_LABEL = re.compile(
    r"[A-Z][A-Za-z'/&()-]{0,30}(?: [A-Za-z'/&()-]{1,30}){0,6}: ?(?:[a-z]{1,12} ){0,3}"
    r"[A-Z]{0,3}[$€£~<>+-]?[0-9]"
)
_LABELED = 50  # characters before such a label in which the colon of the one before it stands
_NUMBER_NEXT = re.compile(r" [0-9\x00]")


def phrase_after(text: str, at: int, end: int) -> Phrase | None:
    """Read the noun phrase that begins at `at` (one space allowed), not beyond `end`."""
    grammar = _grammar()
    start = last = -1
    head, plural, words, position = "", False, 0, at
    for match in _WORD.finditer(text, at, min(end, at + REACH)):
        word, low = match[0], match[0].lower()
        if text[position : match.start()] not in ("", " "):
            break
        position = match.end()
        if not words and low in grammar.opening:
            continue
        if not word[0].isalpha() or low in grammar.stop or _WHEN.match(text, match.start()):
            break
        if words and low in grammar.maybe_verbs and is_plural(head):
            break
        if words and (low in grammar.later or words >= _LONGEST or _ends(word, head, plural)):
            break
        start = match.start() if not words else start
        last, head, words = match.end(), word, words + 1
        plural = (plural or is_plural(word)) and not low.endswith("'s")
    if not words or (
        ":" in text[max(0, start - _LABELED) : start] and _NEXT_LABEL.match(text, start)
    ):
        return None
    if head.lower() in grammar.labels and _NUMBER_NEXT.match(text, last):
        return None  # "for Phase 3"
    return Phrase(start, _trimmed(text, start, last), head.lower())


def _ends(word: str, head: str, plural: bool) -> bool:
    """Tell whether a word can no longer belong to the phrase whose last word is `head`."""
    if not plural or not is_plural(head) or is_plural(word):
        return False
    if head[0].isupper():  # "91 United States military personnel"
        return word.endswith(("ed", "ing", "ly"))
    return True


def _trimmed(text: str, start: int, end: int) -> int:
    """Leave a full stop outside, unless it belongs to "U.S."."""
    while end > start and text[end - 1] in ".'" and text[end - 3 : end - 2] != ".":
        end -= 1
    return end


def extended(text: str, phrase: Phrase, end: int) -> int:
    """Return the end of the phrase with its "of …" and with "and" and another noun."""
    last = _with_second(text, phrase, end)
    of = _OF.match(text, last)
    if of:
        inner = phrase_after(text, of.end(), end)
        return _with_second(text, inner, end) if inner else last
    if phrase.head in _grammar().relational:
        relation = _RELATION.match(text, last)
        inner = phrase_after(text, relation.end(), end) if relation else None
        if relation and inner and inner.start == relation.end():
            return (
                extended(text, inner, end) if inner.head not in _grammar().relational else inner.end
            )
    return last


def _with_second(text: str, phrase: Phrase, end: int) -> int:
    """Join "persons and entities", "Customs and Border Protection"."""
    joined = _AND.match(text, phrase.end)
    second = phrase_after(text, joined.end(), end) if joined else None
    if joined is None or second is None or second.start != joined.end():
        return phrase.end
    first_word = text[second.start : second.end].split(" ", 1)[0]
    if (
        any(w.endswith("ing") for w in text[second.start : second.end].split(" ")[:-1])
        or first_word.endswith("ing")
        or second.words(text) > 3
    ):
        return phrase.end
    proper = first_word[0].isupper() and text[phrase.start].isupper()
    both_plural = is_plural(phrase.head) and is_plural(second.head)
    return second.end if proper or both_plural else phrase.end


def listed(text: str, phrase: Phrase, end: int, *, plural: bool = False) -> int:
    """Extend a phrase over the rest of its list: "prevention, treatment, and recovery services".

    With `plural`, only over plural nouns: "cartel leaders, drug traffickers, and launderers".
    """
    last = place = extended(text, phrase, end)
    for _ in range(8):
        join = _ITEM.match(text, place)
        item = phrase_after(text, join.end(), end) if join else None
        if join is None or item is None or item.start != join.end() or item.words(text) > 5:
            break
        if plural and (
            not is_plural(item.head) or text[item.start : item.end].split(" ")[0].endswith("ing")
        ):
            break
        place = item.end
        if "and" in join[0] or "or" in join[0]:
            return place
    return last


_LINKS = frozenset(("in", "of", "for", "on", "to"))


def phrase_before(left: str) -> str | None:
    """Return the noun phrase that ends where `left` ends, without "the number of"."""
    taken: list[str] = []
    for word in reversed(left.split(" ")):
        low = word.lower()
        linking = low in _LINKS and 0 < len(taken) < 6
        if not word or word[-1] in ",.;:)–—|\x00" or word[0] in "(–—" or low[:1].isdigit():
            break
        if low in _grammar().stop and not linking:
            break
        if low in _grammar().change_verbs and low not in _grammar().change:
            break  # "which fell 12%"
        if taken and low in _grammar().maybe_verbs and taken[-1].lower() not in _LINKS:
            break  # "a rule that limits THC to 0.3 percent"
        taken.append(word)
        if len(taken) >= 8:
            break
    while taken and taken[-1].lower() in _LINKS:
        taken.pop()
    if taken and taken[0].lower().endswith("ed"):
        return None  # "the relief he approved to …"
    while len(taken) > 1 and taken[-1].endswith("ed") and taken[-1].islower():
        taken.pop()  # "seized narcotics": the verb stays outside
    found = _MEASURE.sub("", " ".join(reversed(taken)), count=1).strip("\"'(")
    return None if is_unit(found) else found or None
