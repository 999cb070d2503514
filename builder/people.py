"""People in a document: catalogue names, titled names, full names, and the surnames that follow.

A mention is the name without its title. Inside a document a surname is resolved to the full name
that the document or the catalogue gives.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from builder.catalogue import Catalogue
from builder.model import Entity, Found, Reading
from builder.naming.document_words import DocumentWords, document_words
from builder.naming.entries import Entry
from builder.naming.following import ALIAS, PATTERN, Hit, found, known_in, settle, stand_ins
from builder.naming.names import Form, Names
from builder.naming.person_names import Person, person_names
from builder.naming.person_words import knowledge
from builder.naming.surnames import stands_alone, surnames
from builder.naming.typography import fold_name
from builder.slugs import slugify

KIND = "person"
# the nickname in 'Ismael "El Mayo" Zambada'
_NICKNAME = re.compile(r"\"([^\"]+)\"")
# what differs between printings of one name: " R.", ", Jr.", a nickname
_MIDDLE = re.compile(r" (?:[A-Z]\.)+(?= )|,? (?:[JS][Rr]\.?|II|III|IV)$|\"[^\"]*\" ?")


# no surnames where they stand alone
_SMALL_WORDS = frozenset(
    "Ad Ah Al Am An As At Be By De Do Dr El En Ex Go Ha He Hi Id If In Is It La Le Lo Ma Me Mr Ms "
    "My No Of Oh Ok On Or Pa So St Sr Jr To Un Up Us Vs We Ye".split()
)


@dataclass
class _Document:
    """What is known about the people of one document while it is read."""

    catalogue: Mapping[str, Entry]
    by_short: dict[str, list[Entry]] = field(default_factory=dict)
    by_surname: dict[str, list[str]] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    forms: dict[str, dict[str, None]] = field(default_factory=dict)
    by_name: dict[tuple[str, str], str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for entry in self.catalogue.values():
            for short in entry.short:
                self.by_short.setdefault(fold_name(short), []).append(entry)

    def meet(self, person: Person) -> str:
        """Take up a full name and return its key."""
        key = self.same(person) or person_key(person.name)
        longest = max(self.names.get(key, ""), _plain(person.name), key=len)
        self.names[key] = longest
        for surname in surnames(person):
            self.introduce(surname, key)
        for nickname in _NICKNAME.findall(person.name):
            self.introduce(nickname, key)
        return key

    def same(self, person: Person) -> str | None:
        """Return the key of the person, met perhaps with another form of the given name."""
        known = _outline(person.words)
        return self.by_name.setdefault(known, person_key(person.name)) if known else None

    def prefer(self, person: Person) -> None:
        """Let the form with the full given name give the key: "Joseph" before "Joe"."""
        known = _outline(person.words)
        if known and person.words[0].title() not in knowledge().short_names:
            self.by_name.setdefault(known, person_key(person.name))

    def introduce(self, surname: str, key: str) -> None:
        self.forms.setdefault(key, {})[surname] = None
        keys = self.by_surname.setdefault(fold_name(surname), [])
        if key not in keys:
            keys.append(key)

    def introduce_known(self, person: Person, key: str) -> None:
        """Introduce the surnames of somebody whose entry names none: an accepted candidate."""
        entry = self.catalogue.get(key)
        if entry and not entry.short:
            for surname in surnames(person):
                if len(surname) > 2 or _is_short_surname(surname):
                    self.introduce(surname, key)

    def resolve(self, person: Person) -> str:
        """Return the key of a person named by surname: catalogue by title, document, catalogue."""
        surname = fold_name(person.name)
        for entry in self.by_short.get(surname, ()):
            if _titled_so(entry, person.title):
                for short in entry.short:
                    self.introduce(short, entry.entity.key)
                return entry.entity.key
        if surname in self.by_surname:
            return self.by_surname[surname][-1]
        key = person_key(person.name)
        self.names.setdefault(key, _plain(person.name))
        self.introduce(person.name, key)
        return key


def find_people(reading: Reading, catalogue: Catalogue) -> Iterable[Found]:
    """Return the persons that a document names; candidates for whom the catalogue lacks."""
    words = document_words(reading.texts)
    known = known_in(reading.texts, catalogue.names_of(KIND))
    document = _Document({entry.entity.key: entry for entry in catalogue.of_kind(KIND)})
    people = list(person_names(words))
    standing = settle([*known.full, *_named(people, document, known.full)])
    singles = [
        Hit(block, person.start, person.end, document.resolve(person), PATTERN, person.rule)
        for block, person in people
        if not person.is_full
    ]
    hits = settle([*standing, *singles])
    hits = settle([*hits, *_leaders(words, document)])
    later = _surnames_alone(reading, hits, document)
    settled = settle([*hits, *later])
    return tuple(found(settled, _candidates(settled, document)))


def _named(
    people: list[tuple[int, Person]], document: _Document, known: tuple[Hit, ...]
) -> Iterator[Hit]:
    """Yield the full names; a name that the catalogue knows keeps the catalogue's key."""
    held = {(hit.block, hit.start): hit for hit in known}
    for hit in known:
        entry = document.catalogue.get(hit.key)
        for short in entry.short if entry else ():
            document.introduce(short, hit.key)
        outline = _outline(_MIDDLE.sub("", entry.entity.name).split()) if entry else None
        if outline:
            document.by_name.setdefault(outline, hit.key)
    for _block, person in people:
        document.prefer(person)
    for block, person in people:
        same = held.get((block, person.start))
        if person.is_full and same and same.key and same.end >= person.end - len(", Jr."):
            document.introduce_known(person, same.key)
            yield replace(same, end=max(same.end, person.end))
        elif person.is_full:
            key = document.meet(person)
            yield Hit(block, person.start, person.end, key, PATTERN, person.rule)


