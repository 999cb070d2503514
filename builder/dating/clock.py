"""What a document's dates are read against: its own date, its publisher's year, its order of days.

Nothing is guessed: what the document leaves open is `Unread`, with the reason.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from builder.dating.edtf import Reference, parse_reference
from builder.dating.vocabulary import fiscal_years
from builder.model import Metadata
from builder.web_address import host_of

# "6/26/23", "26.6.2023": which number is the month shows only where the other is above 12
_IN_DIGITS = re.compile(
    r"(?P<first>[0-9]{1,2})(?P<mark>[/.-])(?P<second>[0-9]{1,2})(?P=mark)"
    r"(?:[0-9]{4}|[0-9]{2})(?![0-9/-]|\.[0-9])"
)
# Dates in digits beyond these many tell nothing new.
_ENOUGH = 200


# The rule of what is not stated in full, so that pages show how it was read.
COUNTED = "counted from the document's date"


@dataclass(frozen=True, slots=True)
class Unread:
    """Why words that look like a date are not read as one: the name of a rule."""

    rule: str


NO_DAY = Unread("not a date: no such day")
NO_DOCUMENT_DATE = Unread("not resolved: the document's own date is not known")
SEVERAL = Unread("not resolved: more than one day could be meant")
DAY_OR_MONTH = Unread("not resolved: day or month first")
STRETCH = Unread("not a date: a stretch of time")
EVENT = Unread("not a date: a day that stands for an event")
COUNT = Unread("not a date: a count")
LAW = Unread("not a date: the year in a law's name")
NO_CUE = Unread("not a date: no word beside it that makes it one")
SAYING = Unread("not a date: today or tomorrow in general")


@dataclass(frozen=True)
class Clock:
    """What a document's dates are read against.

    `reference` is its date; `fiscal` the month in which its publisher's fiscal year begins; `texts`
    show in which order it writes dates in digits.
    """

    reference: Reference | None = None
    fiscal: int = 10
    texts: Sequence[str] = ()

    @cached_property
    def month_first(self) -> bool | None:
        """The order that all unambiguous dates in digits of the document have, if they do."""
        dates = islice((match for text in self.texts for match in _in_digits(text)), _ENOUGH)
        orders = {second > 12 for first, second in dates if (first > 12) != (second > 12)}
        return orders.pop() if len(orders) == 1 else None


def _in_digits(text: str) -> Iterator[tuple[int, int]]:
    for match in _IN_DIGITS.finditer(text):
        start = match.start()
        if not start or text[start - 1] not in "0123456789/.-":
            yield int(match["first"]), int(match["second"])


def clock_of(metadata: Metadata, texts: Sequence[str]) -> Clock:
    """Return the clock of a document with these folded texts."""
    reference = parse_reference(metadata.date.value)
    return Clock(reference, _fiscal_month(metadata.url.value), texts)


def _fiscal_month(url: str | None) -> int:
    country = host_of(url).rpartition(".")[2]
    return fiscal_years().get(country, 10)
