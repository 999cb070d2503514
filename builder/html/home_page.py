"""Writes the home page: what this is, how much there is, where it looks, and what is new."""

from __future__ import annotations

from collections import Counter

from builder.counting import counted
from builder.dating.display import date_order
from builder.html.about import Website
from builder.html.addresses import kind_folder
from builder.html.document_years import document_years
from builder.html.documents_page import is_dated
from builder.html.paging import Pager
from builder.html.rendering import Page
from builder.html.shown import Shown, index_page
from builder.html.tasks import Digests, Family, Task
from builder.html.timeline_page import year_addresses
from builder.html.world_map import world_map
from builder.index import Entry
from builder.kinds import KINDS
from builder.settings import Settings

PROGRAMS = 8
LATEST = 10
# So many documents or fewer stand one by one on a line of time; more are counted by year, and the
# latest of them listed.
ONE_BY_ONE = 6


def home_task(site: Shown, digests: Digests, settings: Settings) -> Family:
    """Return the home page, whose key holds the counts that it shows, not what is counted."""
    depends = (digests.everything, site.changed_of_all)
    return Family("home", depends, lambda: [_task(site, digests, settings)])


def _task(site: Shown, digests: Digests, settings: Settings) -> Task:
    index = site.index
    documents, programs = index.documents, index.entries.get("program", ())
    countries = index.entries.get("country", ())
    listed = documents if len(documents) <= ONE_BY_ONE else documents[:LATEST]
    entries = (*countries, *programs[:PROGRAMS])
    depends = (
        [(_counted(entry), site.addresses[entry.who], digests.known(entry)) for entry in entries],
        (len(programs), _counts(site), site.changed_of_all, digests.documents(listed)),
        sorted(Counter(date_order(one.metadata.date.value) or "" for one in documents).items()),
        year_addresses(index.events),
    )
    return Task("home", depends, lambda: [home_page(site, settings)])


def _counted(entry: Entry) -> tuple[int, int]:
    return entry.passages, len(entry.groups)


def home_page(site: Shown, settings: Settings) -> Page:
    """Return the home page."""
    index = site.index
    pager = Pager("", 1, 1)
    documents, programs = index.documents, index.entries.get("program", ())
    dated = [document for document in documents if is_dated(document)]
    undated = [document for document in documents if not is_dated(document)]
    few = len(documents) <= ONE_BY_ONE
    return index_page(
        "home_page",
        site,
        pager,
        settings.site_name,
        settings.site_description or f"{counted(len(documents), 'document')}, passage by passage",
        modified=site.changed_of_all,
        cited=False,
        about=Website(),
        sentence=settings.site_description,
        counts=_counts(site),
        map=world_map(index.entries.get("country", ()), site.addresses, "./"),
        programs=programs[:PROGRAMS],
        more_programs=len(programs) if len(programs) > PROGRAMS else 0,
        one_by_one=[*reversed(dated), *undated] if few else [],
        undated=undated,
        years=[] if few else document_years(dated),
        year_addresses=year_addresses(index.events),
        documents=len(documents),
        latest=() if few else documents[:LATEST],
    )


def _counts(site: Shown) -> list[tuple[int, str, str]]:
    index = site.index
    counts = [(len(index.annotated), "document" + "s" * (len(index.annotated) != 1), "documents/")]
    for kind in KINDS:
        if kind.pages and index.entries[kind.name]:
            count = len(index.entries[kind.name])
            name = kind.title if count > 1 else kind.name
            counts.append((count, name.lower(), kind_folder(kind.name)))
    if claims := index.claim_count:
        counts.append((claims, "claim" + "s" * (claims != 1), "figures/"))
    return counts
