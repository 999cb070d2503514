"""Lists the versions of a document's source: when each stood, what it changed, how to pin it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from builder.html.rendering import render
from builder.html.version_words import (
    Shown,
    Versioned,
    capital,
    counted,
    life_in_words,
    page_folder,
    shown_changes,
    stands,
    version_folder,
)
from builder.model import DIGITS, Document, Version
from builder.site_files import folder_of
from builder.versions import changes, version_before

# How many versions a document's own page lists, and how many changes it shows in full; the pages of
# the versions hold all.
LISTED = 8
CHANGES = 60


@dataclass(frozen=True, slots=True)
class Row:
    """A version as a list shows it; addresses are from the site's root, "" for none.

    `told` says what it changed against `before`, the one that it took the place of; `shown` holds
    these changes where the list has room for them.
    """

    digits: str
    life: str
    standing: bool
    told: str
    changed: int
    shown: Sequence[Shown]
    page: str
    pinned: str
    download: str


def versions_section(document: Document, root: str) -> str:
    """Return the section on versions at the foot of a document's page.

    A document that never changed has one too, with the address that pins what stands today.
    """
    rows = list(version_rows(document, root, most=LISTED))
    return render(
        "versions_section",
        root=root,
        rows=rows,
        count=len(document.versions),
        parallel=were_parallel(document.versions),
        digits=document.source.sha256[:DIGITS],
        pinned=version_folder(document, document.source.sha256[:DIGITS]),
        folder=f"{folder_of(document.slug)}versions/",
    )


def version_rows(document: Versioned, root: str, *, most: int | None = None) -> Iterator[Row]:
    """Yield the versions, newest first, `most` of them.

    Changes are shown in full while there is room, those of the newest version in any case.
    `root` is the way from the page to the site's root.
    """
    room = CHANGES
    for version in document.versions[:most]:
        standing = stands(document, version)
        before = version_before(document.versions, version)
        found = changes(before, version) if before else ()
        room -= len(found)
        shown: Sequence[Shown] = ()
        if before and (version is document.versions[0] or room >= 0):
            shown = shown_changes(document, before, version, root)
        page = page_folder(document, version)
        yield Row(
            digits=version.digits,
            life=capital(life_in_words(version, standing=standing)),
            standing=standing,
            told=capital(counted(found)) if before else _first(version),
            changed=len(found),
            shown=shown,
            page=page,
            pinned=version_folder(document, version.digits),
            download=f"{page}source.txt" if version.source or standing else "",
        )


def were_parallel(versions: Sequence[Version]) -> bool:
    """Tell whether two versions came after the same one, so that their times may overlap."""
    after = [version.after for version in versions if version.after]
    return len(set(after)) < len(after)


def _first(version: Version) -> str:
    count = len(version.passages)
    return f"The first version, {count:,} {'passage' if count == 1 else 'passages'}"
