"""Writes `document.json`: what `builder annotate` tells of a document, and where all of it stands.

The address of a passage is the page's with its `anchor` as fragment, that of a figure with its
`id`: the page stands once.
"""

from __future__ import annotations

from typing import Any

from builder.annotate_output import annotation
from builder.citing.reference import Reference
from builder.exporting.plain_text import PlainText
from builder.model import Annotated, Document
from builder.site_files import SOURCE, TEXT


def document_json(one: Annotated, reference: Reference, text: PlainText) -> dict[str, Any]:
    """Return the content of the file.

    `offsets` names the file in which every start and end counts, once decoded; `text.starts` tells
    where each of the `blocks` begins in the plain text, null for what was left out of it.
    """
    document = one.document
    told = annotation(one, document.source.path)
    return {
        **told,
        "offsets": SOURCE,
        "page": reference.page,
        "text": {"file": TEXT, "starts": text.starts},
        **_further(reference),
        **_versions(document),
    }


def _further(reference: Reference) -> dict[str, str]:
    """Return what is known beside the metadata that `builder annotate` tells."""
    known = {"rights": reference.rights, "retrieved": reference.retrieved}
    return {name: value for name, value in known.items() if value}


def _versions(document: Document) -> dict[str, Any]:
    """Return the versions of the source, newest first, where there has been more than one."""
    rows = [
        {"sha256": version.sha256, "since": version.since or None, "until": version.until or None}
        for version in document.versions
    ]
    return {"versions": rows} if rows else {}
