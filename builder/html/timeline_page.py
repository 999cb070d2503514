"""Writes the timeline: documents and dated events, newest first, by year."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from builder.counting import counted
from builder.dating.display import date_in_words, year_of
from builder.html.documents_page import is_dated
from builder.html.escape import one_line
from builder.html.rendering import Page, paged
from builder.html.shown import Shown, index_page
from builder.html.titles import date_of
from builder.indexing.events import Event
from builder.rules import rules_of

FOLDER = "timeline/"
# More years than this are parted by decade in the list of years.
_IN_ONE_LINE = 12
# A rule of dates that takes the year from the same sentence, not from the document's date.
_LISTED_YEAR = rules_of("date")["year at the end of a list"].name


@dataclass(frozen=True, slots=True)
class Jumps:
    """Links to years, each as (year, its events counted, address); `decade` is "" for all years."""

    decade: str
    years: Sequence[tuple[str, Counter[str], str]]


def timeline_pages(site: Shown) -> Iterator[Page]:
    """Yield the pages of the timeline."""
    events, changed = site.index.events, site.changed_of_all
    issued = [year_of(event.date) or "" for event in events if event.what == "document"]
    newest, oldest = max(issued, default=""), min(issued, default="")
    jumps, before = _jumps(events), ""
    for pager, listed in paged(events, FOLDER):
        years = [
            (year or "", list(group))
            for year, group in groupby(listed, lambda event: year_of(event.date))
        ]
        yield index_page(
            "timeline_page",
            site,
            pager,
            "Timeline",
            f"{counted(len(events), 'event')}: documents by date, and days and months that their"
            " texts name",
            modified=changed,
            kinds_of_event=Counter(event.what for event in events),
            undated=sum(not is_dated(document) for document in site.index.documents),
            jumps=[jump for jump in jumps if jump.years[0][0] >= oldest],
            earlier_jumps=[jump for jump in jumps if jump.years[0][0] < oldest],
            ahead=[(year, some) for year, some in years if newest and year > newest],
            years=[(year, some) for year, some in years if not newest or year <= newest],
            shown=len(listed),
            newest=newest,
            continued=before,
            resolution=resolution,
        )
        before = years[-1][0] if years else ""


def year_addresses(events: Sequence[Event]) -> Mapping[str, str]:
    """Return where the timeline begins each year: "timeline/2/#year-2019" for "2019"."""
    addresses: dict[str, str] = {}
    for pager, listed in paged(events, FOLDER):
        for event in listed:
            year = year_of(event.date) or ""
            addresses.setdefault(year, f"{pager.own}#year-{year}")
    return addresses


def _jumps(events: Sequence[Event]) -> list[Jumps]:
    """Return the years of a timeline, newest first, by decade where they are many."""
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for event in events:
        counts[year_of(event.date) or ""][event.what] += 1
    years = [(year, counts[year], address) for year, address in year_addresses(events).items()]
    if len(years) <= _IN_ONE_LINE:
        return [Jumps("", years)] if len(years) > 1 else []
    return [
        Jumps(f"{decade}0s", list(group))
        for decade, group in groupby(years, lambda year: year[0][:3])
    ]


def resolution(event: Event) -> str:
    """Return how a date in a text was read where the words alone do not give it, else ""."""
    if event.document is None or event.block is None or event.mention is None:
        return ""
    at = event.mention.at
    words = one_line(event.block.text[at.start : at.end])
    if event.date[:4] in words:
        return ""
    read = f"“{words}” is read as {date_in_words(event.date).removeprefix('from ')}"
    rules = event.mention.rules
    if any("fiscal" in rule or rule == _LISTED_YEAR for rule in rules):
        return read
    return f"{read}, going by the document’s date, {date_of(event.document.metadata)}"
