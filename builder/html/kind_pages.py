"""Writes the index page of each kind, and the pages of names that no editor has reviewed yet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from builder.html.addresses import candidates_folder, kind_folder
from builder.html.rendering import Page, paged
from builder.html.shown import Shown, index_page
from builder.index import Entry
from builder.kinds import KINDS, Kind


def kind_pages(site: Shown) -> Iterator[Page]:
    """Yield the index pages of every kind that has pages, and its candidates' pages."""
    for kind in KINDS:
        if kind.pages:
            yield from _listed(kind, site)
            yield from _candidates(kind, site)


def _listed(kind: Kind, site: Shown) -> Iterator[Page]:
    entries = list(site.index.entries[kind.name])
    if not kind.ranked:
        entries.sort(key=lambda entry: (entry.entity.sort, entry.entity.name.casefold()))
    most = max((entry.passages for entry in entries), default=1)
    for pager, rows in paged(entries, kind_folder(kind.name)):
        yield index_page(
            "kind_page",
            site,
            pager,
            kind.title,
            f"{kind.about} {len(entries):,} in this collection",
            kind=kind,
            total=len(entries),
            entries=rows,
            most=most,
            candidates=len(site.index.candidates[kind.name]),
            groups=[("", rows)] if kind.ranked else _groups(rows),
        )


def _groups(entries: Sequence[Entry]) -> list[tuple[str, list[Entry]]]:
    """Part entries by what they are listed under: "Coalitions", "Statutes"."""
    return [
        (_heading(sort), list(group))
        for sort, group in groupby(entries, lambda entry: entry.entity.sort)
    ]


def _heading(sort: str) -> str:
    return sort[:1].upper() + sort[1:]


def _candidates(kind: Kind, site: Shown) -> Iterator[Page]:
    candidates = site.index.candidates[kind.name]
    if not candidates:
        return
    for pager, rows in paged(candidates, candidates_folder(kind.name)):
        yield index_page(
            "candidates_page",
            site,
            pager,
            f"{kind.title}: candidates",
            f"{len(candidates):,} names among {kind.title.lower()} that no editor has reviewed yet",
            kind=kind,
            entries=rows,
        )
