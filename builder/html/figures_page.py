"""Writes the figures table, newest document first, 250 statements a page."""

from __future__ import annotations

from collections.abc import Iterator

from builder.html.rendering import Page, paged
from builder.html.shown import Shown, index_page

FOLDER = "figures/"


def figures_pages(site: Shown) -> Iterator[Page]:
    """Yield the pages of the figures table."""
    rows = site.index.figures
    for pager, listed in paged(rows, FOLDER):
        yield index_page(
            "figures_page",
            site,
            pager,
            "Figures",
            f"{len(rows):,} numeric claims, each with its sentence and its source",
            rows=listed,
            total=len(rows),
        )
