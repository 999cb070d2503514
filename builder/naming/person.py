"""A person's name met in a text, and how a name is read word by word."""

from __future__ import annotations

import re
from typing import NamedTuple

from builder.naming.person_words import SUFFIX, SUFFIXES, knowledge, name_word

_LONGEST = 5
# one-word titles behind which a name that is also a word is a name: "Mr. Lake"
_PLAIN = ("Dr.", "Mr.", "Mrs.", "Ms.", "Rev.", "Reverend", "Sen.", "Senator", "Rep.")
_CONTRACTED = ("'m", "'re", "'ve", "'ll", "'d", "'t")  # "I'm", "They're"
# " Garden": what a name does not go on to behind a surname that is also a word
_MORE = re.compile(r" (?!Jr|Sr|II)[A-Z]")
# " Gates" behind "Bill"
_NEXT = re.compile(r" (?:[A-Z]\. )?(?P<word>[A-Z][\w'-]+)")
_BEFORE = re.compile(r"[A-Z][\w.'-]* $")
# "Chad Wolf, the acting secretary": what stands behind persons only
PERSON_FOLLOWS = re.compile(
    r",? (?:who|whose|said|says|told|testified)\b"
    r"|, (?:the|an?|then|now|former|acting|[DRI]-[A-Z])\b|,? of (?:the )?[A-Z]"
)


class Person(NamedTuple):
    """A person's name met in a text, without the title; `words` are its name words.

    Offsets count in the block's text. `rule` is the rule behind it.
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


def name_at(text: str, start: int, title: str = "") -> Person | None:
    """Read a name at `start` as far as it goes; None where no name begins.

    `title` is the title that stands before it: only behind one may a name begin with a particle.
    """
    words: list[str] = []
    end = here = start
    while len(words) < _LONGEST:
        match = name_word().match(text, here)
        if match is None or bool(match["gap"]) != bool(here != start):
            break
        if match["word"]:
            if not _goes_on(text, match, words, title):
                break
            words.append(match["word"])
            end = match.end()
        elif not words and (match["nick"] or not title):
            break
        here = match.end()
    if not words:
        return None
    suffix = SUFFIX.match(text, end)
    if suffix and (len(words) > 1 or (title and "I" in suffix.group())):
        end = suffix.end()
    return Person(start, end, text[start:end], tuple(words), title)


def _goes_on(text: str, match: re.Match[str], words: list[str], title: str) -> bool:
    """Tell whether a word belongs to the name whose first words are `words`."""
    word = match["word"]
    if text[match.end() : match.end() + 1] == "-":
        return False  # "Secretary Aus- Austin": a word that was broken off
    if word in knowledge().never and not _is_name(text, match, words, title):
        return False
    if word.endswith(_CONTRACTED):
        return False
    return word not in SUFFIXES and _goes_with(word, words)


def _is_name(text: str, match: re.Match[str], words: list[str], title: str) -> bool:
    """Tell whether a word that is seldom a name is one here."""
    if title and _family_name(text, match, words):
        return True
    if _is_king(text, match, bool(words) or title in _PLAIN):
        return True
    return _is_surname(text, match, words, title) or _is_given(text, match, words, title)


def _family_name(text: str, match: re.Match[str], words: list[str]) -> bool:
    """Tell whether a word is a family name that stands first: "He" in "Vice Premier He Lifeng"."""
    following = text[match.end() : match.end() + 2]
    return not words and match["word"] in knowledge().family_first and following[1:].isupper()


def _is_king(text: str, match: re.Match[str], led: bool) -> bool:
    """Tell "Martin Luther King Jr." and "Dr. King" from "Secretary Blinken King Charles"."""
    return led and match["word"] == "King" and not _MORE.match(text, match.end())


def _is_surname(text: str, match: re.Match[str], words: list[str], title: str) -> bool:
    """Tell whether a word is a surname though it is also a word: "Betty White", "Mr. Lake"."""
    known, word = knowledge(), match["word"]
    if not (words or title) or (words[1:] and not title) or _MORE.match(text, match.end()):
        return False
    titled = bool(title) and (bool(words) or title.rstrip("s") not in known.royal)
    given = bool(words) and words[0] in known.given
    if word in known.surnames_but:
        return titled or (given and words[0] not in known.guarded)
    follows = given and PERSON_FOLLOWS.match(text, match.end()) is not None
    return word in known.place_surnames and (titled or follows)


def _is_given(text: str, match: re.Match[str], words: list[str], title: str) -> bool:
    """Tell whether a word is a given name though it is also a word: "Bill Gates"."""
    known, following = knowledge(), _NEXT.match(text, match.end())
    if words or match["word"] not in known.given_but or following is None:
        return False
    if not title and _BEFORE.search(text, max(0, match.start() - 20), match.start()):
        return False
    word = following["word"]
    return word not in known.never or word in known.surnames_but or word in known.place_surnames


def _goes_with(word: str, words: list[str]) -> bool:
    """Tell whether a word can continue a name: all of it in capitals, or none of it."""
    if not words:
        return len(word) > 1
    return len(word) == 1 or word.isupper() == any(len(w) > 1 and w.isupper() for w in words)


def run_behind(text: str, person: Person) -> list[str]:
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


def cut(text: str, person: Person, count: int) -> Person:
    """Return the name with only its first words."""
    words = person.words[:count]
    end = person.start
    for word in words:
        end = text.index(word, end) + len(word)
    return Person(person.start, end, text[person.start : end], words, person.title, person.rule)


def cut_in_headline(text: str, person: Person) -> Person:
    """Cut a name in a headline to two words, unless a comma or the end shows where it ends."""
    closed = text[person.end : person.end + 1] in ("", ",", ":", ".", ")", "-")
    if len(person.words) < 3 or person.words[1] in knowledge().given or closed:
        return person
    return cut(text, person, 2)


def names_thing(text: str, person: Person) -> bool:
    """Tell whether a name is that of a thing or a place: "Ronald Marsh Building"."""
    known = knowledge()
    return person.name in known.not_people or not known.things.isdisjoint(run_behind(text, person))
