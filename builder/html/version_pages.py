"""Writes the pages that pin a version of a document's source, and the list of all versions.

What stands now is pinned by a small file that leads on to the document's page, so that a link made
today holds when another version has taken its place: then a page with the text of that time stands
at the address. No search and no index leads to these pages.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from rapidfuzz.distance import LCSseq

from builder.html.block_html import blocks_html, heading
from builder.html.document_page import is_headline
from builder.html.escape import escape, one_line, own_address
from builder.html.left_out import left_out
from builder.html.redirect_pages import ids_of, leading_on
from builder.html.rendering import Page, render, root_of
from builder.html.shown import Shown
from builder.html.tombstones import Lost
from builder.html.version_words import (
    capital,
    counted,
    life_in_words,
    shown_changes,
    version_folder,
)
from builder.html.versions_section import version_rows
from builder.html.weave import weave
from builder.model import DIGITS, Annotated, Block, Document, Span, Version
from builder.structure import structure
from builder.versions import changes, version_before


def version_pages(site: Shown) -> Iterator[Page]:
    """Yield for each document with more than one version their list and a page for each earlier."""
    for one in site.index.annotated:
        if one.document.versions:
            yield _list_page(one.document, site)
            further = _further_ids(one)
            for version in one.document.versions[1:]:
                yield _version_page(one.document, version, further, site)


def version_files(site: Shown, site_url: str) -> Iterator[tuple[str, bytes]]:
    """Yield the files beside the pages, by their path relative to `content/`.

    For each document the one that pins what stands now; for its earlier versions their bytes.
    """
    for one in site.index.annotated:
        document = one.document
        folder = version_folder(document, document.source.sha256[:DIGITS])
        yield f"{folder}index.html", _pinned(one, folder, site, site_url)
        for version in document.versions[1:]:
            if version.source is not None:
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


def _list_page(document: Document, site: Shown) -> Page:
    folder = f"documents/{document.slug}/versions/"
    title = site.titles[document.slug]
    root = root_of(folder)
    return Page(
        folder=folder,
        title=f"Versions of {title}",
        description=f"The versions of {title} ({document.slug}), and what each of them changed",
        body=render(
            "versions_page",
            root=root,
            rows=list(version_rows(document, root)),
            title=title,
            document_folder=f"documents/{document.slug}/",
        ),
        kind="version",
    )


def _version_page(
    document: Document, version: Version, further: Mapping[str, Sequence[str]], site: Shown
) -> Page:
    folder, title = version_folder(document, version.digits), site.titles[document.slug]
    then = structure(version.source) if version.source else None
    blocks = _blocks(version, then, further)
    headline = f"{escape(one_line(title))} {{#_title}}"
    if then and blocks and is_headline(then) and blocks[0].kind == "heading":
        headline = heading(blocks.pop(0), 1, _woven, _THEN).removeprefix("# ")
    values = {
        **_values(document, version, root_of(folder)),
        **(left_out(then) if then else {"left_out": (), "attributes": ()}),
    }
    life = life_in_words(version)
    return Page(
        folder=folder,
        title=f"{title}, version {version.digits} ({life})",
        description=f"Version {version.digits} ({life}) of {title}, which another has superseded",
        headline=headline,
        body="\n\n".join(
            (
                render("version_head", **values),
                blocks_html(blocks, _woven, lost=_THEN),
                render("version_foot", **values),
            )
        ),
        has_contents=True,
        kind="version",
    )


class _Then(Lost):
    """The further ids of a passage on the page of a version: they led to it, and need no note."""

    def further_ids(self, aliases: Iterable[str], _bearer: str = "") -> str:
        """Return the empty elements that bear a passage's further ids."""
        return "".join(f'<span id="{own_address(alias)}"></span>' for alias in aliases)


_THEN = _Then()


def _woven(block: Block, within: Span | None) -> str:
    return weave(block, within=within)


def _values(document: Document, version: Version, root: str) -> dict[str, object]:
    """Return what the page of a version says beside its text."""
    versions = document.versions
    at = versions.index(version)
    before = version_before(versions, version)
    return {
        "root": root,
        "version": version,
        "life": life_in_words(version),
        "document_folder": f"documents/{document.slug}/",
        "newer": versions[at - 1] if at > 1 else None,
        "older": versions[at + 1] if at + 1 < len(versions) else None,
        "capital": capital,
        "life_in_words": life_in_words,
        "told": capital(counted(changes(before, version))) if before else "",
        "changes": shown_changes(document, before, version, root) if before else (),
        "now_told": counted(changes(version, versions[0])),
    }


def _blocks(
    version: Version, then: Document | None, further: Mapping[str, Sequence[str]]
) -> list[Block]:
    """Return the passages of a version as blocks with the ids that they had.

    Their markup is the source's wherever it can still be cut as it was then; else they are plain
    paragraphs.
    """
    passages = then.passages if then else ()
    found = dict(_aligned([" ".join(block.text.split()) for block in passages], version.passages))
    standing = {name for name, _ in version.passages}
    blocks = []
    for number, (name, text) in enumerate(version.passages):
        block = passages[found[number]] if number in found else _plain(text)
        aliases = tuple(alias for alias in further.get(name, ()) if alias not in standing)
        blocks.append(replace(block, anchor=name, aliases=aliases))
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


def _further_ids(one: Annotated) -> Mapping[str, Sequence[str]]:
    """Return the ids that lead to each passage today beside its own, so that they do when pinned.

    Each of them once, and none that is the id of a passage of its own.
    """
    document = one.document
    further: dict[str, list[str]] = {}
    for block in document.blocks:
        further.setdefault(block.anchor or "", []).extend(block.aliases)
    for tombstone in document.tombstones:
        further.setdefault(tombstone.anchor, []).extend(tombstone.aliases)
    for mention in one.mentions:
        if mention.id:
            names = further.setdefault(document.blocks[mention.block].anchor or "", [])
            names += (mention.id, *mention.aliases)
    return {name: tuple(dict.fromkeys(names)) for name, names in further.items()}
