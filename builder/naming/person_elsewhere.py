"""Persons whom other places of the document tell: a title elsewhere, the lines above and below."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from builder.naming.document_words import DocumentWords
from builder.naming.person import Person, name_at, names_thing
from builder.naming.person_names import is_plain
from builder.naming.person_words import knowledge
from builder.naming.runs import opens
from builder.naming.typography import capitals

# "Oriel " or "Oriel M. " before "Tamsin"
_GIVEN = re.compile(
    rf"(?<![\w.'&-])(?<![A-Z]\. )(?P<word>[{capitals()}][a-zà-ÿ]+(?:-[{capitals()}]?[a-zà-ÿ]+)?)"
    r"(?: [A-Z]\.)* $"
)
_BEFORE_GIVEN = re.compile(rf"[{capitals()}][\w'-]* $")
# what may follow a name that stands at the head of a line: nothing, a town, an office
_LINE_END = re.compile(r"$|, | \(| [–—-] |: |;|\*| \|")
_LONGEST_LINE = 90
# "RADDATZ: Thank you": who speaks, in capitals before a colon
_SPEAKER = re.compile(
    rf"(?P<name>[{capitals()}]{{3,}}(?:[ -][{capitals()}]{{3,}})?)(?: \([^)]*\))?: "
)
_OFTEN = 3


def named_elsewhere(
    words: DocumentWords, people: Iterable[tuple[int, Person]]
) -> Iterator[tuple[int, Person]]:
    """Yield the full names of which other places of the document tell that they are persons'."""
    people = list(people)
    yield from _titled_elsewhere(words, people)
    yield from _listed(words, people)
    yield from _speaking(words)


def _titled_elsewhere(
    words: DocumentWords, people: list[tuple[int, Person]]
) -> Iterator[tuple[int, Person]]:
    """Yield "Oriel Tamsin" where another place has "Mr. Tamsin"."""
    titled = {person.words[0] for _, person in people if person.title and not person.is_full}
    for block, at, surname in words.where(titled & words.places.keys()):
        text = words.texts[block]
        given = _GIVEN.search(text[max(0, at - 40) : at])
        if given is None or not _may_be_given(given["word"]):
            continue
        start = at - len(given.group())
        person = name_at(text, start)
        if person is None or person.end < at + len(surname) or names_thing(text, person):
            continue
        before = _BEFORE_GIVEN.search(text[max(0, start - 20) : start])
        if (not before or opens(before.group().strip())) and not is_plain(words, person):
            yield block, person._replace(rule="full name of somebody titled elsewhere")


def _may_be_given(word: str) -> bool:
    """Tell whether a capitalized word may be a given name: not "President-elect", "Without"."""
    known, first = knowledge(), word.partition("-")[0]
    return not (first in known.never or first in known.titles or opens(word))


def _listed(words: DocumentWords, people: list[tuple[int, Person]]) -> Iterator[tuple[int, Person]]:
    """Yield the names at the head of lines between lines that begin with a person's name."""
    heads = {block for block, person in people if person.start == 0 and person.is_full}
    for block in sorted({near for head in heads for near in (head - 1, head + 1)} - heads):
        text = words.texts[block] if 0 <= block < len(words.texts) else ""
        person = name_at(text, 0) if 0 < len(text) <= _LONGEST_LINE else None
        if person is None or not 1 < len(person.words) < 4 or names_thing(text, person):
            continue
        if not _may_be_given(person.words[0]):
            continue
        if _LINE_END.match(text, person.end) and not is_plain(words, person):
            yield block, person._replace(rule="line in a list of persons")


def _speaking(words: DocumentWords) -> Iterator[tuple[int, Person]]:
    """Yield the names in capitals before a colon that begin three blocks and more."""
    speakers: dict[str, list[int]] = {}
    for block, text in enumerate(words.texts):
        match = _SPEAKER.match(text) if ": " in text[:40] else None
        if match and not _is_role(match["name"]):
            speakers.setdefault(match["name"], []).append(block)
    for name, blocks in speakers.items():
        if len(blocks) >= _OFTEN:
            for block in blocks:
                person = Person(0, len(name), name, tuple(name.split()), "", "who speaks")
                yield block, person


def _is_role(name: str) -> bool:
    """Tell whether a speaker is named by role: "MODERATOR", "SENIOR OFFICIAL"."""
    known = knowledge()
    return any(
        word in known.never or word in known.titles or word in known.speakers
        for word in re.split(r"[ -]", name)
    )
