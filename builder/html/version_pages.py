"""Writes the pages that pin a version of a document's source, and the list of all versions.

What stands now is pinned by a small file that leads on to the document's page, so that a link made
today holds when another version has taken its place: then a page with the text of that time stands
at the address. It stays when the document is removed. No search and no index leads to these pages.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial

from builder.archives import NOTHING_CHECKED, Archives
from builder.citing.head_tags import DUBLIN_CORE, head_tags
from builder.citing.page_records import version_records
from builder.dating.display import date_in_words
from builder.html.about import EarlierVersion
from builder.html.block_html import blocks_html, heading
from builder.html.cite_former import cited_version, version_reference
from builder.html.document_page import is_headline
from builder.html.escape import escape, one_line
from builder.html.layers import layers_of
from builder.html.left_out import left_out
from builder.html.outbound import Archive, archive_on
from builder.html.redirect_pages import leading_on
from builder.html.rendering import Link, Page, render, root_of
from builder.html.shown import Shown
from builder.html.signposting import version_links
from builder.html.version_ids import Further, further_ids, further_of_lost, ids_of
from builder.html.version_text import blocks_then, lost_then
from builder.html.version_words import (
    Versioned,
    capital,
    counted,
    life_in_words,
    shown_changes,
    stands,
    version_folder,
)
from builder.html.versions_section import version_rows, were_parallel
from builder.html.weave import Woven
from builder.model import (
    DIGITS,
    Annotated,
    Block,
    Document,
    RemovedDocument,
    Version,
)
from builder.site_files import folder_of
from builder.structure import structure
from builder.versions import changes, version_before
from builder.web_address import is_web_address


@dataclass(frozen=True, slots=True)
class _Subject:
    """A document whose versions are shown: its title, and the further ids on its own page.

    `archive` finds the archived copies of the pages that it links. `gone` is the day on which it
    was removed, in words, "" while it stands.
    """

    document: Versioned
    title: str
    further: Further
    archive: Archive
    gone: str = ""

    @property
    def folder(self) -> str:
        """The folder of the document's own page, from the site's root."""
        return folder_of(self.document.slug)

    @property
    def name(self) -> str:
        """The title as a page's own title begins with it."""
        return f"{self.title} ({self.document.slug}, removed)" if self.gone else self.title

    @property
    def kind(self) -> str:
        """The kind of the pages, as the theme knows it."""
        return "kept" if self.gone else "version"


def version_pages(one: Annotated, site: Shown) -> Iterator[Page]:
    """Yield for a document with more than one version their list and a page for each earlier."""
    if one.document.versions:
        title = site.titles[one.document.slug]
        archive = archive_on(one.document.metadata.date.value, site.editorial.archives)
        subject = _Subject(one.document, title, further_ids(one), archive)
        for page in _pages(subject):
            about = page.about
            yield _citable(page, about, site) if isinstance(about, EarlierVersion) else page


def _citable(page: Page, about: EarlierVersion, site: Shown) -> Page:
    """Return the page of a version with how it is cited, for readers and for programs."""
    standing = site.references[about.document.slug]
    here = version_reference(about.document, about.version, standing, site)
    page = cited_version(page, here, site, records=version_records(here, standing.page))
    tags = head_tags(here, version_of=standing.page if is_web_address(standing.page) else "")
    own = [Link("cite-as", here.page)] if is_web_address(here.page) else []
    return replace(
        page,
        tags=(*page.tags, *tags),
        links=(*page.links, Link(*DUBLIN_CORE), *own),
        about=replace(about, reference=here),
    )


def removed_version_pages(
    document: RemovedDocument, archives: Archives = NOTHING_CHECKED
) -> Iterator[Page]:
    """Yield the list of a removed document's versions and a page for each of them."""
    if document.versions:
        title = one_line(document.title) or document.slug
        further = further_of_lost(document.tombstones)
        archive = archive_on(document.date or None, archives)
        yield from _pages(_Subject(document, title, further, archive, date_in_words(document.gone)))


def _pages(subject: _Subject) -> Iterator[Page]:
    yield _list_page(subject)
    for version in subject.document.versions:
        if not stands(subject.document, version):
            yield _version_page(subject, version)


