"""Lays beside rendered pages what may not lie below `content/`, where it would become a page."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path

from builder.citing.publication import Publication
from builder.exporting.markdown_twin import markdown_twin
from builder.model import Document
from builder.site_files import TWIN

_DOCUMENTS = Path("documents")


def lay_twins(
    site: Path,
    documents: Iterable[Document],
    publication: Publication,
    kept: Iterable[str] = (),
    before: Path | None = None,
) -> None:
    """Lay a Markdown twin beside the page of each document.

    `kept` are the documents that stay as they were published; their twins come from the site of
    `before`.
    """
    for document in documents:
        folder = site / _DOCUMENTS / document.slug
        if folder.is_dir():
            (folder / TWIN).write_bytes(markdown_twin(document, publication))
    if before is None:
        return
    for slug in kept:
        own = _DOCUMENTS / slug / TWIN
        if (before / own).is_file() and not (site / own).exists() and (site / own).parent.is_dir():
            shutil.copy2(before / own, site / own)
