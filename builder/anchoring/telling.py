"""Tells in a line what a run does to the addresses of each document that it changes."""

from __future__ import annotations

from collections.abc import Iterator

from builder.anchoring.differences import between, summary
from builder.anchoring.keeping import Issued
from builder.counting import counted
from builder.ledger_file import Ledger, parse_ledger
from builder.settings import Settings

LINES = 10
"""So many documents are told one by one."""


def told_changes(settings: Settings, issued: Issued) -> Iterator[str]:
    """Yield the lines, before `issued` is written: "ports: 6 changed, 1 gone (…)".

    What was published before comes first, for that is what somebody may have linked to.
    """
    stood = {new: old for old, new in issued.moved.items()}
    slugs = {file.stem for file in issued.ledgers} | {file.parent.name for file in issued.files}
    slugs |= stood.keys()

    def is_new(slug: str) -> bool:
        return not (settings.anchors / f"{stood.get(slug, slug)}.txt").is_file()

    ordered = sorted(slugs, key=lambda slug: (is_new(slug), slug))
    for slug in ordered[:LINES]:
        what = ", ".join(_changes_of(settings, issued, slug, stood.get(slug, slug)))
        yield f'{slug}: {what} ("builder anchors log {slug}")'
    if len(ordered) > LINES:
        yield f"and {len(ordered) - LINES:,} more"


def _changes_of(settings: Settings, issued: Issued, slug: str, stood: str) -> Iterator[str]:
    """Yield what is told of one document; its ledger stands under the slug `stood`."""
    file = settings.anchors / f"{slug}.txt"
    before = settings.anchors / f"{stood}.txt"
    if stood != slug:
        yield f"moved here from {stood}"
    text = issued.ledgers.get(file)
    if text is not None:
        new = parse_ledger(text, settings.relative(file))
        if not before.is_file():
            yield f"published, {counted(len(new.records), 'address')}"
            return
        data = before.read_bytes().decode("utf-8", "replace").replace("\r\n", "\n")
        yield from _changes(parse_ledger(data, settings.relative(before)), new)
    elif stood == slug:
        yield "a version kept, no address changed"


def _changes(old: Ledger, new: Ledger) -> Iterator[str]:
    if old.get("gone") is not None and new.get("gone") is None:
        yield "back in the collection"
    passages, figures = summary(between(old, new)), _changed_figures(old, new)
    if passages:
        yield passages
    if figures and not passages:
        yield f"{counted(figures, 'figure')} changed"
    if not passages and not figures:
        yield "no address changed"


def _changed_figures(old: Ledger, new: Ledger) -> int:
    known = {f"{one.id}-{figure.id}": figure for one in old.records for figure in one.figures}
    figures = ((f"{one.id}-{figure.id}", figure) for one in new.records for figure in one.figures)
    return sum(known.get(name) != figure for name, figure in figures)
