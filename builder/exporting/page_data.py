"""Says on each page, in schema.org's terms, what it is about: a small block of JSON-LD.

What a page lists by the hundred stands in the files of data, to which the blocks lead.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from builder.compact_json import compact, encoded
from builder.exporting.document_json_ld import FILE as LINKED_DATA
from builder.exporting.document_json_ld import named_entities, organizations
from builder.exporting.schema_things import codes, issuers, report, thing
from builder.html.addresses import document_folder, entity_folder, kind_folder, measure_folder
from builder.html.data_links import FOLDER as DATA
from builder.html.document_downloads import SOURCE, downloads
from builder.html.documents_page import FOLDER as DOCUMENTS
from builder.html.rendering import Page, paged, root_of
from builder.html.shown import Shown
from builder.index import Entry
from builder.indexing.measures import Gathered
from builder.kinds import KINDS
from builder.model import DIGITS, Annotated, Document

CONTEXT = "https://schema.org"
# The pages that list what has a page of its own.
_INDEXES = frozenset({kind_folder(kind.name) for kind in KINDS})
# A page's block names so many things or works at most: the files have them all.
_MOST = 12
_NAMED = 8  # on a document's page, beside its files
# Words that stand in a block have so many characters at most.
_LONGEST = 300


class Place:
    """A page, and how addresses are written there: absolute where the site's address is known."""

    def __init__(self, site: Shown, folder: str) -> None:
        self._site = site
        self._folder = folder

    def address(self, path: str) -> str:
        """Return the address of a page or file, given from the site's root."""
        publication = self._site.publication
        return publication.address(path) if publication.url else root_of(self._folder) + path

    def website(self) -> dict[str, Any]:
        """Return what the home page says: the site, its search, its data."""
        publication = self._site.publication
        return {
            "@type": "WebSite",
            "@id": self.address(""),
            "name": publication.name,
            **_some("description", publication.description),
            "url": self.address(""),
            "potentialAction": {
                "@type": "SearchAction",
                "target": {
                    "@type": "EntryPoint",
                    "urlTemplate": self.address("search/?q={query}"),
                },
            },
            "hasPart": [
                {"@type": "CollectionPage", "@id": self.address(DOCUMENTS), "name": "Documents"},
                {"@type": "Dataset", "@id": self.address(DATA), "name": publication.name},
            ],
        }

    def document(self, one: Annotated, modified: str) -> dict[str, Any]:
        """Return what a document's page says: the document, its issuer, its files, its names."""
        folder, reference = self._folder, self._site.references[one.document.slug]
        entities = [
            (entity, self.address(entity_folder((entity.kind, entity.key))) if address else "")
            for entity, address in named_entities(one, self._site)
        ]
        authors = list(issuers(reference, organizations(entities)))
        return {
            "@id": self.address(folder),
            **report(reference, authors),
            "headline": reference.title,
            "publisher": authors,
            **_some("dateModified", modified),
            "isPartOf": {"@type": "CollectionPage", "@id": self.address(DOCUMENTS)},
            "encoding": [
                {
                    "@type": "MediaObject",
                    "contentUrl": self.address(folder + file.file),
                    "encodingFormat": file.media_type,
                    **({"sha256": one.document.source.sha256} if file == SOURCE else {}),
                }
                for file in downloads()
                if file.rel == "item"
            ],
            "subjectOf": {
                "@type": "MediaObject",
                "contentUrl": self.address(folder + LINKED_DATA),
                "encodingFormat": "application/ld+json",
            },
            "mentions": [thing(*named) for named in entities if named[1]][:_NAMED],
        }

    def version(self, document: Document, digits: str) -> dict[str, Any]:
        """Return what the page of an earlier version says: which document it is one of."""
        return {
            "@type": "Report",
            "@id": self.address(self._folder),
            "name": self._site.references[document.slug].title,
            "version": digits,
            "exampleOfWork": {"@type": "Report", "@id": self.address(document_folder(document))},
        }

    def collection(self, name: str, listed: Iterable[Document]) -> dict[str, Any]:
        """Return what a page that lists things says; of the list of documents, which ones."""
        return {
            "@type": "CollectionPage",
            "@id": self.address(self._folder),
            "name": name,
            "isPartOf": {"@type": "WebSite", "@id": self.address("")},
            **_some("hasPart", [self._report(document) for document in listed]),
        }

    def entity(self, entry: Entry) -> dict[str, Any]:
        """Return what an entity's page says: the thing itself, and what was written about it."""
        entity, address = entry.entity, self.address(self._folder)
        is_country = entity.kind == "country"
        return {
            **thing(entity, address),
            # A country's aliases are its people and adjectives too.
            **_some("alternateName", () if is_country else entity.aliases[:_MOST]),
            **_some("description", entity.about[:_LONGEST]),
            **codes(entity),
            "url": address,
            "subjectOf": [self._report(group.document) for group in entry.groups[:_MOST]],
        }

    def measure(self, gathered: Gathered) -> dict[str, Any]:
        """Return what a measure's page says: the variable, and the documents that state it."""
        stated = dict.fromkeys(claim.document.slug for claim in reversed(gathered.claims))
        return {
            "@type": "StatisticalVariable",
            "@id": self.address(self._folder),
            "name": gathered.measure.name,
            **_some("description", gathered.measure.about[:_LONGEST]),
            "url": self.address(self._folder),
            "subjectOf": [
                {"@type": "Report", "@id": self.address(f"documents/{slug}/")}
                for slug in list(stated)[:_MOST]
            ],
        }

    def _report(self, document: Document) -> dict[str, Any]:
        return {"@type": "Report", "@id": self.address(document_folder(document))}


def with_data(page: Page, said: dict[str, Any]) -> Page:
    """Return a page with a block that says what it is about."""
    text = compact({"@context": CONTEXT, **said})
    return replace(page, json_ld=encoded(text).decode("utf-8"))


class PageData:
    """Finds what is known of each page, and lays it into the page."""

    def __init__(self, site: Shown) -> None:
        self._site = site
        index = site.index
        self._documents = {document_folder(one.document): one for one in index.annotated}
        self._entities = {
            entity_folder(entry.who): entry
            for entries in index.entries.values()
            for entry in entries
        }
        self._measures = {measure_folder(one.measure): one for one in index.measures}
        self._lists: Mapping[str, list[Document]] = {
            pager.own: [one.document for one in listed]
            for pager, listed in paged(index.annotated, DOCUMENTS)
        }

    def laid_into(self, page: Page) -> Page:
        """Return the page with its data; a page of which nothing is known stays as it is."""
        said = self._said(page, Place(self._site, page.folder))
        return with_data(page, said) if said else page

    def _said(self, page: Page, at: Place) -> dict[str, Any]:
        folder = page.folder
        if not folder:
            return at.website()
        if folder in self._documents:
            return at.document(self._documents[folder], page.modified)
        if folder in self._entities:
            return at.entity(self._entities[folder])
        if folder in self._measures:
            return at.measure(self._measures[folder])
        if folder in self._lists:
            return at.collection(page.title, self._lists[folder])
        if folder in _INDEXES:
            return at.collection(page.title, ())
        return self._version(folder, at)

    def _version(self, folder: str, at: Place) -> dict[str, Any]:
        whole, between, digits = folder.rstrip("/").rpartition("/versions/")
        one = self._documents.get(f"{whole}/") if between and len(digits) == DIGITS else None
        return at.version(one.document, digits) if one else {}


def _some(name: str, value: Any) -> dict[str, Any]:
    return {name: value} if value else {}
