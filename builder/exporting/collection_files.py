"""Writes what describes the tables in `data/`: to programs, and on the page of the data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial

from builder.exporting.citation_files import files_of_references
from builder.exporting.csv_metadata import csv_metadata_file
from builder.exporting.data_package import package_file
from builder.exporting.data_page import data_page
from builder.exporting.dataset import with_dataset
from builder.exporting.tables import Made, files_of_tables
from builder.html.rendering import Page
from builder.html.shown import Shown
from builder.html.tasks import Digests, File, Filed, Task
from builder.site_files import DATA


def describing_tasks(site: Shown, digests: Digests, filed: Mapping[str, Filed]) -> Iterator[Task]:
    """Yield what describes the files of the tables, which must have been made before."""
    made, references = files_of_tables(site, filed), files_of_references(site, filed)
    depends = (digests.everything, site.changed_of_all, made, references)
    yield Task(f"{DATA}datapackage", depends, partial(_made, site, made, references))


def _made(
    site: Shown, made: list[Made], references: Mapping[str, list[Made]]
) -> Iterator[Page | File]:
    yield package_file(site, made)
    yield csv_metadata_file(site, made)
    yield with_dataset(data_page(site, made, references), site, made)
