"""Counts documents by year, or by decade where they span many, with a small picture of each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from builder.dating.display import date_order
from builder.html.rendering import html
from builder.model import Document

# Years of so many or fewer have a bar for each month; more than MOST_YEARS are put into decades.
_WITH_MONTHS = 12
MOST_YEARS = 30
_HEIGHT = 40  # units of a picture


@dataclass(frozen=True, slots=True)
class Span:
    """A year or a decade with the number of its documents.

    `year` is the newest of its years that has a document, "" where none has. `months` tells that
    the picture has a bar for each month and not one for all.
    """

    name: str
    year: str
    documents: int
    picture: Markup
    months: bool


def document_years(documents: Iterable[Document]) -> list[Span]:
    """Return every year from the first to the last that documents are dated in, oldest first."""
    orders = [date_order(document.metadata.date.value) for document in documents]
    dated = [order for order in orders if order]
    by_year = Counter(order[:4] for order in dated)
    if not by_year:
        return []
    first, last = int(min(by_year)), int(max(by_year))
    if last - first >= MOST_YEARS:
        return _decades(by_year)
    years = [f"{year:04}" for year in range(first, last + 1)]
    if len(years) > _WITH_MONTHS:
        return _whole(((year, [year]) for year in years), by_year)
    return _by_month(years, by_year, Counter(order[:6] for order in dated))


def _decades(by_year: Mapping[str, int]) -> list[Span]:
    """Return the decades that have documents; those between are left out, there may be hundreds."""
    decades: dict[str, list[str]] = {}
    for year in sorted(by_year):
        decades.setdefault(f"{year[:3]}0s", []).append(year)
    return _whole(decades.items(), by_year)


def _whole(groups: Iterable[tuple[str, Sequence[str]]], by_year: Mapping[str, int]) -> list[Span]:
    counted = [(name, years, sum(by_year.get(year, 0) for year in years)) for name, years in groups]
    most = max(count for _, _, count in counted)
    return [
        Span(
            name=name,
            year=max((year for year in years if by_year.get(year)), default=""),
            documents=count,
            picture=_bars([count], most),
            months=False,
        )
        for name, years, count in counted
    ]


def _by_month(
    years: Sequence[str], by_year: Mapping[str, int], by_month: Mapping[str, int]
) -> list[Span]:
    months = {
        year: [by_month.get(f"{year}{month:02}", 0) for month in range(1, 13)] for year in years
    }
    most = max(max(counts) for counts in months.values())
    return [
        Span(
            name=year,
            year=year if by_year.get(year) else "",
            documents=by_year.get(year, 0),
            picture=_bars(months[year], most),
            months=True,
        )
        for year in years
    ]


def _bars(counts: Sequence[int], most: int) -> Markup:
    """Return bars side by side, the highest of all pictures as high as its picture."""
    width = 10 if len(counts) > 1 else 120
    bars = "".join(
        f'<rect x="{number * width + 1}" y="{_HEIGHT - height}" width="{width - 2}"'
        f' height="{height}"/>'
        for number, count in enumerate(counts)
        if (height := _height(count, most))
    )
    return html(
        f'<svg class="year-bars" viewBox="0 0 120 {_HEIGHT}" preserveAspectRatio="none"'
        f' aria-hidden="true">{bars}</svg>'
    )


def _height(count: int, most: int) -> int:
    return max(2, round(_HEIGHT * count / most)) if count else 0
