"""Gives documents their addresses, one after the other, and keeps what stands in the way.

A document whose change is refused, or whose source cannot be read or is gone, must not take its
passages out of the indexes: it is shown as it was last published, where its bytes can be found, and
else with provisional addresses.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from builder.anchoring.added import added_days
from builder.anchoring.committed import committed_ledgers, slugs_now
from builder.anchoring.last_published import as_published, earlier_source
from builder.anchoring.past import past_of
from builder.anchoring.register import registered_slugs
from builder.anchoring.registrar import Addressed, Record, Registrar
from builder.anchoring.survey import Survey
from builder.anchoring.texts import Filed, LedgerTexts, text_digest
from builder.anchoring.versioned import Versioned, standing_files
from builder.files import failure
from builder.ledger import Question
from builder.ledger_file import Ledger
from builder.model import Annotated, Past, Place, Problem, Problems, Source
from builder.settings import Settings
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
    texts: LedgerTexts
    damaged: list[Problem] = field(default_factory=list)
    documents: list[Annotated] = field(default_factory=list)
    refused: dict[str, Annotated] = field(default_factory=dict)
    changed: dict[Path, str] = field(default_factory=dict)
    files: dict[Path, bytes] = field(default_factory=dict)
    folders: frozenset[str] = frozenset()
    accept: bool = False
    questions: dict[str, dict[str, Question]] = field(default_factory=dict)
    ended: set[str] = field(default_factory=set)  # slugs of documents that no process survives

    @classmethod
    def of(
        cls, settings: Settings, survey: Survey, today: datetime.date, problems: Iterable[Problem]
    ) -> Addressing:
        """Return an addressing that has taken no document yet."""
        texts = survey.texts.copy()
        for filed in survey.filed.values():
            if filed.slug != filed.stands:
                there = filed.stands in texts
                texts[filed.slug] = texts.pop(filed.stands) if there else filed.text
        folders = version_folders(settings)
        return cls(settings, survey, today, [*problems], texts, folders=folders)

    def tell_gone(self) -> None:
        """Note each published document whose source is no longer there."""
        anchors = self.settings.relative(self.settings.anchors)
        for slug in sorted(self.survey.orphans):
            head = self.survey.heads[slug]
            what = f"{head.path or slug} is no longer there, and its addresses are published"
            hint = f'put it back, or "builder anchors accept {slug}" leaves a tombstone page'
            self.problems.append(Problem(head.place(anchors), what, hint))

    def take_all(self, every: Iterable[Addressed]) -> None:
        """Take what became of every document. Raises Problems when a ledger is damaged."""
        for one in every:
            self.take(one)
        if self.damaged:
            # Nobody can tell any more what is published: better no build than one that forgets it.
            raise Problems([*self.damaged, *self.problems])

    def take(self, one: Addressed) -> None:
        """Take what became of a document."""
        self.damaged.extend(one.damaged)
        self.problems.extend(one.problems)
        if one.ledger:
            self._note(one.slug, one.ledger)
        if one.refused is not None:
            self.refused[one.slug] = one.refused
        if one.taken is not None:
            self.files.update(one.files)
            self.documents.append(one.taken)
        if one.ended:
            self.ended.add(one.ended)
        if one.slug:
            self.questions[one.slug] = dict(one.questions)

    @property
    def registrar(self) -> Registrar:
        """Who issues the addresses of this run."""
        manifest = self.survey.manifest
        return Registrar(self.settings, manifest, self.today, self.folders, self.accept)

    def record_of(self, slug: str, committed: Sequence[Ledger] = ()) -> Record:
        """Return what is on record of a document that its source stands for, on disk."""
        filed = self.survey.filed.get(slug)
        if filed is None:
            return Record()
        standing = filed if filed.is_late else self._standing(filed)
        return Record(filed, standing, committed)

    def addressed(self, outcomes: Iterable[Annotated | Problem]) -> Iterator[Addressed]:
        """Give documents their addresses, or say why they have none; note nothing."""
        named = [(one, "" if isinstance(one, Problem) else one.document.slug) for one in outcomes]
        committed = self.committed(slug for _, slug in named)
        for one, slug in named:
            record = self.record_of(slug, committed.get(slug, ()))
            yield self.registrar.addressed(one, record)

    def committed(self, slugs: Iterable[str]) -> Mapping[str, Sequence[Ledger]]:
        """Return the ledgers of documents that the last commit has and the disk has not.

        Git is asked as often as this is.
        """
        texts, found = self.survey.texts, dict[str, list[Ledger]]()
        stands = {one.stands: slug for slug in slugs if (one := self.survey.filed.get(slug))}
        if stands:
            now = slugs_now(texts.heads)
            for slug, ledger in committed_ledgers(self.settings, texts.is_blob, now, stands):
                found.setdefault(stands[slug], []).append(ledger)
        return found

    def _note(self, slug: str, ledger: str) -> None:
        filed = self.survey.filed.get(slug)
        stands = filed.stands if filed else slug
        digest = text_digest(ledger)
        if stands != slug or digest != self.survey.texts.digest(stands):
            self.changed[self.settings.anchors / f"{slug}.txt"] = ledger
        if digest != self.texts.digest(slug):
            self.texts[slug] = ledger

    def _with_versions(self, annotated: Annotated) -> Versioned:
        """Return a document that is not taken up with its versions."""
        filed = self._filed(annotated.document.slug)
        standing = self._standing(filed) if filed else None
        return self.registrar.with_versions(annotated, Record(filed, standing))

    def _standing(self, filed: Filed) -> Filed:
        """Return a document's ledger as it stands on disk."""
        return self.survey.texts.filed(filed.slug, filed.stands)

    def _filed(self, slug: str) -> Filed | None:
        """Return a published document's ledger, also of one whose source is gone."""
        texts = self.survey.texts
        return self.survey.filed.get(slug) or (texts.filed(slug, slug) if slug in texts else None)

    def keep_standing(self, slug: str) -> None:
        """Note that the version that stands is to be kept, with its bytes and its ledger."""
        filed = self._filed(slug)
        if filed is None:
            return
        standing = self._standing(filed).whole()
        self.files.update(standing_files(self.settings, standing, slug, self.folders))

    def take_published(self, annotate: Annotate, *, provisional: bool) -> None:
        """Take each document that cannot be taken as it is now as it was last published.

        With `provisional` one whose change is refused is shown as it would be; else only where
        its earlier bytes are nowhere to be found.
        """
        there = {one.document.slug for one in self.documents} | self.ended
        for slug in sorted(self._published() - there):
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
            filed = (self._filed(slug) or Filed(slug, slug, self.texts[slug])).whole()
            source = earlier_source(self.settings, self.survey.manifest, filed, self.folders)
            outcome = annotate(source) if source else None
            if not isinstance(outcome, Annotated):
                return None
            text, path = self.texts[slug], self._path(slug)
            return as_published(outcome, text, path, today=self.today)
        except Exception as error:  # as in `take`
            place = Place(self.texts.head(slug).path, 1)
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
