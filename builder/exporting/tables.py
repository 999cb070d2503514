"""Writes the collection as data: the tables as CSV and as JSON, the same rows in both."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256

from builder.exporting.parts import parts_of
from builder.exporting.rows import ROWS, entity_rows
from builder.exporting.schema import tables
from builder.html.data_links import in_parts, table_path
from builder.html.shown import Shown
from builder.table_files import Row, both


@dataclass(frozen=True, slots=True)
class Made:
    """A file that was written: which table and part it holds, in which form, and its size.

    `part` is "" where it holds the whole table. `path` is relative to the site's root.
    """

    table: str
    part: str
    form: str
    path: str
    rows: int
    size: int
    sha256: str


def table_files(site: Shown, made: list[Made]) -> Iterator[tuple[str, bytes]]:
    """Yield the files of every table, part by part, and note in `made` what each of them holds."""
    for part in parts_of(site):
        for table, rows_of in ROWS.items():
            yield from _files(table, part.name, rows_of(part, site), made)
    listed = (site.index.entries, site.index.candidates)
    if not in_parts(site.index):
        every = [entry for of_kind in listed for some in of_kind.values() for entry in some]
        yield from _files("entities", "", entity_rows(every, site), made)
        return
    for kind in site.index.entries:
        some = [entry for of_kind in listed for entry in of_kind.get(kind, ())]
        yield from _files("entities", kind, entity_rows(some, site), made)


def _files(
    table: str, part: str, rows: Iterable[Row], made: list[Made]
) -> Iterator[tuple[str, bytes]]:
    as_csv, as_json, count = both(_whole(rows, table), tables()[table].names)
    for form, content in (("csv", as_csv), ("json", as_json)):
        path = table_path(table, part, form)
        digest = sha256(content).hexdigest()
        made.append(Made(table, part, form, path, count, len(content), digest))
        yield path, content


def _whole(rows: Iterable[Row], table: str) -> Iterator[Row]:
    """Yield rows that have all fields of their table; LookupError tells which one is missing."""
    names = frozenset(tables()[table].names)
    for row in rows:
        for name in sorted(names - row.keys()):
            where = "add it in builder/exporting/rows.py"
            what = f'field "{name}" of {table} has no value; {where}'
            raise LookupError(f"builder/data/tables.yaml: {what}")
        yield row


def of_table(made: Iterable[Made], table: str, form: str) -> list[Made]:
    """Return the files that hold a table in one form, in order."""
    return [file for file in made if file.table == table and file.form == form]
