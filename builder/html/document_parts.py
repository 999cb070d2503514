"""Writes the rows of the documents table for its script: `data/documents/2024.json`, an index."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from builder.administrations import administration_of
from builder.html.documents_page import DocumentRow, document_row
from builder.html.shown import Shown
from builder.html.table_parts import (
    Values,
    as_part,
    by_year,
    offered,
    plain,
    short,
    year_of,
    year_words,
)
from builder.html.titles import date_of, known_in_words

FOLDER = "data/documents/"
ROWS = 500
"""How many documents a part holds at most."""


def document_files(site: Shown) -> Iterator[tuple[str, bytes]]:
    """Yield the parts, newest first, and the index."""
    rows = [document_row(one, site.index) for one in site.index.annotated]
    parts = []
    for name, year, listed in by_year(rows, lambda row: row.document, ROWS):
        parts.append((name, len(listed), year))
        yield f"{FOLDER}{name}.json", as_part(_part(listed, site))
    yield (
        f"{FOLDER}index.json",
        as_part({"parts": parts, "choices": offered(_values(row) for row in rows)}),
    )


def _values(row: DocumentRow) -> Values:
    metadata, year = row.document.metadata, year_of(row.document)
    administration = administration_of(metadata)
    return {
        "issuer": [(plain(metadata.issuer), plain(metadata.issuer))],
        "kind": [(plain(metadata.type), plain(metadata.type))],
        "year": [(year, year_words(year))],
        "administration": [(administration, administration)] if administration else [],
    }


def _part(rows: Sequence[DocumentRow], site: Shown) -> dict[str, Any]:
    return {"rows": [short(_row(row, site)) for row in rows]}


def _row(row: DocumentRow, site: Shown) -> list[Any]:
    document, metadata = row.document, row.document.metadata
    return [
        document.slug,
        site.titles[document.slug],
        metadata.date.value or "",
        date_of(metadata),
        metadata.issuer.value or "",
        known_in_words(metadata.issuer) if metadata.issuer.value else "",
        metadata.type.value or "",
        known_in_words(metadata.type) if metadata.type.value else "",
        administration_of(metadata) or "",
        row.passages,
        row.programs,
        row.countries,
        row.claims,
        row.language,
    ]
