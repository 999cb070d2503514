"""Gives a document that was removed its versions: what was pinned stays pinned.

What stood last is known from the ledger itself; its bytes are kept when the removal is accepted.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from builder.anchoring.heads import Head, read_head
from builder.ledger_file import parse_ledger
from builder.manifest import Manifest, describe
from builder.model import Problem, Problems, Source, Version
from builder.read import source_from_bytes
from builder.settings import Settings
from builder.versioning.kept import Kept, read_kept
from builder.versioning.standing import stood_last
from builder.versioning.succession import newest_first, until
from builder.versioning.then import Then, addresses_then


@dataclass(frozen=True, slots=True)
class VersionsOfRemoved:
    """The versions of a removed document, newest first, and what is wrong with their files."""

    versions: tuple[Version, ...]
    problems: tuple[Problem, ...]


def versions_of_removed(
    settings: Settings, slug: str, text: str, manifest: Manifest
) -> VersionsOfRemoved:
    """Return the versions of a removed document from its ledger's text and its folder."""
    head = read_head(slug, text)
    kept = read_kept(settings, slug, head.sha256)
    left = _Left(settings, head, kept, text, manifest)
    return VersionsOfRemoved(tuple(left.versions()), tuple(kept.problems))


@dataclass(frozen=True, slots=True)
class _Left:
    """What is left of the versions of one removed document."""

    settings: Settings
    head: Head
    kept: Kept
    text: str
    manifest: Manifest

    def versions(self) -> Iterator[Version]:
        everyone = tuple(self.kept.recorded.values())
        last = stood_last(self.kept, self.text)
        ledger = parse_ledger(self.text, self.head.slug)
        end, gone = addresses_then(ledger), ledger.get("gone") or ""
        for one in newest_first(everyone, last.digits):
            then = self._then(one.digits)
            if one == last and then.passages in ((), end.passages):
                then = end  # it may know of addresses that were led on after that one was kept
            yield Version(
                sha256=one.sha256,
                since=one.since,
                until=gone if one == last else until(one, everyone, last),
                passages=then.passages,
                source=self._source(one.digits),
                after=one.after,
                aliases=then.aliases,
                tombstones=then.tombstones,
            )

    def _then(self, digits: str) -> Then:
        ledger = self.kept.ledgers.get(digits)
        return addresses_then(ledger) if ledger else Then()

    def _source(self, digits: str) -> Source | None:
        data = self.kept.texts.get(digits)
        if data is None:
            return None
        seeds = self.settings.relative(self.settings.seeds)
        try:
            source = describe(source_from_bytes(data, self.head.path), self.manifest, seeds)
        except Problems:
            return None  # was published by a builder that read what this one does not
        return replace(source, slug=self.head.slug)
