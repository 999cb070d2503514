"""Settles what ledgers ask: takes changes as proposed, answers questions, starts lost ledgers anew.

Whatever is settled is written the way a build writes it: versions, ledgers, register.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace

from builder.aligning.settling import answer, forward, remove
from builder.anchoring.addressing import Addressing
from builder.anchoring.choosing import Asked, names_of, unknown_id
from builder.anchoring.differences import Difference, differences
from builder.anchoring.keeping import Issued
from builder.anchoring.register import document_address
from builder.anchoring.survey import Survey
from builder.collection import annotated_sources, read_sources
from builder.ledger import Question
from builder.ledger_file import parse_ledger
from builder.model import Place, Problem, Problems
from builder.settings import Settings
from builder.today import today


@dataclass(frozen=True, slots=True)
class Settled:
    """What a command comes to: what it changes, by document, what is left open, what to write."""

    changes: Mapping[str, tuple[Difference, ...]] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    issued: Issued = field(default_factory=Issued)


class Settling:
    """A collection whose ledgers wait for answers; nothing is annotated that is not asked for."""

    def __init__(self, settings: Settings) -> None:
        """Read sources and ledgers. Raises Problems when one of the ledgers is damaged."""
        self.settings = settings
        self.knowledge, self.survey = read_sources(settings)

    @property
    def slugs(self) -> frozenset[str]:
        """The slugs of all documents, with and without source or ledger."""
        named = {source.slug or "" for source in self.survey.sources}
        return frozenset(named | self.survey.heads.keys() | self.survey.lost.keys())

    @property
    def names(self) -> dict[str, str]:
        """The slug of each document by every name that it has."""
        sources = {source.path: source.slug or "" for source in self.survey.sources}
        known = names_of(self.slugs, self.survey.heads.values())
        return {**known, **sources, **self.survey.moved}

    @property
    def waiting(self) -> Asked:
        """Every document whose change could be taken: those with a source, and those without."""
        named = [source.slug or "" for source in self.survey.sources]
        return dict.fromkeys([*named, *sorted(self.survey.orphans)], ())

    def accept(self, documents: Collection[str]) -> Settled:
        """Take the changes of documents as proposed; the removal of those whose source is gone."""
        gone = self.survey.orphans.intersection(documents)
        there = {source.slug for source in self.survey.sources}
        cannot = [self._no_source(slug) for slug in documents if slug not in there | gone]
        if cannot:
            raise Problems(cannot)
        removed = {slug: remove(self.survey.texts[slug], today=today()) for slug in sorted(gone)}
        taken = self._addressed([one for one in documents if one in there], self.survey, True)
        for slug in removed:
            taken.keep_standing(slug)
        return self._settled(taken, removed)

    def answer(self, asked: Asked, *, same: bool) -> Settled:
        """Answer the questions on ids, then take the change as far as nothing is left open.

        Raises Problems for each id about which nothing is asked.
        """
        questions = self._addressed(asked, self.survey).questions
        filed = dict(self.survey.filed)
        problems: list[Problem] = []
        for slug, ids in asked.items():
            for name in ids:
                question = questions.get(slug, {}).get(name)
                if question is None:
                    problems.append(self._not_asked(slug, name, questions.get(slug, {})))
                    continue
                text = answer(filed[slug].text, question, same=same, today=today())
                filed[slug] = replace(filed[slug], text=text)
        if problems:
            raise Problems(problems)
        answered = self._addressed(asked, replace(self.survey, filed=filed))
        for slug in answered.refused:
            answered.keep_standing(slug)
        return self._settled(answered, {})

    def forward(self, slug: str, lost: str, into: str) -> Settled:
        """Let the id of a passage that is gone lead to one that stands. Raises Problems."""
        text = self.survey.texts.get(slug)
        if text is None:
            raise Problems([Problem(Place(self._path(slug), 1), "there is no such ledger")])
        new = forward(text, lost, into, today=today(), path=self._path(slug))
        return self._settled(self._addressed((), self.survey), {slug: new})

    def start(self, documents: Collection[str]) -> Settled:
        """Start a new ledger for documents whose old one is lost. Raises Problems."""
        problems = [one for slug in documents if (one := self._cannot_start(slug)) is not None]
        if problems:
            raise Problems(problems)
        found = (self.survey.lost[slug] for slug in documents)
        anew = replace(self.survey, sources=tuple(one for one in found if one is not None))
        return self._settled(self._addressed(documents, anew), {})

    def _addressed(
        self, slugs: Collection[str], survey: Survey, accept: bool = False
    ) -> Addressing:
        """Annotate documents and give them their addresses. Raises Problems."""
        sources = [source for source in survey.sources if source.slug in slugs]
        outcomes = annotated_sources(sources, self.knowledge.catalogue, self.settings.jobs)
        addressing = Addressing.of(self.settings, survey, today(), ())
        addressing.accept = accept
        addressing.take_all(outcomes)
        return addressing

    def _settled(self, addressing: Addressing, further: Mapping[str, str]) -> Settled:
        """Return what comes of addressed documents and `further` ledgers, by slug."""
        anchors = self.settings.anchors
        ledgers = {file.stem: text for file, text in addressing.changed.items()} | dict(further)
        moved = {was: slug for was, slug in self.survey.moved.items() if slug in ledgers}
        stood = {slug: was for was, slug in moved.items()}
        texts = self.survey.texts
        return Settled(
            changes={
                slug: tuple(differences(texts.get(stood.get(slug, slug), ""), text, slug))
                for slug, text in ledgers.items()
            },
            problems=tuple(addressing.problems),
            issued=Issued(
                ledgers={anchors / f"{slug}.txt": text for slug, text in ledgers.items()},
                files=addressing.files,
                moved=moved,
                published={document_address(slug): "" for slug in ledgers},
                register=self.survey.register,
            ),
        )

    def _path(self, slug: str) -> str:
        return self.settings.relative(self.settings.anchors / f"{slug}.txt")

    def _no_source(self, slug: str) -> Problem:
        """Return why a document has no change that could be taken."""
        place = Place(self._path(slug), 1)
        if slug in self.survey.removed:
            return Problem(place, "the document was removed, and that was accepted")
        if slug in self.survey.lost:
            what = "this ledger is missing"
            return Problem(place, what, f'restore it, or "builder anchors init {slug}"')
        hint = 'see what "builder check" says of it'
        return Problem(place, "its source cannot be taken as it is", hint)

    def _cannot_start(self, slug: str) -> Problem | None:
        if self.survey.lost.get(slug) is not None:
            return None
        place = Place(self._path(slug), 1)
        if slug in self.survey.texts:
            hint = f'to take a change as proposed: "builder anchors accept {slug}"'
            return Problem(place, "this ledger is there", hint)
        if slug in self.survey.lost:
            hint = "put the source back, or restore the ledger"
            return Problem(place, "its source is missing too", hint)
        hint = '"builder build" gives it its addresses'
        return Problem(place, "this document has never been published", hint)

    def _not_asked(self, slug: str, name: str, questions: Mapping[str, Question]) -> Problem:
        text = self.survey.filed[slug].text if slug in self.survey.filed else ""
        issued = {record.id for record in parse_ledger(text, slug).records} if text else set()
        if name not in issued:
            return unknown_id(name, issued, self._path(slug))
        asked = ", ".join(questions)
        hint = f"asked about: {asked}" if asked else f"nothing is asked about {slug}"
        return Problem(Place(self._path(slug), 1), f"nothing is asked about {name}", hint)
