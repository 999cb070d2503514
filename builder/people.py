"""People in a document: catalogue names, titled names, full names, and the surnames that follow.

A mention is the name without its title. Inside a document a surname is resolved to the full name
that the document or the catalogue gives.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from builder.catalogue import Catalogue
from builder.model import Found, Reading
from builder.naming.document_people import DocumentPeople, is_short_surname
from builder.naming.document_words import DocumentWords, document_words
from builder.naming.following import (
    PATTERN,
    Covered,
    Hit,
    Shorts,
    found,
    known_in,
    settle,
    stand_ins,
)
from builder.naming.names import Form, Names
from builder.naming.person import Person
from builder.naming.person_elsewhere import named_elsewhere
from builder.naming.person_names import person_names
from builder.naming.person_words import knowledge
from builder.naming.surnames import stands_alone

KIND = "person"

_MARKS = frozenset('"()')


def find_people(reading: Reading, catalogue: Catalogue) -> Iterable[Found]:
    """Return the persons that a document names; candidates for whom the catalogue lacks."""
    words = document_words(reading.texts)
    known = known_in(reading.texts, catalogue.names_of(KIND))
    document = DocumentPeople.under(catalogue)
    named = _NamedAfter.of(reading, catalogue)
    people = [one for one in person_names(words) if named.leaves(one)]
    people += [one for one in named_elsewhere(words, people) if named.leaves(one)]
    full = [(block, person) for block, person in people if person.is_full]
    standing = settle([*known.full, *_named(full, document, known.full)])
    singles = [
        Hit(block, person.start, person.end, document.resolve(person), PATTERN, person.rule)
        for block, person in people
        if not person.is_full
    ]
    hits = settle([*standing, *singles, *_again(reading, document)])
    hits = settle([*hits, *_leaders(words, document)])
    later = _surnames_alone(reading, hits, document)
    settled = settle([*hits, *later])
    return tuple(found(settled, document.candidates(settled)))


@dataclass(frozen=True, slots=True)
class _NamedAfter:
    """The acts and bodies that the catalogue names after somebody: "Laken Riley Act"."""

    covered: Covered

    @classmethod
    def of(cls, reading: Reading, catalogue: Catalogue) -> _NamedAfter:
        """Look for the catalogue's programs and organizations in a document."""
        kinds = (catalogue.names_of("program"), catalogue.names_of("organization"))
        return cls(Covered(hit for names in kinds for hit in known_in(reading.texts, names).full))

    def leaves(self, one: tuple[int, Person]) -> bool:
        """Tell whether a name is a person's own, and no part of such a name."""
        block, person = one
        around = self.covered.overlapping(block, person.start, person.end)
        return not any(hit.start <= person.start and person.end < hit.end for hit in around)


def _named(
    people: list[tuple[int, Person]], document: DocumentPeople, known: tuple[Hit, ...]
) -> Iterator[Hit]:
    """Yield the full names; a name that the catalogue knows keeps the catalogue's key."""
    held = {(hit.block, hit.start): hit for hit in known}
    for hit in known:
        document.know(hit.key)
    for _block, person in people:
        document.prefer(person)
    for block, person in people:
        same = held.get((block, person.start))
        if same and same.key and same.end >= person.end - len(", Jr."):
            document.introduce_known(person, same.key)
            yield same._replace(end=max(same.end, person.end))
        else:
            key = document.meet(person)
            yield Hit(block, person.start, person.end, key, PATTERN, person.rule)


def _again(reading: Reading, document: DocumentPeople) -> Iterator[Hit]:
    """Yield the full names wherever else they stand."""
    forms = (
        Form(name, key, exact=True)
        for key, names in document.printed.items()
        for name in names
        if " " in name
    )
    for hit in known_in(reading.texts, Names(forms)).full:
        text = reading.texts[hit.block]
        marked = _MARKS.intersection(text[hit.start : hit.end])
        if not marked and stands_alone(text, hit.start, hit.end):
            yield hit._replace(rank=PATTERN + 1, rule="full name met again")


def _leaders(words: DocumentWords, document: DocumentPeople) -> Iterator[Hit]:
    """Yield the surnames that are one leader's only, wherever they stand alone: "under Biden"."""
    for block, start, name in words.where(knowledge().unmistakable):
        end = start + len(name)
        if stands_alone(words.texts[block], start, end) and not words.is_headline(block):
            key = document.leader(name)
            yield Hit(block, start, end, key, PATTERN + 1, "leader known by surname alone")


def _surnames_alone(reading: Reading, hits: list[Hit], document: DocumentPeople) -> list[Hit]:
    """Return the surnames without a title that stand for somebody named before."""
    keys = dict.fromkeys(hit.key for hit in hits)
    forms = [
        (text.title() if text.isupper() else text, key)
        for key in keys
        for text in document.forms.get(key, ())
        if len(text) > 2 or document.catalogue.get(key) or is_short_surname(text)
    ]
    follow = Shorts(Form(text, key, short=True, exact=True) for text, key in forms)
    shorts = known_in(reading.texts, follow.names).short

    def fits(text: str, hit: Hit) -> bool:
        return stands_alone(text, hit.start, hit.end)

    alone = stand_ins(reading, hits, shorts, shared=follow.shared, fits=fits)
    return [hit._replace(rank=PATTERN + 2, rule="surname after the full name") for hit in alone]
