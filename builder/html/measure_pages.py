"""Writes the pages of measures: what documents state of one thing, in date order, side by side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import groupby
from typing import Any

from builder.claiming.printed import number_words, printed_words
from builder.claiming.words import counted_words, period_words
from builder.claims import Claim
from builder.counting import counted
from builder.cuts import Cutting
from builder.dating.display import year_of
from builder.html.addresses import measure_folder
from builder.html.chart import Chart, Point, chart_of, cut
from builder.html.escape import one_line, own_address
from builder.html.figure_words import bound_sign, figure_words
from builder.html.measure_words import differences, rules_in_words, unit_name
from builder.html.paging import ROWS, Name, Pager, by_date, paged
from builder.html.rendering import Page, root_of
from builder.html.shown import Shown, index_page, years_in_words
from builder.html.tasks import Digests, Family, Task, page_of_list
from builder.html.titles import date_of
from builder.indexing.measures import Gathered
from builder.model import Figure, Place

_WORDS = 24  # characters that fit beside a date on the narrowest screen
_CHARTED = 500  # statements that a chart shows, the newest ones; more would be no picture
_UNDATED = 50  # statements without a date that stand after them
_DESCRIBED = 30  # statements that the text in place of a picture tells one by one


def measure_tasks(site: Shown, digests: Digests) -> Iterator[Family]:
    """Yield the pages of every measure, 250 claims each at most; new ones come last."""
    for gathered in site.index.measures:
        folder, depends = measure_folder(gathered.measure), _told(gathered, site, digests)
        yield Family(folder, depends, partial(_tasks, gathered, site, digests))


def _tasks(gathered: Gathered, site: Shown, digests: Digests) -> Iterator[Task]:
    cutting = Cutting(_slug, ROWS, from_end=False)
    folder, every = measure_folder(gathered.measure), gathered.claims
    for pager, claims in paged(every, folder, cutting, _name):
        told = _told(gathered, site, digests, every if pager.number == 1 else claims)
        depends = (page_of_list(pager), *told)
        yield Task(pager.own, depends, partial(_made, gathered, pager, claims, site))


def _told(
    gathered: Gathered, site: Shown, digests: Digests, claims: Sequence[Claim] | None = None
) -> tuple[object, ...]:
    """Return what a measure is, and what is told of claims of it, of all where None."""
    claims = gathered.claims if claims is None else claims
    return (
        replace(gathered.measure, place=Place("", 0)),
        [site.names.get(who) for who in gathered.measure.names],
        digests.documents(claim.document for claim in claims),
        [claim.id for claim in claims],
    )


def _made(gathered: Gathered, pager: Pager, claims: Sequence[Claim], site: Shown) -> Iterator[Page]:
    page = _first if pager.number == 1 else _further
    yield replace(page(gathered, pager, claims, site), above=_way_up(pager))


def _slug(claim: Claim) -> str:
    return claim.document.slug


def _name(claim: Claim) -> Name:
    return by_date(claim.document.metadata.date.value)


def _way_up(pager: Pager) -> str:
    address = own_address(f"{root_of(pager.own)}figures/")
    return f'<p class="crumb"><a href="{address}">Figures</a></p>'


def _first(gathered: Gathered, pager: Pager, claims: Sequence[Claim], site: Shown) -> Page:
    measure = gathered.measure
    documents = {claim.document.slug for claim in gathered.claims}
    charted = _charted(gathered)
    charts = _charts(measure.name, charted)
    title = _title(gathered)
    said = f"{counted(len(gathered.claims), 'claim')} of {counted(len(documents), 'document')}"
    return index_page(
        "measure_page",
        site,
        pager,
        title,
        f"{title}: {said}. {measure.about}",
        headline=measure.name,
        modified=site.changed_of(claim.document for claim in gathered.claims),
        about=gathered,
        measure=measure,
        total=len(gathered.claims),
        documents=len(documents),
        years=_years(gathered),
        differences=differences(gathered.claims),
        charts=charts,
        not_drawn=len(charted) - sum(count for _, count, _ in charts),
        uncharted=max(0, len(gathered.dated) - _CHARTED),
        undated_last=bool(gathered.dated and gathered.undated),
        **_listed(claims),
        rules=rules_in_words(measure, site.names),
        units=[unit_name(unit) for unit in measure.units],
        asked=[who for who in measure.names if who in site.names],
    )


def _further(gathered: Gathered, pager: Pager, claims: Sequence[Claim], site: Shown) -> Page:
    """Return a page that tells of its own claims alone: the first page tells of all."""
    return index_page(
        "measure_further_page",
        site,
        pager,
        _title(gathered),
        f"{_title(gathered)}: further statements",
        headline=gathered.measure.name,
        modified=site.changed_of(claim.document for claim in claims),
        **_listed(claims),
    )


def _title(gathered: Gathered) -> str:
    return f"{gathered.measure.name} (measure)"


def _listed(claims: Sequence[Claim]) -> dict[str, Any]:
    return {
        "dated": [claim for claim in claims if _year(claim)],
        "undated": [claim for claim in claims if not _year(claim)],
    }


def statement_words(claim: Claim) -> str:
    """Return a claim as printed, with every different wording: "over 100, more than 100"."""
    wordings = (one_line(printed_words(statement)) for statement in claim.statements)
    return ", ".join({wording.casefold(): wording for wording in wordings}.values())


def _short_words(claims: Sequence[Claim]) -> list[str]:
    """Return claims with signs of their bounds where not all fit a narrow chart as printed.

    All of them then: "more than 100" beside "> 125 million dollars" would look like two things.
    """
    if all(len(_printed(claim)) <= _WORDS for claim in claims):
        return [""] * len(claims)
    return [_with_sign(claim) for claim in claims]


def _printed(claim: Claim) -> str:
    words = statement_words(claim)
    return words if len(words) <= _WORDS else one_line(printed_words(claim.stated))


def _with_sign(claim: Claim) -> str:
    surface = one_line(number_words(claim.stated))
    bounded = one_line(printed_words(claim.stated)) != surface
    return cut(f"{bound_sign(claim.figure) if bounded else ''} {surface}".strip(), _WORDS)


def _year(claim: Claim) -> str:
    return year_of(claim.document.metadata.date.value) or ""


def _years(gathered: Gathered) -> str:
    return years_in_words(_year(claim) for claim in gathered.dated)


def _charted(gathered: Gathered) -> Sequence[Claim]:
    return (*gathered.dated[-_CHARTED:], *gathered.undated[:_UNDATED])


def _charts(name: str, charted: Sequence[Claim]) -> list[tuple[str, int, Chart]]:
    """Return a chart for each unit of which there is more than one number, with how many it shows.

    What rises or falls has a chart of its own: an increase is no number of what there is.
    """
    charts = []
    for (unit, _), group in groupby(sorted(charted, key=_scale), key=_scale):
        claims = list(group)
        chart = chart_of(_points(claims), _description(name, claims))
        if chart:
            charts.append((unit_name(unit), len(claims), chart))
    return charts


def _scale(claim: Claim) -> tuple[str, bool]:
    return claim.figure.unit, claim.figure.change is not None


def _points(claims: Sequence[Claim]) -> list[Point]:
    """Return what a chart shows; what is counted, when and how sure only where that differs."""
    figures = [claim.figure for claim in claims]
    said: dict[str, set[object]] = {
        "change": {figure.change for figure in figures},
        "period": {period_words(figure.period) for figure in figures},
        "status": {figure.status for figure in figures},
        "of": {counted_words(figure.of) for figure in figures},
    }
    differing = [name for name, ways in said.items() if len(ways) > 1]
    return [
        Point(
            when=date_of(claim.document.metadata),
            year=_year(claim) or "n.d.",
            figure=claim.figure,
            words=_printed(claim),
            note=_note(claim.figure, differing),
            short=short,
        )
        for claim, short in zip(claims, _short_words(claims), strict=True)
    ]


def _note(figure: Figure, differing: Sequence[str]) -> str:
    said = (getattr(figure, name) for name in differing)
    return " · ".join(one_line(part) for part in said if part)


def _description(name: str, claims: Sequence[Claim]) -> str:
    """Return what the picture shows, for who does not see it."""
    told = "; ".join(
        f"{date_of(claim.document.metadata)}: {figure_words(claim.figure)}"
        for claim in claims[:_DESCRIBED]
    )
    more = f"; and {len(claims) - _DESCRIBED:,} more" if len(claims) > _DESCRIBED else ""
    return f"Chart of {name}, in the order of their dates. {told}{more}. The table has them all."
