"""The table of kinds: what a collection is indexed by. Adding a kind is adding a row here."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of index; `plural` is its folder and its catalogue file, `pages` its own pages."""

    name: str
    plural: str
    title: str
    about: str
    pages: bool = True


KINDS: tuple[Kind, ...] = (
    Kind(
        "program",
        "programs",
        "Programs",
        "Initiatives, coalitions, strategies, statutes and funds that the documents name.",
    ),
    Kind(
        "country",
        "countries",
        "Countries",
        "Sovereign states and territories that the documents name.",
    ),
    Kind("person", "people", "People", "Persons that the documents name."),
    Kind(
        "organization",
        "organizations",
        "Organizations",
        "Departments, agencies, international bodies and criminal groups.",
    ),
    Kind("substance", "substances", "Substances", "Drugs, precursors and medicines."),
    Kind("figure", "figures", "Figures", "Numeric claims, normalized and comparable.", pages=False),
    Kind(
        "date",
        "dates",
        "Dates",
        "Dates that the documents name, shown on the timeline.",
        pages=False,
    ),
)
