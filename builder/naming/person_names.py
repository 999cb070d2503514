"""Names of persons in a document: after a title, by a known given name, by the words around."""

from __future__ import annotations

import re
from collections.abc import Iterator

from builder.naming.document_words import DocumentWords
from builder.naming.person import (
    PERSON_FOLLOWS,
    Person,
    cut,
    cut_in_headline,
    name_at,
    names_thing,
    run_behind,
)
from builder.naming.person_words import (
    PINYIN,
    beginnings,
    knowledge,
    office_pattern,
    title_pattern,
)
from builder.naming.runs import starts_sentence
from builder.naming.told_names import Told, told_names
from builder.naming.typography import capital_word

_TITLED = "title before the name"
_COMMA = "title and comma before the name"
_MOST_TOGETHER = 6
# " (D-GA) and", ", ": what parts the names after a plural title
_AND = re.compile(r"(?: \([^()]{1,12}\))?(?:, and|,| and| &)(?= )")
# "Minister Nanaia Mahuta of New Zealand", "Premier Dalton Tagelagi said": a name ends here
_CLOSED = re.compile(
    r", (?!LLC|Inc)| of (?:the )?[A-Z]|'s\b| (?:said|met|will|has|was|is|told|and President)\b"
)
# "Austin A.": a place that a middle initial makes a given name
_INITIAL = re.compile(r"\S+ [A-Z]\. ")
# behind "said Ilze Kalns"
_SAID_END = re.compile(r"[,.]| of | who\b|$")
# "the Ambassador of Japan, Sato Haruki, spoke"
_REALM = re.compile(
    r" (?:of|to|for) (?:the )?[A-Z][a-z]+(?: (?:and )?[A-Z][a-z]+){0,3}"
    r"(?=, [A-Z][^,.;]{3,40}, [a-z])"
)
# "our former OMB " before "Director, Oona Tamsin, met": a certain person's office
_CERTAIN = re.compile(
    r"(?:\b(?:[Tt]he|[Oo]ur|[Ii]ts|[Hh]is|[Hh]er|[Mm]y|[Tt]heir)|'s|s')(?: [A-Za-z][\w.'-]*){0,5} $"
)
# "Brindle Marsh & Tamsin", "Brindle Marsh LLP"
_FIRM = re.compile(r",? & (?P<next>[A-Z][\w'-]+)|,? (?:LLP|LLC|L\.L\.P|Inc|Ltd|PLLC|P\.C|P\.A)\b")
# "Tahnoon bin " before "Zayed": the name begins earlier
_SON_OF = re.compile(r"(?<![\w'-])(?P<name>[A-Z][\w'-]+(?: [A-Z][\w'-]+)?) (?:bin|bint|ibn) $")
# "Photo by Oona Tamsin/Baltic News"
_PHOTO = re.compile(r"(?:[Pp]hoto(?:graph)?s?(?: by|:| courtesy of)?|[Bb]y) $")
# These rules tell by themselves; the others want a name whose words are not plain words.
_SURE = frozenset(
    ("party and state behind the name", "age behind the name", "nominee for an office")
)


def person_names(words: DocumentWords) -> Iterator[tuple[int, Person]]:
    """Yield block and person for the persons a document names, in order, never overlapping."""
    told: dict[tuple[int, int], Told] = {}
    for one in told_names(words):
        told.setdefault((one.block, one.start), one)
    places = [*words.among(beginnings()), *((block, start, "") for block, start in told)]
    block, end = -1, 0
    for number, start, word in sorted(places):
        if number != block:
            block, end = number, 0
        if start >= end:
            people = _by_surroundings(words, told[block, start]) if not word else []
            for person in people or _beginning_with(words, block, start, word):
                end = person.end
                yield block, person


def _beginning_with(words: DocumentWords, block: int, start: int, word: str) -> list[Person]:
    """Return the persons whose title or given name begins at a place."""
    known, text, headline = knowledge(), words.texts[block], words.is_headline(block)
    if word in known.titles:
        people = _titled(text, start, title_pattern(word), headline)
        if people and (people[0].rule != _COMMA or _is_certain(words, block, start, people[0])):
            return people
    if word in known.given or word in known.places:
        person = _by_given_name(text, start, headline)
        if person and (word in known.given or _INITIAL.match(person.name)):
            return [person]
    if word in known.compound:
        person = _by_given_name(text, start, headline)
        if person and person.words[0] in known.given:
            return [person]
    if word in known.family_sure:
        family = _family_first(words, block, start)
        return [family] if family else []
    return []


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
    if office and person and not person.is_full and _needs_given(title):
        person = None  # "Director of Treasury Markets" names nobody
    if person is None:
        realm = None if office else _REALM.match(text, here)
        return _after_comma(text, realm.end() if realm else here, title)
    people = [person._replace(rule=_TITLED)]
    while _is_plural(title) and len(people) < _MOST_TOGETHER:
        more = _AND.match(text, people[-1].end)
        following = _name_at(text, more.end(), title, headline) if more else None
        if following is None:
            break
        people.append(following._replace(rule="plural title before the names"))
    return people


