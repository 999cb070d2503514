"""Says what speaks for or against a figure's being the same as another."""

from __future__ import annotations

from builder.claiming.doings import are_parallel, months, sides, take_other_sides
from builder.claiming.names import lacking
from builder.claiming.surroundings import TELLING_DIGITS, Surroundings
from builder.claiming.words import counted_head
from builder.strict_yaml import load_data

_PROVISIONAL = frozenset({"reported", "estimated"})

# How much of the shorter sentence's words the other must hold, and how many.
_ALIKE = 0.6
_ALIKE_WORDS = 3
# The same of the longer one, for "two questions" and "seven days", of which everybody speaks.
_HARDLY_OTHER, _HARDLY_OTHER_WORDS = 0.75, 5


class Context(Surroundings):
    """A statement with its surroundings, as it is compared with others of the same number."""

    def says_the_same(self, other: Context) -> bool:
        """Tell whether two statements of the same number say the same of the same."""
        if self.vague or self._change_differs(other) or not self.counts_the_same(other):
            return False
        if self.shares_sentence(other):
            return self._is_said_twice(other)
        return not self.contradicts(other) and self._is_supported(other)

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
        return (
            _apart(self.countries, other.countries)
            or self._stands_elsewhere(other)
            or self._is_done_otherwise(other)
            or self._names_others(other)
        )

    def _change_differs(self, other: Context) -> bool:
        """Tell whether a rise stands against a number; a headline may leave "by" out."""
        mine, its = self.figure.change, other.figure.change
        if mine == its:
            return False
        return not (
            (mine is None and self.heading and _tells_of(its, self.all_words))
            or (its is None and other.heading and _tells_of(mine, other.all_words))
        )

    def _is_said_twice(self, other: Context) -> bool:
        """Tell whether a sentence says a change of one thing again: "fell by …, a … decline"."""
        same = self.figure.change is not None and self.counted and self.counted == other.counted
        return bool(same) and self.digits > 1 and self.figure.period == other.figure.period

    def _stands_elsewhere(self, other: Context) -> bool:
        """Tell whether the two are lines of two records, or of two lists."""
        if not self.label or not other.label:
            return False
        if self.label == other.label != "item":
            return self.statement.mention.block != other.statement.mention.block
        return self.common or self.under != other.under

    def _is_done_otherwise(self, other: Context) -> bool:
        """Tell whether what is done, when, or on which side of a pair keeps the two apart."""
        mine, its = self.statement, other.statement
        if self.is_denied != other.is_denied or _differ(months(mine.words), months(its.words)):
            return True
        if _differ(self.dates, other.dates) or take_other_sides(
            sides(mine.words), sides(its.words)
        ):
            return True
        if self.heading or other.heading:
            return False
        if self.deed and other.deed and self.deed != other.deed:
            return True
        return are_parallel(mine.words, its.words)

    def _names_others(self, other: Context) -> bool:
        """Tell whether each names somebody or something that the other does not name."""
        return lacking(self.names, other.names, other.all_words) and lacking(
            other.names, self.names, self.all_words
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
        if self.heading or other.heading:
            return not self.telling or self._is_told_of_alike(other)
        if self.common:
            if _apart(self.numbers, other.numbers):
                return False
            return self._is_told_alike(other, _HARDLY_OTHER_WORDS, of_longer=True)
        if self.telling:
            return self._is_told_of_alike(other)
        # "11 core coalition countries" are "the 11 core countries"; "100" of either would say less.
        if len(self.counted & other.counted) > 1 and (
            self.counted == other.counted or self.digits > 1
        ):
            return True
        if self.counted and other.counted:
            # "Nearly 1.5 billion" tells as much as another digit would.
            bounded = self.figure.bound != "exact" and self.digits + 1 >= TELLING_DIGITS
            if bounded or self.programs & other.programs:
                return True
        return self._is_told_alike(other)

    def _is_told_of_alike(self, other: Context) -> bool:
        """Tell whether both say what is counted, or have another word in common."""
        return bool((self.counted and other.counted) or self.words & other.words)

    def _is_told_alike(
        self, other: Context, least_words: int = _ALIKE_WORDS, *, of_longer: bool = False
    ) -> bool:
        """Tell whether the two sentences have most words in common, and what is counted too."""
        if not (self.counted and other.counted) and not (
            self.counted <= other.words and other.counted <= self.words
        ):
            return False
        if _apart(self.people, other.people):
            return False
        shared = len(self.words & other.words)
        lengths = (len(self.words), len(other.words))
        if of_longer:
            return shared >= least_words and shared / max(lengths) >= _HARDLY_OTHER
        return shared >= least_words and shared / (min(lengths) or 1) >= _ALIKE


def _apart(mine: frozenset[str], its: frozenset[str]) -> bool:
    """Tell whether each names something that the other does not."""
    return bool(mine - its) and bool(its - mine)


def _differ(mine: frozenset[str], its: frozenset[str]) -> bool:
    """Tell whether both say something, and nothing in common."""
    return bool(mine and its) and not mine & its


def _tells_of(change: str | None, words: frozenset[str]) -> bool:
    """Tell whether words that the reading of a figure missed tell of its rise or fall."""
    data = load_data("claims")
    return not words.isdisjoint((*data[f"{change}_verbs"], *data[f"{change}_nouns"]))
