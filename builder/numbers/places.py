"""Where a figure stands in its sentence, for all who read what is said of it."""

from __future__ import annotations

from typing import NamedTuple

from builder.numbers.clauses import Clause
from builder.numbers.leads import Lead
from builder.numbers.phrases import Said


class Place(NamedTuple):
    """A figure in its clause: its chunk, what leads up to it, and what the one before counts.

    `alike` is what the last figure of the same kind counts, be it in the sentence before; `last`
    what the last one of whatever kind counts there. `needy` says that the number claims nothing
    unless a noun stands by it.
    """

    clause: Clause
    chunk: int
    lead: Lead
    previous: Said | None
    alike: Said | None
    last: Said | None
    needy: bool = False

    def again(self) -> Said | None:
        """Return what the figure before this one counts, where this one speaks of the same."""
        return self.previous.again() if self.previous else None

    def alike_again(self) -> Said | None:
        """Return what the last figure counts, or that of the same kind in the sentence before."""
        return self.again() or (self.alike.again() if self.alike else None)

    def last_again(self) -> Said | None:
        """Return what the sentence before counts where "this" or "they" stands for it."""
        return self.last.again() if self.last and self.lead.pronoun else None

    def only_alike(self) -> Said | None:
        """Return what the last figure of the same kind counts, for one without a noun."""
        return self.alike.again() if self.alike else None