def _further_titles(text: str, here: int) -> int:
    """Skip a title behind a title: "Homeland Security Advisor Dr.", "Majority Leader Senator"."""
    titles = knowledge().titles
    for _ in range(3):
        word = capital_word().match(text, here + 1) if text[here : here + 1] == " " else None
        known = word is not None and word.group() in titles
        match = title_pattern(word.group()).match(text, here + 1) if word and known else None
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
    person = name_at(text, here + 2, title)
    if person is None or not person.is_full:
        return []
    known = person.words[0] in knowledge().given
    closed = text[person.end : person.end + 1]
    named = closed == "," or (known and closed in (".", ";", ")"))
    return [person._replace(rule=_COMMA)] if named else []


def _name_at(text: str, here: int, title: str, headline: bool) -> Person | None:
    """Return the name that stands right behind a title, in full or as a surname."""
    known = knowledge()
    person = name_at(text, here + 1, title) if text[here : here + 1] == " " else None
    if person is None:
        return None
    first = person.words[0]
    sure = first in known.given or first in known.family_first
    if person.is_full and len(person.words) < 4 and _CLOSED.match(text, person.end):
        sure = True
    if headline and person.is_full and not sure:
        person = cut(text, person, 1)
    elif headline:
        person = cut_in_headline(text, person)
    further = run_behind(text, person)
    if _needs_given(title):
        alone = title in known.surnames_too and not person.is_full and not further
        if not sure and (headline or not alone):
            return None
    if known.things.intersection(further) and not (headline and not person.is_full):
        return None
    return person


def _needs_given(title: str) -> bool:
    """Tell whether a title is also a word, so that it wants a given name behind it."""
    return title.rstrip("s") in knowledge().royal or title in knowledge().royal


def _by_given_name(text: str, start: int, headline: bool) -> Person | None:
    """Return the full name that begins with a known given name at `start`."""
    before = text[max(0, start - 24) : start]
    if before[-1:] in ("-", "/", "&", "'") or knowledge().before_places & set(before.split()[-1:]):
        return None
    person = name_at(text, start)
    if person is None or not person.is_full or len(person.words[-1]) < 2:
        return None
    if not _is_sure(text, person):
        return None
    if headline and person.words[0] in knowledge().given_but:
        return None
    if headline:
        person = cut_in_headline(text, person)
    if text[person.end : person.end + 1] in ("-", "&") or _is_firm(text, person.end):
        return None
    if text[person.end : person.end + 1] == "/" and not _PHOTO.search(before):
        return None
    if names_thing(text, person):
        return None
    father = _SON_OF.search(before)
    if father:
        start -= len(father.group())
        words = (*father["name"].split(), *person.words)
        person = Person(start, person.end, text[start : person.end], words)
    return person._replace(rule="known given name")


def _is_firm(text: str, end: int) -> bool:
    """Tell whether names that end at `end` are those of partners."""
    firm = _FIRM.match(text, end)
    if firm is None or not firm["next"]:
        return firm is not None
    return firm["next"] not in knowledge().given and firm["next"] not in knowledge().titles


def _is_sure(text: str, person: Person) -> bool:
    """Tell whether a given name that is also a word is one here: not in "Will Congress act?"."""
    known, first = knowledge(), person.words[0]
    if "-" in first and first.partition("-")[0] in ("Al", "El", "Abu"):
        return False
    if first not in known.guarded or not starts_sentence(text, person.start):
        return True
    if PERSON_FOLLOWS.match(text, person.end):
        return True
    return "." in person.name or person.words[1] in known.given


def _family_first(words: DocumentWords, block: int, start: int) -> Person | None:
    """Return the name that begins with a family name: "Wang Qingpeng", "Nguyen Phu Trong"."""
    text = words.texts[block]
    person = name_at(text, start)
    if person is None or not 1 < len(person.words) < 4 or names_thing(text, person):
        return None
    if any(word.lower() in words.places for word in person.words[1:]):
        return None
    rest = person.words[1:]
    if person.words[0] in knowledge().family_pinyin and not all(map(PINYIN.fullmatch, rest)):
        return None
    return person._replace(rule="family name first")


def _is_certain(words: DocumentWords, block: int, title: int, person: Person) -> bool:
    """Tell whether a name behind a comma and the title that begins at `title` is a person's."""
    if person.words[0] in knowledge().given:
        return True
    before = words.texts[block][max(0, title - 60) : title]
    return _CERTAIN.search(before) is not None and not is_plain(words, person)


def _by_surroundings(words: DocumentWords, told: Told) -> list[Person]:
    """Return the full name of which the words around tell that it is a person's."""
    text = words.texts[told.block]
    person = name_at(text, told.start)
    if person is None or not person.is_full or names_thing(text, person):
        return []
    if person.words[0].partition("-")[0] in knowledge().titles:
        return []
    if told.rule not in _SURE and is_plain(words, person):
        return []
    closed = person.end == told.end if told.end else _SAID_END.match(text, person.end)
    return [person._replace(rule=told.rule)] if closed else []


def is_plain(words: DocumentWords, person: Person) -> bool:
    """Tell whether words of a name are plain words of this document: "Community Service"."""
    first, *rest = person.words
    if first in knowledge().given:
        return False
    if first.endswith("ing") or first.lower() in words.places:
        return True
    return any(word.lower() in words.places for word in rest if len(word) > 1)
