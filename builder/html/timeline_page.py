"""Writes the timeline: documents and dated events, newest first, by year."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from builder.dating.display import year_of
from builder.html.documents_page import is_dated
from builder.html.rendering import Page, paged
from builder.html.shown import Shown, index_page

FOLDER = "timeline/"


def timeline_pages(site: Shown) -> Iterator[Page]:
    """Yield the pages of the timeline."""
    events = site.index.events
    undated = sum(not is_dated(document) for document in site.index.documents)
    for pager, listed in paged(events, FOLDER):
        yield index_page(
            "timeline_page",
            site,
            pager,
            "Timeline",
            f"{len(events):,} events: documents by date, and the dates that their texts name",
            total=len(events),
            undated=undated,
            years=[
                (year, list(group))
                for year, group in groupby(listed, lambda event: year_of(event.date))
            ],
        )
