"""Works out what stands around a figure, each thing when it is first asked for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, cached_property

from builder.claiming.doings import deed, is_denied
from builder.claiming.names import Names, all_words, names_of
from builder.claiming.statements import Statement
from builder.claiming.words import counted_words, period_words, sentence_words, years
from builder.fold import fold
from builder.model import Figure
from builder.strict_yaml import load_data

# A line of a record, the same in every record: "Sentence: 120 months of imprisonment"
_LABEL = re.compile(r"(?P<label>[A-Z][\w'/-]*(?: [\w'/-]+){0,3}):(?= )")
_DIGITS = re.compile(r"\d+(?:[.,]\d+)*")  # "2.67", "1,250"
# "159" and "1.55 billion" are seldom said of two things, "100" and "$5 million" often.
TELLING_DIGITS = 3
_FEW = 10


@cache
def _times() -> frozenset[str]:
    return frozenset(row["unit"] for row in load_data("units") if row.get("kind") == "time")


@dataclass(frozen=True)
class Surroundings:
    """A statement and, worked out when first asked for, what its comparison needs.

    `no_names` are the words that the document writes small somewhere; `under` is the heading, or
    the line with a name, below which it stands.
    """

    statement: Statement
    no_names: frozenset[str]
    under: str = ""

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
    def numbers(self) -> frozenset[str]:
        """The numbers in digits that the sentence holds, its own too."""
        return frozenset(_DIGITS.findall(self.statement.words))

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
    def people(self) -> frozenset[str]:
        return self._beside("person")

    def _beside(self, kind: str) -> frozenset[str]:
        return frozenset(key for named, key in self.statement.named_beside if named == kind)

    @cached_property
    def countries(self) -> frozenset[str]:
        """The countries that the sentence names, or else the passage."""
        return self._beside("country") or frozenset(
            key for kind, key in self.statement.named if kind == "country"
        )

    @cached_property
    def names(self) -> Names:
        return names_of(self.statement, self.no_names)

    @cached_property
    def all_words(self) -> frozenset[str]:
        return all_words(self.statement.words)

    @cached_property
    def dates(self) -> frozenset[str]:
        """The dates that the sentence gives to the day."""
        found = (mention.entity for mention in self.statement.beside if mention.kind == "date")
        return frozenset(date for date in found if len(date) == len("2017-04-11"))

    @cached_property
    def deed(self) -> str:
        return deed(self.statement)

    @cached_property
    def is_denied(self) -> bool:
        return is_denied(self.statement, anywhere=self.common)

    @cached_property
    def label(self) -> str:
        """What a line of a record begins with, or the kind of an item of a list."""
        match = _LABEL.match(self.statement.block.text)
        if match:
            return match["label"]
        return "item" if self.statement.block.kind == "item" else ""

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
        return not self.vague and self.digits >= TELLING_DIGITS

    @cached_property
    def common(self) -> bool:
        """Whether the number is one that is said of anything: "two", "180 days", "8-ounce"."""
        value = self.figure.value
        if "-" in fold(self.statement.mention.surface):
            return True
        few = self.figure.unit == "count" and value is not None and value <= _FEW
        return few or self.figure.unit in _times()
