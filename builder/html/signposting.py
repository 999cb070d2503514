"""Says for programs how a document's page stands to its files, to its versions and to the world.

The relations are those of Signposting (signposting.org, levels 1 and 2), as links in the head, for
a static site sends no headers; the set of links beside the page (RFC 9264) says the same, and of
each file to which page it belongs. The original elsewhere is related: it is not this page.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from builder.citing.rights import license_address
from builder.compact_json import compact, encoded
from builder.elsewhere import same_as
from builder.html.addresses import document_folder
from builder.html.document_downloads import downloads
from builder.html.rendering import Link, root_of
from builder.html.shown import Shown
from builder.html.version_words import Versioned, page_folder, version_folder
from builder.model import Document, Version
from builder.site_files import LINKSET, TWIN, folder_of
from builder.versions import version_before

_TYPES = ("https://schema.org/Report", "https://schema.org/AboutPage")
_PAGE = "text/html"


class Signposts:
    """The links of the documents of a site."""

    def __init__(self, site: Shown) -> None:
        self._site = site

    def links(self, document: Document) -> Iterator[Link]:
        """Yield the links of a document's page, from its folder."""
        yield from self._said(document)
        yield Link("alternate", TWIN, "text/markdown")
        yield Link("linkset", LINKSET, "application/linkset+json")
        yield from version_links(document, None)

    def linkset(self, document: Document) -> bytes:
        """Return the set of links of a document's page and of its files, as JSON.

        Addresses are relative to the set's own, in the folder of the page: with long slugs absolute
        ones would be more than a short document.
        """
        told: defaultdict[str, list[dict[str, str]]] = defaultdict(list)
        for link in self._said(document):
            target = {"href": link.href}
            told[link.rel].append({**target, "type": link.type} if link.type else target)
        back = {"collection": [{"href": "./"}]}
        files = [{"anchor": item["href"], **back} for item in told["item"]]
        return encoded(compact({"linkset": [{"anchor": "./", **told}, *files]}) + "\n")

    def _said(self, document: Document) -> Iterator[Link]:
        """Yield what the head and the set of links both say."""
        publication, metadata = self._site.publication, document.metadata
        reference = self._site.references[document.slug]
        if publication.url:
            yield Link("cite-as", publication.address(document_folder(document)))
        for kind in _TYPES:
            yield Link("type", kind)
        for name in reference.authors:
            issuer = self._site.index.issuer(name)
            if issuer and (addresses := same_as(issuer)):
                yield Link("author", addresses[0])
        if license_ := license_address(metadata.rights):
            yield Link("license", license_)
        yield Link("collection", "../", _PAGE)
        if reference.url:
            yield Link("related", reference.url)
        for file in downloads():
            yield Link(file.rel, file.file, file.media_type)


def version_links(document: Versioned, version: Version | None) -> Iterator[Link]:
    """Yield how a page stands to the versions of its document; None is the document's own page."""
    versions = document.versions
    if not versions:
        return
    own = folder_of(document.slug)
    folder = version_folder(document, version.digits) if version else own
    root, shown = root_of(folder), version or versions[0]
    if version:
        yield Link("latest-version", f"{root}{own}", _PAGE)
    if before := version_before(versions, shown):
        yield Link("predecessor-version", f"{root}{page_folder(document, before)}", _PAGE)
    yield Link("version-history", f"{root}{own}versions/", _PAGE)
