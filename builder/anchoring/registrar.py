"""Gives one document its addresses: what its ledger says, its versions, what it would lose.

A document's addresses depend on no other document, so that this goes wherever the document was
annotated, in this process or another; what came of it is noted in `addressing`.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from builder.anchoring.heads import read_head
from builder.anchoring.issued import refuse_lost_addresses
from builder.anchoring.last_published import hash_of
from builder.anchoring.losses import lost_versions
from builder.anchoring.texts import Filed
from builder.anchoring.versioned import Versioned, with_versions
from builder.files import failure
from builder.ledger import Anchored, Question, anchor
from builder.ledger_file import Ledger
from builder.manifest import Manifest
from builder.model import Annotated, Problem, Problems
from builder.settings import Settings
from builder.versioning.kept import Kept, read_kept
from builder.versioning.standing import still_standing


@dataclass(frozen=True, slots=True)
class Record:
    """What is on record of one document, which has none where it is new.

    `filed` is its ledger as the run takes it up, `standing` as it stands on disk; `committed` are
    ledgers of it that the last commit has and the disk has not.
    """

    filed: Filed | None = None
    standing: Filed | None = None
    committed: Sequence[Ledger] = ()

    def whole(self) -> Record:
        """Return this with the texts, read once. Raises Problems where a file has changed since."""
        if self.filed is None or self.standing is None:
            return self
        standing = self.standing.whole()
        filed = standing if self.filed is self.standing else self.filed.whole()
        return Record(filed, standing, self.committed)


@dataclass(frozen=True, slots=True)
class Addressed:
    """What became of one document on its way to its addresses.

    `taken` is the document with them. It is None where the change is `refused`, which then holds it
    with provisional ones, or where nothing came of it. `ledger` is the text that its ledger has
    now, "" where it is left alone. `damaged` are problems for which no build goes on. `ended` is
    the slug of one whose making has ended the process that was at it.
    """

    slug: str = ""
    taken: Annotated | None = None
    refused: Annotated | None = None
    ledger: str = ""
    problems: tuple[Problem, ...] = ()
    damaged: tuple[Problem, ...] = ()
    files: Mapping[Path, bytes] = field(default_factory=dict)
    questions: Mapping[str, Question] = field(default_factory=dict)
    ended: str = ""


@dataclass(frozen=True, slots=True)
class Registrar:
    """Issues addresses on a day; `folders` are the slugs that have versions on record.

    With `accept` every change is taken as proposed.
    """

    settings: Settings
    manifest: Manifest
    today: datetime.date
    folders: frozenset[str]
    accept: bool = False

    def addressed(self, outcome: Annotated | Problem, record: Record) -> Addressed:
        """Give a document its addresses, or say why it has none; write nothing."""
        if isinstance(outcome, Problem):
            return Addressed(problems=(outcome,))
        try:
            return self._addressed(outcome, record.whole())
        except Problems as error:
            return Addressed(damaged=error.problems)
        except Exception as error:  # one document that trips us must not stop ten thousand
            return Addressed(problems=(failure(outcome.document.source.place, error),))

    def with_versions(
        self, annotated: Annotated, record: Record, kept: Kept | None = None
    ) -> Versioned:
        """Return the document with its versions, and those that have to be written."""
        if record.standing is None:
            return Versioned(annotated)
        return with_versions(
            self.settings,
            annotated,
            record.standing.whole(),
            manifest=self.manifest,
            today=self.today,
            folders=self.folders,
            kept=kept,
        )

    def _addressed(self, outcome: Annotated, record: Record) -> Addressed:
        slug, filed = outcome.document.slug, record.filed
        kept = self._kept(filed) if filed else None
        lost = tuple(self._losses(filed, kept, outcome, record)) if filed else ()
        anchored = self._anchored(outcome, filed, kept)
        asked = {one.id: one for one in anchored.questions if one.id}
        taken = self.with_versions(anchored.annotated, record, kept)
        problems = (*lost, *anchored.problems, *taken.problems)
        refused = any(not problem.warning for problem in (*lost, *anchored.problems))
        # What stands goes on standing, whatever is wrong with the record of earlier versions.
        standing = record.standing.text if record.standing else None
        untold = taken.failed and anchored.ledger != standing
        if refused or untold:
            return Addressed(
                slug,
                refused=anchored.annotated,
                ledger=filed.text if filed else anchored.ledger,
                problems=(*lost, *anchored.problems) if refused else problems,
                questions=asked,
            )
        return Addressed(
            slug,
            taken=taken.annotated,
            ledger=anchored.ledger,
            problems=problems,
            files=taken.files,
            questions=asked,
        )

    def _kept(self, filed: Filed) -> Kept | None:
        """Return what is on record of the versions of a document, None where nothing is."""
        if filed.stands not in self.folders:
            return None
        return read_kept(self.settings, filed.stands, read_head(filed.slug, filed.text).sha256)

    def _losses(
        self, filed: Filed, kept: Kept | None, outcome: Annotated, record: Record
    ) -> Iterator[Problem]:
        """Yield a problem where a document has lost its versions.

        Raises Problems where its ledger has lost addresses: no build goes on then.
        """
        path = self.settings.relative(self.settings.anchors / f"{filed.stands}.txt")
        earlier = [*(kept.ledgers.values() if kept else ()), *record.committed]
        refuse_lost_addresses(filed.text, path, earlier)
        if kept is None:
            source = outcome.document.source
            for lost in lost_versions(self.settings, filed.stands, filed.text, source):
                yield replace(lost, warning=self.accept)

    def _anchored(self, annotated: Annotated, filed: Filed | None, kept: Kept | None) -> Anchored:
        """Return a document with the addresses that its ledger gives it. Raises Problems."""
        recorded = ""
        # Of two versions that a merge has brought together, the ledger may be that of either.
        if filed and (kept is None or len(still_standing(kept)) < 2):
            recorded = hash_of(filed, kept)
        slug = annotated.document.slug
        return anchor(
            annotated,
            filed.text if filed else None,
            path=self.settings.relative(self.settings.anchors / f"{slug}.txt"),
            today=self.today,
            accept=self.accept,
            recorded=recorded,
        )
