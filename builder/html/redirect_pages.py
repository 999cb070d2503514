"""Writes the page that stays at the former address of a document which has a new one.

It is an HTML file and no Markdown, so every renderer copies it as it is. A script sends the reader
on, fragment included; without JavaScript each published id is an element of the page, with a link
to the same id at the new address, and the style sheet puts the one that was asked for first.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass

from builder.html.escape import one_line
from builder.html.ids import id_in_words
from builder.html.rendering import render
from builder.html.shown import Shown
from builder.model import Annotated, Past, RemovedDocument, Tombstone


@dataclass(frozen=True, slots=True)
class _Target:
    """Where a former address leads: the title of the page, and the ids on it, in its order."""

    title: str
    ids: tuple[str, ...] = ()


def redirect_pages(site: Shown, past: Past, site_url: str) -> Iterator[tuple[str, bytes]]:
    """Yield each former address's file, relative to `content/`, and its bytes.

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
            target = targets.get(slug) or _Target(slug)
            yield f"documents/{former}/index.html", _page(former, slug, target, site_url).encode()


def _targets(site: Shown, past: Past) -> Mapping[str, _Target]:
    standing = {
        one.document.slug: _Target(site.titles[one.document.slug], tuple(_ids(one)))
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


def _ids(one: Annotated) -> Iterator[str]:
    """Yield every id of a document's page that is an address, each once."""
    figures: dict[int, list[str]] = {}
    for mention in one.mentions:
        if mention.id:
            figures.setdefault(mention.block, []).extend((mention.id, *mention.aliases))
    found: list[str] = []
    for number, block in enumerate(one.document.blocks):
        if block.anchor:
            found += (block.anchor, *block.aliases, *figures.get(number, ()))
    found += _ids_of_lost(one.document.tombstones)
    yield from dict.fromkeys(found)


def _ids_of_lost(tombstones: tuple[Tombstone, ...]) -> Iterator[str]:
    for tombstone in tombstones:
        yield tombstone.anchor
        yield from tombstone.aliases


def _page(former: str, slug: str, target: _Target, site_url: str) -> str:
    address = f"documents/{slug}/"
    return render(
        "redirect_page",
        root="../../",
        former=former,
        slug=slug,
        title=target.title,
        ids=[(name, id_in_words(name)) for name in target.ids],
        canonical=f"{site_url.rstrip('/')}/{address}" if site_url else f"../../{address}",
    )
