"""A measure and its rules: which figures of the documents it gathers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from builder.claiming.statements import Statement, Who
from builder.measuring.words import NO_WORDS, Words
from builder.model import Figure, Place

Address = tuple[str, str]
"""A figure as (the document's slug, the figure's id)."""


@dataclass(frozen=True, slots=True)
class Rule:
    """What a figure must be to be gathered; every part that is given must hold.

    `beside` and `named` give, for each kind, keys of which the sentence or the passage must name
    one. `change` holds "increase", "decrease" or "none", `least` and `most` are limits of the
    value, both ends of a range within them.
    """

    of: Words = NO_WORDS
    sentence: Words = NO_WORDS
    passage: Words = NO_WORDS
    period: Words = NO_WORDS
    beside: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    named: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    status: tuple[str, ...] = ()
    change: tuple[str, ...] = ()
    least: float | None = None
    most: float | None = None

    def gathers(self, statement: Statement) -> bool:
        """Tell whether the rule gathers a figure; what is cheap to ask is asked first."""
        figure = statement.figure
        return (
            (not self.status or figure.status in self.status)
            and (not self.change or (figure.change or "none") in self.change)
            and self._is_within(figure)
            and (not self.named or _names(self.named, frozenset(statement.named)))
            and (not self.beside or _names(self.beside, statement.named_beside))
            and self.of.hold(figure.of)
            and self.period.hold(figure.period)
            and self.sentence.hold(statement.words)
            and self.passage.hold(statement.block.text)
        )

    def _is_within(self, figure: Figure) -> bool:
        if self.least is None and self.most is None:
            return True
        ends = [end for end in (figure.value, figure.low, figure.high) if end is not None]
        return bool(ends) and all(
            (self.least is None or end >= self.least) and (self.most is None or end <= self.most)
            for end in ends
        )


def _names(wanted: Mapping[str, tuple[str, ...]], named: frozenset[Who]) -> bool:
    return all(any((kind, key) in named for key in keys) for kind, keys in wanted.items())


@dataclass(frozen=True, slots=True)
class Measure:
    """Something that documents state numbers of, gathered across them under one address.

    `units` are the units of its figures. Editors settle doubt with `include` and `exclude`. `was`
    are keys that it had before: their addresses lead to its page.
    """

    key: str
    name: str
    about: str
    units: tuple[str, ...]
    rules: tuple[Rule, ...] = ()
    include: tuple[Address, ...] = ()
    exclude: tuple[Address, ...] = ()
    examples: tuple[str, ...] = ()
    counterexamples: tuple[str, ...] = ()
    was: tuple[str, ...] = ()
    place: Place = field(default=Place("", 0), compare=False)

    @property
    def names(self) -> tuple[Who, ...]:
        """The entities for which its rules ask."""
        asked = (names for rule in self.rules for names in (rule.beside, rule.named))
        return tuple(
            dict.fromkeys((kind, key) for names in asked for kind in names for key in names[kind])
        )

    def gathers(self, statement: Statement) -> bool:
        """Tell whether one of the rules gathers a figure; hand-picked ones are another matter."""
        return statement.figure.unit in self.units and any(
            rule.gathers(statement) for rule in self.rules
        )
