"""What editors decided on candidates, ready to be looked up.

A candidate is a name that a finder has met and the catalogue does not hold. Three decisions can be
taken on one: accept it as an entity, make it an alias of an entity, never mark it (anywhere, or in
one document).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from builder.model import Place
from builder.naming.typography import outline

Verb = Literal["accept", "alias", "never"]
VERBS: tuple[Verb, ...] = ("accept", "alias", "never")
FILE = "review"  # `seeds/catalogue/review.yaml`

Who = tuple[str, str]
"""An entity or candidate as (kind, key)."""

_NOWHERE = Place("", 0)


@dataclass(frozen=True, slots=True)
class Decision:
    """One line of the file of decisions.

    `name` is the candidate's as printed, `kind` and `key` are those under which it was found.
    `entity` is what it is from now on, as (kind, key); for `never` it is the candidate itself.
    `document` is the slug of the only document in which it must not be marked, else "".
    `preferred` and `sort` are the name and the heading of an accepted entity.
    """

    verb: Verb
    name: str
    kind: str
    key: str
    entity: Who
    document: str = ""
    preferred: str = ""
    sort: str = ""
    note: str = field(default="", compare=False)
    place: Place = field(default=_NOWHERE, compare=False)

    @property
    def candidate(self) -> Who:
        """The candidate as (kind, key)."""
        return (self.kind, self.key)

    @property
    def about(self) -> tuple[str, str, str]:
        """What is decided on: the candidate's kind and key, and the document or ""."""
        return (self.kind, self.key, self.document)


@dataclass(frozen=True, slots=True)
class Decisions:
    """All decisions of a collection: the lines in their order, and how to find them.

    `anywhere` holds the one decision that counts for a candidate in all documents, `here` those
    for one document. `named` gives, for an entity, its names that decisions brought (as outlines),
    `accepted` the decision that made it.
    """

    lines: tuple[Decision, ...] = ()
    anywhere: Mapping[Who, Decision] = field(default_factory=dict)
    here: Mapping[tuple[str, str, str], Decision] = field(default_factory=dict)
    named: Mapping[Who, Mapping[str, Decision]] = field(default_factory=dict)
    accepted: Mapping[Who, Decision] = field(default_factory=dict)

    @classmethod
    def of(cls, lines: Iterable[Decision]) -> Decisions:
        """Return the decisions of these lines; of two on one thing the first counts."""
        lines = tuple(lines)
        anywhere: dict[Who, Decision] = {}
        here: dict[tuple[str, str, str], Decision] = {}
        for line in lines:
            if line.document:
                here.setdefault(line.about, line)
            else:
                anywhere.setdefault(line.candidate, line)
        named: dict[Who, dict[str, Decision]] = {}
        for line in anywhere.values():
            if line.verb != "never":
                named.setdefault(line.entity, {})[outline(line.name)] = line
        accepted = {line.entity: line for line in anywhere.values() if line.verb == "accept"}
        # An accepted candidate may be found under its own key from then on.
        for line in tuple(here.values()):
            other = anywhere.get(line.candidate)
            if other and other.verb == "accept":
                here.setdefault((*other.entity, line.document), line)
        return cls(lines, anywhere, here, named, accepted)

    def on(self, who: Who, surface: str, document: str) -> Decision | None:
        """Return the decision on what a finder took for `who`, printed so in a document.

        A name that an alias has given to its entity is decided on as the candidate that it was.
        """
        never = self.here.get((*who, document))
        if never is not None:
            return never
        names = self.named.get(who)
        line = names.get(outline(surface)) if names else None
        line = line or self.anywhere.get(who) or self.accepted.get(who)
        if line is not None and line.verb == "alias":
            return self.here.get((*line.candidate, document), line)
        return line
