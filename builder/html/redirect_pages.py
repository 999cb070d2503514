"""Writes pages that lead on to another address, fragment included.

Such a page is an HTML file and no Markdown, so every renderer copies it as it is. A script sends
the reader on; without JavaScript each published id is an element of the page, with a link to the
same id at the other address, and the style sheet puts the one that was asked for first.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass

from builder.html.escape import one_line
from builder.html.ids import id_in_words
from builder.html.rendering import render, root_of
from builder.html.shown import Shown
from builder.model import Annotated, Past, RemovedDocument, Tombstone


@dataclass(frozen=True, slots=True)
class _Target:
    """Where a former address leads: the title of the page, and the ids on it, in its order."""

    title: str
    ids: tuple[str, ...] = ()


def redirect_pages(site: Shown, past: Past, site_url: str) -> Iterator[tuple[str, bytes]]:
    """Yield the file at each former address of a document, by its path relative to `content/`.

    A chain of names leads straight to its end. An address that a document bears again is left to
    that document.
    """
    targets = _targets(site, past)
    renamed = dict(past.renamed)
    for former in renamed:
        if former in targets:
            continue
        slug = _end_of(former, renamed, targets)
        if slug != former:
            page = _former_address(former, slug, targets.get(slug) or _Target(slug), site_url)
            yield f"documents/{former}/index.html", page


def _former_address(former: str, slug: str, target: _Target, site_url: str) -> bytes:
    return leading_on(
        f"documents/{former}/",
        f"documents/{slug}/",
        title=f"{target.title} has a new address (formerly {former})",
        description=f"What was at {former} is now at {slug}; links to its passages lead there",
        headline="This document has a new address",
        name=target.title,
        note="Old links stay good: every passage has the same number there.",
        ids=target.ids,
        site_url=site_url,
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
    """Return a page of the folder `folder` that leads on to the folder `target`, id by id.

    `title` and `description` must be no other page's. `name` is what the link is called, `note` a
    sentence under it.
    """
    root = root_of(folder)
    page = render(
        "redirect_page",
        root=root,
        target=f"{root}{target}",
        canonical=f"{site_url}{target}" if site_url else f"{root}{target}",
        title=title,
        description=description,
        headline=headline,
        name=name,
        note=note,
        ids=[(name, id_in_words(name)) for name in ids],
    )
    return f"{page}\n".encode()


def _targets(site: Shown, past: Past) -> Mapping[str, _Target]:
    standing = {
        one.document.slug: _Target(site.titles[one.document.slug], ids_of(one))
        for one in (site.index.annotated if past.renamed else ())
    }
    return {one.slug: _removed(one) for one in past.removed} | standing


def _removed(document: RemovedDocument) -> _Target:
    title = one_line(document.title) or document.slug
    return _Target(title, tuple(dict.fromkeys(_ids_of_lost(document.tombstones))))


def _end_of(slug: str, renamed: Mapping[str, str], pages: Container[str]) -> str:
    """Return the name at which a chain comes to a page; in a ring, the one before it closes."""
    seen = {slug}
    while slug not in pages and (following := renamed.get(slug, slug)) not in seen:
        slug = following
        seen.add(slug)
    return slug


def ids_of(one: Annotated) -> tuple[str, ...]:
    """Return every id of a document's page that is an address, each once."""
    figures: dict[int, list[str]] = {}
    for mention in one.mentions:
        if mention.id:
            figures.setdefault(mention.block, []).extend((mention.id, *mention.aliases))
    found: list[str] = []
    for number, block in enumerate(one.document.blocks):
        if block.anchor:
            found += (block.anchor, *block.aliases, *figures.get(number, ()))
    found += _ids_of_lost(one.document.tombstones)
    return tuple(dict.fromkeys(found))


def _ids_of_lost(tombstones: Iterable[Tombstone]) -> Iterator[str]:
    for tombstone in tombstones:
        yield tombstone.anchor
        yield from tombstone.aliases
