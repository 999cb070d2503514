"""Writes the collection as data: the tables as CSV and as JSON, the same rows in both."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from builder.exporting.parts import parts_of
from builder.exporting.rows import ROWS, Part, entity_rows
from builder.exporting.schema import tables
from builder.html.data_links import in_parts, table_path
from builder.html.shown import Shown
from builder.html.tasks import Digests, Family, File, Filed, Task
from builder.index import Entry
from builder.site_files import DATA
from builder.storing.lazy import whole
from builder.table_files import Row, TableText

_FORMS = ("csv", "json")


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


def table_tasks(site: Shown, digests: Digests) -> Family:
    """Return the files of every table, part by part, each with the number of its rows."""
    return Family("tables", (digests.everything,), partial(_tasks, site, digests))


def _tasks(site: Shown, digests: Digests) -> Iterator[Task]:
    for part in parts_of(site):
        depends: tuple[object, ...] = (
            not in_parts(site.index),
            digests.documents(one.document for one in part.documents),
            [(gathered.measure.key, claim.id) for gathered, claim in part.measured],
        )
        yield Task(f"{DATA}{part.name}", depends, partial(_of_documents, part, site))
    for kind, entries in _entities(site):
        told = [_told(entry, site, digests) for entry in entries]
        depends = (not in_parts(site.index), told)
        make = partial(_of_entities, kind, entries, site)
        yield Task(f"{DATA}entities {kind}", depends, make)


def _told(entry: Entry, site: Shown, digests: Digests) -> tuple[object, ...]:
    """Return what its row tells of an entity."""
    counts = (entry.mentions, entry.passages, len(entry.groups))
    return (digests.known(entry), site.addresses[entry.who], *counts)


def files_of_tables(site: Shown, filed: Mapping[str, Filed]) -> list[Made]:
    """Return what the files hold that were made of all tables; `filed` has them by their path."""
    parts = [(table, part.name) for part in parts_of(site) for table in ROWS]
    parts += [("entities", kind) for kind, _ in _entities(site)]
    made = []
    for table, part in parts:
        for form in _FORMS:
            file = filed[table_path(table, part, form)]
            made.append(Made(table, part, form, file.path, file.rows, file.size, file.sha256))
    return made


def _entities(site: Shown) -> Iterator[tuple[str, Sequence[Entry]]]:
    """Yield the entities of each part of their table: of a large collection a kind is one."""
    listed = (site.index.entries, site.index.candidates)
    if not in_parts(site.index):
        yield "", [entry for of_kind in listed for some in of_kind.values() for entry in some]
        return
    for kind in site.index.entries:
        yield kind, [entry for of_kind in listed for entry in of_kind.get(kind, ())]


def _of_documents(part: Part, site: Shown) -> Iterator[File]:
    # Document by document: each is opened once for all tables, and none has to stay in memory.
    written = {table: TableText(tables()[table].names) for table in ROWS}
    for one in part.documents:
        held = replace(part, documents=[whole(one)], measured=())
        for table, rows_of in ROWS.items():
            written[table].add(_whole(rows_of(held, site), table))
    # What is measured stands measure by measure, not document by document.
    for table, rows_of in ROWS.items():
        written[table].add(_whole(rows_of(replace(part, documents=()), site), table))
        yield from _files(table, part.name, written[table])


def _of_entities(kind: str, entries: Sequence[Entry], site: Shown) -> Iterator[File]:
    written = TableText(tables()["entities"].names)
    written.add(_whole(entity_rows(entries, site), "entities"))
    return _files("entities", kind, written)


def _files(table: str, part: str, written: TableText) -> Iterator[File]:
    as_csv, as_json, count = written.files()
    for form, content in zip(_FORMS, (as_csv, as_json), strict=True):
        yield table_path(table, part, form), content, count


def _whole(rows: Iterable[Row], table: str) -> Iterator[Row]:
    """Yield rows that have all fields of their table; LookupError tells which one is missing."""
    names = frozenset(tables()[table].names)
    for row in rows:
        if not names <= row.keys():
            name = min(names - row.keys())
            where = "add it in builder/exporting/rows.py"
            what = f'field "{name}" of {table} has no value; {where}'
            raise LookupError(f"builder/data/tables.yaml: {what}")
        yield row


def of_table(made: Iterable[Made], table: str, form: str) -> list[Made]:
    """Return the files that hold a table in one form, in order."""
    return [file for file in made if file.table == table and file.form == form]
