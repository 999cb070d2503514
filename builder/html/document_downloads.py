"""The files that a document's page offers: what each is called, what it is, for whom it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from builder import site_files


@dataclass(frozen=True, slots=True)
class Download:
    """A file beside a document's page: its file name, media type, name and what a reader gets.

    `rel` is the relation in which the file stands to the page for programs (Signposting): an "item"
    is the document itself in another form, what is "describedby" says something about it.
    """

    file: str
    media_type: str
    name: str
    words: str
    rel: Literal["item", "describedby"]

    @property
    def address(self) -> str:
        """The file's address in the body of a page, where Zensical takes "x.md" for a page's."""
        return self.file.replace(".md", "%2Emd")


# Under a harmless name: a source ending in .md below `content/` would become a page.
SOURCE = Download(site_files.SOURCE, "text/plain", "Source text", "the file as it came", "item")

DOWNLOADS = (
    (
        "Text",
        (
            SOURCE,
            Download(
                site_files.TEXT, "text/plain", "Plain text", "the passages, no markup", "item"
            ),
            Download(site_files.TWIN, "text/markdown", "Markdown", "with its numbers", "item"),
        ),
    ),
    (
        "Reference",
        (
            Download(
                site_files.citation("ris"),
                "application/x-research-info-systems",
                "RIS",
                "Zotero, EndNote, Mendeley",
                "describedby",
            ),
            Download(
                site_files.citation("bib"),
                "application/x-bibtex",
                "BibTeX",
                "LaTeX, JabRef",
                "describedby",
            ),
            Download(
                site_files.citation("json"),
                "application/vnd.citationstyles.csl+json",
                "CSL-JSON",
                "Zotero, Pandoc",
                "describedby",
            ),
        ),
    ),
    (
        "Data",
        (
            Download(
                site_files.JSON,
                "application/json",
                "JSON",
                "passages, mentions, figures",
                "item",
            ),
            Download(
                site_files.ANNOTATIONS,
                'application/ld+json;profile="http://www.w3.org/ns/anno.jsonld"',
                "Web Annotations",
                "mentions and figures, W3C",
                "describedby",
            ),
            Download(
                site_files.LINKED_DATA,
                "application/ld+json",
                "JSON-LD",
                "schema.org, linked data",
                "describedby",
            ),
        ),
    ),
)
"""What the menu "Download" of a document's page offers, group by group."""


def downloads() -> Iterator[Download]:
    """Yield every file that a document's page offers for download."""
    for _, group in DOWNLOADS:
        yield from group
