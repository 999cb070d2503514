"""What stands around a figure and speaks for or against its being the same as another."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, cached_property

from builder.claiming.statements import Statement
from builder.claiming.words import (
    counted_head,
    counted_words,
    period_words,
    sentence_words,
    stem,
    years,
)
from builder.fold import fold
from builder.model import Document, Figure
from builder.strict_yaml import load_data

# A word with a capital letter: "Ohio", "Biden-Harris" (two)
_CAPITALIZED = re.compile(r"\b[A-Z][A-Za-z']+")
_LOWER_CASE = re.compile(r"(?<![\w'])[a-z]+")
_TELLING_DIGITS = (
    3  # "159" and "1.55 billion" are seldom said of two things, "100" and "$5 million" often
)
_PROVISIONAL = frozenset({"reported", "estimated"})

# How much of the shorter sentence's words the other must hold, and how many.
_ALIKE = 0.6
_ALIKE_WORDS = 3


@cache
def _no_names() -> frozenset[str]:
    data = load_data("same_claims")
    return frozenset({*data["no_names"], *data["function_words"]})


@dataclass(frozen=True)
class Context:
    """A statement and, worked out when first asked for, what its comparison needs.

    `no_names` are the words that the document writes small somewhere.
    """

    statement: Statement
    no_names: frozenset[str]

    def says_the_same(self, other: Context) -> bool:
        """Tell whether two statements of the same number say the same of the same."""
        if self.vague or self.shares_sentence(other) or not self.counts_the_same(other):
            return False
        return not self.contradicts(other) and self._is_supported(other)

    @cached_property
    def figure(self) -> Figure:
        return self.statement.figure

    @cached_property
    def vague(self) -> bool:
        """Whether there is no number: "dozens" says too little to be the same as another."""
        return self.figure.value is None and self.figure.low is None and self.figure.high is None

    @cached_property
    def heading(self) -> bool:
        return self.statement.block.kind == "heading"

    @cached_property
    def counted(self) -> frozenset[str]:
        return counted_words(self.figure.of)

    @cached_property
    def period(self) -> frozenset[str]:
        return period_words(self.figure.period)

    @cached_property
    def words(self) -> frozenset[str]:
        return sentence_words(self.statement.words)

    @cached_property
    def years(self) -> frozenset[str]:
        return years(self.statement.words)

    @cached_property
    def programs(self) -> frozenset[str]:
        """The programs that the sentence names, or else the passage."""
        return self._beside("program") or frozenset(
            key for kind, key in self.statement.named if kind == "program"
        )

    @cached_property
    def countries(self) -> frozenset[str]:
        return self._beside("country")

    @cached_property
    def organizations(self) -> frozenset[str]:
        return self._beside("organization")

    @cached_property
    def people(self) -> frozenset[str]:
        return self._beside("person")

    def _beside(self, kind: str) -> frozenset[str]:
        return frozenset(key for named, key in self.statement.named_beside if named == kind)

    @cached_property
    def unknown_names(self) -> frozenset[str]:
        """The words that look like names of which no index knows: "Ohio"."""
        sentence = self.statement.sentence
        known = [mention.at for mention in self.statement.beside]
        found = set()
        for match in _CAPITALIZED.finditer(self.statement.words):
            start = sentence.start + match.start()
            if not any(at.start <= start < at.end for at in known):
                found.add(stem(fold(match[0])))
        return frozenset(found - self.no_names - _no_names())

    @cached_property
    def digits(self) -> int:
        """How many digits the number has without the zeros at its ends."""
        figure = self.figure
        ends = (figure.value, figure.low, figure.high)
        return max(
            len(f"{end:.12g}".replace(".", "").strip("-0")) for end in ends if end is not None
        )

    @cached_property
    def telling(self) -> bool:
        """Whether the number has so many digits that it is hardly said of two things."""
        return not self.vague and self.digits >= _TELLING_DIGITS

    def shares_sentence(self, other: Context) -> bool:
        """Tell whether both stand in one sentence, which says hardly anything twice."""
        mine, its = self.statement, other.statement
        return mine.mention.block == its.mention.block and mine.sentence == its.sentence

    def counts_the_same(self, other: Context) -> bool:
        """Tell whether both count the same, or one says less of it: "deaths", "overdose deaths"."""
        mine, its = self.counted, other.counted
        if mine <= its or its <= mine:
            return True
        shared = len(mine & its) / len(mine | its)
        same_head = counted_head(self.figure.of) == counted_head(other.figure.of)
        return self.telling and same_head and shared >= 0.4

    def contradicts(self, other: Context) -> bool:
        """Tell whether something says that the two are not the same."""
        if self._status_differs(other) or self._period_differs(other):
            return True
        if self.programs and other.programs and not self.programs & other.programs:
            return True
        if _apart(self.countries, other.countries):
            return True
        if self.telling and self.counted and other.counted and self.counts_the_same(other):
            return False
        if self.heading or other.heading:
            return False
        return _apart(self.organizations, other.organizations) or _apart(
            self.unknown_names, other.unknown_names
        )

    def _status_differs(self, other: Context) -> bool:
        mine, its = self.figure.status, other.figure.status
        if mine == its or {mine, its} == _PROVISIONAL:
            return False
        # A heading has no room to say "requested".
        return not ((self.heading and mine == "reported") or (other.heading and its == "reported"))

    def _period_differs(self, other: Context) -> bool:
        if self.period and other.period:
            return self.period != other.period
        return bool(self.years and other.years) and not self.years & other.years

    def _is_supported(self, other: Context) -> bool:
        """Tell whether more than an equal number speaks for the same statement."""
        if self.telling or self.heading or other.heading:
            return True
        # "11 core coalition countries" are "the 11 core countries"; "100" of either would say less.
        if len(self.counted & other.counted) > 1 and (
            self.counted == other.counted or self.digits > 1
        ):
            return True
        if self.counted and other.counted:
            # "Nearly 1.5 billion" tells as much as another digit would.
            bounded = self.figure.bound != "exact" and self.digits + 1 >= _TELLING_DIGITS
            if bounded or self.programs & other.programs:
                return True
        return self._is_told_alike(other)

    def _is_told_alike(self, other: Context) -> bool:
        """Tell whether the two sentences have most words in common, and what is counted too."""
        if not (self.counted and other.counted) and not (
            self.counted <= other.words and other.counted <= self.words
        ):
            return False
        if _apart(self.people, other.people):
            return False
        shared = len(self.words & other.words)
        least = min(len(self.words), len(other.words)) or 1
        return shared >= _ALIKE_WORDS and shared / least >= _ALIKE


def _apart(mine: frozenset[str], its: frozenset[str]) -> bool:
    """Tell whether each names something that the other does not."""
    return bool(mine - its) and bool(its - mine)


def lower_case_words(document: Document) -> frozenset[str]:
    """Return the words that a document writes small somewhere, which therefore are no names."""
    found: set[str] = set()
    for block in document.passages:
        found.update(map(stem, _LOWER_CASE.findall(block.text)))
    return frozenset(found)
