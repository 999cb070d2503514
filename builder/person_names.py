"""Names of persons in a text: after a title, or by a known given name.

Knowledge (titles, given names, words that end a name) is in `data/titles.yaml` and
`data/given_names.yaml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from builder.names import capital_word, capitals, places_of, word_set
from builder.runs import is_title_case, starts_sentence
from builder.strict_yaml import load_data

_LONGEST = 4


@dataclass(frozen=True, slots=True)
class Person:
    """A person's name met in a text, without the title; `words` are its name words."""

    start: int
    end: int
    name: str
    words: tuple[str, ...]
    title: str = ""

    @property
    def is_full(self) -> bool:
        return len(self.words) > 1


@dataclass(frozen=True, slots=True)
class _Knowledge:
    titles: dict[str, re.Pattern[str]]
    given: frozenset[str]
    guarded: frozenset[str]
    places: frozenset[str]
    never: frozenset[str]
    things: frozenset[str]
    before_places: frozenset[str]
    royal: frozenset[str]
    surnames_too: frozenset[str]
    family_first: frozenset[str]
    wordlike: frozenset[str]
    towns: frozenset[str]
    not_people: frozenset[str]


@cache
def _know() -> _Knowledge:
    titles, given = load_data("titles"), load_data("given_names")

    def words(name: str, data: dict[str, list[str]] = titles) -> frozenset[str]:
        return frozenset(data[name]) | frozenset(word.upper() for word in data[name])

    return _Knowledge(
        titles=_by_first_word(titles["titles"]),
        given=words("names", given) | words("guarded", given),
        guarded=words("guarded", given),
        places=words("places", given),
        never=words("never") | _plain_titles(titles),
        things=words("things"),
        before_places=words("before_places"),
        royal=words("royal"),
        surnames_too=words("surnames_too"),
        family_first=words("family_first"),
        wordlike=words("wordlike"),
        towns=words("places"),
        not_people=frozenset(titles["not_people"]),
    )


@cache
def _beginnings() -> frozenset[str]:
    """Return the words with which a title or a name can begin."""
    know = _know()
    return frozenset(know.titles) | know.given | know.places


def _by_first_word(titles: list[str]) -> dict[str, re.Pattern[str]]:
    """Return, for each first word of a title, the pattern of the titles that begin with it."""
    groups: dict[str, list[str]] = {}
    for title in (*titles, *(title.upper() for title in titles)):
        first = re.split(r"[\s.-]", title)[0]
        groups.setdefault(first, []).append(title)
        groups.setdefault(_plural(first), []).append(title)
    return {first: _title_pattern(some) for first, some in groups.items()}


def _plain_titles(titles: dict[str, list[str]]) -> frozenset[str]:
    """Return titles of one word, and all their plurals: no name goes on over them."""
    plain = {title for title in titles["titles"] if title.isalpha()} - set(titles["royal"])
    plain |= {_plural(title) for title in titles["titles"] if title.isalpha()}
    return frozenset(plain | {title.upper() for title in plain})


def _plural(word: str) -> str:
    if word.isupper():
        return word + "S"
    return word[:-1] + "ies" if word.endswith("ry") else word + "s"


def _title_pattern(titles: list[str]) -> re.Pattern[str]:
    forms = {form for title in titles for form in (title, _plural(title), _plural_first(title))}
    choice = "|".join(re.escape(form) for form in sorted(forms, key=len, reverse=True))
    return re.compile(rf"(?:{choice})(?!\w)")


def _plural_first(title: str) -> str:
    first, space, rest = title.partition(" ")
    return f"{_plural(first)}{space}{rest}"


@cache
def _name_word() -> re.Pattern[str]:
    """Return the pattern of one part of a name: "Sherwood-Randall", "O'Brien", "J.", '"El Nini"'."""
    word = rf"[{capitals()}][^\W\d_]*(?:-[^\W\d_]+|'(?![sS]\b)[^\W\d_]+)*"
    particles = "|".join(sorted(load_data("titles")["particles"], key=len, reverse=True))
    return re.compile(
        rf"(?P<gap> |)(?:(?P<nick>\"[^\" ][^\"]{{1,22}}\")|(?P<initial>(?:[A-Z]\.){{1,2}}(?![A-Za-z]{{2}}))"
        rf"|(?P<particle>(?:{particles})(?= [{capitals()}]))|(?P<word>{word}))"
    )


