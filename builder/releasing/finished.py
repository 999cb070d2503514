"""Reads what a finished site tells of itself: its data package, and the tables that it names.

Nothing else is read: a release is made from the very files that readers see, whatever has become of
the sources since.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import file_digest
from itertools import chain
from pathlib import Path, PurePosixPath
from typing import Any

from builder.exporting.data_package import PATH as PACKAGE
from builder.exporting.schema import ForeignKey
from builder.html.document_downloads import downloads
from builder.model import Place, Problem, Problems
from builder.site_files import DATA, folder_of
from builder.slugs import slugify

_NAMELESS = "collection"
_LONGEST_CELL = 2**31 - 1
_SHOWN = 10  # files that are missing
_BUILD = 'run "builder build", then "builder release" again'


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: one of Frictionless' types, and what parts the items of a list."""

    name: str
    type: str
    title: str = ""
    description: str = ""
    delimiter: str = ","
    required: bool = False
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table of the site: what it says of itself, and the CSV files that hold its rows."""

    name: str
    title: str
    description: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    foreign_keys: tuple[ForeignKey, ...]
    files: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Finished:
    """A finished site as its data package describes it; `called` is the folder in messages."""

    site: Path
    called: str
    name: str
    package: Mapping[str, Any]
    tables: tuple[Table, ...]

    @property
    def title(self) -> str:
        """What the collection is called."""
        return str(self.package.get("title") or self.name)

    def place(self, path: str) -> Place:
        """Return where a problem with a file of the site is."""
        return Place(f"{self.called}/{path}", 0)

    def rows(self, table: Table) -> Iterator[list[str]]:
        """Yield the rows of a table, part after part, each cell as its text."""
        csv.field_size_limit(_LONGEST_CELL)  # by itself it refuses long passages
        names = [column.name for column in table.columns]
        for path in table.files:
            with (self.site / path).open(encoding="utf-8", newline="") as file:
                reader = csv.reader(file, strict=True)
                header = next(reader, names)
                if header != names:
                    what = f"has the columns {', '.join(header)}; described are {', '.join(names)}"
                    raise Problems([Problem(self.place(path), what, _BUILD)])
                yield from reader


def read_finished(site: Path, called: str) -> Finished:
    """Return what stands at `site`; `called` is its name in messages.

    Raises Problems where no finished site of ours stands there, or where its data files are not
    those that the build wrote.
    """
    place = Place(f"{called}/{PACKAGE}", 0)
    try:
        package = json.loads((site / PACKAGE).read_text(encoding="utf-8"))
        resources = [one for one in package["resources"] if "schema" in one]
        tables = tuple(_table(one) for one in resources)
    except FileNotFoundError:
        there = (site / "index.html").is_file()
        place = place if there else Place(called, 0)
        what = "the site says nothing of its data" if there else "there is no finished site"
        raise Problems([Problem(place, what, 'run "builder build" first')]) from None
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        what = "is not the data package that a build writes"
        raise Problems([Problem(place, what, _BUILD)]) from error
    name = slugify(str(package.get("name") or package.get("title") or "")) or _NAMELESS
    finished = Finished(site, called, name, package, tables)
    if problems := [problem for one in resources for problem in _changed(finished, one)]:
        raise Problems(problems)
    # Only now, for the rows of the documents are known to be those that the build wrote.
    if lacking := _lacking(finished):
        raise Problems(lacking)
    return finished


def _table(resource: Mapping[str, Any]) -> Table:
    schema = resource["schema"]
    return Table(
        name=resource["name"],
        title=resource.get("title", ""),
        description=resource.get("description", ""),
        columns=tuple(map(_column, schema["fields"])),
        key=_names(schema.get("primaryKey", ())),
        foreign_keys=tuple(
            ForeignKey(
                _names(one["fields"]),
                # A table that refers to itself names no resource.
                one["reference"].get("resource") or resource["name"],
                _names(one["reference"]["fields"]),
            )
            for one in schema.get("foreignKeys", ())
        ),
        files=_files(resource),
    )


def _column(field: Mapping[str, Any]) -> Column:
    return Column(
        name=field["name"],
        type=field.get("type", "string"),
        title=field.get("title", ""),
        description=field.get("description", ""),
        delimiter=field.get("delimiter", ","),
        required=field.get("constraints", {}).get("required", False),
        unit=field.get("unit", ""),
    )


def _names(one_or_more: str | Sequence[str]) -> tuple[str, ...]:
    return (one_or_more,) if isinstance(one_or_more, str) else tuple(one_or_more)


def _files(resource: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the files of a resource by their path in the site."""
    paths = _names(resource["path"])
    if any(PurePosixPath(path).is_absolute() or ".." in path.split("/") for path in paths):
        raise ValueError("a file outside the site")
    return tuple(f"{DATA}{path}" for path in paths)


def _changed(finished: Finished, resource: Mapping[str, Any]) -> Iterator[Problem]:
    """Yield the files of a resource that are missing or not what the package says they are."""
    for part in (*(resource.get("parts") or [resource]), *resource.get("json", ())):
        path, stated = f"{DATA}{part['path']}", str(part.get("hash", ""))
        if not (finished.site / path).is_file():
            yield Problem(finished.place(path), "is missing from the site", _BUILD)
        elif stated and stated != f"sha256:{sha256_of(finished.site / path)}":
            yield Problem(finished.place(path), "is not the file that the build wrote", _BUILD)


def _lacking(finished: Finished) -> list[Problem]:
    """Return the pages and files that the site tells of and does not hold."""
    documents = [table for table in finished.tables if table.name == "documents"]
    slugs = (
        row[[column.name for column in table.columns].index("document")]
        for table in documents
        for row in finished.rows(table)
    )
    files = ["index.html", *(one.file for one in downloads())]
    paths = (f"{folder_of(slug)}{file}" for slug in slugs for file in files)
    lacking = [
        path
        for path in chain(("index.html", f"{DATA}index.html"), paths)
        if not (finished.site / path).is_file()
    ]
    told = [Problem(finished.place(path), "is missing from the site", _BUILD) for path in lacking]
    if len(told) > _SHOWN:
        what = f"lacks {len(told) - _SHOWN} more files"
        told[_SHOWN:] = [Problem(Place(finished.called, 0), what, _BUILD)]
    return told


def sha256_of(file: Path) -> str:
    """Return the SHA-256 of a file, read in pieces."""
    with file.open("rb") as handle:
        return file_digest(handle, "sha256").hexdigest()
