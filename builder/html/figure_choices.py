"""Counts what the filters of the figures table offer, and names units, bounds and periods.

It is counted over what documents add to the index, once for each of their claims: to make up a
hundred thousand claims for it, and their figures, would take ten times as long.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from itertools import chain
from typing import Any

from builder.html.figure_words import bound_sign, bound_words, unit_words
from builder.html.measure_words import unit_name
from builder.html.period_choices import choices_of_periods
from builder.html.shown import Shown
from builder.html.table_parts import offered, plain, year_of, year_words
from builder.index import Who
from builder.indexing.contributed import Claimed
from builder.model import Document, Figure

_ONE_AND_MANY = (1, 2)
# Where fields stand among those of a figure.
_AT = {one.name: place for place, one in enumerate(fields(Figure))}
_BOUND, _COMPARATOR, _UNIT = _AT["bound"], _AT["comparator"], _AT["unit"]
_PERIOD, _STATUS = _AT["period"], _AT["status"]


@dataclass(frozen=True, slots=True)
class _Counted:
    """How many claims have each value; of units and bounds the last figure that has it too."""

    units: Counter[str] = field(default_factory=Counter)
    unit_of: dict[str, Sequence[Any]] = field(default_factory=dict)
    bounds: dict[str, Sequence[Any]] = field(default_factory=dict)
    periods: Counter[str] = field(default_factory=Counter)
    statuses: Counter[str] = field(default_factory=Counter)
    named: Counter[Who] = field(default_factory=Counter)
    documents: list[tuple[Document, int]] = field(default_factory=list)

    def add(self, document: Document, claims: Sequence[Claimed]) -> None:
        """Count the claims of a document."""
        self.documents.append((document, len(claims)))
        figures = [claim.figures[0] for claim in claims]
        self.units.update(figure[_UNIT] for figure in figures)
        self.statuses.update(figure[_STATUS] for figure in figures)
        self.periods.update(period for figure in figures if (period := figure[_PERIOD]))
        self.unit_of.update((one[_UNIT], one) for one in figures)
        self.bounds.update((bound_key(one[_COMPARATOR], one[_BOUND]), one) for one in figures)
        self.named.update(chain.from_iterable(claim.named for claim in claims))


def figure_choices(site: Shown) -> dict[str, Any]:
    """Return the words for units and bounds, the periods that are alike, and the choices."""
    counted, index = _Counted(), site.index
    for one in index.annotated:
        if claims := index.indexed[one.document.slug].added.claims:
            counted.add(one.document, claims)
    periods = choices_of_periods(counted.periods)
    units = {unit: Figure(*told) for unit, told in counted.unit_of.items()}
    bounds = {key: Figure(*told) for key, told in counted.bounds.items()}
    return {
        "units": {unit: _unit(figure) for unit, figure in sorted(units.items())},
        "bounds": {
            key: (bound_sign(figure), bound_words(figure), figure.bound, figure.comparator)
            for key, figure in sorted(bounds.items())
        },
        "periods": {was: one for was, one in sorted(periods.items()) if was != one},
        "choices": dict(_choices(counted, site, periods)),
    }


def bound_key(comparator: str, bound: str) -> str:
    """Return what stands in a row for a bound and how it is meant."""
    return f"{comparator}{bound[0]}"


def _unit(figure: Figure) -> tuple[str, str, str]:
    """Return what a unit is called after 1, after other numbers, and in a list."""
    one, many = (unit_words(replace(figure, value=number)) for number in _ONE_AND_MANY)
    return one, many, unit_name(figure.unit)


def _choices(
    counted: _Counted, site: Shown, periods: Mapping[str, str]
) -> Iterator[tuple[str, list[tuple[str, str, int]]]]:
    """Yield each filter with what it offers; nothing where nothing is claimed."""
    if not counted.documents:
        return
    kinds, years, alike = Counter[str](), Counter[str](), Counter[str]()
    for document, number in counted.documents:
        kinds[plain(document.metadata.type)] += number
        years[year_of(document)] += number
    for period, number in counted.periods.items():
        alike[periods[period]] += number
    titles = {(one.slug, site.titles[one.slug]): number for one, number in counted.documents}
    named = [(who, site.names[who], n) for who, n in counted.named.items() if who in site.names]
    yield "unit", offered({(one, unit_name(one)): n for one, n in counted.units.items()})
    yield "kind", offered({(one, one): n for one, n in kinds.items()})
    yield "document", offered(titles)
    for kind in ("program", "country"):
        yield kind, offered({(who[1], name): n for who, name, n in named if who[0] == kind})
    yield "period", offered({(one, one): n for one, n in alike.items()})
    yield "status", offered({(one, one): n for one, n in counted.statuses.items()})
    yield "year", offered({(one, year_words(one)): n for one, n in years.items()})
