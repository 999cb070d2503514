"""The table of kinds: what a collection is indexed by. Adding a kind is adding a row here."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from builder.catalogue import Catalogue
from builder.countries import find_countries
from builder.dates import find_dates
from builder.figures import find_figures
from builder.model import Found, Reading
from builder.organizations import find_organizations
from builder.people import find_people
from builder.programs import find_programs
from builder.substances import find_substances

Finder = Callable[[Reading, Catalogue], Iterable[Found]]


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of index; `plural` is its folder and its catalogue file, `pages` its own pages.

    `find` returns the mentions of this kind in a document.
    """

    name: str
    plural: str
    title: str
    about: str
    find: Finder
    pages: bool = True


KINDS: tuple[Kind, ...] = (
    Kind(
        "program",
        "programs",
        "Programs",
        "Initiatives, coalitions, strategies, statutes and funds that the documents name.",
        find_programs,
    ),
    Kind(
        "country",
        "countries",
        "Countries",
        "Sovereign states and territories that the documents name.",
        find_countries,
    ),
    Kind("person", "people", "People", "Persons that the documents name.", find_people),
    Kind(
        "organization",
        "organizations",
        "Organizations",
        "Departments, agencies, international bodies and criminal groups.",
        find_organizations,
    ),
    Kind(
        "substance", "substances", "Substances", "Drugs, precursors and medicines.", find_substances
    ),
    Kind(
        "figure",
        "figures",
        "Figures",
        "Numeric claims, normalized and comparable.",
        find_figures,
        pages=False,
    ),
    Kind(
        "date",
        "dates",
        "Dates",
        "Dates that the documents name, shown on the timeline.",
        find_dates,
        pages=False,
    ),
)
