"""Counts what the filters of the figures table offer, and names units, bounds and periods.

It is counted over what documents add to the index, once for each of their claims: to make up a
hundred thousand claims for it, and their figures, would take ten times as long.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from typing import Any

from builder.html.claim_rows import ClaimRow, claiming
from builder.html.figure_words import bound_sign, bound_words, unit_words
from builder.html.measure_words import unit_name
from builder.html.period_choices import choices_of_periods
from builder.html.shown import Shown
from builder.html.table_parts import offered, plain, year_of, year_words
from builder.indexing.contributed import Claimed
from builder.model import Figure

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
    programs: Counter[str] = field(default_factory=Counter)
    countries: Counter[str] = field(default_factory=Counter)

    def add(self, claims: Sequence[Claimed]) -> None:
        """Count claims."""
        figures = [claim.figures[0] for claim in claims]
        self.units.update(figure[_UNIT] for figure in figures)
        self.statuses.update(figure[_STATUS] for figure in figures)
        self.periods.update(period for figure in figures if (period := figure[_PERIOD]))
        self.unit_of.update((one[_UNIT], one) for one in figures)
        self.bounds.update((bound_key(one[_COMPARATOR], one[_BOUND]), one) for one in figures)
        named = [who for claim in claims for who in claim.named]
        self.programs.update(key for kind, key in named if kind == "program")
        self.countries.update(key for kind, key in named if kind == "country")

    def told(self) -> Sequence[Any]:
        """Return what was counted, for JSON."""
        return [getattr(self, one.name) for one in fields(self)]

    def add_told(self, told: Sequence[Mapping[str, Any]]) -> None:
        """Count what was counted of claims that come after these."""
        for one, counts in zip(fields(self), told, strict=True):
            getattr(self, one.name).update(counts)


def choices_in(rows: Iterable[ClaimRow]) -> Sequence[Any]:
    """Return what is counted of some claims, for JSON."""
    counted = _Counted()
    counted.add([one.added.claims[place] for one, place in rows])
    return counted.told()


def figure_choices(site: Shown, told: Iterable[Any]) -> dict[str, Any]:
    """Return the words for units and bounds, the periods that are alike, and the choices.

    `told` is what is counted of all claims, part by part in their order (`choices_in`).
    """
    counted = _Counted()
    for one in told:
        counted.add_told(one)
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
    stating = [(one.one.document, one.added.counts.claims) for one in claiming(site.index)]
    if not stating:
        return
    kinds, years, alike = Counter[str](), Counter[str](), Counter[str]()
    for document, number in stating:
        kinds[plain(document.metadata.type)] += number
        years[year_of(document)] += number
    for period, number in counted.periods.items():
        alike[periods[period]] += number
    titles = {(one.slug, site.titles[one.slug]): number for one, number in stating}
    yield "unit", offered({(one, unit_name(one)): n for one, n in counted.units.items()})
    yield "kind", offered({(one, one): n for one, n in kinds.items()})
    yield "document", offered(titles)
    for kind, keys in (("program", counted.programs), ("country", counted.countries)):
        named = [(key, site.names.get((kind, key)), n) for key, n in keys.items()]
        yield kind, offered({(key, name): n for key, name, n in named if name is not None})
    yield "period", offered({(one, one): n for one, n in alike.items()})
    yield "status", offered({(one, one): n for one, n in counted.statuses.items()})
    yield "year", offered({(one, year_words(one)): n for one, n in years.items()})
