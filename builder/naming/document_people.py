"""What is known about the people of one document while it is read: names, titles, keys."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from builder.catalogue import Catalogue
from builder.model import Entity
from builder.naming.entries import Entry
from builder.naming.following import Hit
from builder.naming.person import Person
from builder.naming.person_words import knowledge
from builder.naming.surnames import surnames
from builder.naming.typography import fold_name
from builder.slugs import slugify

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
class DocumentPeople:
    """The people met so far. `catalogue` holds the entries by key."""

    catalogue: Mapping[str, Entry]
    by_short: Mapping[str, list[Entry]]
    by_surname: dict[str, list[str]] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    forms: dict[str, dict[str, None]] = field(default_factory=dict)
    printed: dict[str, dict[str, None]] = field(default_factory=dict)
    titles: dict[str, set[str]] = field(default_factory=dict)
    by_name: dict[tuple[str, str], str] = field(default_factory=dict)

    @classmethod
    def under(cls, catalogue: Catalogue) -> DocumentPeople:
        """Begin with a document about which nothing but the catalogue is known."""
        return cls(*_entries(catalogue))

    def know(self, key: str) -> None:
        """Take up a person whom the catalogue knows and the document names in full."""
        entry = self.catalogue.get(key)
        if entry is None:
            return
        for short in entry.short:
            self.introduce(short, key)
        outline = _outline(_MIDDLE.sub("", entry.entity.name).split())
        if outline:
            self.by_name.setdefault(outline, key)

    def meet(self, person: Person) -> str:
        """Take up a full name and return its key."""
        key = self._same(person) or person_key(person.name)
        self.names[key] = max(self.names.get(key, ""), _plain(person.name), key=len)
        self.printed.setdefault(key, {})[_plain(person.name)] = None
        if person.title:
            self.titles.setdefault(key, set()).add(_singular(person.title))
        for surname in surnames(person):
            self.introduce(surname, key)
        for nickname in _NICKNAME.findall(person.name):
            self.introduce(nickname, key)
        return key

    def prefer(self, person: Person) -> None:
        """Let the form with the full given name give the key: "Joseph" before "Joe"."""
        known = _outline(person.words)
        if known and person.words[0].title() not in knowledge().short_names:
            self.by_name.setdefault(known, person_key(person.name))

    def introduce(self, surname: str, key: str) -> None:
        """Let a surname or a nickname stand for a person from now on."""
        self.forms.setdefault(key, {})[surname] = None
        keys = self.by_surname.setdefault(fold_name(surname), [])
        if key not in keys:
            keys.append(key)

    def introduce_known(self, person: Person, key: str) -> None:
        """Introduce the surnames of somebody whose entry names none: an accepted candidate."""
        entry = self.catalogue.get(key)
        if entry and not entry.short:
            for surname in surnames(person):
                if len(surname) > 2 or is_short_surname(surname):
                    self.introduce(surname, key)

    def resolve(self, person: Person) -> str:
        """Return the key of a person named by surname: catalogue by title, document, catalogue."""
        surname, title = fold_name(person.name), _singular(person.title)
        met = self.by_surname.get(surname, ())
        bearing = [key for key in met if title and title in self.titles.get(key, ())]
        if bearing:
            return bearing[-1]
        for entry in self.by_short.get(surname, ()):
            if _titled_so(entry, title):
                for short in entry.short:
                    self.introduce(short, entry.entity.key)
                return entry.entity.key
        open_to = [key for key in met if not self._is_other(key, title)]
        if open_to:
            return open_to[-1]
        key = person_key(person.name)
        self.names.setdefault(key, _plain(person.name))
        self.introduce(person.name, key)
        return key

    def leader(self, surname: str) -> str:
        """Return the key of a leader whom the surname alone tells: the first of the catalogue's."""
        entry = next(iter(self.by_short.get(fold_name(surname), ())), None)
        if entry is None or fold_name(surname) in self.by_surname:
            return self.resolve(Person(0, len(surname), surname, (surname,)))
        self.know(entry.entity.key)
        return entry.entity.key

    def candidates(self, hits: Iterable[Hit]) -> dict[str, Entity]:
        """Return an entity for each person that the catalogue does not hold."""
        return {
            hit.key: Entity(kind="person", key=hit.key, name=self.names[hit.key], reviewed=False)
            for hit in hits
            if hit.key in self.names and hit.key not in self.catalogue
        }

    def _same(self, person: Person) -> str | None:
        """Return the key of the person, met perhaps with another form of the given name."""
        known = _outline(person.words)
        return self.by_name.setdefault(known, person_key(person.name)) if known else None

    def _is_other(self, key: str, title: str) -> bool:
        """Tell whether a title is not that of a person met under others: "First Lady Trump"."""
        titles = self.titles.get(key, set())
        single = knowledge().single_offices
        return title in single and bool(titles & single) and title not in titles


@lru_cache(maxsize=4)
def _entries(catalogue: Catalogue) -> tuple[dict[str, Entry], dict[str, list[Entry]]]:
    """Return a catalogue's people by key, and by each of their short forms."""
    entries = catalogue.of_kind("person")
    by_short: dict[str, list[Entry]] = {}
    for entry in entries:
        for short in entry.short:
            by_short.setdefault(fold_name(short), []).append(entry)
    return {entry.entity.key: entry for entry in entries}, by_short


def is_short_surname(text: str) -> bool:
    """Tell whether two letters are a family name and no word: "Xi", "Su", not "He"."""
    return text.isalpha() and text.istitle() and text not in _SMALL_WORDS


def _outline(words: Sequence[str]) -> tuple[str, str] | None:
    """Return given name in full and surname: ("Joseph", "biden") for "Joe Biden"."""
    if len(words) < 2 or len(words[0]) < 2:
        return None
    given = words[0].title()
    return knowledge().short_names.get(given, given), fold_name(words[-1])


def _singular(title: str) -> str:
    return title.rstrip("s").casefold()


def _titled_so(entry: Entry, title: str) -> bool:
    return not entry.titles or any(title == _singular(one) for one in entry.titles)


def _plain(name: str) -> str:
    """Return a name as printed, in ordinary case where it stands in capitals."""
    return " ".join(
        part.title() if part.isupper() and len(part) > 2 else part for part in name.split()
    )


def person_key(name: str) -> str:
    """Return the key of a name: without initials, nickname and "Jr.", so that variants meet."""
    return slugify(_MIDDLE.sub("", name)) or slugify(name)
