"""Writes what only a site with an address can have: robots.txt, and its search for browsers."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from builder.citing.publication import Publication
from builder.exporting.xml_file import add, as_xml, plain

OPENSEARCH = "opensearch.xml"
_NAMESPACE = "http://a9.com/-/spec/opensearch/1.1/"
# How many characters OpenSearch 1.1 allows.
_SHORT_NAME, _LONG_NAME, _DESCRIPTION = 16, 48, 1024


def served_files(publication: Publication) -> Iterator[tuple[str, bytes]]:
    """Yield the files by path; none where the site's address is not known."""
    if publication.url:
        yield "robots.txt", _robots(publication).encode()
        yield OPENSEARCH, _search_description(publication)


def _robots(publication: Publication) -> str:
    # Crawlers read it at the root of a host only; under a sub-path it tells people and tools.
    return f"User-agent: *\nAllow: /\n\nSitemap: {publication.address('sitemap.xml')}\n"


def _search_description(publication: Publication) -> bytes:
    """Return the description by which browsers and libraries can search the site."""
    name, about = plain(publication.name), plain(publication.description)
    template = publication.address("search/?q={searchTerms}")
    root = Element("OpenSearchDescription", {"xmlns": _NAMESPACE})
    add(root, "ShortName", _cut(name, _SHORT_NAME))
    add(root, "LongName", _cut(name, _LONG_NAME))
    add(root, "Description", _cut(about or f"Search {name}", _DESCRIPTION))
    add(root, "Url", given={"type": "text/html", "method": "get", "template": template})
    icon = publication.address("assets/images/favicon.svg")
    add(root, "Image", icon, {"type": "image/svg+xml", "width": "16", "height": "16"})
    add(root, "InputEncoding", "UTF-8")
    add(root, "OutputEncoding", "UTF-8")
    return as_xml(root)


def _cut(text: str, limit: int) -> str:
    """Return the words of a text that fit, without a sign that more follow."""
    return text if len(text) <= limit else text[: limit + 1].rpartition(" ")[0] or text[:limit]