def version_files(one: Annotated, site: Shown) -> Iterator[tuple[str, bytes]]:
    """Yield the files beside the pages of a document, by their path relative to `content/`.

    One pins what stands now; of earlier versions there are their bytes.
    """
    document = one.document
    folder = version_folder(document, document.source.sha256[:DIGITS])
    yield f"{folder}index.html", _pinned(one, folder, site, site.publication.url)
    yield from kept_files(document)


def kept_files(document: Versioned) -> Iterator[tuple[str, bytes]]:
    """Yield the bytes of each version that does not stand, by their path relative to `content/`."""
    for version in document.versions:
        if version.source is not None and not stands(document, version):
            # Never under a name of its own: a file ending in .md would become a page.
            path = f"{version_folder(document, version.digits)}source.txt"
            yield path, version.source.text.encode()


def _pinned(one: Annotated, folder: str, site: Shown, site_url: str) -> bytes:
    digits = one.document.source.sha256[:DIGITS]
    title = site.titles[one.document.slug]
    return leading_on(
        folder,
        folder_of(one.document.slug),
        title=f"{title} (version {digits})",
        description=f"Pins the version {digits} of {one.document.slug}, which stands now",
        headline="The version that stands now",
        name=title,
        note="This address pins a version of the document, which is still the one that stands.",
        ids=ids_of(one),
        site_url=site_url,
    )


def _list_page(subject: _Subject) -> Page:
    document = subject.document
    folder = f"{subject.folder}versions/"
    root = root_of(folder)
    return Page(
        folder=folder,
        title=f"Versions of {subject.name}",
        description=f"The versions of {subject.title} ({document.slug}), and what each of them"
        " changed",
        body=render(
            "versions_page",
            root=root,
            rows=list(version_rows(document, root)),
            title=subject.title,
            document_folder=subject.folder,
            removed_on=subject.gone,
            parallel=were_parallel(document.versions),
        ),
        kind=subject.kind,
    )


def _version_page(subject: _Subject, version: Version) -> Page:
    folder, life = version_folder(subject.document, version.digits), life_in_words(version)
    then = structure(version.source) if version.source else None
    blocks = blocks_then(version, then, subject.further)
    woven = partial(_woven, archive=subject.archive)
    lost = lost_then(subject.document, version, subject.further)
    headline = f"{escape(one_line(subject.title))} {{#_title}}"
    above, first = list[str](), lost.tombstones_after(None)
    if then and blocks and is_headline(then) and blocks[0].kind == "heading":
        above, first = first, lost.tombstones_after(blocks[0].anchor)
        headline = heading(blocks.pop(0), 1, woven, lost).removeprefix("# ")
    values = {
        **_values(subject, version, root_of(folder)),
        **(left_out(then) if then else {"left_out": (), "attributes": ()}),
    }
    what = "kept with its addresses" if subject.gone else "which another has superseded"
    parts = [
        render("version_head", **values),
        *first,
        blocks_html(blocks, woven, lost=lost),
        render("version_foot", **values),
    ]
    return Page(
        folder=folder,
        title=f"{subject.name}, version {version.digits} ({life})",
        description=f"Version {version.digits} ({life}) of {subject.name}, {what}",
        headline=headline,
        above="\n\n".join(above),
        body="\n\n".join(filter(None, parts)),
        has_contents=True,
        kind=subject.kind,
        links=() if subject.gone else tuple(version_links(subject.document, version)),
        about=_about(subject.document, version),
    )


def _about(document: Versioned, version: Version) -> EarlierVersion | None:
    # What was removed is no document of the collection any more.
    return EarlierVersion(document, version) if isinstance(document, Document) else None


def _woven(block: Block, archive: Archive) -> Woven:
    return Woven(block, layers_of(block, archive=archive))


def _values(subject: _Subject, version: Version, root: str) -> dict[str, object]:
    """Return what the page of a version says beside its text."""
    document, versions = subject.document, subject.document.versions
    at = versions.index(version)
    newer = versions[at - 1] if at else None
    before = version_before(versions, version)
    return {
        "root": root,
        "version": version,
        "life": life_in_words(version),
        "document_folder": subject.folder,
        "removed_on": subject.gone,
        "newer": newer if newer and not stands(document, newer) else None,
        "older": versions[at + 1] if at + 1 < len(versions) else None,
        "capital": capital,
        "life_in_words": life_in_words,
        "told": capital(counted(changes(before, version))) if before else "",
        "changes": shown_changes(document, before, version, root) if before else (),
        "now_told": counted(changes(version, versions[0])) if at else "",
    }
