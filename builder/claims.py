"""Gathers the figures of a document into claims: what says the same is one claim with its repeats.

A *statement* is one figure where it stands; a *claim* is what one or more statements say.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from builder.claiming.same import same_statements
from builder.claiming.statements import Statement, Who, statements_of
from builder.kinds import KINDS
from builder.model import Annotated, Document, Figure

__all__ = ["Claim", "Statement", "Who", "find_claims"]

_SHOWN_KINDS = frozenset(kind.name for kind in KINDS if kind.by_figures)


@dataclass(frozen=True, slots=True)
class Claim:
    """What a document states with a number, where it first does, and where it says it again.

    `named` are the programs and countries of the passages of its statements, the first's first.
    """

    document: Document
    stated: Statement
    repeats: tuple[Statement, ...] = ()
    named: tuple[Who, ...] = ()

    @property
    def id(self) -> str:
        """The claim's address in its document, which is its first figure's: "p12-f1"."""
        return self.stated.mention.id or ""

    @property
    def ids(self) -> Sequence[str]:
        """The address of each of its statements, "" where it has none."""
        return [statement.mention.id or "" for statement in self.statements]

    @property
    def length(self) -> int:
        """How many characters the sentence of its first statement has."""
        return len(self.stated.words)

    @property
    def figure(self) -> Figure:
        """The figure as first stated."""
        return self.stated.figure

    @property
    def whole(self) -> Claim:
        """The claim with all that its document tells of it; an index may hold less."""
        return self

    @property
    def statements(self) -> tuple[Statement, ...]:
        """Every statement of the claim, in text order."""
        return (self.stated, *self.repeats)


def find_claims(one: Annotated) -> Iterator[Claim]:
    """Yield the claims of a document, in the order in which they are first stated."""
    statements = statements_of(one)
    shown: dict[int, tuple[Who, ...]] = {}
    for claim in same_statements(statements, one.document):
        named: dict[Who, None] = {}
        for statement in claim:
            block = statement.mention.block
            if block not in shown:
                shown[block] = _shown(statement.named)
            named.update(dict.fromkeys(shown[block]))
        yield Claim(one.document, claim[0], tuple(claim[1:]), tuple(named))


def _shown(named: Sequence[Who]) -> tuple[Who, ...]:
    return tuple(who for who in named if who[0] in _SHOWN_KINDS)
