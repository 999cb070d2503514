"""Where the tables lie as data, in one file each or, of a large collection, in parts by year."""

from __future__ import annotations

from builder.index import Index
from builder.site_files import DATA

DOCUMENTS = 500
"""A collection of more documents has its tables in parts."""


def in_parts(index: Index) -> bool:
    """Tell whether the tables of a collection are in parts."""
    return len(index.annotated) > DOCUMENTS


def table_path(table: str, part: str, ending: str) -> str:
    """Return the path of a file: "data/figures.csv", "data/figures-2023-04-12.csv"."""
    return f"{DATA}{table}{part and '-'}{part}.{ending}"
