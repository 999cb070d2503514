"""Reads JSON-LD as other programs do, without the network, and knows schema.org's terms."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from pyld import jsonld

VENDOR = Path(__file__).resolve().parent / "vendor"
SCHEMA = "https://schema.org/"
OA = "http://www.w3.org/ns/oa#"
AS = "http://www.w3.org/ns/activitystreams#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_NODE = {"@type": "@id"}
_WORD = {"@type": "@vocab"}

# Of the context http://www.w3.org/ns/anno.jsonld as the Web Annotation Vocabulary (W3C
# Recommendation of 23 February 2017) states it: the terms that we use.
ANNOTATION = {
    "oa": OA,
    "id": {"@type": "@id", "@id": "@id"},
    "type": {"@type": "@id", "@id": "@type"},
    **{
        name: f"oa:{name}"
        for name in (
            "Annotation FragmentSelector TextPositionSelector TextQuoteSelector TextualBody"
            " describing identifying tagging exact prefix suffix start end"
        ).split()
    },
    "AnnotationCollection": f"{AS}OrderedCollection",
    "AnnotationPage": f"{AS}OrderedCollectionPage",
    "body": {"@id": "oa:hasBody", **_NODE},
    "target": {"@id": "oa:hasTarget", **_NODE},
    "source": {"@id": "oa:hasSource", **_NODE},
    "selector": {"@id": "oa:hasSelector", **_NODE},
    "motivation": {"@id": "oa:motivatedBy", **_WORD},
    "purpose": {"@id": "oa:hasPurpose", **_WORD},
    "conformsTo": {"@id": "http://purl.org/dc/terms/conformsTo", **_NODE},
    "value": f"{RDF}value",
    "label": "http://www.w3.org/2000/01/rdf-schema#label",
    "total": f"{AS}totalItems",
    "startIndex": f"{AS}startIndex",
    "items": {"@id": f"{AS}items", **_NODE, "@container": "@list"},
    "first": {"@id": f"{AS}first", **_NODE},
    "partOf": {"@id": f"{AS}partOf", **_NODE},
}
_CONTEXTS = {
    "http://www.w3.org/ns/anno.jsonld": ANNOTATION,
    # Its own one defines every term as one of the vocabulary, and that many of them are addresses.
    "https://schema.org": {"@vocab": SCHEMA},
    "https://schema.org/": {"@vocab": SCHEMA},
}


def _load(url: str, _options: Any) -> dict[str, Any]:
    assert url in _CONTEXTS, f"asks the network for {url}"
    return {
        "contextUrl": None,
        "documentUrl": url,
        "contentType": "application/ld+json",
        "document": {"@context": _CONTEXTS[url]},
    }


def expanded(content: Any, base: str) -> list[dict[str, Any]]:
    """Return JSON-LD that was found at `base` without its context, all addresses absolute."""
    found: list[dict[str, Any]] = jsonld.expand(content, {"base": base, "documentLoader": _load})
    return found


def nodes(value: Any) -> Iterator[dict[str, Any]]:
    """Yield every node of expanded JSON-LD."""
    if isinstance(value, list):
        for one in value:
            yield from nodes(one)
    elif isinstance(value, dict) and "@value" not in value:
        if "@list" not in value:
            yield value
        for name, inner in value.items():
            if name not in ("@id", "@type"):
                yield from nodes(inner)


def one(node: dict[str, Any], name: str) -> Any:
    """Return the only value of a property."""
    (value,) = node[name]
    return value.get("@value", value.get("@id")) if isinstance(value, dict) else value


@cache
def schema_types() -> dict[str, tuple[frozenset[str], frozenset[str]]]:
    """Return for each type of schema.org its parents and the properties that are its own."""
    found = {}
    for line in (VENDOR / "schema-org/terms.txt").read_text("utf-8").splitlines():
        head, _, properties = line.partition(":")
        name, _, parents = head.partition(" < ")
        found[name] = (frozenset(filter(None, parents.split(", "))), frozenset(properties.split()))
    return found


@cache
def properties_of(name: str) -> frozenset[str]:
    """Return the properties that a type of schema.org has, its parents' among them."""
    parents, own = schema_types()[name]
    return own.union(*map(properties_of, parents), properties_of("Thing") if parents else ())


def wrong_terms(node: dict[str, Any]) -> list[str]:
    """Return what a node says that schema.org has no word for, or not for such a thing."""
    types = [name.removeprefix(SCHEMA) for name in node.get("@type", ())]
    wrong = [name for name in types if name not in schema_types()]
    known = {name for found in map(properties_of, set(types) - set(wrong)) for name in found}
    everything = {name for _, own in schema_types().values() for name in own}
    for name in node.keys() - {"@id", "@type"}:
        term = name.removeprefix(SCHEMA)
        if term not in (known if types else everything):
            wrong.append(f"{'/'.join(types)}.{term}")
    return wrong
