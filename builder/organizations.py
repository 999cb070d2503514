"""Organizations in a document: catalogue and package first, then bodies known by their keyword.

"Bureau of Prisons" and "Harbor Control Bureau" are patterns; "Biden-Harris Administration" is
an organization and no person.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from builder.catalogue import Catalogue
from builder.model import Entity, Found, Reading
from builder.naming.following import (
    PATTERN,
    Covered,
    Hit,
    acronyms,
    found,
    known_names,
    settle,
    stand_ins,
)
from builder.naming.names import Names, word_set
from builder.naming.runs import is_generic, is_title_case, run_after, run_before
from builder.slugs import slugify
from builder.strict_yaml import load_data

KIND = "organization"
# "Biden-Harris Administration", "the Carter administration"
_GOVERNMENT = re.compile(
    r"(?<![\w-])(?P<name>(?P<head>[A-Z][a-z]+(?:-[A-Z][a-z]+)?) [Aa]dministration)(?![\w-])"
)


def find_organizations(reading: Reading, catalogue: Catalogue) -> Iterable[Found]:
    """Return the organizations that a document names; candidates for what the catalogue lacks."""
    known = known_names(reading, catalogue.names_of(KIND))
    candidates: dict[str, Entity] = {}
    named: list[Hit] = []
    for block, text in enumerate(reading.texts):
        if text and not is_title_case(text):
            for start, end, sort in _bodies(text):
                name = text[start:end]
                named.append(Hit(block, start, end, slugify(name), PATTERN))
                entity = Entity(kind=KIND, key=slugify(name), name=name, sort=sort, reviewed=False)
                candidates.setdefault(entity.key, entity)
    hits = settle([*known.full, *_beside_known(named, known.full)])
    names = Names(acronyms(reading, hits))
    followed = known_names(reading, names).short if names.size else ()
    later = stand_ins(reading, hits, [*known.short, *followed])
    settled = settle([*hits, *later])
    held = catalogue.entities(KIND)
    return tuple(found(settled, {k: v for k, v in candidates.items() if k not in held}))


def _beside_known(named: Iterable[Hit], known: Iterable[Hit]) -> Iterator[Hit]:
    """Yield the patterns' hits that do not merely surround or cut a known name."""
    covered = Covered(known)
    for hit in named:
        near = covered.overlapping(hit.block, hit.start, hit.end)
        if not any(_disturbs(hit, one) for one in near):
            yield hit


def _disturbs(hit: Hit, known: Hit) -> bool:
    """Tell whether a pattern's hit shares an edge with a known name, or crosses it."""
    if known.start == hit.start or (known.end == hit.end and known.start >= hit.start):
        return True
    return known.start < hit.start < known.end or known.start < hit.end < known.end


@cache
def _tails() -> dict[str, dict[str, str]]:
    return {row["word"]: row for row in load_data("organization_words")["tails"]}


@cache
def _list(name: str) -> tuple[str, ...]:
    return tuple(load_data("organization_words")[name])


@cache
def _keyword() -> re.Pattern[str]:
    """Return the pattern of a keyword of bodies: "Bureau", "Ministry", "Cartel"."""
    words = {*_tails(), *_list("heads")}
    choice = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    return re.compile(rf"(?<![\w-])(?:{choice})(?![\w-])")


@cache
def _last_words() -> frozenset[str]:
    words = {*_tails(), *_list("heads"), "administration", "Administration"}
    return frozenset(word.split()[-1] for word in words)


def _bodies(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield start, end and sort of the bodies that keywords name in one text."""
    if word_set(text).isdisjoint(_last_words()):
        return
    for match in _keyword().finditer(text):
        start = run_before(text, match.start(), stop=_tails(), body=True)
        if match.group() in _list("heads"):
            end = run_after(text, match.end(), _list("head_prepositions"))
            subject = text[match.end() : end]
            if len(subject) > 4 and not subject.startswith(" on "):
                yield start, end, "body"
                continue
        row = _tails().get(match.group())
        if row and _makes_name(text[start : match.start()].strip(), int(row["head"])):
            yield start, match.end(), row["sort"]
    for match in _GOVERNMENT.finditer(text):
        if match["head"] in _list("governments"):
            yield match.start(), match.end(), "administration"


def _makes_name(head: str, least: int) -> bool:
    """Tell whether the words before a keyword make a name of it: "Harbor Control" + "Bureau"."""
    words = head.split()
    return len(words) >= least and not is_generic(head) and not set(_list("never")) & set(words)
