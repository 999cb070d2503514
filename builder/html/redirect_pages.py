"""Writes pages that lead on to another address, fragment included.

Such a page is an HTML file and no Markdown, so every renderer copies it as it is. A script sends
the reader on; without JavaScript each published id is an element of the page, with a link to the
same id at the other address, and the style sheet puts the one that was asked for first.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

from builder.html.escape import escape, one_line, own_address
from builder.html.ids import id_in_words
from builder.html.policy import POLICY
from builder.html.rendering import html, render, root_of
from builder.html.shown import Shown
from builder.html.version_ids import (
    further_ids,
    further_of_lost,
    ids_of,
    ids_of_lost,
    ids_then,
)
from builder.model import DIGITS, Annotated, Past, RemovedDocument
from builder.site_files import folder_of

File = tuple[str, bytes]


def redirect_pages(site: Shown, past: Past, site_url: str) -> Iterator[File]:
    """Yield the files at former addresses, by their paths relative to `content/`.

    They are those of documents that have a new slug, with their versions. A chain of names leads
    straight to its end. An address that a document bears again is left to that document; what leads
    to one that could not be built stays as it is.
    """
    targets = _Targets(site, past)
    renamed = dict(past.renamed)
    for former in renamed:
        slug = former if former in targets else _end_of(former, renamed, targets)
        if slug != former and slug in targets:
            target = targets[slug]
            yield _former_address(former, target, site_url)
            yield from _versions(former, target, site_url)


@dataclass(frozen=True, slots=True)
class _Target:
    """Where a former address leads: the page's slug, its title, and the ids on it, in its order.

    `versions` holds, for each version, its digits and the ids on its page; `listed` tells that
    there is a list of them.
    """

    slug: str
    title: str
    ids: tuple[str, ...] = ()
    versions: tuple[tuple[str, tuple[str, ...]], ...] = ()
    listed: bool = False

    @property
    def folder(self) -> str:
        """The page's folder, from the site's root."""
        return folder_of(self.slug)


class _Targets:
    """The pages of documents and removed documents by slug, read when first asked for."""

    def __init__(self, site: Shown, past: Past) -> None:
        self._site = site
        self._removed = {document.slug: document for document in past.removed}

    @cached_property
    def _standing(self) -> Mapping[str, Annotated]:
        return {one.document.slug: one for one in self._site.index.annotated}

    def __contains__(self, slug: object) -> bool:
        return slug in self._site.titles or slug in self._removed

    def __getitem__(self, slug: str) -> _Target:
        if slug in self._site.titles:
            return _standing(self._standing[slug], self._site.titles[slug])
        return _removed(self._removed[slug])


def _standing(one: Annotated, title: str) -> _Target:
    document, ids, further = one.document, ids_of(one), further_ids(one)
    earlier = ((version.digits, ids_then(version, further)) for version in document.versions[1:])
    versions = ((document.source.sha256[:DIGITS], ids), *earlier)
    return _Target(document.slug, title, ids, versions, listed=bool(document.versions))


def _removed(document: RemovedDocument) -> _Target:
    title = one_line(document.title) or document.slug
    ids = tuple(dict.fromkeys(ids_of_lost(document.tombstones)))
    further = further_of_lost(document.tombstones)
    versions = tuple((one.digits, ids_then(one, further)) for one in document.versions)
    return _Target(document.slug, title, ids, versions, listed=bool(versions))


def _end_of(slug: str, renamed: Mapping[str, str], pages: Container[str]) -> str:
    """Return the name at which a chain comes to a page; in a ring, the one before it closes."""
    seen = {slug}
    while slug not in pages and (following := renamed.get(slug, slug)) not in seen:
        slug = following
        seen.add(slug)
    return slug


def _former_address(former: str, target: _Target, site_url: str) -> File:
    folder = folder_of(former)
    return f"{folder}index.html", leading_on(
        folder,
        target.folder,
        title=f"{target.title} has a new address (formerly {former})",
        description=f"What was at {former} is now at {target.slug}; links to passages lead there",
        headline="This document has a new address",
        name=target.title,
        note="Old links stay good: every passage has the same number there.",
        ids=target.ids,
        site_url=site_url,
    )


def _versions(former: str, target: _Target, site_url: str) -> Iterator[File]:
    """Yield what stays where a document's versions were pinned, and listed, under a former slug."""
    listed = [("", ())] if target.listed else []
    for digits, ids in (*listed, *target.versions):
        below = f"versions/{digits}/" if digits else "versions/"
        folder = f"{folder_of(former)}{below}"
        what = f"version {digits}" if digits else "its versions"
        yield (
            f"{folder}index.html",
            leading_on(
                folder,
                f"{target.folder}{below}",
                title=f"{target.title}, {what} (at {former})",
                description=f"What was at {former}, {what}: links to passages lead on",
                headline="This document has a new address",
                name=f"{target.title}, {what}",
                note="Old links stay good: every passage has the same number there.",
                ids=ids,
                site_url=site_url,
            ),
        )


def leading_on(
    folder: str,
    target: str,
    *,
    title: str,
    description: str,
    headline: str,
    name: str,
    note: str,
    ids: Iterable[str],
    site_url: str,
) -> bytes:
    """Return the page of the folder `folder` that leads on to the folder `target`, id by id.

    `title` and `description` must be no other page's. `name` is what the link is called, `note` a
    sentence under it.
    """
    root = root_of(folder)
    page = render(
        "redirect_page",
        policy=POLICY,
        root=root,
        target=f"{root}{target}",
        canonical=f"{site_url}{target}" if site_url else f"{root}{target}",
        title=title,
        description=description,
        headline=headline,
        name=name,
        note=note,
        items=html("\n".join(_items(f"{root}{target}", ids))),
    )
    return f"{page}\n".encode()


def _items(target: str, ids: Iterable[str]) -> Iterator[str]:
    # Not in the template, which takes ten times as long: every document has such a page.
    target = own_address(target)
    for name in ids:
        written, words = _written(name)
        yield f'<li id="{written}"><a href="{target}#{written}">{words}</a></li>'


@lru_cache(maxsize=4096)
def _written(name: str) -> tuple[str, str]:
    """Return an id for an attribute, and what it is called, as HTML; most documents share them."""
    return own_address(name), escape(id_in_words(name))
