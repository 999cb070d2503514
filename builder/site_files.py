"""What is called how on the site: the files beside a document's page, their folders, the data."""

from __future__ import annotations

DOCUMENTS = "documents/"
"""The folder of all documents, from the site's root."""
DATA = "data/"
"""The folder of the tables and of the page on them."""

SOURCE = "source.txt"
TEXT = "text.txt"
TWIN = "index.html.md"
"""The Markdown twin of a page that is a folder's index, as llmstxt.org names it."""
KEPT_TWIN = ".twin.md"
"""Where the build step leaves the twin, hidden from renderers, who would make it a page."""
KEPT_SEARCH = ".search.json"
"""Where it leaves what the search needs of a document."""
JSON = "document.json"
ANNOTATIONS = "annotations.json"
LINKED_DATA = "document.jsonld"
LINKSET = "linkset.json"


def folder_of(slug: str) -> str:
    """Return a document's folder: "documents/002-fact-sheet/"."""
    return f"{DOCUMENTS}{slug}/"


def citation(ending: str) -> str:
    """Return the name of a file with a document's reference: "citation.ris"."""
    return f"citation.{ending}"
