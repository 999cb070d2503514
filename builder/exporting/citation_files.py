"""Writes the references that reference managers read: beside each document, and of all of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from builder.citing.bibtex import bibtex
from builder.citing.csl_json import csl_json
from builder.citing.reference import Reference
from builder.citing.ris import ris
from builder.compact_json import compact, encoded
from builder.html.shown import Shown
from builder.site_files import DATA


def citation_files(site: Shown) -> Iterator[tuple[str, bytes]]:
    """Yield the files on all documents, by their path relative to `content/`.

    A document's record is the same, byte for byte, in its own file and in that of the collection.
    """
    references = [site.references[document.slug] for document in site.index.documents]
    for ending, text in files_on(references):
        yield f"{DATA}references.{ending}", text


def files_on(references: Iterable[Reference]) -> Iterator[tuple[str, bytes]]:
    """Yield the files on documents, each with its ending: "ris"."""
    references = list(references)
    records = ",\n".join(compact(csl_json(one)) for one in references)
    yield "json", encoded(f"[\n{records}\n]\n")
    yield "ris", encoded("\r\n".join(map(ris, references)))
    yield "bib", encoded("\n".join(map(bibtex, references)))
