"""Names of persons in a text: after a title, or by a known given name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from builder.naming.document_words import DocumentWords
from builder.naming.person_words import (
    SUFFIX,
    SUFFIXES,
    Knowledge,
    beginnings,
    knowledge,
    name_word,
    office_pattern,
)
from builder.naming.runs import starts_sentence
from builder.naming.told_names import Told, told_names
from builder.naming.typography import capital_word

_TITLED = "title before the name"
_LONGEST = 4
_MOST_TOGETHER = 6
# " (D-GA) and", ", ": what parts the names after a plural title
_AND = re.compile(r"(?: \([^()]{1,12}\))?(?:, and|,| and| &)(?= )")
# "Minister Nanaia Mahuta of New Zealand", "Premier Dalton Tagelagi said": a name ends here
_CLOSED = re.compile(r", (?!LLC|Inc)| of (?:the )?[A-Z]| (?:said|met|will|has|and President)\b")
# "Austin A.": a place that a middle initial makes a given name
# "Chad Wolf, the acting secretary": what stands behind persons only
_PERSON_FOLLOWS = re.compile(
    r",? (?:who|whose|said|says|told|testified)\b"
    r"|, (?:the|an?|then|now|former|acting|[DRI]-[A-Z])\b|, of (?:the )?[A-Z]"
)
# behind "said Ilze Kalns"
_SAID_END = re.compile(r"[,.]| of | who\b|$")
_INITIAL = re.compile(r"\S+ [A-Z]\. ")
# "the Ambassador of Japan, Sato Haruki, spoke"
_REALM = re.compile(
    r" (?:of|to|for) (?:the )?[A-Z][a-z]+(?: [A-Z][a-z]+){0,3}(?=, [A-Z][^,.;]{3,40}, [a-z])"
)


@dataclass(frozen=True, slots=True)
class Person:
    """A person's name met in a text, without the title; `words` are its name words.

    `rule` is the rule behind it.
    """

    start: int
    end: int
    name: str
    words: tuple[str, ...]
    title: str = ""
    rule: str = ""

    @property
    def is_full(self) -> bool:
        """Whether the name is more than a surname."""
        return len(self.words) > 1


def person_names(words: DocumentWords) -> Iterator[tuple[int, Person]]:
    """Yield block and person for the persons a document names, in order, never overlapping."""
    known = knowledge()
    told = {(one.block, one.start): one for one in told_names(words)}
    places = [*words.among(beginnings()), *((block, start, "") for block, start in told)]
    block, end = -1, 0
    for number, start, word in sorted(places):
        if number != block:
            block, end = number, 0
        if start < end:
            continue
        text, headline = words.texts[block], words.is_headline(block)
        people: list[Person] = [] if word else _by_surroundings(text, told[block, start])
        if word in known.titles:
            people = _titled(text, start, known.titles[word], headline)
        if not people and (word in known.given or word in known.places):
            person = _by_given_name(text, start, headline)
            if person and (word in known.given or _INITIAL.match(person.name)):
                people = [person]
        for person in people:
            end = person.end
            yield block, person


def _titled(text: str, start: int, pattern: re.Pattern[str], headline: bool) -> list[Person]:
    """Return the persons after a title: one, or all of "Presidents Biden and Xi"."""
    match = pattern.match(text, start)
    if match is None:
        return []
    title, here = match.group(), _further_titles(text, match.end())
    office = office_pattern().match(text, here)
    if office:
        here = _further_titles(text, office.end())
    person = _name_at(text, here, title, headline)
    if person is None:
        realm = None if office else _REALM.match(text, here)
        return _after_comma(text, realm.end() if realm else here, title)
    people = [replace(person, rule=_TITLED)]
    while _is_plural(title) and len(people) < _MOST_TOGETHER:
        more = _AND.match(text, people[-1].end)
        following = _name_at(text, more.end(), title, headline) if more else None
        if following is None:
            break
        people.append(replace(following, rule="plural title before the names"))
    return people


def _further_titles(text: str, here: int) -> int:
    """Skip a title behind a title: "Homeland Security Advisor Dr.", "Majority Leader Senator"."""
    titles = knowledge().titles
    for _ in range(3):
        word = capital_word().match(text, here + 1) if text[here : here + 1] == " " else None
        pattern = titles.get(word.group()) if word else None
        match = pattern.match(text, here + 1) if pattern else None
        if match is None:
            break
        here = match.end()
    return here


def _is_plural(title: str) -> bool:
    return title.split()[0].endswith("s") and not title.endswith(".")


def _after_comma(text: str, here: int, title: str) -> list[Person]:
    """Return the full name between commas: "the Deputy Director, Debbie Seguin, opened"."""
    if text[here : here + 2] != ", ":
        return []
    person = _parsed(text, here + 2, title)
    if person is None or not person.is_full:
        return []
    known = person.words[0] in knowledge().given
    closed = text[person.end : person.end + 1]
    named = closed == "," or (known and closed in (".", ";", ")"))
    return [replace(person, rule="title and comma before the name")] if named else []


def _name_at(text: str, here: int, title: str, headline: bool) -> Person | None:
    """Return the name that stands right behind a title, in full or as a surname."""
    known = knowledge()
    person = _parsed(text, here + 1, title) if text[here : here + 1] == " " else None
    if person is None:
        return None
    first = person.words[0]
    sure = first in known.given or first in known.family_first
    if person.is_full and len(person.words) < 4 and _CLOSED.match(text, person.end):
        sure = True
    if headline and person.is_full and not sure:
        person = _cut(text, person, 1)
    elif headline:
        person = _in_headline(text, person)
    further = _run(text, person)
    if title.rstrip("s") in known.royal or title in known.royal:
        alone = title in known.surnames_too and not person.is_full and not further
        if not sure and (headline or not alone):
            return None
    if known.things.intersection(further) and not (headline and not person.is_full):
        return None
    return person


def _by_given_name(text: str, start: int, headline: bool) -> Person | None:
    """Return the full name that begins with a known given name at `start`."""
    known = knowledge()
    before = text[max(0, start - 24) : start].split()
    if text[max(0, start - 1) : start] in ("-", "/", "&", "'"):
        return None
    if before and before[-1] in known.before_places:
        return None
    person = _parsed(text, start, "")
    if person is None or not person.is_full or len(person.words[-1]) < 2:
        return None
    if not _sure_of(text, person, known):
        return None
    if headline:
        person = _in_headline(text, person)
    if text[person.end : person.end + 1] in ("-", "/", "&"):
        return None
    if known.things.intersection(_run(text, person)) or person.name in known.not_people:
        return None
    return replace(person, rule="known given name")


def _sure_of(text: str, person: Person, known: Knowledge) -> bool:
    """Tell whether a given name that is also a word is one here: not in "Will Congress act?"."""
    if person.words[0] not in known.guarded or not starts_sentence(text, person.start):
        return True
    if _PERSON_FOLLOWS.match(text, person.end):
        return True
    return "." in person.name or person.words[1] in known.given


def _by_surroundings(text: str, told: Told) -> list[Person]:
    """Return the full name of which the words around tell that it is a person's."""
    known = knowledge()
    person = _parsed(text, told.start, "")
    if person is None or not person.is_full or person.words[0] in known.titles:
        return []
    if person.name in known.not_people or known.things.intersection(_run(text, person)):
        return []
    closed = person.end == told.end if told.end else _SAID_END.match(text, person.end)
    return [replace(person, rule=told.rule)] if closed else []


