"""Gives a document its versions, and tells what has to be written for a new one.

A source whose SHA-256 is not on record is a new version. What stood before it has made way: its
bytes and its ledger are kept from then on. Nothing is written here, and a document of which only
one version was ever published costs no more than a look at its hash.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from builder.anchoring.heads import read_head
from builder.ledger_file import one_line, parse_ledger
from builder.manifest import Manifest, describe
from builder.model import DIGITS, Document, Place, Problem, Problems, Source, Version
from builder.read import source_from_bytes
from builder.settings import Settings
from builder.versioning.earlier import earlier_bytes
from builder.versioning.kept import Kept, live_in, read_kept
from builder.versioning.snapshot import snapshot, without_passages
from builder.versioning.standing import stood_last
from builder.versioning.succession import Recorded, newest_first, until
from builder.versioning.then import Then, addresses_then


@dataclass(frozen=True, slots=True)
class Taken:
    """A document's versions, newest first; `files` are what has to be on disk and is not yet."""

    versions: tuple[Version, ...] = ()
    files: Mapping[Path, bytes] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()


def version_folders(settings: Settings) -> frozenset[str]:
    """Return the names of the folders of versions: slugs of the documents that have some."""
    if not settings.versions.is_dir():
        return frozenset()
    return frozenset(path.name for path in settings.versions.iterdir() if path.is_dir())


def has_versions(document: Document, ledger: str, folders: frozenset[str]) -> bool:
    """Tell whether a document has more than one version, or its source is a new one.

    `ledger` is the text of its ledger before this run, `folders` are those of `version_folders`.
    """
    if document.slug in folders:
        return True
    return read_head(document.slug, ledger).sha256 not in (document.source.sha256, "")


def take_versions(
    settings: Settings,
    document: Document,
    ledger: str,
    *,
    manifest: Manifest,
    today: datetime.date,
    kept: Kept | None = None,
) -> Taken:
    """Return the versions of a document, none where there has been one only.

    `ledger` is the text of its ledger before this run, `kept` what is on record, where that has
    been read. With a problem among what is on record nothing is to be written.
    """
    kept = kept or read_kept(settings, document.slug, read_head(document.slug, ledger).sha256)
    taking = _Taking(settings, document, ledger, manifest, today, kept)
    if kept.recorded.keys() <= {document.source.sha256[:DIGITS]}:  # one version, or none yet
        return Taken(problems=tuple(kept.problems))
    taking.note()
    versions = tuple(taking.versions())
    if any(not problem.warning for problem in kept.problems):
        return Taken(versions, {}, tuple(kept.problems))
    return Taken(versions, taking.files, (*kept.problems, *taking.problems))


class _Taking:
    """One document's versions in the making: what is on record, and what comes to it."""

    def __init__(
        self,
        settings: Settings,
        document: Document,
        ledger: str,
        manifest: Manifest,
        today: datetime.date,
        kept: Kept,
    ) -> None:
        self.settings, self.document, self.ledger = settings, document, ledger
        self.manifest, self.today = manifest, today
        self.head = read_head(document.slug, ledger)
        self.kept = kept
        self.recorded, self.texts = dict(self.kept.recorded), dict(self.kept.texts)
        self.passages, self.ledgers = dict(self.kept.passages), dict(self.kept.ledgers)
        self.now = Recorded(document.source.sha256)
        self.folder = settings.versions / document.slug
        self.files: dict[Path, bytes] = {}
        self.problems: list[Problem] = []

    def note(self) -> None:
        """Note the version that the document is, and let go of those that have made way."""
        digits = self.now.digits
        if digits not in self.recorded:
            after = stood_last(self.kept, self.ledger).digits
            new = Recorded(self.now.sha256, self.today.isoformat(), after)
            self.recorded[digits] = new
            self.files[self.folder / f"{digits}.yaml"] = _yaml(new)
        self.now = self.recorded[digits]
        self._let_go()

    def _let_go(self) -> None:
        """Keep bytes and ledger of each version that has made way and of which they are not yet."""
        going = [
            one
            for one in self.recorded.values()
            if one != self.now and one.digits not in self.passages
        ]
        for one in going:
            ledger = self._ledger(one, alone=len(going) == 1)
            self.ledgers[one.digits] = parse_ledger(ledger, one.digits)
            self.passages[one.digits] = live_in(self.ledgers[one.digits])
            self.files[self.folder / f"{one.digits}.ledger"] = ledger.encode()

    def _ledger(self, one: Recorded, *, alone: bool) -> str:
        """Return the ledger of a version that makes way, and keep its bytes where they are found.

        Without them the ledger of before is its own, if no other version makes way with it.
        """
        names = tuple(dict.fromkeys((self.document.source.path, self.head.path)))
        data = self.texts.get(one.digits) or earlier_bytes(
            self.settings, self.document.slug, one.sha256, names
        )
        if data is None:
            self.problems.append(self._lost(one))
            return self.ledger if alone else without_passages(self.ledger)
        if one.digits not in self.texts:
            self.texts[one.digits] = self.files[self.folder / f"{one.digits}.txt"] = data
        anchors = self.settings.relative(self.settings.anchors)
        slugs = dict.fromkeys((self.document.slug, *reversed(self.head.was)))
        return snapshot(
            self._source(data),
            self.ledger,
            root=self.settings.root,
            paths=[f"{anchors}/{slug}.txt" for slug in slugs],
            today=self.today,
        )

    def _lost(self, one: Recorded) -> Problem:
        """Return the warning that the bytes of a version are nowhere; a build says it once."""
        file = self.settings.relative(self.folder / f"{one.digits}.txt")
        what = f"the text of version {one.digits} is nowhere: not beside its page, not in git"
        hint = "if you have it, put it there; the version stays listed without"
        return Problem(Place(file, 0), what, hint, warning=True)

    def _source(self, data: bytes) -> Source:
        source = source_from_bytes(data, self.document.source.path)
        described = describe(source, self.manifest, self.settings.relative(self.settings.seeds))
        return replace(described, slug=self.document.source.slug)

    def versions(self) -> Iterator[Version]:
        """Yield the versions, newest first, the one that stands now before all others."""
        everyone = tuple(self.recorded.values())
        if len(everyone) == 1:
            return
        for one in newest_first(everyone, self.now.digits):
            then = self._then(one)
            yield Version(
                sha256=one.sha256,
                since=one.since,
                until=until(one, everyone, self.now),
                passages=then.passages,
                source=self._source_of(one),
                after=one.after,
                aliases=then.aliases,
                tombstones=then.tombstones,
            )

    def _then(self, one: Recorded) -> Then:
        if one != self.now:
            ledger = self.ledgers.get(one.digits)
            return addresses_then(ledger) if ledger else Then()
        passages = self.document.passages
        return Then(tuple((block.anchor or "", one_line(block.text)) for block in passages))

    def _source_of(self, one: Recorded) -> Source | None:
        if one == self.now:
            return self.document.source
        data = self.texts.get(one.digits)
        try:
            return None if data is None else self._source(data)
        except Problems:
            return None  # was published by a builder that read what this one does not


def _yaml(one: Recorded) -> bytes:
    # In quotation marks, for digits alone would be a number.
    return f'sha256: "{one.sha256}"\nsince: {one.since}\nafter: "{one.after}"\n'.encode()
