"""The rules of the finders, by kind and name: what `builder annotate --explain` tells.

A rule is one reason why something is marked, why it is read as it is, or why it is passed over. Its
row in `builder/data/rules/<kind>.yaml` says in plain words what it does; rules that are themselves
rows of a knowledge file (each mask, each trap) are taken from there. Examples and counter-examples
of every rule stand in `tests/cases/rules/<kind>.yaml`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from builder.strict_yaml import load_data

# Knowledge files whose rows are rules: kind → (what the rule's name begins with, file, list in it).
_ROWS_THAT_ARE_RULES = {
    "figure": (
        ("not a figure", "masks", "labels"),
        ("not a figure", "masks", "tokens"),
        ("not a figure", "masks", "digits"),
        ("not a figure", "masks", "words"),
    ),
    "country": (
        ("not a country", "country_traps", "stops"),
        ("not a country", "country_traps", "doubts"),
    ),
}


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of one kind; `about` is a sentence for a reader who knows no code."""

    kind: str
    name: str
    about: str


@cache
def rules_of(kind: str) -> Mapping[str, Rule]:
    """Return the rules of a kind by name."""
    return {rule.name: rule for rule in _rules_of(kind)}


def _rules_of(kind: str) -> Iterator[Rule]:
    if (files("builder") / "data" / "rules" / f"{kind}.yaml").is_file():
        for row in load_data(f"rules/{kind}"):
            yield Rule(kind, row["rule"], row["about"])
    for part, file, listed in _ROWS_THAT_ARE_RULES.get(kind, ()):
        for row in load_data(file)[listed]:
            yield Rule(kind, f"{part}: {row['name']}", row.get("about", row["name"]))