def _leaders(words: DocumentWords, document: _Document) -> Iterator[Hit]:
    """Yield the surnames that are one leader's only, wherever they stand alone: "under Biden"."""
    for block, start, name in words.where(knowledge().unmistakable):
        end = start + len(name)
        if stands_alone(words.texts[block], start, end) and not words.is_headline(block):
            key = document.resolve(Person(start, end, name, (name,)))
            yield Hit(block, start, end, key, PATTERN + 1, "leader known by surname alone")


def _surnames_alone(reading: Reading, hits: list[Hit], document: _Document) -> list[Hit]:
    """Return the surnames without a title that stand for somebody named before."""
    keys = dict.fromkeys(hit.key for hit in hits)
    forms = [
        (text.title() if text.isupper() else text, key)
        for key in keys
        for text in document.forms.get(key, ())
        if len(text) > 2 or document.catalogue.get(key) or _is_short_surname(text)
    ]
    names = Names(Form(text, key, short=True, exact=True) for text, key in forms)
    shorts = known_in(reading.texts, names).short
    alone = stand_ins(
        reading, hits, shorts, fits=lambda text, hit: stands_alone(text, hit.start, hit.end)
    )
    return [replace(hit, rank=ALIAS, rule="surname after the full name") for hit in alone]


def _outline(words: Sequence[str]) -> tuple[str, str] | None:
    """Return given name in full and surname: ("Joseph", "biden") for "Joe Biden"."""
    if len(words) < 2 or len(words[0]) < 2:
        return None
    given = words[0].title()
    return knowledge().short_names.get(given, given), fold_name(words[-1])


def _is_short_surname(text: str) -> bool:
    """Tell whether two letters are a family name and no word: "Xi", "Su", not "He"."""
    return text.isalpha() and text.istitle() and text not in _SMALL_WORDS


def _titled_so(entry: Entry, title: str) -> bool:
    if not entry.titles:
        return True
    singular = title.rstrip("s").casefold()
    return any(singular == one.rstrip("s").casefold() for one in entry.titles)


def _plain(name: str) -> str:
    """Return a name as printed, in ordinary case where it stands in capitals."""
    name = name.replace("\n", " ")
    return " ".join(
        part.title() if part.isupper() and len(part) > 2 else part for part in name.split()
    )


def person_key(name: str) -> str:
    """Return the key of a name: without initials, nickname and "Jr.", so that variants meet."""
    return slugify(_MIDDLE.sub("", name)) or slugify(name)


def _candidates(hits: Iterable[Hit], document: _Document) -> dict[str, Entity]:
    return {
        hit.key: Entity(kind=KIND, key=hit.key, name=document.names[hit.key], reviewed=False)
        for hit in hits
        if hit.key in document.names and hit.key not in document.catalogue
    }
