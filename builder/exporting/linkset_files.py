"""Writes beside each document's page the set of its links (RFC 9264)."""

from __future__ import annotations

from collections.abc import Iterator

from builder.html.addresses import document_folder
from builder.html.shown import Shown
from builder.html.signposting import Signposts
from builder.site_files import LINKSET


def linkset_files(site: Shown) -> Iterator[tuple[str, bytes]]:
    """Yield the files of all documents, by their path relative to `content/`."""
    signposts = Signposts(site)
    for document in site.index.documents:
        yield f"{document_folder(document)}{LINKSET}", signposts.linkset(document)
