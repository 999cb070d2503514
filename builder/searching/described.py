"""Describes a document as a search shows it: its title, a line about it, and its facets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from builder.administrations import administration_of
from builder.dating.display import year_of
from builder.html.escape import one_line
from builder.html.titles import date_of, known_in_words, title_of
from builder.model import Annotated, Metadata
from builder.site_files import folder_of

FACETS = ("kind", "issuer", "year", "administration", "program", "country")
"""By what a search can be narrowed, in the order in which it is offered."""

_OF_ENTITIES = ("program", "country")


@dataclass(frozen=True, slots=True)
class Described:
    """What a search shows of a document; `facets` holds no facet of which nothing is known."""

    address: str
    title: str
    about: str
    facets: Mapping[str, tuple[str, ...]]

    def as_entry(self) -> dict[str, Any]:
        """Return it as our search reads it beside Material's entries."""
        facets = {facet: list(values) for facet, values in self.facets.items()}
        return {
            "location": self.address,
            "title": self.title,
            "about": self.about,
            "facets": facets,
        }


def describe(one: Annotated, names: Mapping[tuple[str, str], str]) -> Described:
    """Describe a document; `names` are those of the entities that have a page, by kind and key."""
    document = one.document
    metadata = document.metadata
    about = [known_in_words(metadata.issuer)] if metadata.issuer.value else []
    about.append(date_of(metadata))
    about += [known_in_words(metadata.type)] if metadata.type.value else []
    facets = {**_stated(metadata), **_named(one, names)}
    return Described(
        address=folder_of(document.slug),
        title=one_line(title_of(document)),
        about=" · ".join(map(one_line, about)),
        facets={facet: facets[facet] for facet in FACETS if facets[facet]},
    )


def _stated(metadata: Metadata) -> dict[str, tuple[str, ...]]:
    values = {
        "kind": metadata.type.value,
        "issuer": metadata.issuer.value,
        "year": year_of(metadata.date.value),
        "administration": administration_of(metadata),
    }
    return {facet: (one_line(value),) if value else () for facet, value in values.items()}


def _named(one: Annotated, names: Mapping[tuple[str, str], str]) -> dict[str, tuple[str, ...]]:
    named: dict[str, dict[str, None]] = {kind: {} for kind in _OF_ENTITIES}
    for mention in one.mentions:
        name = names.get((mention.kind, mention.entity))
        if name and mention.kind in named:
            named[mention.kind][name] = None
    return {kind: tuple(sorted(found)) for kind, found in named.items()}
