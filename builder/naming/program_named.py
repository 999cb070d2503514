"""A program name met in a text."""

from __future__ import annotations

from dataclasses import dataclass

from builder.slugs import slugify


@dataclass(frozen=True, slots=True)
class Named:
    """A program name met in a text; `core_end` is where the keyword ends.

    `rule` is the rule behind it; `is_small` marks a name whose keyword is in lower case.
    """

    start: int
    end: int
    core_end: int
    name: str
    sort: str
    rule: str
    is_small: bool = False

    @property
    def key(self) -> str:
        """The key of the program as a candidate."""
        return slugify(self.name)
