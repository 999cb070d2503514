"""Makes the rows of the tables, document by document, with the names and numbers of the pages."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from builder.archives import archived
from builder.claims import Claim, Statement
from builder.dating.display import year_of
from builder.elsewhere import iso_codes, same_as
from builder.exporting.named_entities import entities_in, page_of
from builder.figure_fields import figure_fields
from builder.html.addresses import document_folder, measure_folder
from builder.html.documents_page import document_row
from builder.html.entity_rows import entity_row
from builder.html.mention_rows import mention_row
from builder.html.quoted_rows import passage_link
from builder.html.shown import Shown
from builder.index import Entry
from builder.indexing.measures import Gathered
from builder.links import links_of
from builder.model import Annotated, Document, Entity, Mention
from builder.table_files import Row


@dataclass(frozen=True, slots=True)
class Part:
    """Documents whose rows stand in one file of each table.

    `name` is "" where the file holds the whole table. `measured` are the claims of these documents
    that belong to measures, measure by measure.
    """

    name: str
    documents: Sequence[Annotated]
    measured: Sequence[tuple[Gathered, Claim]]


def _documents(part: Part, site: Shown) -> Iterator[Row]:
    for one in part.documents:
        document, metadata, row = one.document, one.document.metadata, document_row(one, site.index)
        reference = site.references[document.slug]
        year = year_of(metadata.date.value)
        yield {
            "document": document.slug,
            "title": reference.title,
            "title_provenance": metadata.title.provenance,
            "issuer": metadata.issuer.value,
            "issuer_provenance": metadata.issuer.provenance,
            "date": metadata.date.value,
            "date_provenance": metadata.date.provenance,
            "type": metadata.type.value,
            "type_provenance": metadata.type.provenance,
            "url": site.publication.address(document_folder(document)),
            "rights": metadata.rights.value,
            "language": reference.language,
            "source": document.source.path,
            "sha256": document.source.sha256,
            "versions": len(document.versions) or 1,
            "since": _since(document),
            "passages": row.passages,
            "programs": row.programs,
            "countries": row.countries,
            "figures": row.figures,
            "claims": row.claims,
            "mentions": len(one.mentions) - row.figures,
            "year": int(year) if year else None,
            "modified": site.changed[document.slug] or None,
            "original_url": metadata.url.value,
            "archive_url": reference.archived.address or None,
            "archive_status": reference.archived.known,
            "retrieved": metadata.retrieved.value,
        }


def _since(document: Document) -> str | None:
    """Return the day on which the version that stands now took the place of another."""
    return document.versions[0].since or None if document.versions else None


def _passages(part: Part, site: Shown) -> Iterator[Row]:
    for one in part.documents:
        document = one.document
        for block in document.passages:
            yield {
                "document": document.slug,
                "anchor": block.anchor,
                "kind": block.kind,
                "level": block.level,
                "start": block.span.start,
                "end": block.span.end,
                "text": block.text,
                "url": site.publication.address(passage_link(document, block)),
                "language": block.language,
            }


def _mentions(part: Part, site: Shown) -> Iterator[Row]:
    for one in part.documents:
        entities = entities_in(one, site)
        for mention in one.mentions:
            if mention.figure is None:
                entity = entities.get((mention.kind, mention.entity))
                yield _mention(one.document, mention, entity, site)


def _mention(document: Document, mention: Mention, entity: Entity | None, site: Shown) -> Row:
    # A candidate's place in a list moves with other documents: `entities` alone tells it.
    address = page_of(entity) if entity else ""
    block = document.blocks[mention.block]
    return {
        **mention_row(document, mention),
        "reviewed": entity.reviewed if entity else None,
        "name": entity.name if entity else None,
        "entity_url": site.publication.address(address) if address else None,
        "url": site.publication.address(passage_link(document, block)),
    }


def _figures(part: Part, site: Shown) -> Iterator[Row]:
    """Yield every figure, claim by claim; one that says a claim again names the claim."""
    for claim in _claims_of(part, site):
        for statement in claim.statements:
            mention = statement.mention
            yield {
                **_stated(claim, statement, site),
                "measure": _measure_keys(claim, site),
                "same_claim_as": None if mention.id == claim.id else claim.id,
                "programs": _keys("program", statement.named),
                "countries": _keys("country", statement.named),
                "was": mention.was,
                "further_ids": mention.aliases,
                "start": mention.span.start,
                "end": mention.span.end,
            }


def _claims(part: Part, site: Shown) -> Iterator[Row]:
    """Yield the rows of the pages under /figures/."""
    for claim in _claims_of(part, site):
        yield {**_claim(claim, site), "measure": _measure_keys(claim, site)}


def _measures(part: Part, site: Shown) -> Iterator[Row]:
    """Yield the rows of the measures' pages."""
    for gathered, claim in part.measured:
        yield {
            **_claim(claim.whole, site),
            "measure": gathered.measure.key,
            "name": gathered.measure.name,
            "measure_url": site.publication.address(measure_folder(gathered.measure)),
        }


def _claims_of(part: Part, site: Shown) -> Iterator[Claim]:
    for one in part.documents:
        yield from (claim.whole for claim in site.index.claims_of(one.document.slug))


def _claim(claim: Claim, site: Shown) -> dict[str, str | float | int | tuple[str, ...] | None]:
    return {
        **_stated(claim, claim.stated, site),
        "programs": _keys("program", claim.named),
        "countries": _keys("country", claim.named),
        "repeats": tuple(one.mention.id or "" for one in claim.repeats),
    }


def _stated(
    claim: Claim, statement: Statement, site: Shown
) -> dict[str, str | float | int | tuple[str, ...] | None]:
    link = passage_link(claim.document, statement.block, statement.mention)
    return {
        "id": statement.mention.id,
        "document": claim.document.slug,
        "anchor": statement.block.anchor,
        "surface": statement.mention.surface,
        **figure_fields(statement.figure),
        "url": site.publication.address(link),
        "sentence": statement.words,
        "date": claim.document.metadata.date.value,
    }


def _keys(kind: str, named: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    return tuple(key for one, key in named if one == kind)


def _links(part: Part, site: Shown) -> Iterator[Row]:
    for one in part.documents:
        document, date = one.document, one.document.metadata.date.value
        for link in links_of(document):
            found = archived(link.address, date, site.editorial.archives)
            span = link.block.source_span(link.at, document.source.text)
            yield {
                "document": document.slug,
                "anchor": link.block.anchor,
                "start": span.start,
                "end": span.end,
                "words": link.block.text[link.at.start : link.at.end],
                "address": link.address,
                "archive_url": found.address or None,
                "archive_status": found.known,
                "url": site.publication.address(passage_link(document, link.block)),
            }


def _measure_keys(claim: Claim, site: Shown) -> tuple[str, ...]:
    return tuple(measure.key for measure in site.measures_of(claim))


ROWS: Mapping[str, Callable[[Part, Shown], Iterator[Row]]] = {
    "documents": _documents,
    "passages": _passages,
    "mentions": _mentions,
    "figures": _figures,
    "claims": _claims,
    "measures": _measures,
    "links": _links,
}
"""What makes the rows of the tables whose files hold documents; entities belong to them all."""


def entity_rows(entries: Sequence[Entry], site: Shown) -> Iterator[Row]:
    """Yield the rows of entities."""
    for entry in entries:
        alpha_3, numeric = iso_codes(entry.entity)
        yield {
            **entity_row(entry),
            "url": site.publication.address(site.addresses[entry.who]),
            "same_as": same_as(entry.entity),
            "iso_alpha_3": alpha_3,
            "iso_numeric": numeric,
        }
