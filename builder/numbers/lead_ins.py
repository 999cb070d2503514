"""Reads what the words before a list say of the figures in it: "shall be at least: (i) $15"."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from builder.model import Status
from builder.numbers.clauses import Known, clause_of
from builder.numbers.periods import periods_in
from builder.numbers.phrases import Said
from builder.numbers.statuses import last_status, signs_of
from builder.quoted_sentences import sentences


@dataclass(frozen=True, slots=True)
class LeadIn:
    """What earlier words say of a figure whose own sentence does not.

    `counted` is what the figure before counts, `status` and `period` those of the words that lead
    into a list.
    """

    counted: Said | None = None
    status: Status | None = None
    period: str | None = None

    def only_noun(self) -> LeadIn:
        """Return what still holds in the next sentence: the noun."""
        return replace(self, status=None, period=None)


NOTHING = LeadIn()
# An item of a list, where the document does not mark it as one: "(i) $15 per hour; and"
_ITEM = re.compile(r"\(?(?:[a-z]|[ivx]{1,4}|[0-9]{1,2})[.)] |[-–•*] ", re.I)


def is_item(text: str, kind: str) -> bool:
    """Tell whether a block goes on with the list that the words before it lead into."""
    return kind == "item" or _ITEM.match(text) is not None


def lead_in_of(text: str, counted: Said | None) -> LeadIn:
    """Return what a block that ends in a colon says of the list behind it."""
    around = sentences(text)[-1]
    first, last = around.start, around.end
    frames = [
        frame for frame in periods_in(text, (first, last)) if not frame.rate and not frame.compared
    ]
    clause = clause_of(text, first, last, [Known(f.start, f.end, "Y") for f in frames])
    period = text[frames[-1].shown[0] : frames[-1].shown[1]] if frames else None
    return LeadIn(counted, last_status(signs_of(clause, first, last)), period)