# ", Jr.", " III" behind a name
_SUFFIXES = ("Jr", "Sr", "JR", "SR", "II", "III", "IV")
_SUFFIX = re.compile(r",? (?:[JS][Rr]\.?|II|III|IV)(?!\w)")
# " of State", " for International Narcotics and Law Enforcement": what a title is over
_SPOKEN = re.compile(r" \(?(?:D|R|I)-")


@cache
def _office() -> re.Pattern[str]:
    """Return the pattern of a title's office: " of State", " of the Treasury"."""
    offices = sorted(load_data("titles")["offices"], key=len, reverse=True)
    choice = "|".join(re.escape(office) for office in (*offices, *(o.upper() for o in offices)))
    return re.compile(rf" (?:of|OF|for|FOR) (?:the )?(?:{choice})(?!\w)(?: \([A-Z]{{2,6}}\))?")


def person_names(text: str) -> Iterator[Person]:
    """Yield the persons named in one text, from left to right, never overlapping."""
    know = _know()
    headline = is_title_case(text)
    end = 0
    for start, word in places_of(text, _beginnings() & word_set(text)):
        if start < end:
            continue
        people: list[Person] = []
        if word in know.titles:
            people = _titled(text, start, know.titles[word], headline)
        if not people and word in know.given:
            person = _by_given_name(text, start, headline)
            people = [person] if person else []
        elif not people and word in know.places:
            person = _by_given_name(text, start, headline)
            people = [person] if person and re.match(r"\S+ [A-Z]\. ", person.name) else []
        for person in people:
            end = person.end
            yield person


def _titled(text: str, start: int, pattern: re.Pattern[str], headline: bool) -> list[Person]:
    """Return the persons after a title: one, or all of "Presidents Biden and Xi"."""
    match = pattern.match(text, start)
    if match is None:
        return []
    title, here = match.group(), match.end()
    here = _further_titles(text, here)
    office = _office().match(text, here)
    if office:
        here = _further_titles(text, office.end())
    person = _name_at(text, here, title, headline)
    if person is None:
        return _after_comma(text, here, title)
    people = [person]
    while _is_plural(title) and len(people) < 6:
        more = re.compile(r"(?: \([^()]{1,12}\))?(?:, and|,| and| &)(?= )").match(text, people[-1].end)
        following = _name_at(text, more.end(), title, headline) if more else None
        if following is None:
            break
        people.append(following)
    return people


def _further_titles(text: str, here: int) -> int:
    """Skip a title behind a title: "Homeland Security Advisor Dr.", "Majority Leader Senator"."""
    know = _know()
    for _ in range(3):
        word = capital_word().match(text, here + 1) if text[here : here + 1] == " " else None
        pattern = know.titles.get(word.group()) if word else None
        match = pattern.match(text, here + 1) if pattern else None
        if match is None:
            break
        here = match.end()
    return here


def _is_plural(title: str) -> bool:
    first = title.split()[0]
    return first.endswith("s") and not title.endswith(".") or title.split()[-1] in ("Generals",)


def _after_comma(text: str, here: int, title: str) -> list[Person]:
    """Return the full name that a title and a comma introduce: "Deputy Director, Debbie Seguin,"."""
    if text[here : here + 2] != ", ":
        return []
    person = _parsed(text, here + 2, title)
    if person and person.is_full and text[person.end : person.end + 1] in (",", ".", ";", ")"):
        return [person] if len(person.words) <= _LONGEST and _closes(text, person) else []
    return []


def _closes(text: str, person: Person) -> bool:
    """Tell whether a name between commas is a person's: a known given name, or "Dr." would be too."""
    return person.words[0] in _know().given or text[person.end] == ","


def _name_at(text: str, here: int, title: str, headline: bool) -> Person | None:
    if text[here : here + 1] != " ":
        return None
    know = _know()
    person = _parsed(text, here + 1, title)
    if person is None:
        return None
    first = person.words[0]
    known = first in know.given or first in know.family_first
    if headline and person.is_full and not known:
        person = _cut(text, person, 1)
    elif headline:
        person = _in_headline(text, person)
    if title.rstrip("s") in know.royal or title in know.royal:
        alone = title in know.surnames_too and not person.is_full and not _run(text, person)
        if not known and not alone or headline and not known:
            return None
    if person.is_full and any(word in know.things for word in _run(text, person)):
        return person if known is False and not title.endswith(".") else None
    return person


