"""What documents are called on pages: titles, dates, issuers, with signs of how they are known."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from builder.dating.display import date_in_words, is_uncertain
from builder.html.escape import one_line
from builder.model import Document, Known, Metadata

_HOW = {
    "stated": "",
    "supplied": "supplied by an editor",
    "inferred": "inferred",
    "unknown": "",
}


UNTITLED = "[Untitled: "
"""How the title begins of a document that has none."""


def title_of(document: Document) -> str:
    """Return a document's title; one that the document does not state stands in brackets."""
    title = document.metadata.title
    if not title.value:
        return f"{UNTITLED}{document.source.path.rsplit('/', 1)[-1]}]"
    if title.provenance == "stated" or title.value.startswith("["):
        return title.value
    return f"[{title.value}]"


def date_of(metadata: Metadata) -> str:
    """Return a document's date in words: plain if stated, bracketed if not, "n.d." if unknown."""
    date = metadata.date
    if not date.value:
        return "n.d."
    words = date_in_words(date.value)
    if date.provenance == "stated":
        return words
    doubtful = date.provenance == "inferred" and not is_uncertain(date.value)
    return f"[{words}{'?' if doubtful else ''}]"


def known_in_words(known: Known) -> str:
    """Return a value, in brackets where the document does not state it."""
    if not known.value:
        return "not known"
    return known.value if known.provenance == "stated" else f"[{known.value}]"


def how_known(known: Known) -> str:
    """Return the reader's words on how a value is known: "inferred from the address …"."""
    words, how = _HOW[known.provenance], known.how.rstrip(".")
    if known.provenance == "stated" and how == "front matter":
        return "stated in the file’s header"
    if known.provenance == "stated" or not (how and words):
        return how or words
    # An editor's `how` is either the end of the sentence or a sentence of its own.
    return f"{words} {how}" if how[0].islower() else f"{words}. {how}"


def short_title(title: str, limit: int = 64) -> str:
    """Return the first words of a long title, for a table's cell; brackets stay closed."""
    if title.startswith("[") and title.endswith("]"):
        return f"[{one_line(title[1:-1], limit)}]"
    return one_line(title, limit)


def page_titles(documents: Iterable[Document]) -> Mapping[str, str]:
    """Return a title for each slug that no other document's page has.

    Where titles are the same, the date tells them apart, and where that is the same too, the slug.
    """
    documents = tuple(documents)
    plain = {document.slug: one_line(title_of(document)) for document in documents}
    dated = {
        document.slug: f"{plain[document.slug]} ({date_of(document.metadata)})"
        for document in documents
    }
    by_title, by_date = Counter(plain.values()), Counter(dated.values())
    titles = {}
    for slug, title in plain.items():
        if by_title[title] == 1:
            titles[slug] = title
        elif by_date[dated[slug]] == 1:
            titles[slug] = dated[slug]
        else:
            titles[slug] = f"{dated[slug]} {slug}"
    return titles
