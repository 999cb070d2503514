"""Organizations in a document: catalogue and package first, then bodies known by their keyword.

"Bureau of Prisons" and "Harbor Control Bureau" are patterns; "Biden-Harris Administration" is
an organization and no person.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from builder.catalogue import Catalogue
from builder.model import Entity, Found, Reading
from builder.naming.document_words import DocumentWords, document_words
from builder.naming.following import (
    PATTERN,
    Covered,
    Hit,
    Shorts,
    acronyms,
    found,
    known_in,
    settle,
    stand_ins,
)
from builder.naming.phrases import Phrases
from builder.naming.run_after import run_after
from builder.naming.run_before import run_before
from builder.naming.runs import is_generic
from builder.slugs import slugify
from builder.strict_yaml import load_data

KIND = "organization"
# "Biden-Harris Administration", "the Carter administration"
_GOVERNMENT = re.compile(r"(?<![\w-])(?P<name>[A-Z][a-z]+(?:-[A-Z][a-z]+)?) $")
_GOVERNED = ("administration", "Administration")
_LONGEST_GOVERNMENT = 40


@dataclass(frozen=True, slots=True)
class _Body:
    """A body met in one block: its place, what it is listed under, and the rule behind it."""

    block: int
    start: int
    end: int
    sort: str
    rule: str


def find_organizations(reading: Reading, catalogue: Catalogue) -> Iterable[Found]:
    """Return the organizations that a document names; candidates for what the catalogue lacks."""
    texts = reading.texts
    known = known_in(texts, catalogue.names_of(KIND))
    candidates: dict[str, Entity] = {}
    named: list[Hit] = []
    for body in _bodies(document_words(texts)):
        name = texts[body.block][body.start : body.end]
        entity = Entity(kind=KIND, key=slugify(name), name=name, sort=body.sort, reviewed=False)
        named.append(Hit(body.block, body.start, body.end, entity.key, PATTERN, body.rule))
        candidates.setdefault(entity.key, entity)
    hits = settle([*known.full, *_beside_known(named, known.full)])
    follow = Shorts(acronyms(reading, hits))
    shorts = [*known.short, *known_in(texts, follow.names).short]
    later = stand_ins(reading, hits, shorts, shared=follow.shared)
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


@dataclass(frozen=True, slots=True)
class _Tail:
    """A keyword that stands behind the words that make its name; `head` is how many there are.

    `never` holds words that make no name before it.
    """

    sort: str
    head: int
    never: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Words:
    """The data file: what makes a run of capitalized words the name of a body."""

    heads: frozenset[str]
    prepositions: tuple[str, ...]
    tails: Mapping[str, _Tail]
    never: frozenset[str]
    governments: frozenset[str]
    keywords: Phrases


@cache
def _words() -> _Words:
    data = load_data("organization_words")
    tails = {
        row["word"]: _Tail(row["sort"], int(row["head"]), frozenset(row.get("never", ())))
        for row in data["tails"]
    }
    return _Words(
        heads=frozenset(data["heads"]),
        prepositions=tuple(data["head_prepositions"]),
        tails=tails,
        never=frozenset(data["never"]),
        governments=frozenset(data["governments"]),
        keywords=Phrases([*tails, *data["heads"]]),
    )


def _bodies(words: DocumentWords) -> Iterator[_Body]:
    """Yield the bodies that keywords name in a document, headlines left out."""
    for block, at, keyword in _words().keywords.places(words):
        if not words.is_headline(block):
            body = _body(words.texts[block], block, at, keyword)
            if body:
                yield body
    for block, at, word in words.where(_GOVERNED):
        before = words.texts[block][max(0, at - _LONGEST_GOVERNMENT) : at]
        match = _GOVERNMENT.search(before)
        if match and match["name"] in _words().governments and not words.is_headline(block):
            start, end = at - len(match.group()), at + len(word)
            yield _Body(block, start, end, "administration", "administration of a president")


def _body(text: str, block: int, at: int, keyword: str) -> _Body | None:
    """Return the body named around one keyword, or None where there is none."""
    known = _words()
    start, after = run_before(text, at, stop=known.tails, body=True), at + len(keyword)
    if keyword in known.heads:
        end = run_after(text, after, known.prepositions)
        subject = text[after:end]
        if len(subject) > 4 and not subject.startswith(" on "):
            return _Body(block, start, end, "body", "keyword and what it is over")
    tail = known.tails.get(keyword)
    if tail and _makes_name(text[start:at].strip(), tail):
        return _Body(block, start, after, tail.sort, "keyword and the words before it")
    return None


def _makes_name(head: str, tail: _Tail) -> bool:
    """Tell whether the words before a keyword make a name of it: "Harbor Control" + "Bureau"."""
    words = head.split()
    never = _words().never | tail.never
    return len(words) >= tail.head and not is_generic(head) and not never.intersection(words)
