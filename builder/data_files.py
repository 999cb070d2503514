"""Writes the collection as data: the same rows as CSV (UTF-8, RFC 4180) and as JSON."""

from __future__ import annotations

from collections.abc import Iterator

from builder.claims import Claim, Statement
from builder.figure_fields import figure_fields
from builder.html.documents_page import document_row
from builder.html.entity_rows import entity_row
from builder.html.mention_rows import mention_row
from builder.html.shown import passage_link
from builder.html.titles import title_of
from builder.index import Entry, Index
from builder.model import Document
from builder.table_files import Row, as_csv, as_json


def data_files(index: Index, site_url: str = "") -> Iterator[tuple[str, bytes]]:
    """Yield each data file with its path relative to `content/`.

    Addresses are relative to the site's root where `site_url` is not known.
    """
    tables = {
        "documents": _documents(index),
        "passages": _passages(index),
        "mentions": _mentions(index),
        "figures": _figures(index, site_url),
        "claims": _claims(index, site_url),
        "measures": _measures(index, site_url),
        "entities": _entities(index),
    }
    for name, table in tables.items():
        rows = list(table)
        yield f"data/{name}.csv", as_csv(rows)
        yield f"data/{name}.json", as_json(rows)


def _documents(index: Index) -> Iterator[Row]:
    for one in index.annotated:
        metadata, row = one.document.metadata, document_row(one, index)
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
            "versions": len(one.document.versions) or 1,
            "since": _since(one.document),
            "passages": row.passages,
            "programs": row.programs,
            "countries": row.countries,
            "figures": row.figures,
            "claims": row.claims,
        }


def _since(document: Document) -> str | None:
    """Return the day on which the version that stands now took the place of another."""
    return document.versions[0].since or None if document.versions else None


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
                    **mention_row(one.document, mention),
                    "reviewed": _reviewed(index.by_who.get((mention.kind, mention.entity))),
                }


def _figures(index: Index, site_url: str) -> Iterator[Row]:
    """Yield every figure; one that says a claim again names the claim in `same_claim_as`.

    `was` is what it read before its last change, `further_ids` lead to it as well.
    """
    for claim in index.claims:
        for statement in claim.statements:
            own_id = statement.mention.id
            yield {
                **_stated(claim, statement),
                "measure": _measure_keys(claim, index),
                "same_claim_as": None if own_id == claim.id else claim.id,
                "url": _address(claim, statement, site_url),
                **_around(statement),
                "was": statement.mention.was,
                "further_ids": " ".join(statement.mention.aliases) or None,
            }


def _claims(index: Index, site_url: str) -> Iterator[Row]:
    """Yield the rows of the pages under /figures/."""
    for claim in index.claims:
        yield {
            **_stated(claim, claim.stated),
            "measure": _measure_keys(claim, index),
            "url": _address(claim, claim.stated, site_url),
            **_around(claim.stated),
            "repeats": _repeats(claim),
        }


def _measures(index: Index, site_url: str) -> Iterator[Row]:
    """Yield the rows of the measures' pages."""
    for gathered in index.measures:
        for claim in gathered.claims:
            yield {
                "measure": gathered.measure.key,
                "name": gathered.measure.name,
                "date": claim.document.metadata.date.value,
                **_stated(claim, claim.stated),
                "url": _address(claim, claim.stated, site_url),
                **_around(claim.stated),
                "repeats": _repeats(claim),
            }


def _stated(claim: Claim, statement: Statement) -> Row:
    fields = figure_fields(statement.figure)
    return {
        "id": statement.mention.id,
        "document": claim.document.slug,
        "anchor": statement.block.anchor,
        "surface": statement.mention.surface,
        **{name: fields[name] for name in ("bound", "comparator")},
        **fields,
    }


def _around(statement: Statement) -> Row:
    named = statement.named
    return {
        "sentence": statement.words,
        "programs": " ".join(key for kind, key in named if kind == "program"),
        "countries": " ".join(key for kind, key in named if kind == "country"),
    }


def _repeats(claim: Claim) -> str:
    return " ".join(statement.mention.id or "" for statement in claim.repeats)


def _measure_keys(claim: Claim, index: Index) -> str | None:
    measures = index.measures_of.get((claim.document.slug, claim.id), ())
    return " ".join(measure.key for measure in measures) or None


def _address(claim: Claim, statement: Statement, site_url: str) -> str:
    return site_url + passage_link(claim.document, statement.block, statement.mention)


def _entities(index: Index) -> Iterator[Row]:
    for listed in (index.entries, index.candidates):
        for entries in listed.values():
            for entry in entries:
                yield entity_row(entry)


def _reviewed(entry: Entry | None) -> str | None:
    """Tell whether an editor has reviewed an entity; of a date nobody does."""
    return None if entry is None else "yes" if entry.entity.reviewed else "no"
