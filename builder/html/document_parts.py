"""Writes the rows of the documents table for its script: `data/documents/2024.json`, an index."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
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
from builder.html.tasks import Digests, File, Task
from builder.html.titles import date_of, known_in_words
from builder.model import Annotated, Document

FOLDER = "data/documents/"
ROWS = 500
"""How many documents a part holds at most."""


def document_part_tasks(site: Shown, digests: Digests) -> Iterator[Task]:
    """Yield the parts, newest first, and the index."""
    parts = []
    for name, year, listed in by_year(site.index.annotated, lambda one: one.document, ROWS):
        parts.append((name, len(listed), year))
        depends = (name, digests.documents(one.document for one in listed))
        yield Task(f"{FOLDER}{name}", depends, partial(_made, name, listed, site))
    yield Task(f"{FOLDER}index", (parts, digests.everything), partial(_made_index, parts, site))


def _made(name: str, listed: Sequence[Annotated], site: Shown) -> Iterator[File]:
    rows = [document_row(one, site.index) for one in listed]
    yield f"{FOLDER}{name}.json", as_part(_part(rows, site))


def _made_index(parts: list[tuple[str, int, str]], site: Shown) -> Iterator[File]:
    choices = offered(_values(one.document) for one in site.index.annotated)
    yield f"{FOLDER}index.json", as_part({"parts": parts, "choices": choices})


def _values(document: Document) -> Values:
    metadata, year = document.metadata, year_of(document)
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
