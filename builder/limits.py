"""How much of a file is taken in: what is larger is refused with a message, before it is read.

`mkdocs.yml` may set each under the plugin's options, by the same name; 0 stands for no limit.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


class Limit(NamedTuple):
    """One limit: the option that sets it, and how much it lets pass."""

    option: str
    most: int

    def passed_by(self, amount: int) -> bool:
        """Tell whether so much is too much."""
        return 0 < self.most < amount

    def told(self, what: str) -> tuple[str, str]:
        """Return what a message says of a file that holds more than so much, and its hint."""
        raised = f"or set {self.option} in mkdocs.yml, under the plugin collection"
        return f"{what} than {self.most:,}", f"make it smaller, {raised}"


@dataclass(frozen=True, slots=True)
class Limits:
    """What a collection takes in.

    `max_source_bytes`, `max_source_lines` and `max_line_length` (in characters) hold for each
    document, `max_front_matter` (in characters) for its front matter. `max_yaml_bytes` holds for
    each file of the editors: manifest, catalogue, archived copies. Brackets and indents of YAML go
    `max_yaml_depth` levels deep, which has to have an end.
    """

    max_source_bytes: int = 10_000_000
    max_source_lines: int = 50_000
    max_line_length: int = 1_000_000
    max_front_matter: int = 100_000
    max_yaml_bytes: int = 10_000_000
    max_yaml_depth: int = 50

    def of(self, option: str) -> Limit:
        """Return the limit that an option sets."""
        return Limit(option, getattr(self, option))


USUAL = Limits()
"""What holds where `mkdocs.yml` says nothing."""

NO_LIMITS = Limits(0, 0, 0, 0, 0, 0)
"""What holds for bytes that were taken in before."""

DEEPEST = 500
"""Deeper than this, what reads YAML would break; no option goes beyond it."""

MOST_JOBS = 1_000
"""More processes than these no machine has a use for."""

MOST = 1_000_000_000_000
"""What any other number may be: a larger one is a slip of the hand."""
