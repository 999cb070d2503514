"""Writes the folder `data/`: the tables, what describes them to programs, and the page on them."""

from __future__ import annotations

from collections.abc import Iterator

from builder.exporting.csv_metadata import csv_metadata_file
from builder.exporting.data_package import package_file
from builder.exporting.data_page import data_page
from builder.exporting.dataset import with_dataset
from builder.exporting.tables import Made, table_files
from builder.html.shown import Shown


def collection_files(site: Shown) -> Iterator[tuple[str, bytes]]:
    """Yield the files, one at a time; what describes them comes after them."""
    made: list[Made] = []
    yield from table_files(site, made)
    yield package_file(site, made)
    yield csv_metadata_file(site, made)
    page = with_dataset(data_page(site, made), site, made)
    yield page.path, bytes(page)
