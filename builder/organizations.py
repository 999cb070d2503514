"""Organizations in a document: catalogue and package first, then bodies known by their keyword.

"Bureau of Prisons" and "Narcotics Control Bureau" are patterns; "Biden-Harris Administration" is
an organization and no person.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from builder.catalogue import Catalogue
from builder.model import Entity, Found, Reading
from builder.names import Names, slug, word_set
from builder.naming import ALIAS, PATTERN, Hit, acronyms, found, known_names, settle, stand_ins
from builder.runs import is_generic, is_title_case, run_after, run_before
from builder.strict_yaml import load_data

KIND = "organization"
# "Biden-Harris Administration", "the Carter administration"
_GOVERNMENT = re.compile(r"(?<![\w-])(?P<name>[A-Z][a-z]+(?:-[A-Z][a-z]+)? [Aa]dministration)(?![\w-])")


def find_organizations(reading: Reading, catalogue: Catalogue) -> Iterable[Found]:
    """Return the organizations that a document names; candidates for what the catalogue lacks."""
    known = known_names(reading, catalogue.names_of(KIND))
    candidates: dict[str, Entity] = {}
    named: list[Hit] = []
    for block, text in enumerate(reading.texts):
        if text and not is_title_case(text):
            for start, end, sort in _bodies(text):
                name = text[start:end]
                named.append(Hit(block, start, end, slug(name), PATTERN))
                entity = Entity(kind=KIND, key=slug(name), name=name, sort=sort, reviewed=False)
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
    places: dict[int, list[Hit]] = {}
    for hit in known:
        places.setdefault(hit.block, []).append(hit)
    for hit in named:
        near = places.get(hit.block, ())
        crossing = any(
            (one.end == hit.end and one.start >= hit.start)
            or one.start == hit.start
            or (one.start < hit.start < one.end)
            or (one.start < hit.end < one.end)
            for one in near
        )
        if not crossing:
            yield Hit(hit.block, hit.start, hit.end, hit.key, hit.rank)


@cache
def _tails() -> dict[str, dict[str, str]]:
    return {row["word"]: row for row in load_data("organization_words")["tails"]}


@cache
def _never() -> frozenset[str]:
    return frozenset(load_data("organization_words")["never"])


@cache
def _keyword() -> re.Pattern[str]:
    """Return the pattern of a keyword of bodies: "Bureau", "Ministry", "Cartel"."""
    words = {*_tails(), *load_data("organization_words")["heads"]}
    choice = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    return re.compile(rf"(?<![\w-])(?:{choice})(?![\w-])")


@cache
def _last_words() -> frozenset[str]:
    words = {*_tails(), *load_words()[0], "administration", "Administration"}
    return frozenset(word.split()[-1] for word in words)


def _bodies(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield start, end and sort of the bodies that keywords name in one text."""
    data = load_words()
    if word_set(text).isdisjoint(_last_words()):
        return
    for match in _keyword().finditer(text):
        word = match.group()
        start = run_before(text, match.start(), stop=_tails())
        head = text[start : match.start()].strip()
        if word in data[0]:
            end = run_after(text, match.end(), data[1])
            subject = text[match.end() : end]
            if len(subject) > 4 and not subject.strip().startswith("on "):
                yield (start if head and not is_generic(head) else _own(text, start, match)), end, "body"
                continue
        row = _tails().get(word)
        if row and head and not is_generic(head) and not set(head.split()) <= _never():
            if len(head.split()) >= int(row["head"]) and head.split()[0] not in _never():
                yield start, match.end(), row["sort"]
    for match in _GOVERNMENT.finditer(text) if "dministration" in text else ():
        if match["name"].split()[0] in ("Biden-Harris", "Trump-Vance", "Obama-Biden"):
            yield match.start(), match.end(), "administration"


def _own(text: str, start: int, match: re.Match[str]) -> int:
    """Leave "U.S." before a department; drop other general words ("New Office of …")."""
    return start if text.startswith(("U.S. ", "National "), start) else match.start()


@cache
def load_words() -> tuple[frozenset[str], tuple[str, ...]]:
    """Return the keywords that stand first, and the prepositions behind them."""
    data = load_data("organization_words")
    return frozenset(data["heads"]), tuple(data["head_prepositions"])


__all__ = ["ALIAS", "find_organizations"]
