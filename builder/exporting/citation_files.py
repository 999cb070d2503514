"""Writes the references that reference managers read: beside each document, and of all of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import partial

from builder.citing.bibtex import bibtex
from builder.citing.csl_json import csl_json
from builder.citing.reference import Reference
from builder.citing.ris import ris
from builder.compact_json import compact, encoded
from builder.exporting.parts import parts_of
from builder.exporting.tables import Made
from builder.html.data_links import in_parts, table_path
from builder.html.shown import Shown
from builder.html.tasks import Digests, Family, File, Filed, Task
from builder.model import Document
from builder.site_files import DATA

NAME, ENDINGS = "references", ("bib", "ris", "json")


def citation_tasks(site: Shown, digests: Digests) -> Family:
    """Return the files on all documents, of a large collection in the parts of its tables.

    A document's record is the same, byte for byte, in its own file and in that of the collection.
    """
    depends = (digests.documents(site.index.documents),)
    return Family(f"{DATA}{NAME}", depends, partial(_tasks, site, digests))


def files_of_references(site: Shown, filed: Mapping[str, Filed]) -> Mapping[str, list[Made]]:
    """Return the files of a large collection by their ending; `filed` has them by their path."""
    found = {ending: list[Made]() for ending in ENDINGS}
    for part in parts_of(site) if in_parts(site.index) else ():
        for ending, files in found.items():
            file = filed[table_path(NAME, part.name, ending)]
            rows = len(part.documents)
            files.append(Made(NAME, part.name, ending, file.path, rows, file.size, file.sha256))
    return found


def _tasks(site: Shown, digests: Digests) -> Iterator[Task]:
    for part in parts_of(site):
        documents = [one.document for one in part.documents]
        depends = (part.name, digests.documents(documents))
        making = partial(_made, part.name, documents, site)
        yield Task(f"{DATA}{NAME} {part.name}", depends, making)


def _made(part: str, documents: Iterable[Document], site: Shown) -> Iterator[File]:
    for ending, text in files_on(site.references[document.slug] for document in documents):
        yield table_path(NAME, part, ending), text


def files_on(references: Iterable[Reference]) -> Iterator[tuple[str, bytes]]:
    """Yield the files on documents, each with its ending: "ris"."""
    references = list(references)
    records = ",\n".join(compact(csl_json(one)) for one in references)
    yield "json", encoded(f"[\n{records}\n]\n")
    yield "ris", encoded("\r\n".join(map(ris, references)))
    yield "bib", encoded("\n".join(map(bibtex, references)))
