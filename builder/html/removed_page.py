"""Writes the page of a document that was removed: what was last known of it, passage by passage.

Whoever holds its address learns that it is gone, when, and what stood at the address. The page is
for them alone: no list and no search leads to it, and it asks search engines not to list it, for
who looks for the subject should find what is published, not what was withdrawn.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from builder.archives import NOTHING_CHECKED, Archives
from builder.dating.display import date_in_words
from builder.html.escape import one_line
from builder.html.ids import id_in_words
from builder.html.rendering import Page, html, render, root_of
from builder.html.tombstones import NOTHING_LOST, last_words, version_link
from builder.html.version_pages import removed_version_pages
from builder.html.versions_section import LISTED, version_rows
from builder.model import Past, RemovedDocument, Tombstone
from builder.site_files import folder_of
from builder.versions import LastPlace, last_places


def removed_pages(past: Past, archives: Archives = NOTHING_CHECKED) -> Iterator[Page]:
    """Yield a page for each removed document, under its old address, and those of its versions.

    `archives` are the archived copies that editors checked.
    """
    titles = Counter(_title(document) for document in past.removed)
    for document in past.removed:
        title = _title(document)
        yield _page(document, f"{title} ({document.slug})" if titles[title] > 1 else title)
        yield from removed_version_pages(document, archives)


def _title(document: RemovedDocument) -> str:
    return f"Removed: {one_line(document.title) or document.slug}"


def _page(document: RemovedDocument, title: str) -> Page:
    folder = folder_of(document.slug)
    day, places = date_in_words(document.gone), last_places(document.versions)
    passages = [_passage(one, document.gone, places) for one in document.tombstones]
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
            rows=list(version_rows(document, root_of(folder), most=LISTED)),
            count=len(document.versions),
            versions_folder=f"{folder}versions/",
        ),
        kind="removed",
    )


def _passage(tombstone: Tombstone, gone: str, places: Mapping[str, LastPlace]) -> dict[str, object]:
    """Return what the page shows of a passage.

    Where it went before the document, that is its own date and where it last stood.
    """
    went, place = tombstone.gone != gone, places.get(tombstone.anchor)
    return {
        "anchor": tombstone.anchor,
        "name": id_in_words(tombstone.anchor),
        "kind": tombstone.kind,
        "further": html(NOTHING_LOST.further_ids(tombstone.aliases)),
        "words": html(last_words(tombstone)),
        "earlier": date_in_words(tombstone.gone) if went else "",
        "place": html(version_link("versions/", place, tombstone.anchor)) if went and place else "",
    }