def _in_headline(text: str, person: Person) -> Person:
    """Cut a name in a headline to two words, unless a comma or the end shows where it ends."""
    closed = text[person.end : person.end + 1] in ("", ",", ":", ".", ")", "-")
    if len(person.words) < 3 or person.words[1] in knowledge().given or closed:
        return person
    return _cut(text, person, 2)


def _run(text: str, person: Person) -> list[str]:
    """Return the capitalized words that go on behind a name: "Center", "National", "Airport"."""
    out: list[str] = []
    here = person.end
    while len(out) < 5:
        match = name_word().match(text, here)
        if match is None or not match["gap"] or not match["word"]:
            break
        out.append(match["word"])
        here = match.end()
    return out


def _parsed(text: str, start: int, title: str) -> Person | None:
    """Read a name at `start` as far as it goes; None where no name begins."""
    never = knowledge().never
    words: list[str] = []
    end = here = start
    while len(words) < _LONGEST:
        match = name_word().match(text, here)
        if match is None or bool(match["gap"]) != bool(here != start):
            break
        word = match["word"]
        if word:
            named = title and _family_name(text, match, words)
            named = named or _is_king(
                text, match, bool(words) or title in _PLAIN, title in _PLAIN and not words
            )
            if (word in never and not named) or word.endswith(_CONTRACTED):
                break
            if word in SUFFIXES or not _goes_with(word, words):
                break
            words.append(word)
            end = match.end()
        elif not words and (match["nick"] or not title):
            break
        here = match.end()
    if not words:
        return None
    suffix = SUFFIX.match(text, end)
    if suffix and len(words) > 1:
        end = suffix.end()
    return Person(start, end, text[start:end], tuple(words), title)


def _family_name(text: str, match: re.Match[str], words: list[str]) -> bool:
    """Tell whether a word is a family name that stands first: "He" in "Vice Premier He Lifeng"."""
    following = text[match.end() : match.end() + 2]
    return not words and match["word"] in knowledge().family_first and following[1:].isupper()


_PLAIN = ("Dr.", "Mr.", "Mrs.", "Ms.", "Rev.", "Reverend", "Sen.", "Senator", "Rep.")
_CONTRACTED = ("'m", "'re", "'ve", "'ll", "'d", "'t")  # "I'm", "They're"


def _is_king(text: str, match: re.Match[str], led: bool, plain: bool) -> bool:
    """Tell "Martin Luther King Jr." and "Dr. King" from "Secretary Blinken King Charles".

    `plain` marks a word right behind "Mr." and its like: "Mr. Lake worked".
    """
    following = text[match.end() : match.end() + 4]
    if match["word"] in ("Lake", "Hall", "Day", "Church", "Rose", "Street"):
        return plain and not re.match(r" [A-Z]", following)
    return led and match["word"] == "King" and not re.match(r" (?!Jr)[A-Z]", following)


def _goes_with(word: str, words: list[str]) -> bool:
    """Tell whether a word can continue a name: all of it in capitals, or none of it."""
    if not words:
        return len(word) > 1
    return len(word) == 1 or word.isupper() == any(len(w) > 1 and w.isupper() for w in words)


def _cut(text: str, person: Person, count: int) -> Person:
    """Return the name with only its first words."""
    words = person.words[:count]
    end = person.start
    for word in words:
        end = text.index(word, end) + len(word)
    return Person(person.start, end, text[person.start : end], words, person.title, person.rule)
