"""Writes rows as files that other programs read: CSV (UTF-8, RFC 4180) and JSON, row for row."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping

from builder.compact_json import encoded

Value = str | float | int | None
Row = Mapping[str, Value]


def as_csv(rows: Iterable[Row]) -> bytes:
    """Return rows as CSV with a header line; an absent value is an empty cell."""
    rows = list(rows)
    out = io.StringIO()
    if rows:
        writer = csv.DictWriter(out, fieldnames=list(rows[0]), lineterminator="\r\n")
        writer.writeheader()
        writer.writerows(rows)
    return encoded(out.getvalue())


def as_json(rows: Iterable[Row]) -> bytes:
    """Return rows as a JSON array, one row a line; an absent value is null."""
    lines = (json.dumps(row, ensure_ascii=False) for row in rows)
    return encoded("[\n" + ",\n".join(lines) + "\n]\n")
