"""Gives documents their addresses, one after the other, and keeps what stands in the way.

A document whose change is refused, or whose source cannot be read or is gone, must not take its
passages out of the indexes: it is shown as it was last published, where its bytes can be found, and
else with provisional addresses.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from builder.anchoring.added import added_days
from builder.anchoring.heads import read_head
from builder.anchoring.issued import committed_ledgers, refuse_lost_addresses, slugs_now
from builder.anchoring.last_published import as_published, earlier_source, hash_of
from builder.anchoring.losses import lost_versions
from builder.anchoring.past import past_of
from builder.anchoring.register import registered_slugs
from builder.anchoring.survey import Filed, Survey
from builder.anchoring.versioned import Versioned, standing_files, with_versions
from builder.files import failure
from builder.ledger import Anchored, Question, anchor
from builder.ledger_file import Ledger
from builder.model import Annotated, Past, Place, Problem, Problems, Source
from builder.settings import Settings
from builder.versioning.kept import Kept, read_kept
from builder.versioning.standing import still_standing
from builder.versioning.taking import version_folders

Annotate = Callable[[Source], "Annotated | Problem"]


@dataclass(slots=True)
class Addressing:
    """What becomes of documents on their way to their addresses.

    `texts` are all ledgers by slug as they stand after this run, `changed` those to be written,
    `files` the versions to be kept. `refused` holds the documents whose ledger stays as it was,
    with provisional addresses, `questions` what is asked of them, by document and id. With
    `accept` every change is taken as proposed.
    """

    settings: Settings
    survey: Survey
    today: datetime.date
    problems: list[Problem]
    damaged: list[Problem] = field(default_factory=list)
    documents: list[Annotated] = field(default_factory=list)
    refused: dict[str, Annotated] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    changed: dict[Path, str] = field(default_factory=dict)
    files: dict[Path, bytes] = field(default_factory=dict)
    folders: frozenset[str] = frozenset()
    accept: bool = False
    questions: dict[str, dict[str, Question]] = field(default_factory=dict)
    committed: dict[str, list[Ledger]] | None = None

    @classmethod
    def of(
        cls, settings: Settings, survey: Survey, today: datetime.date, problems: Iterable[Problem]
    ) -> Addressing:
        """Return an addressing that has taken no document yet."""
        texts = dict(survey.texts)
        for filed in survey.filed.values():
            texts[filed.slug] = texts.pop(filed.stands) if filed.stands in texts else filed.text
        folders = version_folders(settings)
        return cls(settings, survey, today, [*problems], texts=texts, folders=folders)

    def tell_gone(self) -> None:
        """Note each published document whose source is no longer there."""
        anchors = self.settings.relative(self.settings.anchors)
        for slug in sorted(self.survey.orphans):
            head = self.survey.heads[slug]
            what = f"{head.path or slug} is no longer there, and its addresses are published"
            hint = f'put it back, or "builder anchors accept {slug}" leaves a tombstone page'
            self.problems.append(Problem(head.place(anchors), what, hint))

    def take_all(self, outcomes: Iterable[Annotated | Problem]) -> None:
        """Address every document. Raises Problems when a ledger is damaged."""
        for outcome in outcomes:
            self.take(outcome)
        if self.damaged:
            # Nobody can tell any more what is published: better no build than one that forgets it.
            raise Problems([*self.damaged, *self.problems])

    def take(self, outcome: Annotated | Problem) -> None:
        """Address a document, or note why it cannot be taken."""
        if isinstance(outcome, Problem):
            self.problems.append(outcome)
            return
        try:
            self._address(outcome)
        except Problems as error:
            self.damaged.extend(error.problems)
        except Exception as error:  # one document that trips us must not stop ten thousand
            self.problems.append(failure(outcome.document.source.place, error))

    def _address(self, outcome: Annotated) -> None:
        slug = outcome.document.slug
        filed = self.survey.filed.get(slug)
        kept = self._kept(filed) if filed else None
        lost = tuple(self._losses(filed, kept, outcome)) if filed else ()
        anchored = self.anchored(outcome, kept)
        self.questions[slug] = {one.id: one for one in anchored.questions if one.id}
        taken = self._with_versions(anchored.annotated, kept)
        problems = (*lost, *anchored.problems, *taken.problems)
        before = self.survey.texts.get(filed.stands) if filed else None
        refused = any(not problem.warning for problem in (*lost, *anchored.problems))
        # What stands goes on standing, whatever is wrong with the record of earlier versions.
        untold = taken.failed and anchored.ledger != before
        if refused or untold:
            self.problems.extend((*lost, *anchored.problems) if refused else problems)
            self._note(slug, filed.text if filed else anchored.ledger)
            self.refused[slug] = anchored.annotated
            return
        self.problems.extend(problems)
        self._note(slug, anchored.ledger)
        self.files.update(taken.files)
        self.documents.append(taken.annotated)

    def _kept(self, filed: Filed) -> Kept | None:
        """Return what is on record of the versions of a document, None where nothing is."""
        if filed.stands not in self.folders:
            return None
        return read_kept(self.settings, filed.stands, read_head(filed.slug, filed.text).sha256)

    def _losses(self, filed: Filed, kept: Kept | None, outcome: Annotated) -> Iterator[Problem]:
        """Yield a problem where a document has lost its versions.

        Raises Problems where its ledger has lost addresses: no build goes on then.
        """
        path = self.settings.relative(self.settings.anchors / f"{filed.stands}.txt")
        earlier = [*(kept.ledgers.values() if kept else ()), *self._committed(filed.stands)]
        refuse_lost_addresses(filed.text, path, earlier)
        if kept is None:
            source = outcome.document.source
            for lost in lost_versions(self.settings, filed.stands, filed.text, source):
                yield replace(lost, warning=self.accept)

    def _committed(self, slug: str) -> Sequence[Ledger]:
        """Return the ledgers of a document that the last commit has and the disk has not."""
        if self.committed is None:
            self.committed = {}
            texts = self.survey.texts
            for now, ledger in committed_ledgers(self.settings, texts, slugs_now(texts)):
                self.committed.setdefault(now, []).append(ledger)
        return self.committed.get(slug, ())

    def anchored(self, annotated: Annotated, kept: Kept | None) -> Anchored:
        """Return a document with the addresses that its ledger gives it. Raises Problems."""
        slug = annotated.document.slug
        filed = self.survey.filed.get(slug)
        recorded = ""
        # Of two versions that a merge has brought together, the ledger may be that of either.
        if filed and (kept is None or len(still_standing(kept)) < 2):
            recorded = hash_of(filed, kept)
        return anchor(
            annotated,
            filed.text if filed else None,
            path=self._path(slug),
            today=self.today,
            accept=self.accept,
            recorded=recorded,
        )

    def _note(self, slug: str, ledger: str) -> None:
        filed = self.survey.filed.get(slug)
        stands = filed.stands if filed else slug
        if stands != slug or ledger != self.survey.texts.get(stands):
            self.changed[self.settings.anchors / f"{slug}.txt"] = ledger
        self.texts[slug] = ledger

    def _with_versions(self, annotated: Annotated, kept: Kept | None = None) -> Versioned:
        """Return the document with its versions, and those that have to be written."""
        filed = self._filed(annotated.document.slug)
        if filed is None:
            return Versioned(annotated)
        filed = replace(filed, text=self.survey.texts[filed.stands])
        return with_versions(
            self.settings,
            annotated,
            filed,
            manifest=self.survey.manifest,
            today=self.today,
            folders=self.folders,
            kept=kept,
        )

    def _filed(self, slug: str) -> Filed | None:
        """Return a published document's ledger, also of one whose source is gone."""
        text = self.survey.texts.get(slug)
        return self.survey.filed.get(slug) or (Filed(slug, slug, text) if text else None)

    def keep_standing(self, slug: str) -> None:
        """Note that the version that stands is to be kept, with its bytes and its ledger."""
        filed = self._filed(slug)
        if filed is None:
            return
        before = self.survey.texts[filed.stands]
        self.files.update(
            standing_files(self.settings, replace(filed, text=before), slug, self.folders)
        )

    def take_published(self, annotate: Annotate, *, provisional: bool) -> None:
        """Take each document that cannot be taken as it is now as it was last published.

        With `provisional` one whose change is refused is shown as it would be; else only where
        its earlier bytes are nowhere to be found.
        """
        for slug in sorted(self._published() - {one.document.slug for one in self.documents}):
            refused = self.refused.get(slug)
            before = None if refused and provisional else self._before(slug, annotate)
            shown = before or refused
            if shown is not None:
                self.documents.append(self._shown(shown))

    def _shown(self, annotated: Annotated) -> Annotated:
        """Return a document that is not taken up with its versions: their pages stay."""
        try:
            taken = self._with_versions(annotated)
        except Exception as error:  # as in `take`
            self.problems.append(failure(annotated.document.source.place, error))
            return annotated
        self.problems.extend(one for one in taken.problems if one not in self.problems)
        return taken.annotated

    def _published(self) -> frozenset[str]:
        """Return the slugs of the documents that have a page: the copy of a ledger has none."""
        registered = registered_slugs(self.survey.register)
        return frozenset(self.texts) - self.survey.removed - (self.survey.doubtful - registered)

    def missing(self) -> frozenset[str]:
        """Return the published documents that are not there, and whose pages stay."""
        there = {one.document.slug for one in self.documents}
        return (self._published() | self.survey.lost.keys()) - there

    def _before(self, slug: str, annotate: Annotate) -> Annotated | None:
        try:
            filed = self._filed(slug) or Filed(slug, slug, self.texts[slug])
            source = earlier_source(self.settings, self.survey.manifest, filed, self.folders)
            outcome = annotate(source) if source else None
            if not isinstance(outcome, Annotated):
                return None
            text, path = self.texts[slug], self._path(slug)
            return as_published(outcome, text, path, today=self.today)
        except Exception as error:  # as in `take`
            place = Place(read_head(slug, self.texts[slug]).path, 1)
            self.problems.append(failure(place, error))
            return None

    def _path(self, slug: str) -> str:
        return self.settings.relative(self.settings.anchors / f"{slug}.txt")

    def past(self) -> Past:
        """Return what was published under addresses that no document of today has.

        What is wrong with the versions of removed documents is noted.
        """
        past, problems = past_of(
            self.settings, self.survey.removed, self.texts, self.survey.manifest
        )
        self.problems.extend(problems)
        slugs = (one.document.slug for one in self.documents)
        added = added_days(slugs, self.survey.register, dict(past.renamed), self.today)
        return replace(past, added=tuple(sorted(added.items())))
