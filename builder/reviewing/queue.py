"""The queue of candidates: names that finders have met and no editor has decided on yet.

Linear in mentions; of each candidate it keeps no more passages than will be shown.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import Any, Literal

from builder.index import by_date, known_entities
from builder.kinds import KINDS
from builder.model import Annotated, Block, Document, Entity, Mention
from builder.quoted_sentences import sentence_at
from builder.reviewing.decisions import Who
from builder.site_files import folder_of

Order = Literal["mentions", "documents", "name"]
SENTENCES = 2
"""So many passages are shown of a candidate unless somebody wants more."""

LONGEST_SENTENCE = 220


@dataclass(frozen=True, slots=True)
class Quoted:
    """A passage that names a candidate: its document, its block, and the mention there."""

    document: Document
    block: Block
    mention: Mention

    @property
    def address(self) -> str:
        """The passage's address on the site: "documents/port-plan/#p2"."""
        return f"{folder_of(self.document.slug)}#{self.block.anchor}"

    @property
    def sentence(self) -> str:
        """The sentence, cut around the mention where it is long, on one line."""
        text, at = self.block.text, self.mention.at
        whole = sentence_at(text, at)
        start = max(whole.start, min(at.start - 80, whole.end - LONGEST_SENTENCE))
        end = min(whole.end, max(start + LONGEST_SENTENCE, at.end))
        before, after = "…" * (start > whole.start), "…" * (end < whole.end)
        return f"{before}{' '.join(text[start:end].split())}{after}"


@dataclass(slots=True)
class Candidate:
    """A name found and not decided on, with what an editor needs to decide.

    `rules` counts the rules behind its mentions, `forms` the words that name it. `quoted` holds
    a passage of each of the newest documents, then further ones.
    """

    entity: Entity
    mentions: int = 0
    documents: dict[str, int] = field(default_factory=dict)
    rules: Counter[str] = field(default_factory=Counter)
    forms: Counter[str] = field(default_factory=Counter)
    quoted: list[Quoted] = field(default_factory=list)

    @property
    def who(self) -> Who:
        """The candidate as (kind, key)."""
        return (self.entity.kind, self.entity.key)


def queue_of(
    documents: Sequence[Annotated],
    entities: Mapping[str, Iterable[Entity]],
    *,
    sentences: int = SENTENCES,
) -> list[Candidate]:
    """Return all candidates of a collection, those of most mentions first.

    `entities` holds, for each kind, what the catalogue knows.
    """
    ordered = by_date(documents)
    known = known_entities((one.candidates for one in ordered), entities)
    paged = {kind.name for kind in KINDS if kind.pages}
    candidates: dict[Who, Candidate] = {}
    for one in ordered:
        for mention in one.mentions:
            who = (mention.kind, mention.entity)
            if mention.kind not in paged or (who in known and known[who].reviewed):
                continue
            block = one.document.blocks[mention.block]
            if who not in candidates:
                printed = block.text[mention.at.start : mention.at.end]
                candidates[who] = Candidate(known.get(who) or Entity(*who, printed, reviewed=False))
            _count(candidates[who], Quoted(one.document, block, mention), sentences)
    return in_order(candidates.values(), "mentions")


def _count(candidate: Candidate, quoted: Quoted, sentences: int) -> None:
    """Count a mention; keep its passage if wanted: one of each document, then further ones."""
    slug, at = quoted.document.slug, quoted.mention.at
    candidate.mentions += 1
    candidate.rules.update(quoted.mention.rules)
    candidate.forms[quoted.block.text[at.start : at.end]] += 1
    candidate.documents[slug] = candidate.documents.get(slug, 0) + 1
    kept = candidate.quoted
    if candidate.documents[slug] == 1:
        place = min(len(candidate.documents) - 1, len(kept))
        kept.insert(place, quoted)
        del kept[sentences:]
    elif len(kept) < sentences and all(one.block is not quoted.block for one in kept):
        kept.append(quoted)


@dataclass(frozen=True, slots=True)
class Filter:
    """Which candidates an editor wants to see; what is empty or 0 allows all.

    `match` holds patterns of names with `*` and `?`, of which one has to fit the whole name;
    capitals do not count. `documents` holds slugs, of which the candidate is named in one.
    """

    kinds: tuple[str, ...] = ()
    least: int = 0
    match: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()

    @classmethod
    def of(cls, given: Mapping[str, Any]) -> Filter:
        """Return the filter that a mapping of these four describes."""
        return cls(**given)

    def __bool__(self) -> bool:
        return bool(self.kinds or self.least or self.match or self.documents)

    def allows(self, candidate: Candidate) -> bool:
        """Tell whether a candidate is among the wanted ones."""
        name = candidate.entity.name.casefold()
        return (
            (not self.kinds or candidate.entity.kind in self.kinds)
            and candidate.mentions >= self.least
            and (not self.match or any(fnmatchcase(name, one.casefold()) for one in self.match))
            and (not self.documents or not candidate.documents.keys().isdisjoint(self.documents))
        )


def in_order(candidates: Iterable[Candidate], order: Order) -> list[Candidate]:
    """Return candidates by mentions or documents, most first, or by name; each order is total."""

    def rank(one: Candidate) -> tuple[int, str, str, str]:
        most = {"mentions": one.mentions, "documents": len(one.documents), "name": 0}[order]
        return (-most, one.entity.name.casefold(), *one.who)

    return sorted(candidates, key=rank)