def _by_given_name(text: str, start: int, headline: bool) -> Person | None:
    """Return the full name that begins with a known given name at `start`."""
    know = _know()
    if text[max(0, start - 1) : start] in ("-", "/", "&", "'"):
        return None
    before = text[max(0, start - 24) : start].split()
    if before and before[-1] in know.before_places:
        return None
    person = _parsed(text, start, "")
    if person is None or not person.is_full or len(person.words[-1]) < 2:
        return None
    if person.words[0] in know.guarded and starts_sentence(text, start):
        second = person.words[1]
        if "." not in person.name and second not in know.given:
            return None
    if headline:
        person = _in_headline(text, person)
    if text[person.end : person.end + 1] in ("-", "/", "&"):
        return None
    if any(word in know.things for word in _run(text, person)) or person.name in know.not_people:
        return None
    return person


def _in_headline(text: str, person: Person) -> Person:
    """Cut a name in a headline to two words, unless a comma or the end shows where it ends."""
    closed = text[person.end : person.end + 1] in ("", ",", ":", ".", ")", "-")
    if len(person.words) < 3 or person.words[1] in _know().given or closed:
        return person
    return _cut(text, person, 2)


def _run(text: str, person: Person) -> list[str]:
    """Return the capitalized words that go on behind a name: "Center", "National", "Airport"."""
    out = []
    here = person.end
    while len(out) < 5:
        match = _name_word().match(text, here)
        if match is None or not match["gap"] or not match["word"]:
            break
        out.append(match["word"])
        here = match.end()
    return out


def _parsed(text: str, start: int, title: str) -> Person | None:
    """Read a name at `start` as far as it goes; None where no name begins."""
    know = _know()
    words: list[str] = []
    end = here = start
    capitals_only = False
    while len(words) < _LONGEST:
        match = _name_word().match(text, here)
        if match is None or bool(match["gap"]) != bool(here != start):
            break
        word = match["word"]
        if word:
            if word in know.never or word in _SUFFIXES or (len(word) == 1 and not words):
                break
            if words and word.isupper() and len(word) > 1 and not capitals_only:
                break
            capitals_only = capitals_only or (word.isupper() and len(word) > 1)
            if capitals_only and not word.isupper():
                break
            words.append(word)
            end = match.end()
        elif match["initial"] and not words and not title:
            break
        elif not words and (match["particle"] or match["nick"]):
            if match["nick"] or not title:
                break
        here = match.end()
    if not words:
        return None
    suffix = _SUFFIX.match(text, end)
    if suffix and len(words) > 1:
        end = suffix.end()
    return Person(start, end, text[start:end], tuple(words), title)


def _cut(text: str, person: Person, words: int) -> Person:
    """Return the name with only its first words."""
    last = person.words[words - 1]
    at = person.start
    for word in person.words[:words]:
        at = text.index(word, at) + len(word)
    return Person(person.start, at, text[person.start : at], (*person.words[: words - 1], last), person.title)


def surnames(person: Person) -> tuple[str, ...]:
    """Return the words by which a full name may be taken up again: "López Obrador", "Obrador"."""
    words = person.words
    if words[0] in _know().family_first and words[0] not in _know().given:
        return (words[0],)
    given = 1
    while given < len(words) - 1 and words[given] in _know().given:
        given += 1
    return tuple(" ".join(words[first:]) for first in range(given, len(words))) + words[given:-1]


def stands_alone(text: str, start: int, end: int) -> bool:
    """Tell whether a surname without a title means the person: not "Biden-Harris", "Trump Tower"."""
    know = _know()
    surname, around = text[start:end], text[max(0, start - 1) : start] + text[end : end + 1]
    if "-" in around or "/" in around or "&" in around or "_" in around or surname in know.towns:
        return False
    following = re.compile(r" (?:[A-Z]|administration|campaign|era\b)").match(text, end)
    if following:
        return False
    if starts_sentence(text, start):
        return surname not in know.wordlike
    before = re.search(r"([^\W_]+)[.,]? ?$", text[max(0, start - 24) : start])
    if before and before[1][0].isupper() and text[start - 2 : start - 1] not in ",;:.":
        return before[1] in ("When", "While", "And", "But", "As", "If", "For", "With", "That", "Mr", "Mrs", "Ms", "Dr")
    return surname not in know.wordlike or text[end : end + 2] == "'s"
