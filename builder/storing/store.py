"""Keeps what a build made of each document, and any other result, for the next build.

It is a cache in one file (see `database`). Whatever is wrong with the file, it is thrown away
without a word and made anew by who writes; a row that does not fit its seal is as good as not
there. One process writes, others read. Where the disk is full or may not be written to, the build
goes on: what is kept from then on stands in memory, for this process and those that it forks, and
goes along to those that get the store pickled.
"""

from __future__ import annotations

import zlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from builder.model import Place, Problem
from builder.storing.database import Database, Row

KEPT = Path(".cache") / "build.sqlite"

_LAST = "\U0010ffff"  # behind every other character
_GROUP = 400  # rows a transaction

# A row ends with its seal, for SQLite does not see a flipped bit.
_TABLES = {
    "documents": "name TEXT PRIMARY KEY, key TEXT, light BLOB, contribution BLOB, seal INTEGER",
    "bodies": "name TEXT PRIMARY KEY, key TEXT, body BLOB, seal INTEGER",
    "results": "name TEXT PRIMARY KEY, key TEXT, value BLOB, seal INTEGER",
}


@dataclass(frozen=True, slots=True)
class Light:
    """What the main process holds of every document; the body is asked for by name and key.

    `name` is the document's slug or path. `key` is a digest of all that the result depends on.
    """

    name: str
    key: str
    light: bytes
    contribution: bytes


