"""Writes the search page, which a script fills; without one it leads to the indexes."""

from __future__ import annotations

from builder.html.addresses import kind_folder
from builder.html.paging import Pager
from builder.html.rendering import Page
from builder.html.shown import Shown, index_page
from builder.kinds import KINDS

FOLDER = "search/"


def search_page(site: Shown) -> Page:
    """Return the search page."""
    indexes = [("documents/", "Documents"), ("figures/", "Figures"), ("timeline/", "Timeline")]
    kinds = [(kind_folder(kind.name), kind.title) for kind in KINDS if kind.pages]
    return index_page(
        "search_page",
        site,
        Pager(FOLDER, 1, 1),
        "Search",
        "Search the documents, passage by passage",
        cited=False,
        indexes=[indexes[0], *kinds, *indexes[1:]],
    )
