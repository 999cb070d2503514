"""Writes rows as files that other programs read: CSV (UTF-8, RFC 4180) and JSON, row for row."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from json.encoder import encode_basestring
from operator import itemgetter

from builder.cells import Value, cell_of, columns_of, json_of
from builder.compact_json import encoded

Row = Mapping[str, Value]

_GROUP = 500  # rows that are in memory at a time
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


class TableText:
    """Rows as CSV and as JSON with the same columns, of which only their text is kept."""

    def __init__(self, names: Sequence[str]) -> None:
        self._table, self._lines = [_csv_row(names)], list[str]()
        keys = (encode_basestring(name).replace("%", "%%") for name in names)
        self._line = f"{{{','.join(f'{key}:%s' for key in keys)}}}"
        self._values_of = itemgetter(*names) if len(names) > 1 else lambda row: (row[names[0]],)

    def add(self, rows: Iterable[Row]) -> None:
        """Add rows, each of which has all columns."""
        values = map(self._values_of, rows)
        # Column by column: nearly all that stands in one is of a kind.
        while group := list(islice(values, _GROUP)):
            columns = [*map(columns_of, zip(*group, strict=True))]
            cells = zip(*[cells for cells, _ in columns], strict=True)
            self._table += map(_csv_row, cells)
            told = zip(*[told for _, told in columns], strict=True)
            self._lines += map(self._line.__mod__, told)

    def files(self) -> tuple[bytes, bytes, int]:
        """Return the CSV file, the JSON file, and how many rows they have."""
        text = "[\n" + ",\n".join(self._lines) + "\n]\n"
        return encoded("".join(self._table)), encoded(text), len(self._lines)


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