class Store:
    """The results in the file at `path`, made by the program of that `code`.

    With `write` this is the one process that keeps. Else a file that is not there, or not of this
    code, is empty; so does a store read that is pickled, wherever it arrives, and one in a process
    that was forked. `name` is what messages call the file.
    """

    def __init__(
        self, path: Path, code: str, *, write: bool = False, name: str = KEPT.as_posix()
    ) -> None:
        self._path, self._code, self._name = path, code, name
        self._database = Database(path, code, _TABLES, write=write)
        # What could not be written, by table and name; None is what could not be forgotten.
        self._memory: dict[str, dict[str, Row | None]] = {table: {} for table in _TABLES}

    def __reduce__(self) -> tuple[object, ...]:
        held = {"_memory": self._memory} if any(self._memory.values()) else None
        return Store, (self._path, self._code), held

    @property
    def problems(self) -> tuple[Problem, ...]:
        """One warning where nothing can be written, and why."""
        if not self._database.error:
            return ()
        what = f"nothing can be kept for the next build: {self._database.error}"
        hint = "it will take as long as the first one; free some space or check the permissions"
        return (Problem(Place(self._name, 0), what, hint, warning=True),)

    def documents(self) -> Iterator[Light]:
        """Yield what is kept of each document, in no order; keep nothing before the last."""
        here = self._memory["documents"]
        yield from (Light(*row) for row in here.values() if row)
        for *own, seal in self._database.select("SELECT * FROM documents"):
            if own[0] not in here and seal == _seal(own):
                yield Light(*own)

    def document_keys(self) -> Iterator[tuple[str, str]]:
        """Yield name and key of what is kept of each document; of one that is damaged as well."""
        here = self._memory["documents"]
        yield from ((row[0], row[1]) for row in here.values() if row)
        for name, key in self._database.select("SELECT name, key FROM documents"):
            if name not in here:
                yield name, key

    def body(self, name: str, key: str) -> bytes | None:
        """Return the body that is kept of a document under that key, None where none is."""
        return self._kept("bodies", name, key)

    def result(self, name: str, key: str) -> bytes | None:
        """Return the result that is kept under that name and key, None where none is."""
        return self._kept("results", name, key)

    def results(self, under: str) -> Iterator[tuple[str, str, bytes]]:
        """Yield the results whose names begin with `under`; keep nothing before the last."""
        here = self._memory["results"]
        for row in here.values():
            if row is not None and row[0].startswith(under):
                yield row[0], row[1], row[2]
        query = "SELECT * FROM results WHERE name >= ? AND name < ?"
        for name, key, value, seal in self._database.select(query, under, under + _LAST):
            if name not in here and seal == _seal((name, key, value)):
                yield name, key, value

    def keep(
        self,
        documents: Iterable[tuple[Light, bytes]],
        results: Iterable[tuple[str, str, bytes]] = (),
    ) -> None:
        """Keep documents with their bodies and what belongs to them: all of it, or nothing.

        Each stands in the place of what has its name.
        """
        group = list(documents)
        lights = [(one.name, one.key, one.light, one.contribution) for one, _ in group]
        bodies = [(one.name, one.key, body) for one, body in group]
        rows: dict[str, Sequence[Row]] = {"documents": lights, "bodies": bodies}
        rows["results"] = list(results)
        self._put({table: own for table, own in rows.items() if own})

    def keep_results(self, results: Iterable[tuple[str, str, bytes]]) -> None:
        """Keep results as (name, key, value), each in the place of the one of its name."""
        iterator = iter(results)
        while group := list(islice(iterator, _GROUP)):
            self._put({"results": group})

    def forget_documents(self, but: Collection[str]) -> None:
        """Forget all documents but those of these names."""
        for table in ("documents", "bodies"):
            self._forget(table, but)

    def drop_documents(
        self, gone: Collection[str] | None, *results: tuple[str, str, bytes]
    ) -> None:
        """Forget the documents of these names, of all where None, and keep results: all or nothing.

        Their bodies stay until others take their place.
        """
        listed = (name for (name,) in self._database.select("SELECT name FROM documents"))
        names = list(listed if gone is None else gone)
        forget = ("DELETE FROM documents WHERE name = ?", [(name,) for name in names])
        rows = [(*result, _seal(result)) for result in results]
        put = ("INSERT OR REPLACE INTO results VALUES (?, ?, ?, ?)", rows)
        if not self._database.change([forget, put]):
            self._memory["documents"].update(dict.fromkeys(names))
            self._memory["results"].update((result[0], result) for result in results)

    def forget_results(self, but: Collection[str], under: str = "") -> None:
        """Forget the results whose name begins with `under`, but those of these names."""
        self._forget("results", but, under)

    def close(self) -> None:
        """Let go of the file; it is opened again when something is asked for."""
        self._database.close()

    def end_writing(self) -> None:
        """Let go of the file, and only read it from now on."""
        self._database.end_writing()

    def _kept(self, table: str, name: str, key: str) -> bytes | None:
        here = self._memory[table]
        row = here[name] if name in here else next(self._stored(table, name), None)
        if row is None or row[1] != key:
            return None
        value: bytes = row[2]
        return value

    def _stored(self, table: str, name: str) -> Iterator[Row]:
        rows = self._database.select(f"SELECT * FROM {table} WHERE name = ?", name)
        return (tuple(own) for *own, seal in list(rows) if seal == _seal(own))

    def _put(self, rows: Mapping[str, Sequence[Row]]) -> None:
        """Write rows in one transaction; what cannot be written stands in memory."""
        # A file that turned out to be damaged has been made anew by the second time.
        if not self._written(rows) and not self._written(rows):
            for table, own in rows.items():
                self._memory[table].update((row[0], row) for row in own)

    def _written(self, rows: Mapping[str, Sequence[Row]]) -> bool:
        return self._database.change(
            (
                f"INSERT OR REPLACE INTO {table} VALUES ({'?, ' * len(own[0])}?)",
                [(*row, _seal(row)) for row in own],
            )
            for table, own in rows.items()
        )

    def _forget(self, table: str, but: Collection[str], under: str = "") -> None:
        here = self._memory[table]
        query = f"SELECT name FROM {table} WHERE name >= ? AND name < ?"
        there = (name for (name,) in self._database.select(query, under, under + _LAST))
        kept = frozenset(but)
        gone = [name for name in {*there, *here} if name.startswith(under) and name not in kept]
        delete = f"DELETE FROM {table} WHERE name = ?"
        if gone and not self._database.change([(delete, [(name,) for name in gone])]):
            here.update(dict.fromkeys(gone))


def _seal(row: Sequence[str | bytes]) -> int:
    """Return what fits only these values in this order."""
    seal = 0
    for value in row:
        data = value.encode("utf-8", "surrogatepass") if isinstance(value, str) else value
        seal = zlib.crc32(data, zlib.crc32(b"%d " % len(data), seal))
    return seal
