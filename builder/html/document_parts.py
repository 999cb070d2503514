"""Writes the rows of the documents table for its script: `data/documents/2024.json`, an index."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
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
from builder.model import Annotated
from builder.tallies import NO_TALLIES, Part, Tallies

FOLDER = "data/documents/"
ROWS = 500
"""How many documents a part holds at most."""
_FILTERS = ("issuer", "kind", "year", "administration")


def document_part_tasks(site: Shown, digests: Digests, tallies: Tallies = NO_TALLIES) -> Family:
    """Return the parts, newest first, and the index."""
    depends = (digests.documents(site.index.documents),)
    return Family(FOLDER, depends, partial(_tasks, site, digests, tallies))


def _tasks(site: Shown, digests: Digests, tallies: Tallies) -> Iterator[Task]:
    parts, counted = [], []
    for name, year, listed in by_year(site.index.annotated, lambda one: one.document, ROWS):
        parts.append((name, len(listed), year))
        shown = digests.documents(one.document for one in listed)
        yield Task(f"{FOLDER}{name}", (name, shown), partial(_made, name, listed, site))
        counted.append(Part(name, shown, partial(_counted, listed)))
    told = {"parts": parts, "choices": dict(_choices(tallies.of(FOLDER, counted)))}
    yield Task(f"{FOLDER}index", (told,), lambda: [(f"{FOLDER}index.json", as_part(told))])


def _made(name: str, listed: Sequence[Annotated], site: Shown) -> Iterator[File]:
    rows = [document_row(one, site.index) for one in listed]
    yield f"{FOLDER}{name}.json", as_part(_part(rows, site))


def _counted(listed: Sequence[Annotated]) -> Sequence[Counter[str]]:
    """Count issuers, kinds, years and administrations of some documents."""
    metadata = [one.document.metadata for one in listed]
    return (
        Counter(plain(one.issuer) for one in metadata),
        Counter(plain(one.type) for one in metadata),
        Counter(year_of(one.document) for one in listed),
        Counter(filter(None, map(administration_of, metadata))),
    )


def _choices(
    counted: Iterable[Sequence[Mapping[str, int]]],
) -> Iterator[tuple[str, list[tuple[str, str, int]]]]:
    """Yield each filter with what it offers; nothing where there are no documents."""
    every = [Counter[str]() for _ in _FILTERS]
    for part in counted:
        for counts, more in zip(every, part, strict=True):
            counts.update(more)
    if not any(every):
        return
    for name, counts in zip(_FILTERS, every, strict=True):
        words = year_words if name == "year" else str
        yield name, offered({(one, words(one)): n for one, n in counts.items()})


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
