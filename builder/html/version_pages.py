"""Writes the pages that pin a version of a document's source, and the list of all versions.

What stands now is pinned by a small file that leads on to the document's page, so that a link made
today holds when another version has taken its place: then a page with the text of that time stands
at the address. It stays when the document is removed. No search and no index leads to these pages.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from rapidfuzz.distance import LCSseq

from builder.dating.display import date_in_words
from builder.html.block_html import blocks_html, heading
from builder.html.document_page import is_headline
from builder.html.escape import escape, one_line, own_address
from builder.html.left_out import left_out
from builder.html.redirect_pages import leading_on
from builder.html.rendering import Page, render, root_of
from builder.html.shown import Shown
from builder.html.tombstones import Lost, graves_by_place
from builder.html.version_ids import Further, further_ids, further_of_lost, further_then, ids_of
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
from builder.html.weave import weave
from builder.model import (
    DIGITS,
    Annotated,
    Block,
    Document,
    RemovedDocument,
    Span,
    Version,
)
from builder.structure import structure
from builder.versions import changes, last_places, version_before


@dataclass(frozen=True, slots=True)
class _Subject:
    """A document whose versions are shown: its title, and the further ids on its own page.

    `gone` is the day on which it was removed, in words, "" while it stands.
    """

    document: Versioned
    title: str
    further: Further
    gone: str = ""

    @property
    def folder(self) -> str:
        """The folder of the document's own page, from the site's root."""
        return f"documents/{self.document.slug}/"

    @property
    def name(self) -> str:
        """The title as a page's own title begins with it."""
        return f"{self.title} ({self.document.slug}, removed)" if self.gone else self.title

    @property
    def kind(self) -> str:
        """The kind of the pages, as the theme knows it."""
        return "kept" if self.gone else "version"


def version_pages(site: Shown) -> Iterator[Page]:
    """Yield for each document with more than one version their list and a page for each earlier."""
    for one in site.index.annotated:
        if one.document.versions:
            title = site.titles[one.document.slug]
            yield from _pages(_Subject(one.document, title, further_ids(one)))


def removed_version_pages(document: RemovedDocument) -> Iterator[Page]:
    """Yield the list of a removed document's versions and a page for each of them."""
    if document.versions:
        title = one_line(document.title) or document.slug
        further = further_of_lost(document.tombstones)
        yield from _pages(_Subject(document, title, further, date_in_words(document.gone)))


def _pages(subject: _Subject) -> Iterator[Page]:
    yield _list_page(subject)
    for version in subject.document.versions:
        if not stands(subject.document, version):
            yield _version_page(subject, version)


def version_files(site: Shown, site_url: str) -> Iterator[tuple[str, bytes]]:
    """Yield the files beside the pages, by their path relative to `content/`.

    For each document the one that pins what stands now; for its earlier versions their bytes.
    """
    for one in site.index.annotated:
        document = one.document
        folder = version_folder(document, document.source.sha256[:DIGITS])
        yield f"{folder}index.html", _pinned(one, folder, site, site_url)
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
        f"documents/{one.document.slug}/",
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
    blocks, lost = _blocks(version, then, subject.further), _lost(subject, version)
    headline = f"{escape(one_line(subject.title))} {{#_title}}"
    above, first = list[str](), lost.tombstones_after(None)
    if then and blocks and is_headline(then) and blocks[0].kind == "heading":
        above, first = first, lost.tombstones_after(blocks[0].anchor)
        headline = heading(blocks.pop(0), 1, _woven, lost).removeprefix("# ")
    values = {
        **_values(subject, version, root_of(folder)),
        **(left_out(then) if then else {"left_out": (), "attributes": ()}),
    }
    what = "kept with its addresses" if subject.gone else "which another has superseded"
    parts = [
        render("version_head", **values),
        *first,
        blocks_html(blocks, _woven, lost=lost),
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
    )


class _Then(Lost):
    """The lost addresses of a version; further ids led to their passage, and need no note."""

    def further_ids(self, aliases: Iterable[str], _bearer: str = "") -> str:
        """Return the empty elements that bear a passage's further ids."""
        return "".join(f'<span id="{own_address(alias)}"></span>' for alias in aliases)


def _lost(subject: _Subject, version: Version) -> _Then:
    """Return the tombstones of the time when a version stood."""
    if not version.tombstones:
        return _Then()
    further = further_then(version, subject.further)
    graves = [replace(one, aliases=tuple(further[one.anchor])) for one in version.tombstones]
    standing = dict(version.passages)
    earlier = subject.document.versions[subject.document.versions.index(version) + 1 :]
    linked = frozenset(further).union(*further.values())
    return _Then(graves_by_place(graves, standing), {}, linked, last_places(earlier), "../")


def _woven(block: Block, within: Span | None) -> str:
    return weave(block, within=within)


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


def _blocks(
    version: Version, then: Document | None, today: Mapping[str, Sequence[str]]
) -> list[Block]:
    """Return the passages of a version as blocks with the ids that they had.

    Their markup is the source's wherever it can still be cut as it was then; else they are plain
    paragraphs.
    """
    passages = then.passages if then else ()
    found = dict(_aligned([" ".join(block.text.split()) for block in passages], version.passages))
    further = further_then(version, today)
    blocks = []
    for number, (name, text) in enumerate(version.passages):
        block = passages[found[number]] if number in found else _plain(text)
        blocks.append(replace(block, anchor=name, aliases=tuple(further[name])))
    return blocks


def _aligned(
    texts: Sequence[str], passages: Iterable[tuple[str, str]]
) -> Iterator[tuple[int, int]]:
    """Yield (number of a passage, number of the text that it is), in order."""
    wanted = [" ".join(text.split()) for _, text in passages]
    numbers = {text: number for number, text in enumerate(dict.fromkeys((*texts, *wanted)))}
    steps = LCSseq.opcodes([numbers[text] for text in wanted], [numbers[text] for text in texts])
    for step in steps:
        if step.tag == "equal":
            yield from zip(
                range(step.src_start, step.src_end),
                range(step.dest_start, step.dest_end),
                strict=True,
            )


def _plain(text: str) -> Block:
    return Block("paragraph", None, Span(0, len(text)), text, array("I", range(len(text))))
