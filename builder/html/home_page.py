"""Writes the home page: what this is, how much there is, where it looks, and what is new."""

from __future__ import annotations

from builder.html.addresses import kind_folder
from builder.html.rendering import Page, Pager
from builder.html.shown import Shown, index_page
from builder.kinds import KINDS
from builder.settings import Settings

COUNTRIES = 14
PROGRAMS = 6
EVENTS = 8
LATEST = 6


def home_page(site: Shown, settings: Settings) -> Page:
    """Return the home page."""
    index = site.index
    countries = index.entries.get("country", ())
    documents = index.documents
    return index_page(
        "home_page",
        site,
        Pager("", 1, 1),
        settings.site_name,
        settings.site_description or f"{len(documents):,} documents, passage by passage",
        sentence=settings.site_description,
        counts=_counts(site),
        countries=countries[:COUNTRIES],
        most=countries[0].passages if countries else 1,
        more_countries=len(countries) if len(countries) > COUNTRIES else 0,
        programs=index.entries.get("program", ())[:PROGRAMS],
        events=[event for event in index.events if event.what != "mention"][:EVENTS],
        latest=documents[:LATEST],
        more_documents=len(documents) if len(documents) > LATEST else 0,
    )


def _counts(site: Shown) -> list[tuple[int, str, str]]:
    index = site.index
    counts = [(len(index.annotated), "document" + "s" * (len(index.annotated) != 1), "documents/")]
    for kind in KINDS:
        if kind.pages and index.entries[kind.name]:
            counts.append(
                (len(index.entries[kind.name]), kind.title.lower(), kind_folder(kind.name))
            )
    if index.claims:
        counts.append((len(index.claims), "numeric claims", "figures/"))
    return counts
