"""Writes beside each document's page the set of its links (RFC 9264)."""

from __future__ import annotations

from builder.html.addresses import document_folder
from builder.html.signposting import Signposts
from builder.model import Document
from builder.site_files import LINKSET


def linkset_file(document: Document, signposts: Signposts) -> tuple[str, bytes]:
    """Return the file of a document, with its path relative to `content/`."""
    return f"{document_folder(document)}{LINKSET}", signposts.linkset(document)
