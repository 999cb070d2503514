"""Following names through one document: full names first, then what stands for them.

A hit is a place where a name was met. Full names introduce an entity; from there on its acronym
("High Intensity Drug Trafficking Area (HIDTA)") and its short forms ("the Coalition") stand for it.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import NamedTuple

from builder.model import Entity, Found, Reading, Span
from builder.naming.document_words import document_words
from builder.naming.names import Form, Names

KNOWN, ALIAS, PATTERN = 0, 1, 2
IN_CATALOGUE = "name in the catalogue"
SHORT_FORM = "short form after the name"
ACRONYM = "acronym after the name"
# "(HIDTA)", "(SHE LEADS)", "(21PAS)",
# "(Public Law 87-195) (FAA)", ", as amended (50 U.S.C. 1601 et seq.) (NEA)"
_ACRONYM = re.compile(
    r"(?:,? as amended,?)?(?: \([^()]{1,90}\)){0,2}? \((?:the )?[\"']?"
    r"(?P<acronym>(?:\d{1,2}(?=[A-Z]))?[A-Z][A-Za-z0-9&/.-]{1,11}(?: [A-Z]{2,8})?)[\"']?\)"
)
# "High Intensity Drug Trafficking Area (HIDTA) Program"; not "Smart Buildings (SB) Roadmap", whose
# acronym is its subject's
_INSIDE = re.compile(
    r" \((?P<acronym>[A-Z][A-Z&.-]{1,11})\) (?=.*(?:[Pp]rogram(?:me)?s?|Initiatives?|Fund|Grants?"
    r"|Partnership|Campaign|Network|Corps|Act)\b)"
)


class Hit(NamedTuple):
    """A name met: block number, offsets in its text, the entity's key ("" hides what it covers).

    Of two equal hits the one with the lower rank stands. `rule` names the rule behind it. It is a
    tuple because a document makes very many, which frozen dataclasses build three times as slowly.
    """

    block: int
    start: int
    end: int
    key: str
    rank: int = KNOWN
    rule: str = ""

    @property
    def place(self) -> tuple[int, int]:
        """Where the hit stands in the document, for sorting."""
        return self.block, self.start


def settle(hits: Iterable[Hit]) -> list[Hit]:
    """Return the hits that stand: leftmost, then longest, then of the lowest rank."""
    out: list[Hit] = []
    ordered = sorted(hits, key=lambda hit: (hit.block, hit.start, -hit.end, hit.rank))
    for hit in ordered:
        if not out or out[-1].block != hit.block or out[-1].end <= hit.start:
            out.append(hit)
    return out


class Covered:
    """Settled hits, to be asked what lies in a stretch of text; time grows with the answer only."""

    def __init__(self, hits: Iterable[Hit]) -> None:
        self._hits: dict[int, list[Hit]] = {}
        self._starts: dict[int, list[int]] = {}
        for hit in settle(hits):
            self._hits.setdefault(hit.block, []).append(hit)
            self._starts.setdefault(hit.block, []).append(hit.start)

    def overlapping(self, block: int, start: int, end: int) -> list[Hit]:
        """Return the hits that share a character with the stretch, from left to right."""
        starts = self._starts.get(block, [])
        first = bisect_right(starts, start)
        if first and self._hits[block][first - 1].end > start:
            first -= 1
        return self._hits[block][first : bisect_left(starts, end)] if starts else []


@dataclass(frozen=True, slots=True)
class Known:
    """What a set of names finds in a document: full names, and short forms still unresolved."""

    full: tuple[Hit, ...]
    short: tuple[tuple[Hit, ...], ...]


@lru_cache(maxsize=8)
def known_in(texts: tuple[str, ...], names: Names) -> Known:
    """Return all places where names stand in a document, before anything is settled."""
    words = document_words(texts)
    full: list[Hit] = []
    short: list[tuple[Hit, ...]] = []
    for matches in names.all_matches(words) if names.size else ():
        block, begin = words.block_at(matches[0].start)
        brief = []
        for match in matches:
            start, end, form = match.start - begin, match.end - begin, match.form
            if form.short:
                rule = ACRONYM if _is_acronym(form.text) else SHORT_FORM
                brief.append(Hit(block, start, end, form.key, ALIAS, rule))
            else:
                key = "" if form.denied else form.key
                full.append(Hit(block, start, end, key, KNOWN, IN_CATALOGUE))
        if brief:
            short.append(tuple(brief))
    return Known(tuple(full), tuple(short))


class Shorts:
    """The short forms that a document introduces, ready to be looked for.

    Entities that share a form ("the Act") are looked for as one, under a key of their own; `shared`
    tells under which keys an entity may be met. So time grows with the text, not with its names.
    """

    def __init__(self, forms: Iterable[Form]) -> None:
        self.shared: dict[str, list[str]] = {}
        alone: list[Form] = []
        groups: dict[str, Form] = {}
        for form in forms:
            if form.short:
                common = groups.get(form.text)
                if common is None:
                    common = groups[form.text] = replace(form, key=f"={form.text}")
                self.shared.setdefault(form.key, []).append(common.key)
            else:
                alone.append(form)
        self.names = Names([*alone, *groups.values()])


@lru_cache(maxsize=8192)
def _is_acronym(text: str) -> bool:
    return " " not in text and sum(letter.isupper() for letter in text) > 1


def acronym_after(text: str, end: int, name: str) -> str | None:
    """Return the acronym that a name introduces in brackets right behind it, if it does."""
    match = _ACRONYM.match(text, end)
    if match is None:
        return None
    acronym = match["acronym"].rstrip(".")
    if sum(letter.isupper() for letter in acronym) < 2 or not any(c.isalpha() for c in acronym):
        return None
    initials = {word[0].upper() for word in re.findall(r"[^\W_]+", name)}
    return acronym if acronym[0] in initials else None


def acronyms(reading: Reading, hits: Iterable[Hit]) -> Iterator[Form]:
    """Yield the acronyms that the document introduces for the entities of these hits."""
    seen: set[tuple[str, str]] = set()
    for hit in hits:
        text = reading.texts[hit.block]
        name = text[hit.start : hit.end]
        inside = _INSIDE.search(name)
        acronym = inside["acronym"] if inside else acronym_after(text, hit.end, name)
        if acronym and hit.key and (acronym, hit.key) not in seen:
            seen.add((acronym, hit.key))
            yield Form(acronym, hit.key, short=True, exact=True)
            yield Form(f"{acronym}s", hit.key, short=True, exact=True)


def stand_ins(
    reading: Reading,
    hits: Sequence[Hit],
    shorts: Iterable[tuple[Hit, ...]],
    *,
    shared: Mapping[str, Sequence[str]] | None = None,
    fits: Callable[[str, Hit], bool] = lambda text, hit: True,
) -> list[Hit]:
    """Return the short forms that stand for an entity named before them, nearest one first.

    `shorts` groups the entities that one place could name; `shared` is that of `Shorts`. `fits`
    looks at the words around.
    """
    last: dict[str, Hit] = {}
    shared = shared or {}
    out: list[Hit] = []
    named = sorted(hits, key=lambda hit: hit.place)
    position = 0
    for group in sorted(shorts, key=lambda group: group[0].place):
        while position < len(named) and named[position].place < group[0].place:
            for key in (named[position].key, *shared.get(named[position].key, ())):
                last[key] = named[position]
            position += 1
        able = [hit for hit in group if hit.key in last and fits(reading.texts[hit.block], hit)]
        if able:
            one = max(able, key=lambda hit: (hit.end, last[hit.key].place))
            out.append(one._replace(key=last[one.key].key))
    return out


def found(hits: Iterable[Hit], candidates: Mapping[str, Entity]) -> Iterator[Found]:
    """Yield what a finder returns for settled hits."""
    for hit in hits:
        if hit.key:
            at = Span(hit.start, hit.end)
            candidate = candidates.get(hit.key)
            yield Found(hit.block, at, hit.key, candidate=candidate, rules=(hit.rule,))
