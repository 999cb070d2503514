"""Where a figure stands in its sentence, for all who read what is said of it."""

from __future__ import annotations

from dataclasses import dataclass

from builder.numbers.clauses import Clause
from builder.numbers.leads import Lead
from builder.numbers.phrases import Said


@dataclass(frozen=True, slots=True)
class Place:
    """A figure in its clause: its chunk, what leads up to it, and what the one before counts.

    `needy` says that the number claims nothing unless a noun stands by it.
    """

    clause: Clause
    index: int
    lead: Lead
    previous: Said | None
    needy: bool = False

    def again(self) -> Said | None:
        """Return what the figure before this one counts, where this one speaks of the same."""
        return self.previous.again() if self.previous else None
