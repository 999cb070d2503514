"""Says on each page, in schema.org's terms, what it is about: a small block of JSON-LD.

What a page lists by the hundred stands in the files of data, to which the blocks lead.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from builder.citing.reference import Reference
from builder.compact_json import compact, encoded
from builder.exporting.named_entities import entities_in, page_of
from builder.exporting.schema_things import codes, issuers, report, some, thing
from builder.html.about import EarlierVersion, Listing, Website
from builder.html.addresses import document_folder
from builder.html.document_downloads import SOURCE, downloads
from builder.html.rendering import Page, root_of
from builder.html.shown import Shown
from builder.index import Entry
from builder.indexing.measures import Gathered
from builder.model import Annotated, Document
from builder.site_files import DATA, DOCUMENTS, LINKED_DATA

CONTEXT = "https://schema.org"
# A page's block names so many things or works at most: the files have them all.
_MOST = 12
_NAMED = 8  # on a document's page, beside its files
# Words that stand in a block have so many characters at most.
_LONGEST = 300


class PageAddresses:
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
            **some("description", publication.description),
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
        entities = entities_in(one, self._site)
        pages = {
            who: self.address(page) for who, entity in entities.items() if (page := page_of(entity))
        }
        authors = list(issuers(reference, self._site.index, self.address))
        return {
            "@id": self.address(folder),
            **report(reference, authors),
            "headline": reference.title,
            "publisher": authors,
            **some("dateModified", modified),
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
            "mentions": [thing(entities[who], page) for who, page in pages.items()][:_NAMED],
        }

    def version(self, document: Document, reference: Reference) -> dict[str, Any]:
        """Return what the page of an earlier version says: which document it is one of."""
        return {
            "@type": "Report",
            "@id": self.address(self._folder),
            "name": reference.title,
            "version": reference.version,
            "exampleOfWork": {"@type": "Report", "@id": self.address(document_folder(document))},
        }

    def collection(self, name: str, listed: Iterable[Document]) -> dict[str, Any]:
        """Return what a page that lists things says; of the list of documents, which ones."""
        return {
            "@type": "CollectionPage",
            "@id": self.address(self._folder),
            "name": name,
            "isPartOf": {"@type": "WebSite", "@id": self.address("")},
            **some("hasPart", [self._report(document) for document in listed]),
        }

    def entity(self, entry: Entry) -> dict[str, Any]:
        """Return what an entity's page says: the thing itself, and what was written about it."""
        entity, address = entry.entity, self.address(self._folder)
        is_country = entity.kind == "country"
        return {
            **thing(entity, address),
            # A country's aliases are its people and adjectives too.
            **some("alternateName", () if is_country else entity.aliases[:_MOST]),
            **some("description", entity.about[:_LONGEST]),
            **codes(entity),
            "url": address,
            "subjectOf": [self._report(group.document) for group in entry.groups[:_MOST]],
        }

    def measure(self, gathered: Gathered) -> dict[str, Any]:
        """Return what a measure's page says: the variable, and the documents that state it."""
        stated = {claim.document.slug: claim.document for claim in reversed(gathered.claims)}
        return {
            "@type": "StatisticalVariable",
            "@id": self.address(self._folder),
            "name": gathered.measure.name,
            **some("description", gathered.measure.about[:_LONGEST]),
            "url": self.address(self._folder),
            "subjectOf": [self._report(document) for document in list(stated.values())[:_MOST]],
        }

    def _report(self, document: Document) -> dict[str, Any]:
        return {"@type": "Report", "@id": self.address(document_folder(document))}


def with_data(page: Page, said: dict[str, Any]) -> Page:
    """Return a page with a block that says what it is about."""
    text = compact({"@context": CONTEXT, **said})
    return replace(page, json_ld=encoded(text).decode("utf-8"))


def with_page_data(page: Page, site: Shown) -> Page:
    """Return the page with the data on what it is about; a page about nothing stays as it is."""
    said = _said(page, PageAddresses(site, page.folder))
    return with_data(page, said) if said else page


def _said(page: Page, at: PageAddresses) -> dict[str, Any]:
    match page.about:
        case None:
            return {}
        case Website():
            return at.website()
        case Annotated() as one:
            return at.document(one, page.modified)
        case EarlierVersion(document, _, reference) if reference:
            return at.version(document, reference)
        case EarlierVersion():
            return {}
        case Listing(documents):
            return at.collection(page.title, documents)
        case Entry() as entry:
            return at.entity(entry)
        case Gathered() as gathered:
            return at.measure(gathered)
