"""Writes the timeline: documents and dated events, newest first, by year."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby

from builder.counting import counted
from builder.cuts import Cutting
from builder.dating.display import date_in_words, year_of
from builder.html.documents_page import is_dated
from builder.html.escape import one_line
from builder.html.paging import ROWS, WEIGHT, Pager, by_date, paged
from builder.html.rendering import Page
from builder.html.shown import Shown, index_page
from builder.html.titles import date_of
from builder.indexing.events import Event
from builder.remembering import remembered
from builder.rules import rules_of

FOLDER = "timeline/"
# More years than this are parted by decade in the list of years.
_IN_ONE_LINE = 12
# What an event weighs beside its title, what is quoted of a text, and each sign of a title.
_ROW = 480
_QUOTED = 330
_SIGN = 2
# A rule of dates that takes the year from the same sentence, not from the document's date.
_LISTED_YEAR = rules_of("date")["year at the end of a list"].name


@dataclass(frozen=True, slots=True)
class Jumps:
    """Links to years, each as (year, its events counted, address); `decade` is "" for all years."""

    decade: str
    years: Sequence[tuple[str, Counter[str], str]]


def first_page_tells(site: Shown) -> tuple[object, ...]:
    """Return what the first page alone tells, of all events and documents."""
    events = site.index.events
    return (_kinds(events), _undated(site), site.changed_of_all, _jumps(events))


def timeline_pages(
    site: Shown,
) -> Iterator[tuple[Pager, Sequence[Event], str, Callable[[], Page]]]:
    """Yield for each page of the timeline its pager, its events, the year before, and its maker."""
    before = ""
    for pager, listed in listed_events(site.index.events):
        yield pager, listed, before, partial(_page, site, pager, listed, before)
        before = (year_of(listed[-1].date) or "") if listed else ""


def years_of_documents(events: Sequence[Event]) -> tuple[str, str]:
    """Return the oldest and the newest year of documents, "" without any."""
    issued = [year_of(event.date) or "" for event in events if event.what == "document"]
    return min(issued, default=""), max(issued, default="")


def _page(site: Shown, pager: Pager, listed: Sequence[Event], before: str) -> Page:
    events, is_first = site.index.events, pager.number == 1
    oldest, newest = years_of_documents(events)
    jumps = _jumps(events) if is_first else []
    documents = [event.document for event in listed if event.document]
    years = [
        (year or "", list(group))
        for year, group in groupby(listed, lambda event: year_of(event.date))
    ]
    return index_page(
        "timeline_page",
        site,
        pager,
        "Timeline",
        f"{counted(len(events), 'event') if is_first else 'Further events'}: documents by"
        " date, and days and months that their texts name",
        modified=site.changed_of_all if is_first else site.changed_of(documents),
        kinds_of_event=_kinds(events if is_first else listed),
        undated=_undated(site) if is_first else 0,
        jumps=[one for one in jumps if one.years[0][0] >= oldest],
        earlier_jumps=[one for one in jumps if one.years[0][0] < oldest],
        ahead=[(year, some) for year, some in years if newest and year > newest],
        years=[(year, some) for year, some in years if not newest or year <= newest],
        shown=len(listed),
        newest=newest,
        continued=before,
        resolution=resolution,
    )


def _kinds(events: Iterable[Event]) -> Counter[str]:
    return Counter(event.what for event in events)


@remembered
def listed_events(events: Sequence[Event]) -> Sequence[tuple[Pager, Sequence[Event]]]:
    """Return the events of each page of the timeline with its pager."""
    cutting = Cutting(_key, ROWS, WEIGHT, _weight)
    return tuple(paged(events, FOLDER, cutting, lambda one: by_date(one.date)))


def _key(event: Event) -> str:
    begins = f"{event.date}/{event.what}/{event.document.slug if event.document else ''}/"
    if event.entity is None:
        return begins
    label = event.fact.label if event.fact else ""
    return f"{begins}{event.entity.kind}/{event.entity.key}/{label}"


def _weight(event: Event) -> int:
    title = len(event.document.metadata.title.value or "") if event.document else 0
    return _ROW + _SIGN * title + (_QUOTED if event.what == "mention" else 0)


def _undated(site: Shown) -> int:
    return sum(not is_dated(document) for document in site.index.documents)


@remembered
def year_addresses(events: Sequence[Event]) -> Mapping[str, str]:
    """Return where the timeline begins each year: "timeline/2/#year-2019" for "2019"."""
    addresses: dict[str, str] = {}
    for pager, listed in listed_events(events):
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
