"""The table of kinds: what a collection is indexed by. Adding a kind is adding a row here.

A row and a catalogue file named as its plural make a whole kind: its mentions, its pages, its rows
in the data files. The table imports nothing of ours, so that the catalogue may read it; finders are
named as entry points are, and loaded when the first document is annotated.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Any


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of index.

    `plural` is its folder and the name of its catalogue file. `find` names the function that finds
    its mentions, "module:function"; without one, the names in the catalogue are looked for.
    `passed_over` names the function that tells what looks like a mention and is none.
    `claim` marks what a text states and does not name (figures, dates): it has no pages, and does
    not stand inside a name. `listed` says whether the catalogue may list entities, `ranked` whether
    the index is sorted by how much is said of them, `by_figures` whether the table of figures
    names them.
    """

    name: str
    plural: str
    title: str
    about: str
    find: str = ""
    passed_over: str = ""
    claim: bool = False
    listed: bool = True
    ranked: bool = False
    by_figures: bool = False

    @property
    def pages(self) -> bool:
        """Whether the kind has an index page, and each entity a page."""
        return not self.claim


KINDS: tuple[Kind, ...] = (
    Kind(
        "program",
        "programs",
        "Programs",
        "Initiatives, coalitions, strategies, statutes and funds that the documents name.",
        find="builder.programs:find_programs",
        by_figures=True,
    ),
    Kind(
        "country",
        "countries",
        "Countries",
        "Sovereign states that the documents name.",
        find="builder.countries:find_countries",
        passed_over="builder.countries:passed_over",
        listed=False,
        ranked=True,
        by_figures=True,
    ),
    Kind(
        "person",
        "people",
        "People",
        "Persons that the documents name.",
        find="builder.people:find_people",
    ),
    Kind(
        "organization",
        "organizations",
        "Organizations",
        "Departments, agencies, international bodies and criminal groups.",
        find="builder.organizations:find_organizations",
    ),
    Kind("substance", "substances", "Substances", "Drugs, precursors and medicines."),
    Kind(
        "figure",
        "figures",
        "Figures",
        "Claims with a number, in one form so that they can be compared.",
        find="builder.figures:find_figures",
        passed_over="builder.figures:passed_over",
        claim=True,
        listed=False,
    ),
    Kind(
        "date",
        "dates",
        "Dates",
        "Dates that the documents name, shown on the timeline.",
        find="builder.dates:find_dates",
        passed_over="builder.dates:passed_over",
        claim=True,
        listed=False,
    ),
)


@cache
def function_named(name: str) -> Any:
    """Return the function that "module:function" names."""
    module, _, function = name.partition(":")
    return getattr(import_module(module), function)
