"""A file of SQLite that only keeps what can be made again: it never stops a run.

The file is in WAL mode, so that readers and the one writer never wait for each other. A transaction
is whole or not there, however the process ends; with `synchronous=NORMAL` a commit waits for no
disk, and a power cut may take the last transactions, never the file. A rollback journal would need
two waits a transaction for as much.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

Row = tuple[Any, ...]

# The log of what is new goes into the file when it is as long as so many pages: 32 MB.
_LOG = 8192
_WAIT = 5.0  # seconds, where another process is at the file
# What SQLite fails with where nothing is wrong with the file: the disk is full, or another writes.
_NO_DAMAGE = {
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_NOMEM,
}

# Connections of the process from which this one was forked. They are not ours to use, nor to close,
# for closing the last one would take the writer's log away: so they are held until the end.
_inherited: list[sqlite3.Connection] = []


class _NotOursError(sqlite3.DatabaseError):
    """Raised where a file was made by another program, or for other tables."""


class Database:
    """The tables of a file, by name with their columns, as a program of that `code` made them.

    With `write` a file that is damaged, or of other tables or another code, is thrown away and made
    anew; else it is empty. Each process has its own connection, and only this one writes.
    `error` tells why nothing can be written any more, "" as long as all is well.
    """

    def __init__(self, path: Path, code: str, tables: dict[str, str], *, write: bool) -> None:
        self.error = ""
        self._path, self._tables = path, tables
        self._writer = os.getpid() if write else None
        self._made_by = f"{code} {tables}"
        self._own: sqlite3.Connection | None = None
        self._process = 0
        self._thrown_away = False

    def select(self, query: str, *values: str) -> Iterator[Row]:
        """Yield the rows of a query; those that can be read where the file is damaged."""
        try:
            if connection := self._connection():
                yield from connection.execute(query, values)
        except sqlite3.Error as error:
            self._failed(error)

    def change(self, changes: Iterable[tuple[str, Iterable[Row]]]) -> bool:
        """Execute each statement for each of its rows, all in one transaction, or none of them."""
        connection = self._connection()
        if connection is None or self._writer != os.getpid() or self.error:
            return False
        try:
            connection.execute("BEGIN IMMEDIATE")
            for statement, rows in changes:
                connection.executemany(statement, rows)
            connection.execute("COMMIT")
        except sqlite3.Error as error:
            with suppress(sqlite3.Error):
                connection.rollback()
            self._failed(error)
            return False
        return True

    def close(self) -> None:
        """Let go of the file; it is opened again when something is asked for."""
        if self._own is not None and self._process == os.getpid():
            with suppress(sqlite3.Error):
                self._own.close()
            self._own = None
        self._process = 0

    def end_writing(self) -> None:
        """Let go of the file, and only read it from now on."""
        self.close()
        self._writer = None

    def _connection(self) -> sqlite3.Connection | None:
        """Return this process's own connection, None where nothing can be had from the file."""
        writes = self._writer == os.getpid()
        if self._process != os.getpid() and self._own is not None:
            _inherited.append(self._own)
            self._own = None
        # Who reads may come before there is anything to read.
        if self._process != os.getpid() or (self._own is None and not writes):
            self._process = os.getpid()
            try:
                self._own = self._opened(writes=writes)
            except (sqlite3.Error, OSError) as error:
                self._failed(error)
        return self._own

    def _failed(self, error: sqlite3.Error | OSError) -> None:
        """Throw a damaged file away, once; where that is not it, write no more."""
        code = getattr(error, "sqlite_errorcode", None)
        damaged = code is not None and code & 0xFF not in _NO_DAMAGE
        if self._writer != os.getpid():
            self.close()
        elif (damaged or isinstance(error, _NotOursError)) and not self._thrown_away:
            self._thrown_away = True
            self.close()
            try:
                throw_away(self._path)
            except OSError as cause:
                self.error = cause.strerror or str(cause)
            else:
                self._connection()
        else:
            self.error = self.error or getattr(error, "strerror", None) or str(error)

    def _opened(self, *, writes: bool) -> sqlite3.Connection | None:
        if writes:
            self._path.parent.mkdir(parents=True, exist_ok=True)
        elif not self._path.is_file():
            return None
        connection = sqlite3.connect(
            self._path, timeout=_WAIT, isolation_level=None, check_same_thread=False
        )
        try:
            return self._prepared(connection, writes=writes)
        except sqlite3.Error:
            connection.close()
            raise

    def _prepared(self, connection: sqlite3.Connection, *, writes: bool) -> sqlite3.Connection:
        """Set a connection up, and make the tables of a new file."""
        if writes:
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute("PRAGMA synchronous=NORMAL")
            connection.execute(f"PRAGMA wal_autocheckpoint={_LOG}")
            if connection.execute("SELECT count(*) FROM sqlite_master").fetchone() == (0,):
                self._make_tables(connection)
        else:
            connection.execute("PRAGMA query_only=1")
        # Where there is no such table, that is an error of SQLite's own.
        if connection.execute("SELECT said FROM made_by").fetchall() != [(self._made_by,)]:
            raise _NotOursError(f"{self._path} was made by another program")
        return connection

    def _make_tables(self, connection: sqlite3.Connection) -> None:
        connection.execute("BEGIN IMMEDIATE")
        for name, columns in self._tables.items():
            connection.execute(f"CREATE TABLE {name} ({columns})")
        connection.execute("CREATE TABLE made_by (said TEXT)")
        connection.execute("INSERT INTO made_by VALUES (?)", (self._made_by,))
        connection.execute("COMMIT")


def copy_of(path: Path, target: Path) -> None:
    """Let `target` be a copy of the file at `path`; where none can be made, nothing is there."""
    try:
        with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(target)) as copy:
            source.backup(copy)
    except sqlite3.Error:
        throw_away(target)


def throw_away(path: Path) -> None:
    """Remove a file with its log; the file goes first, for SQLite drops a log without one."""
    for name in (path.name, f"{path.name}-wal", f"{path.name}-shm", f"{path.name}-journal"):
        path.with_name(name).unlink(missing_ok=True)
