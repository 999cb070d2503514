"""Writes the page of a document that was removed: what was last known of it, passage by passage.

Whoever holds its address learns that it is gone, when, and what stood at the address. The page is
for them alone: no list and no search leads to it, and it asks search engines not to list it, for
who looks for the subject should find what is published, not what was withdrawn.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from builder.dating.display import date_in_words
from builder.html.escape import one_line
from builder.html.ids import id_in_words
from builder.html.rendering import Page, html, render, root_of
from builder.html.tombstones import NOTHING_LOST, last_words
from builder.model import Past, RemovedDocument, Tombstone


def removed_pages(past: Past) -> Iterator[Page]:
    """Yield a page for each removed document, under its old address."""
    titles = Counter(_title(document) for document in past.removed)
    for document in past.removed:
        title = _title(document)
        yield _page(document, f"{title} ({document.slug})" if titles[title] > 1 else title)


def _title(document: RemovedDocument) -> str:
    return f"Removed: {one_line(document.title) or document.slug}"


def _page(document: RemovedDocument, title: str) -> Page:
    folder = f"documents/{document.slug}/"
    day = date_in_words(document.gone)
    passages = [_passage(one, document.gone) for one in document.tombstones]
    return Page(
        folder=folder,
        title=title,
        description=f"Removed on {day}: what was last known of the document {document.slug}",
        body=render(
            "removed_page",
            root=root_of(folder),
            document=document,
            day=day,
            date=date_in_words(document.date) if document.date else "",
            passages=passages,
        ),
        kind="removed",
    )


def _passage(tombstone: Tombstone, gone: str) -> dict[str, object]:
    """Return what the page shows of a passage; its own date where it went before the document."""
    return {
        "anchor": tombstone.anchor,
        "name": id_in_words(tombstone.anchor),
        "kind": tombstone.kind,
        "further": html(NOTHING_LOST.further_ids(tombstone.aliases)),
        "words": html(last_words(tombstone)),
        "earlier": date_in_words(tombstone.gone) if tombstone.gone != gone else "",
    }
