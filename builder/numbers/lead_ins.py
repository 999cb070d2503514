"""Reads what the words before a list say of the figures in it: "shall be at least: (i) $15"."""

from __future__ import annotations

import re
from typing import NamedTuple

from builder.model import Bound, Comparator, Status
from builder.numbers.bounds import bound_at_end
from builder.numbers.clauses import Known, clause_of
from builder.numbers.leads import subject_of
from builder.numbers.periods import periods_in
from builder.numbers.phrases import Said, is_listed, said
from builder.numbers.shares import SHARES
from builder.numbers.statuses import last_status, signs_of
from builder.quoted_sentences import sentences


class LeadIn(NamedTuple):
    """What earlier words say of a figure whose own sentence does not.

    `counted` is what the count before counts, `measured` what the measure before measures, `last`
    what the last figure of any kind counts. Of the words that lead into a list, `status` and
    `period` are those they tell, `thing` their subject
    ("the wage shall be:"), `bound` their end ("at least:", with its rule). `dated` is the time of
    the last figure.
    """

    counted: Said | None = None
    measured: Said | None = None
    last: Said | None = None
    status: Status | None = None
    period: str | None = None
    thing: Said | None = None
    bound: tuple[Bound, Comparator, str] | None = None
    dated: str | None = None

    def only_noun(self) -> LeadIn:
        """Return what still holds in the next sentence: the noun, and the time of "this"."""
        return LeadIn(self.counted, self.measured, self.last, dated=self.dated)

    def after(self, of: Said | None, unit: str) -> LeadIn:
        """Return what still holds behind a figure that counts `of`."""
        if of is None:
            return self
        if unit.isupper() or unit in SHARES:
            return LeadIn(self.counted, self.measured, of)
        return LeadIn(of, self.measured, of) if unit == "count" else LeadIn(self.counted, of, of)


NOTHING = LeadIn()
# A block that speaks of what the block before it counted: "Of this amount, 819 kilograms were"
_OF_THESE = re.compile(r"(?:Of|Among) (?:this|these|those|them|that)\b")
# An item of a list, where the document does not mark it as one: "(i) $15 per hour; and"
_ITEM = re.compile(r"\(?(?:[a-z]|[ivx]{1,4}|[0-9]{1,2})[.)] |[-–•*] ", re.I)


def speaks_of_these(text: str) -> bool:
    """Tell whether a block goes on about what the one before it counted."""
    return _OF_THESE.match(text) is not None


def is_item(text: str, kind: str) -> bool:
    """Tell whether a block goes on with the list that the words before it lead into."""
    return kind == "item" or _ITEM.match(text) is not None


def lead_in_of(text: str, before: LeadIn) -> LeadIn:
    """Return what a block that ends in a colon says of the list behind it."""
    around = sentences(text)[-1]
    first, last = around.start, around.end
    frames = [
        frame for frame in periods_in(text, (first, last)) if not frame.rate and not frame.compared
    ]
    clause = clause_of(text, first, last, [Known(f.start, f.end, "Y") for f in frames])
    period = text[frames[-1].shown[0] : frames[-1].shown[1]] if frames else None
    verb = max(clause.codes.rfind(code) for code in "XVv")
    measuring = verb > 0 and (
        clause.codes[verb] == "X" or is_listed(clause.heads[verb], "measuring")
    )
    thing = said(clause, subject_of(clause, verb), "words before the list") if measuring else None
    status = last_status(signs_of(clause, first, last))
    bound = bound_at_end(text[:-1].rstrip())
    return LeadIn(before.counted, before.measured, before.last, status, period, thing, bound)
