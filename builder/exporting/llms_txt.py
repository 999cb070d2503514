"""Writes llms.txt: for programs that read text, what the site holds and where (llmstxt.org).

It names the newest documents alone; the indexes and the data, which it names too, lead to all.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from builder.compact_json import encoded
from builder.counting import counted
from builder.exporting.feed import PATH as FEED
from builder.exporting.markdown_text import link_as_markdown, text_as_markdown
from builder.exporting.schema import tables
from builder.html.addresses import document_folder, kind_folder
from builder.html.data_links import in_parts
from builder.html.escape import one_line
from builder.html.shown import Shown
from builder.html.tasks import Digests, Task
from builder.html.titles import date_of, known_in_words
from builder.kinds import KINDS
from builder.site_files import TWIN

DOCUMENTS = 100
_HOW = (
    "Every passage has a permanent address: its document’s page, then #p and its number, as in"
    " documents/NAME/#p12. Each page of a document has a twin in Markdown beside it, index.html.md,"
    " with these numbers. Cite the issuer and the original address; this site is where it was read."
)
_ABOUT = (
    ("about/", "About this site", ""),
    ("about/cite/", "How to cite", ""),
    ("about/addresses/", "Addresses", "what stays and what happens to passages that are removed"),
    ("about/figures/", "How figures are read", ""),
)


def llms_task(site: Shown, digests: Digests) -> Task:
    """Return the file; its key tells of the documents in it."""
    documents = site.index.documents
    depends = (len(documents), digests.documents(documents[:DOCUMENTS]))
    return Task("llms", depends, lambda: [llms_file(site)])


def llms_file(site: Shown) -> tuple[str, bytes]:
    """Return the file's path and bytes."""
    publication, count = site.publication, len(site.index.documents)
    about = publication.description or f"{counted(count, 'document')}, passage by passage"
    newest = f", the newest {DOCUMENTS} of {count:,}" if count > DOCUMENTS else ""
    parts = [
        f"# {text_as_markdown(one_line(publication.name))}",
        f"> {text_as_markdown(one_line(about))}",
        _HOW,
        _section(f"Documents{newest}", _documents(site)),
        _section("Indexes", _indexes(site)),
        _section("Data", _data(site)),
        _section("Optional", (_line(site, *one) for one in _ABOUT)),
    ]
    return "llms.txt", encoded("\n\n".join(parts) + "\n")


def _section(name: str, lines: Iterator[str]) -> str:
    return "\n".join([f"## {name}", "", *lines])


def _line(site: Shown, path: str, name: str, note: str = "") -> str:
    link = link_as_markdown(one_line(name), site.publication.address(path))
    return f"- {link}: {text_as_markdown(one_line(note))}" if note else f"- {link}"


def _documents(site: Shown) -> Iterator[str]:
    for document in islice(site.index.documents, DOCUMENTS):
        metadata = document.metadata
        known = [known_in_words(one) for one in (metadata.issuer, metadata.type) if one.value]
        note = ", ".join([*known, date_of(metadata)])
        title = site.titles[document.slug]
        yield _line(site, f"{document_folder(document)}{TWIN}", title, note)


def _indexes(site: Shown) -> Iterator[str]:
    yield _line(site, "documents/", "Documents", f"all {len(site.index.documents):,}, by date")
    for kind in KINDS:
        if kind.pages:
            yield _line(site, kind_folder(kind.name), kind.title, kind.about)
    yield _line(site, "figures/", "Figures", "every claim with a number, with its sentence")
    yield _line(site, "timeline/", "Timeline", "documents, and the dates that they name")


def _data(site: Shown) -> Iterator[str]:
    yield _line(site, "data/", "Data", "what the tables hold, column by column, and their licenses")
    package = f"{', '.join(tables())} as CSV and JSON"
    yield _line(site, "data/datapackage.json", "Data package", package)
    if in_parts(site.index):
        parts = "how all documents are cited, as CSL-JSON, RIS and BibTeX, in parts by date"
        yield _line(site, "data/#files", "References", parts)
    else:
        yield _line(site, "data/references.json", "References", "all documents as CSL-JSON")
    yield _line(site, FEED, "Feed", "new and changed documents (Atom)")
