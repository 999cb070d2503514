"""Writes the page /data/: the files, how they are loaded, the data dictionary, the rights."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from builder.cells import SEPARATOR
from builder.counting import size_in_words
from builder.exporting import csv_metadata, data_package
from builder.exporting.schema import Field, Table, tables
from builder.exporting.tables import Made, of_table
from builder.html.paging import Pager
from builder.html.rendering import Link, Page
from builder.html.shown import Shown, index_page
from builder.site_files import DATA

# Of what is stated on rights, so many statements are told, the most frequent first.
_RIGHTS = 20


@dataclass(frozen=True, slots=True)
class Listed:
    """A table as the page lists it: its rows and its files in both forms."""

    table: Table
    rows: int
    csv: Sequence[Made]
    json: Sequence[Made]


def data_page(site: Shown, made: Sequence[Made], references: Mapping[str, Sequence[Made]]) -> Page:
    """Return the page on files that were written; `references` are those in parts, by ending."""
    listed = [_listed(table, made) for table in tables().values()]
    rights, others = _rights(site)
    page = index_page(
        "data_page",
        site,
        Pager(DATA, 1, 1),
        "Data",
        "The collection as tables: CSV and JSON files, what their fields mean, how they are loaded",
        modified=site.changed_of_all,
        listed=listed,
        references=references,
        base=site.publication.address(DATA),
        quoted='"{}"'.format,
        publication=site.publication,
        separator=SEPARATOR,
        rights=rights,
        other_rights=others,
        size_in_words=size_in_words,
        unquoting=[table for table in tables().values() if not table.is_quoting],
        example_of=example_of,
        total=sum(one.rows for one in listed),
    )
    # Both describe the files to programs that know nothing of this site.
    links = (
        Link("describedby", _beside(csv_metadata.PATH), "application/csvm+json"),
        Link("describedby", _beside(data_package.PATH), "application/json"),
    )
    return replace(page, links=(*page.links, *links))


def _listed(table: Table, made: Sequence[Made]) -> Listed:
    as_csv, as_json = (of_table(made, table.name, form) for form in ("csv", "json"))
    return Listed(table, sum(file.rows for file in as_csv), as_csv, as_json)


def _beside(path: str) -> str:
    return path.removeprefix(DATA)


def _rights(site: Shown) -> tuple[list[tuple[str, int]], int]:
    """Count what is stated on the rights in the documents, "" for nothing, and what is not told."""
    counted = Counter(document.metadata.rights.value or "" for document in site.index.documents)
    ranked = sorted(counted.items(), key=lambda one: (-one[1], one[0]))
    return ranked[:_RIGHTS], sum(number for _, number in ranked[_RIGHTS:])


def example_of(field: Field) -> str:
    """Return the example of a field as a cell of its CSV file has it."""
    if field.type == "list":
        return SEPARATOR.join(field.example)
    return str(field.example).lower() if field.type == "boolean" else str(field.example)
