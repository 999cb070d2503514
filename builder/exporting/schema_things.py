"""Tells what schema.org calls a document, its issuers and what it names."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from typing import Any
from urllib.parse import quote

from builder.citing.reference import Reference
from builder.elsewhere import iso_codes, same_as
from builder.fold import fold
from builder.government_hosts import is_government
from builder.html.addresses import entity_folder
from builder.index import Index
from builder.model import Entity
from builder.site_files import DOCUMENTS
from builder.strict_yaml import load_data

VOCABULARY = "https://schema.org/"


@cache
def _types() -> Mapping[str, Mapping[str, str]]:
    sorts: Mapping[str, Mapping[str, Iterable[str]]] = load_data("schema_types")["sorts"]
    return {
        kind: {sort: name for name, listed in types.items() for sort in listed}
        for kind, types in sorts.items()
    }


def type_of(kind: str, sort: str) -> str:
    """Return the schema.org type of an entity: "GovernmentOrganization" for a department."""
    of_kind = load_data("schema_types")["kinds"].get(kind, "Thing")
    return str(_types().get(kind, {}).get(sort, of_kind))


def thing(entity: Entity, address: str = "") -> dict[str, Any]:
    """Return an entity as a node: its address if it has a page, its type and name, what it is."""
    return {
        **({"@id": address} if address else {}),
        "@type": type_of(entity.kind, entity.sort),
        "name": entity.name,
        **one_or_more("sameAs", same_as(entity)),
    }


def codes(entity: Entity) -> dict[str, Any]:
    """Return the identifiers of a country; nothing for anything else."""
    three, number = iso_codes(entity)
    if not three:
        return {}
    known = (("alpha-2", entity.key.upper()), ("alpha-3", three), ("numeric", number))
    return {
        "identifier": [
            {"@type": "PropertyValue", "propertyID": f"ISO 3166-1 {name}", "value": code}
            for name, code in known
            if code
        ]
    }


def issuers(
    reference: Reference, index: Index, address: Callable[[str], str]
) -> Iterator[dict[str, Any]]:
    """Yield the issuers of a document as nodes; an issuer is the same node in all documents.

    `address` writes the address of what is given from the site's root.
    """
    is_official = is_government(reference.url)
    for name in reference.authors:
        found = index.issuer(name)
        if found:
            node = thing(found)
            official = node["@type"] == "GovernmentOrganization" or is_official
        else:
            node, official = {"name": name}, is_official or name in _official_names()
        node["@type"] = "GovernmentOrganization" if official else "Organization"
        yield {"@id": address(_issuer_address(name, found, index)), **node, "name": name}


def _issuer_address(name: str, found: Entity | None, index: Index) -> str:
    """Return the page of an issuer; of one that has none, a name for it that no page bears."""
    if found and (who := (found.kind, found.key)) in index.by_who:
        return entity_folder(who)
    return f"{DOCUMENTS}#issuer-{quote(fold(name).casefold(), safe='')}"


@cache
def _official_names() -> frozenset[str]:
    """Return the bodies of which we know that they speak from a government's address."""
    rows = load_data("issuers")["rows"]
    return frozenset(row["issuer"] for row in rows if is_government(f"https://{row['host']}/"))


def report(reference: Reference, authors: list[dict[str, Any]]) -> dict[str, Any]:
    """Return what is said of a document wherever it is described, without its address."""
    archived = reference.archived
    copy = {"@type": "WebPage", "url": archived.address, "description": archived.status}
    said = {
        "@type": "Report",
        "additionalType": reference.kind,
        "name": reference.title,
        "author": authors,
        "datePublished": reference.certain_date,
        "inLanguage": reference.language,
        "isBasedOn": reference.url,
        "archivedAt": copy if archived.address else None,
        "copyrightNotice": reference.rights,
    }
    return {name: value for name, value in said.items() if value}


def some(name: str, value: Any) -> dict[str, Any]:
    """Return a property with its value; nothing without one."""
    return {name: value} if value else {}


def one_or_more(name: str, values: Iterable[str]) -> dict[str, Any]:
    """Return a property with its value, or its values; nothing without any."""
    found = list(values)
    return {name: found if len(found) > 1 else found[0]} if found else {}
