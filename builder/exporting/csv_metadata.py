"""Describes the CSV files as CSV on the Web: `data/csv-metadata.json`, where its readers look."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from builder.cells import SEPARATOR
from builder.citing.publication import Publication
from builder.compact_json import compact, encoded
from builder.exporting.schema import Field, ForeignKey, Table, tables
from builder.exporting.tables import Made, of_table
from builder.html.shown import Shown
from builder.site_files import DATA

PATH = f"{DATA}csv-metadata.json"
_TYPES = {"edtf": "string", "list": "string", "url": "anyURI", "number": "decimal"}
# The CSV files of each table.
Files = Mapping[str, Sequence[Made]]


def csv_metadata_file(site: Shown, made: Sequence[Made]) -> tuple[str, bytes]:
    """Return the path and the bytes of the description of files that were written."""
    publication = site.publication
    group = {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
        "dc:title": publication.name,
        "dc:description": publication.description,
        "dc:modified": site.changed_of_all,
        "dialect": {"commentPrefix": None, "lineTerminators": ["\r\n"]},
    }
    head = {key: value for key, value in group.items() if value}
    files = {name: of_table(made, name, "csv") for name in tables()}
    described = [
        compact(_table(table, file, files, publication))
        for table in tables().values()
        for file in files[table.name]
    ]
    return PATH, encoded(f'{compact(head)[:-1]},"tables":[\n' + ",\n".join(described) + "\n]}\n")


def _table(table: Table, file: Made, files: Files, publication: Publication) -> dict[str, Any]:
    schema: dict[str, Any] = {
        "columns": [_column(table, field, is_long=not file.part) for field in table.fields],
        "primaryKey": list(table.key),
    }
    keys = [
        _foreign_key(reference, file, files)
        for reference in table.references
        # By this standard every row must refer to one: what may be empty is no foreign key.
        if all(table.field(name).required for name in reference.fields)
        and _target(reference, file, files)
    ]
    if keys:
        schema["foreignKeys"] = keys
    if publication.url and "url" in table.names:
        schema["aboutUrl"] = "{+url}"
    title = f"{table.title}, {file.part}" if file.part else table.title
    license_ = "" if table.is_quoting else publication.license_url or publication.license
    return {
        "url": file.path.removeprefix(DATA),
        "dc:title": title,
        "dc:description": table.description,
        **({"dc:license": license_} if license_ else {}),
        "tableSchema": schema,
    }


def _foreign_key(reference: ForeignKey, file: Made, files: Files) -> dict[str, Any]:
    return {
        "columnReference": list(reference.fields),
        "reference": {
            "resource": _target(reference, file, files).removeprefix(DATA),
            "columnReference": list(reference.to),
        },
    }


def _target(reference: ForeignKey, file: Made, files: Files) -> str:
    """Return the file in which all values of a reference stand: the same part, or the whole table.

    "" where they stand in several, which no reference between files can say.
    """
    known = files[reference.table]
    same = [one.path for one in known if one.part == file.part or len(known) == 1]
    return same[0] if same else ""


def _column(table: Table, field: Field, *, is_long: bool) -> Mapping[str, Any]:
    """Return the description of a column; in full where the whole table is one file."""
    base = _TYPES.get(field.type, field.type)
    column: dict[str, Any] = {
        "name": field.name,
        "titles": field.name,
        "datatype": {"base": base, "format": field.pattern} if field.pattern else base,
        # The row of the data dictionary, beside the files.
        "propertyUrl": f"./#{table.name}.{field.name}",
    }
    if field.required:
        column["required"] = True
    if field.type == "list":
        column["separator"] = SEPARATOR
    return {**column, "dc:description": field.description} if is_long else column
