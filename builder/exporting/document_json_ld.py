"""Writes `document.jsonld`: a document with its passages, figures and names as linked data.

The terms are schema.org's and no others. The context stands in the file, so that whoever reads it
needs no other file; addresses are relative to it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from builder.claims import Claim
from builder.exporting.named_entities import entities_in, page_of
from builder.exporting.observations import observation
from builder.exporting.schema_things import VOCABULARY, issuers, report, thing
from builder.html.addresses import measure_folder
from builder.html.shown import Shown
from builder.model import Annotated, Mention
from builder.site_files import LINKED_DATA
from builder.web_address import is_web_address

ROOT = "../../"

# The properties whose values are addresses.
_ADDRESSES = ("isBasedOn", "publisher", "sameAs", "url", "variableMeasured")


def document_json_ld(one: Annotated, site: Shown) -> dict[str, Any]:
    """Return the content of the file."""
    reference = site.references[one.document.slug]
    entities = entities_in(one, site)
    pages = {who: ROOT + page for who, entity in entities.items() if (page := page_of(entity))}
    authors = list(issuers(reference, site.index, ROOT.__add__))
    base = {"@base": reference.page + LINKED_DATA} if is_web_address(reference.page) else {}
    return {
        "@context": {
            **base,
            "@vocab": VOCABULARY,
            **{name: {"@type": "@id"} for name in _ADDRESSES},
        },
        "@id": "./",
        **report(reference, authors),
        **({"publisher": [author["@id"] for author in authors]} if authors else {}),
        "version": one.document.source.sha256[:12],
        "mentions": [thing(entity, pages.get(who, "")) for who, entity in entities.items()],
        "hasPart": list(_passages(one, site)),
    }


def _passages(one: Annotated, site: Shown) -> Iterator[dict[str, Any]]:
    claims = {
        statement.mention.id: claim
        for claim in site.index.claims_of(one.document.slug)
        for statement in claim.statements
    }
    figures: dict[int, list[Mention]] = {}
    for mention in one.mentions:
        if mention.figure is not None:
            figures.setdefault(mention.block, []).append(mention)
    position = 0
    for number, block in enumerate(one.document.blocks):
        if block.kind != "furniture":
            position += 1
            stated = [_stated(mention, claims, site) for mention in figures.get(number, ())]
            yield {
                "@id": f"./#{block.anchor}",
                "position": position,
                **({"mentions": stated} if stated else {}),
            }


def _stated(mention: Mention, claims: Mapping[str | None, Claim], site: Shown) -> dict[str, Any]:
    assert mention.figure is not None
    claim = claims.get(mention.id)
    measures = site.measures_of(claim) if claim else ()
    return observation(
        mention, mention.figure, [ROOT + measure_folder(measure) for measure in measures]
    )
