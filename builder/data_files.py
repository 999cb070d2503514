"""Writes the collection as data: the same rows as CSV (UTF-8, RFC 4180) and as JSON."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping

from builder.figure_fields import figure_fields
from builder.html.documents_page import document_row
from builder.html.titles import title_of
from builder.index import Index

Value = str | float | int | None
Row = Mapping[str, Value]


def data_files(index: Index) -> Iterator[tuple[str, bytes]]:
    """Yield each data file with its path relative to `content/`."""
    tables = {
        "documents": _documents,
        "passages": _passages,
        "mentions": _mentions,
        "figures": _figures,
        "entities": _entities,
    }
    for name, rows_of in tables.items():
        rows = list(rows_of(index))
        yield f"data/{name}.csv", as_csv(rows)
        yield f"data/{name}.json", as_json(rows)


def as_csv(rows: Iterable[Row]) -> bytes:
    """Return rows as CSV with a header line; an absent value is an empty cell."""
    rows = list(rows)
    out = io.StringIO()
    if rows:
        writer = csv.DictWriter(out, fieldnames=list(rows[0]), lineterminator="\r\n")
        writer.writeheader()
        writer.writerows(rows)
    return out.getvalue().encode("utf-8", "backslashreplace")


def as_json(rows: Iterable[Row]) -> bytes:
    """Return rows as a JSON array, one row a line; an absent value is null."""
    lines = (json.dumps(row, ensure_ascii=False) for row in rows)
    return ("[\n" + ",\n".join(lines) + "\n]\n").encode("utf-8", "backslashreplace")


def _documents(index: Index) -> Iterator[Row]:
    for one in index.annotated:
        metadata, row = one.document.metadata, document_row(one)
        yield {
            "document": one.document.slug,
            "title": title_of(one.document),
            "title_provenance": metadata.title.provenance,
            "issuer": metadata.issuer.value,
            "issuer_provenance": metadata.issuer.provenance,
            "date": metadata.date.value,
            "date_provenance": metadata.date.provenance,
            "type": metadata.type.value,
            "type_provenance": metadata.type.provenance,
            "url": metadata.url.value,
            "rights": metadata.rights.value,
            "language": metadata.language.value,
            "source": one.document.source.path,
            "sha256": one.document.source.sha256,
            "passages": row.passages,
            "programs": row.programs,
            "countries": row.countries,
            "figures": row.figures,
        }


def _passages(index: Index) -> Iterator[Row]:
    for document in index.documents:
        for block in document.passages:
            yield {
                "document": document.slug,
                "anchor": block.anchor,
                "kind": block.kind,
                "level": block.level,
                "start": block.span.start,
                "end": block.span.end,
                "text": block.text,
            }


def _mentions(index: Index) -> Iterator[Row]:
    for one in index.annotated:
        for mention in one.mentions:
            if mention.figure is None:
                yield {
                    "document": one.document.slug,
                    "anchor": one.document.blocks[mention.block].anchor,
                    "kind": mention.kind,
                    "entity": mention.entity,
                    "start": mention.span.start,
                    "end": mention.span.end,
                    "surface": mention.surface,
                }


def _figures(index: Index) -> Iterator[Row]:
    for row in index.figures:
        figure, named = row.figure, row.named
        yield {
            "document": row.document.slug,
            "anchor": row.block.anchor,
            "id": row.mention.id,
            "surface": row.mention.surface,
            **figure_fields(figure),
            "sentence": row.block.text[row.sentence.start : row.sentence.end],
            "programs": " ".join(key for kind, key in named if kind == "program"),
            "countries": " ".join(key for kind, key in named if kind == "country"),
            "repeats": " ".join(mention.id or "" for _, mention in row.repeats),
        }


def _entities(index: Index) -> Iterator[Row]:
    for listed in (index.entries, index.candidates):
        for entries in listed.values():
            for entry in entries:
                entity = entry.entity
                yield {
                    "kind": entity.kind,
                    "entity": entity.key,
                    "name": entity.name,
                    "listed_under": entity.sort or None,
                    "about": entity.about or None,
                    "aliases": "; ".join(entity.aliases) or None,
                    "reviewed": "yes" if entity.reviewed else "no",
                    "mentions": entry.mentions,
                    "passages": entry.passages,
                    "documents": len(entry.groups),
                }
