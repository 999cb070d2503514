"""Holds decisions against what the documents name: a line about nothing, a key of something else.

A line can be right by itself and yet speak of a name that no document holds any more, or give what
it accepts the key under which another candidate stands.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from shlex import quote

from builder.catalogue import Catalogue
from builder.model import Annotated, Entity, Problem, Problems
from builder.reviewing.apply import is_about
from builder.reviewing.decisions import Decision, Who
from builder.reviewing.queue import Candidate
from builder.reviewing.take_up import key_taken, other_name

# Only so many names that no document holds are compared with all others.
_COMPARED = 20


@dataclass(frozen=True, slots=True)
class Seen:
    """What a collection's documents name, and which of it no editor has decided on."""

    catalogue: Catalogue
    documents: tuple[Annotated, ...]
    candidates: Sequence[Candidate]

    def mentions_in(self, slug: str) -> Counter[Who]:
        """Return how often one document names what, as what it is marked."""
        return Counter(
            (mention.kind, mention.entity)
            for one in self.documents
            if one.document.slug == slug
            for mention in one.mentions
        )

    def without_effect(self, lines: Iterable[Decision]) -> Iterator[Problem]:
        """Yield what is wrong with new lines that cannot do what they say."""
        lines = tuple(lines)
        candidates = {one.who: one for one in self.candidates}
        decided = {line.candidate for line in lines}
        slugs = {one.document.slug for one in self.documents}
        met = {line.document: self._names_in(line.document) for line in lines if line.document}
        anywhere = {(kind, key) for one in self.documents for kind, key, _ in one.decided}
        told = 0
        for line in lines:
            candidate, other = candidates.get(line.candidate), candidates.get(line.entity)
            if line.document and line.document not in slugs:
                near = get_close_matches(line.document, slugs, n=3)
                what = f'the collection holds no document "{line.document}"'
                yield Problem(line.place, what, _perhaps(near) or "mend the slug")
            elif candidate is not None and not _is_printed(line, candidate):
                yield other_name(line, candidate.entity)
            elif line.document and line.candidate not in met[line.document]:
                what = f'"{line.document}" does not name the {line.kind} "{line.name}"'
                yield Problem(line.place, what, "delete the line, or name another document")
            elif candidate is None and not line.document and line.candidate not in anywhere:
                told += 1
                yield self._unknown(line, compared=told <= _COMPARED)
            elif other and line.entity not in decided and _takes_key(line, other):
                yield key_taken(line, other.entity)

    def _names_in(self, slug: str) -> set[Who]:
        decided = (
            (kind, key)
            for one in self.documents
            if one.document.slug == slug
            for kind, key, _ in one.decided
        )
        return {*self.mentions_in(slug), *decided}

    def _unknown(self, line: Decision, *, compared: bool) -> Problem:
        what = f'no document names the {line.kind} "{line.name}"'
        names = [one.entity.name for one in self.candidates if one.entity.kind == line.kind]
        near = get_close_matches(line.name, names, n=3) if compared else []
        return Problem(line.place, what, _perhaps(near) or "delete the line")


def _perhaps(near: Sequence[str]) -> str:
    return "perhaps " + " or ".join(f'"{one}"' for one in near) if near else ""


def _takes_key(line: Decision, other: Candidate) -> bool:
    return line.verb == "accept" and not _is_printed(line, other)


def _is_printed(line: Decision, candidate: Candidate) -> bool:
    return is_about(line, candidate.who, (candidate.entity.name, *candidate.forms))


def need_accepted(lines: Iterable[Decision], candidates: Iterable[Entity]) -> None:
    """Raise Problems for aliases of what is a candidate still: it has to be accepted before."""
    lines = tuple(lines)
    waiting = {(one.kind, one.key): one for one in candidates}
    accepted = {line.entity for line in lines if line.verb == "accept"}
    problems = []
    for line in lines:
        entity = waiting.get(line.entity)
        if line.verb == "alias" and entity and line.entity not in {*accepted, line.candidate}:
            what = f'"{entity.name}" is not accepted yet'
            hint = f"accept it first: builder review accept {quote(entity.name)}"
            problems.append(Problem(line.place, what, hint))
    if problems:
        raise Problems(problems)
