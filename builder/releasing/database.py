"""Writes the tables of a finished site as one SQLite database with full-text search.

The same site gives the same bytes: rows stand in the order of their files, nothing tells the time,
and the pages of the database are laid anew at the end. Rows pass through one at a time.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path

from builder.cells import unguarded
from builder.compact_json import compact
from builder.model import Problem, Problems
from builder.releasing.finished import Column, Finished, Table
from builder.releasing.offered import Offered, offered_tables, offered_views

# Tells programs that look at the file whose database it is ("Bldr"), and in which form.
APPLICATION = 0x426C6472
FORM = 1

# How SQLite keeps a value of each of Frictionless' types; whatever else is text.
_KEPT_AS = {"integer": "INTEGER", "number": "NUMERIC", "boolean": "INTEGER"}
_TRUTH = {"true": "1", "false": "0"}

# Accents and case do not count. Words are not cut to their stems: "organ" is no "organization".
_WORDS = "unicode61 remove_diacritics 2"

_DICTIONARY = (
    'CREATE TABLE "about" ("name" TEXT PRIMARY KEY, "value" TEXT)',
    'CREATE TABLE "data_dictionary" ("table" TEXT, "column" TEXT, "type" TEXT, "unit" TEXT,'
    ' "title" TEXT, "description" TEXT, PRIMARY KEY ("table", "column"))',
)
_SHOWN = 10  # problems of one sort


def write_database(finished: Finished, target: Path) -> Mapping[str, int]:
    """Write the database to a file that is not there yet; return how many rows each table has.

    Raises Problems where the site's data contradict themselves.
    """
    draft = target.with_name(f"{target.name}.draft")
    try:
        with closing(sqlite3.connect(draft, isolation_level=None)) as database:
            counts = _fill(database, finished)
            # One fresh file, page after page as a reader of it goes.
            database.execute("VACUUM INTO ?", (str(target),))
    except sqlite3.Error as error:
        raise _not_written(finished, error) from error
    finally:
        draft.unlink(missing_ok=True)
    return counts


def _fill(database: sqlite3.Connection, finished: Finished) -> dict[str, int]:
    # Half a draft is thrown away: no journal, no waiting for the disk.
    database.executescript(
        "PRAGMA page_size = 4096; PRAGMA encoding = 'UTF-8'; PRAGMA journal_mode = OFF;"
        f"PRAGMA synchronous = OFF; PRAGMA application_id = {APPLICATION};"
        f"PRAGMA user_version = {FORM}; BEGIN"
    )
    counts = {}
    for table in finished.tables:
        database.execute(_create(table))
        counts[table.name] = _insert(database, table, finished.rows(table))
    for statement in _offers(finished.tables):
        database.execute(statement)
    _describe(database, finished)
    database.execute("COMMIT")
    _check(database, finished)
    return counts


def _offers(tables: Sequence[Table]) -> Iterator[str]:
    """Yield what lays indexes and views over the tables."""
    offered = offered_tables()
    yield from _named_by_others(tables)
    for table in tables:
        yield from _lookups(table, offered.get(table.name, Offered()))
    for view in offered_views():
        yield f"CREATE VIEW {quoted(view.name)} AS {view.sql}"
        # Asked once, for SQLite does not look into a view when it is made.
        yield f"SELECT * FROM {quoted(view.name)} LIMIT 0"


def quoted(name: str) -> str:
    """Return a name as SQL has it."""
    return '"' + name.replace('"', '""') + '"'


def _listed(names: Iterable[str]) -> str:
    return ", ".join(map(quoted, names))


def _create(table: Table) -> str:
    parts = [
        f"{quoted(one.name)} {_KEPT_AS.get(one.type, 'TEXT')}{' NOT NULL' if one.required else ''}"
        for one in table.columns
    ]
    if table.key:
        parts.append(f"PRIMARY KEY ({_listed(table.key)})")
    parts += [
        f"FOREIGN KEY ({_listed(one.fields)}) REFERENCES {quoted(one.table)} ({_listed(one.to)})"
        for one in table.foreign_keys
    ]
    return f"CREATE TABLE {quoted(table.name)} (\n  " + ",\n  ".join(parts) + "\n)"


def _insert(database: sqlite3.Connection, table: Table, rows: Iterable[list[str]]) -> int:
    """Insert the rows of a table; return their number."""
    before = database.total_changes
    places = ", ".join("?" for _ in table.columns)
    read = {
        number: reader
        for number, column in enumerate(table.columns)
        if (reader := _reader(column)) is not None
    }
    database.executemany(f"INSERT INTO {quoted(table.name)} VALUES ({places})", _values(rows, read))
    return database.total_changes - before


def _reader(column: Column) -> Callable[[str], str | None] | None:
    """Return what turns a cell into a value; numbers SQLite reads by itself."""
    if column.type == "boolean":
        return _TRUTH.get
    if column.type == "list":
        # As JSON, so that json_each() and Datasette's facets look into it.
        return lambda cell: compact(unguarded(cell).split(column.delimiter))
    if column.type in _KEPT_AS:
        return None
    return unguarded


def _values(
    rows: Iterable[list[str]], read: Mapping[int, Callable[[str], str | None]]
) -> Iterator[list[str | None]]:
    """Yield cells as values; an empty one is none."""
    for row in rows:
        values: list[str | None] = [cell or None for cell in row]
        for number, reader in read.items():
            values[number] = reader(row[number]) if row[number] else None
        yield values


def _lookups(table: Table, offered: Offered) -> Iterator[str]:
    """Yield what makes the indexes of a table, and its full-text index."""
    made = {table.key}
    for columns in (*offered.indexes, *(one.fields for one in table.foreign_keys)):
        # The beginning of a longer key is found by that.
        if not any(index[: len(columns)] == columns for index in made):
            made.add(columns)
            yield _index(table.name, columns)
    if offered.search:
        index = quoted(f"{table.name}_fts")
        yield (
            f"CREATE VIRTUAL TABLE {index} USING fts5 ({_listed(offered.search)},"
            f" content={quoted(table.name)}, tokenize={quoted(_WORDS)})"
        )
        for order in ("rebuild", "optimize"):
            yield f"INSERT INTO {index} ({index}) VALUES ('{order}')"


def _named_by_others(tables: Iterable[Table]) -> Iterator[str]:
    """Yield what makes the unique indexes of what other tables name beside keys."""
    keys = {(table.name, table.key) for table in tables}
    named = {(one.table, one.to) for table in tables for one in table.foreign_keys}
    for table, columns in sorted(named - keys):
        yield _index(table, columns, unique=True)


def _index(table: str, columns: tuple[str, ...], *, unique: bool = False) -> str:
    name = quoted("_".join((table, "by", *columns)))
    sort = "UNIQUE INDEX" if unique else "INDEX"
    return f"CREATE {sort} {name} ON {quoted(table)} ({_listed(columns)})"


def _describe(database: sqlite3.Connection, finished: Finished) -> None:
    """Let the database say by itself what it is and what its columns mean."""
    for statement in _DICTIONARY:
        database.execute(statement)
    database.executemany("INSERT INTO about VALUES (?, ?)", about(finished).items())
    database.executemany(
        "INSERT INTO data_dictionary VALUES (?, ?, ?, ?, ?, ?)",
        (
            (table.name, one.name, one.type, one.unit or None, one.title, one.description)
            for table in finished.tables
            for one in table.columns
        ),
    )


def about(finished: Finished) -> dict[str, str]:
    """Return what a data package says of the whole, as plain text."""
    package = finished.package
    said = {
        "title": finished.title,
        "description": package.get("description"),
        "homepage": package.get("homepage"),
        "version": package.get("version"),
        "licenses": _named(package.get("licenses")),
        "sources": _named(package.get("sources")),
    }
    return {name: str(value) for name, value in said.items() if value}


def _named(entries: Iterable[Mapping[str, str]] | None) -> str:
    """Return licenses or sources as one line: "Title (address); Title"."""
    lines = []
    for one in entries or ():
        title, path = one.get("title") or one.get("name") or "", one.get("path") or ""
        lines.append(f"{title} ({path})" if title and path else title or path)
    return "; ".join(lines)


def _check(database: sqlite3.Connection, finished: Finished) -> None:
    """Raise Problems where a row names another that is not there."""
    problems = []
    for table, row, parent, _ in database.execute("PRAGMA foreign_key_check"):
        what = f'row {row} of the table "{table}" names a row that "{parent}" does not have'
        problems.append(Problem(finished.place("data"), what, 'run "builder build" again'))
    if problems:
        raise Problems(problems[:_SHOWN])


def _not_written(finished: Finished, error: sqlite3.Error) -> Problems:
    if isinstance(error, sqlite3.IntegrityError):
        what, hint = f"the tables contradict themselves: {error}", 'run "builder build" again'
    elif "fts5" in str(error):
        what, hint = "this Python's SQLite has no full-text search (FTS5)", "take another Python"
    else:
        what, hint = f"the database cannot be made: {error}", "is there space on the disk?"
    return Problems([Problem(finished.place("data"), what, hint)])
