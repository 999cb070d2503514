"""Writes the rows of the documents table for its script: `data/documents/2024.json`, an index."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

from builder.administrations import administration_of
from builder.html.documents_page import DocumentRow, document_row
from builder.html.shown import Shown
from builder.html.table_parts import (
    as_part,
    by_year,
    offered,
    plain,
    short,
    year_of,
    year_words,
)
from builder.html.tasks import Digests, Family, File, Task
from builder.html.titles import date_of, known_in_words
from builder.model import Annotated, Document

FOLDER = "data/documents/"
ROWS = 500
"""How many documents a part holds at most."""


def document_part_tasks(site: Shown, digests: Digests) -> Family:
    """Return the parts, newest first, and the index."""
    depends = (digests.documents(site.index.documents),)
    return Family(FOLDER, depends, partial(_tasks, site, digests))


def _tasks(site: Shown, digests: Digests) -> Iterator[Task]:
    parts = []
    for name, year, listed in by_year(site.index.annotated, lambda one: one.document, ROWS):
        parts.append((name, len(listed), year))
        depends = (name, digests.documents(one.document for one in listed))
        yield Task(f"{FOLDER}{name}", depends, partial(_made, name, listed, site))
    told = {"parts": parts, "choices": dict(_choices(site.index.documents))}
    yield Task(f"{FOLDER}index", (told,), lambda: [(f"{FOLDER}index.json", as_part(told))])


def _made(name: str, listed: Sequence[Annotated], site: Shown) -> Iterator[File]:
    rows = [document_row(one, site.index) for one in listed]
    yield f"{FOLDER}{name}.json", as_part(_part(rows, site))


def _choices(
    documents: Sequence[Document],
) -> Iterator[tuple[str, list[tuple[str, str, int]]]]:
    """Yield each filter with what it offers; nothing where there are no documents."""
    if not documents:
        return
    issuers = Counter(plain(one.metadata.issuer) for one in documents)
    kinds = Counter(plain(one.metadata.type) for one in documents)
    years = Counter(map(year_of, documents))
    names = (administration_of(one.metadata) for one in documents)
    administrations = Counter(name for name in names if name)
    yield "issuer", offered({(one, one): n for one, n in issuers.items()})
    yield "kind", offered({(one, one): n for one, n in kinds.items()})
    yield "year", offered({(one, year_words(one)): n for one, n in years.items()})
    yield "administration", offered({(one, one): n for one, n in administrations.items()})


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
