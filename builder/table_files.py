"""Writes rows as files that other programs read: CSV (UTF-8, RFC 4180) and JSON, row for row."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from json.encoder import encode_basestring
from operator import add, itemgetter

from builder.cells import Value, cell_of, json_of
from builder.compact_json import encoded

Row = Mapping[str, Value]

# What of a cell of CSV has to stand between quotation marks.
_PARTING = re.compile('[,"\r\n]')


def as_csv(rows: Iterable[Row], names: Sequence[str] = ()) -> bytes:
    """Return rows as CSV with a header line; an absent value is an empty cell.

    `names` are the columns, those of the first row where nothing is said.
    """
    lines = [_csv_row(names)] if names else []
    for row in rows:
        if not names:
            names = tuple(row)
            lines.append(_csv_row(names))
        lines.append(_csv_row([cell_of(row[name]) for name in names]))
    return encoded("".join(lines))


def as_json(rows: Iterable[Row]) -> bytes:
    """Return rows as a JSON array, one row a line; an absent value is null."""
    return encoded("[\n" + ",\n".join(map(_json_row, rows)) + "\n]\n")


def both(rows: Iterable[Row], names: Sequence[str]) -> tuple[bytes, bytes, int]:
    """Return rows as CSV and as JSON with the columns `names`, and how many there are.

    The rows are made once, and only their text is kept.
    """
    table, lines = [_csv_row(names)], []
    keys = [f"{encode_basestring(name)}:" for name in names]
    values_of = itemgetter(*names) if len(names) > 1 else lambda row: (row[names[0]],)
    for row in rows:
        values = values_of(row)
        table.append(_csv_row([*map(cell_of, values)]))
        lines.append(f"{{{','.join(map(add, keys, map(json_of, values)))}}}")
    text = "[\n" + ",\n".join(lines) + "\n]\n"
    return encoded("".join(table)), encoded(text), len(lines)


def _csv_row(cells: Sequence[str]) -> str:
    """Return a line of CSV. The standard library's writer looks at each character by itself."""
    line = ",".join(cells)
    if line.count(",") >= len(cells) or '"' in line or "\n" in line or "\r" in line:
        line = ",".join([_quoted(cell) if _PARTING.search(cell) else cell for cell in cells])
    return f"{line or _quoted(line)}\r\n"


def _quoted(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"'


def _json_row(row: Row) -> str:
    cells = (f"{encode_basestring(name)}:{json_of(value)}" for name, value in row.items())
    return f"{{{','.join(cells)}}}"
