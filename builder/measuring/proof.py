"""Proves a measure: its rules gather what its examples mark, and name only what is known."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from builder.annotate import annotate
from builder.catalogue import Catalogue
from builder.claiming.statements import statements_of
from builder.countries import country_entities
from builder.measuring.rules import Measure
from builder.model import Problem
from builder.read import source_from_bytes
from builder.structure import structure

# "includes [159] countries and 15 organizations"
_MARKED = re.compile(r"\[(?P<surface>[^\[\]]+)\]")


def prove(measure: Measure, catalogue: Catalogue) -> Iterator[Problem]:
    """Yield a problem for each name that nobody knows, and each example that does not hold."""
    unknown = list(_unknown_names(measure, catalogue))
    yield from unknown
    if unknown:
        return
    for example in measure.examples:
        yield from _unproved(measure, example, catalogue)
    for example in measure.counterexamples:
        found = gathered_from(measure, _without_marks(example), catalogue)
        if found:
            what = f'"{measure.key}" gathers {_quoted(found)} from "{example}", which it must not'
            yield Problem(measure.place, what, "ask for more in its rules")


def _unproved(measure: Measure, example: str, catalogue: Catalogue) -> Iterator[Problem]:
    """Yield a problem unless the rules gather what is marked, and nothing else."""
    wanted = [match["surface"] for match in _MARKED.finditer(example)]
    if not wanted:
        what = f'"{measure.key}" does not say what it gathers from the example "{example}"'
        yield Problem(measure.place, what, "mark in [brackets] what it gathers")
        return
    found = gathered_from(measure, _without_marks(example), catalogue)
    if found != wanted:
        what = f'"{measure.key}" gathers {_quoted(found)} from the example "{example}"'
        yield Problem(measure.place, what, f"it should gather {_quoted(wanted)}")


def _without_marks(example: str) -> str:
    return _MARKED.sub(r"\g<surface>", example)


def _quoted(surfaces: list[str]) -> str:
    return ", ".join(f'"{surface}"' for surface in surfaces) or "nothing"


def gathered_from(measure: Measure, text: str, catalogue: Catalogue) -> list[str]:
    """Return the figures, as printed, that the rules gather from a passage."""
    document = structure(source_from_bytes(text.encode(), "example.txt"))
    return [
        statement.mention.surface
        for statement in statements_of(annotate(document, catalogue))
        if measure.gathers(statement)
    ]


def _unknown_names(measure: Measure, catalogue: Catalogue) -> Iterator[Problem]:
    for rule in measure.rules:
        for names in (rule.beside, rule.named):
            yield from _unknown_keys(measure, names, catalogue)


def _unknown_keys(
    measure: Measure, names: Mapping[str, tuple[str, ...]], catalogue: Catalogue
) -> Iterator[Problem]:
    for kind, keys in names.items():
        known = country_entities() if kind == "country" else catalogue.entities(kind)
        for key in keys:
            if key not in known:
                what = f'"{measure.key}" asks for the {kind} "{key}", which nobody knows'
                hint = "write the last part of the address of its page"
                yield Problem(measure.place, what, hint)
