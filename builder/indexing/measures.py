"""Gathers claims of all documents into measures; never adds them up, never compares them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from builder.claims import Claim
from builder.dating.display import date_order
from builder.measures import Measure
from builder.measuring.rules import Address
from builder.model import Problem


@dataclass(frozen=True, slots=True)
class Gathered:
    """A measure with the claims that belong to it, oldest document first, undated ones apart."""

    measure: Measure
    dated: tuple[Claim, ...]
    undated: tuple[Claim, ...]

    @property
    def claims(self) -> tuple[Claim, ...]:
        """All claims, the undated ones last."""
        return (*self.dated, *self.undated)


def by_rules(claim: Claim, measures: Iterable[Measure]) -> list[str]:
    """Return the keys of the measures whose rules gather a claim."""
    return [one.key for one in measures if any(map(one.gathers, claim.statements))]


def gather(
    measures: Sequence[Measure], claims: Iterable[tuple[Claim, Collection[str]]]
) -> tuple[Gathered, ...]:
    """Return each measure with its claims: what its rules gather, and what editors decided.

    Each claim comes with the measures whose rules gather it (`by_rules`).
    """
    picked: defaultdict[Address, set[str]] = defaultdict(set)
    left_out: defaultdict[Address, set[str]] = defaultdict(set)
    for measure in measures:
        for address in measure.include:
            picked[address].add(measure.key)
        for address in measure.exclude:
            left_out[address].add(measure.key)
    found: dict[str, list[Claim]] = {measure.key: [] for measure in measures}
    for claim, gathering in claims:
        keys = set(gathering)
        if picked or left_out:
            places = list(addresses(claim))
            keys -= {key for place in places for key in left_out.get(place, ())}
            keys |= {key for place in places for key in picked.get(place, ())}
        for key in keys:
            found[key].append(claim)
    return tuple(_gathered(measure, found[measure.key]) for measure in measures)


def addressed(measures: Iterable[Measure]) -> frozenset[str]:
    """Return the slugs of the documents of which editors have settled figures."""
    return frozenset(slug for one in measures for slug, _ in (*one.include, *one.exclude))


def addresses(claim: Claim) -> Iterator[Address]:
    """Yield the address of each statement of a claim."""
    for id_ in claim.ids:
        yield claim.document.slug, id_


def _gathered(measure: Measure, claims: Iterable[Claim]) -> Gathered:
    dated: list[tuple[str, Claim]] = []
    undated: list[Claim] = []
    for claim in claims:
        order = date_order(claim.document.metadata.date.value)
        if order is None:
            undated.append(claim)
        else:
            dated.append((order, claim))
    # Documents come newest first, each in text order, which stays as it is.
    dated.sort(key=lambda one: (one[0], one[1].document.slug))
    return Gathered(measure, tuple(claim for _, claim in dated), tuple(undated))


def measures_of(gathered: Iterable[Gathered]) -> dict[Address, tuple[Measure, ...]]:
    """Return the measures of each claim that has any, in the order of their file."""
    found: dict[Address, tuple[Measure, ...]] = {}
    for one in gathered:
        for claim in one.claims:
            address = (claim.document.slug, claim.id)
            found[address] = (*found.get(address, ()), one.measure)
    return found


def measure_problems(
    gathered: Sequence[Gathered],
    claims_of: Callable[[str], Iterable[Claim]],
    *,
    unread: Collection[str] = (),
) -> Iterator[Problem]:
    """Yield what an editor has to look at: addresses of nothing, and measures without claims.

    `claims_of` gives the claims of a document by its slug, of one that is not there none. `unread`
    are the slugs of documents that the collection holds but that cannot be looked into.
    """
    held = {
        address: claim
        for slug in addressed(one.measure for one in gathered)
        for claim in claims_of(slug)
        for address in addresses(claim)
    }
    for one in gathered:
        measure = one.measure
        for address in (*measure.include, *measure.exclude):
            if address not in held and address[0] not in unread:
                what = f'"{"#".join(address)}" is no figure of this collection'
                yield Problem(measure.place, what, "copy the address from the figure's passage")
        for address in measure.include:
            unit = held[address].figure.unit if address in held else ""
            if unit and unit not in measure.units:
                what = f'"{"#".join(address)}" is in {unit}, which the measure has not as a unit'
                hint = f'add "{unit}" to its units, or take the address out'
                yield Problem(measure.place, what, hint)
        if not one.claims:
            what = f'no document states anything for the measure "{measure.key}"'
            yield Problem(measure.place, what, "mend its rules, or drop it", warning=True)
