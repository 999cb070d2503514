"""Settles what ledgers ask: takes changes as proposed, answers questions, starts lost ledgers anew.

Whatever is settled is written the way a build writes it: versions, ledgers, register.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from builder.aligning.settling import answer, forward, remove
from builder.anchoring.addressing import Addressing
from builder.anchoring.choosing import Asked, names_of, unknown_id
from builder.anchoring.differences import Difference, differences
from builder.anchoring.keeping import Issued
from builder.anchoring.lost import restoring
from builder.anchoring.register import document_address
from builder.anchoring.survey import Survey
from builder.knowledge import read_sources
from builder.ledger import Question
from builder.ledger_file import BLOCK_ID, parse_ledger
from builder.line import annotated_sources
from builder.model import Annotated, Place, Problem, Problems
from builder.settings import Settings
from builder.today import today

_FIGURE = re.compile(rf"{BLOCK_ID.pattern}-f\d+")  # p12-f1


@dataclass(frozen=True, slots=True)
class Settled:
    """What a command comes to: what it changes, by document, what is left open, what to write.

    `answered` are the ids that were named, `unanswered` those that were asked about and have become
    tombstones without an answer, by document.
    """

    changes: Mapping[str, tuple[Difference, ...]] = field(default_factory=dict)
    answered: Asked = field(default_factory=dict)
    unanswered: Asked = field(default_factory=dict)
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
        removed = {slug: self._removed(slug) for slug in sorted(gone)}
        outcomes = self._annotated([one for one in documents if one in there], self.survey)
        asked = self._addressed(outcomes, self.survey).questions
        taken = self._addressed(outcomes, self.survey, accept=True)
        for slug, text in removed.items():
            taken.keep_standing(slug)
            before = self.survey.texts[slug].encode()
            # What is kept says when the document went: if it comes back, its ledger will not.
            for file in [one for one, data in taken.files.items() if data == before]:
                taken.files[file] = text.encode()
        left = {slug: tuple(_lost_of(ids, taken.texts[slug])) for slug, ids in asked.items() if ids}
        return replace(self._settled(taken, removed), unanswered=left)

    def answer(self, asked: Asked, *, same: bool) -> Settled:
        """Answer the questions on ids, then take the change as far as nothing is left open.

        Raises Problems for each id about which nothing is asked.
        """
        outcomes = self._annotated(asked, self.survey)
        questions = self._addressed(outcomes, self.survey).questions
        filed = dict(self.survey.filed)
        problems: list[Problem] = []
        for slug, ids in asked.items():
            for name in ids:
                question = questions.get(slug, {}).get(name)
                if question is None:
                    problems.append(self._not_asked(slug, name, questions.get(slug, {})))
                    continue
                path = self._path(slug)
                text = answer(filed[slug].text, question, same=same, today=today(), path=path)
                filed[slug] = replace(filed[slug], text=text)
        if problems:
            raise Problems(problems)
        answered = self._addressed(outcomes, replace(self.survey, filed=filed))
        for slug in answered.refused:
            answered.keep_standing(slug)
        return replace(self._settled(answered, {}), answered=asked)

    def forward(self, slug: str, lost: str, into: str) -> Settled:
        """Let the id of a passage that is gone lead to one that stands. Raises Problems."""
        text = self.survey.texts.get(slug)
        if text is None:
            raise Problems([Problem(Place(self._path(slug), 1), "there is no such ledger")])
        figures = [name for name in (lost, into) if _FIGURE.fullmatch(name)]
        if figures:
            what = f"{figures[0]} is the address of a figure; only passages can be forwarded"
            hint = f"its passage is {figures[0].partition('-')[0]}"
            raise Problems([Problem(Place(self._path(slug), 1), what, hint)])
        new = forward(text, lost, into, today=today(), path=self._path(slug))
        return self._settled(self._addressed((), self.survey), {slug: new})

    def start(self, documents: Collection[str]) -> Settled:
        """Start a new ledger for documents whose old one is lost. Raises Problems."""
        problems = [one for slug in documents if (one := self._cannot_start(slug)) is not None]
        if problems:
            raise Problems(problems)
        found = (self.survey.lost[slug] for slug in documents)
        anew = replace(self.survey, sources=tuple(one for one in found if one is not None))
        return self._settled(self._addressed(self._annotated(documents, anew), anew), {})

    def _annotated(self, slugs: Collection[str], survey: Survey) -> list[Annotated | Problem]:
        sources = [source for source in survey.sources if source.slug in slugs]
        return annotated_sources(sources, self.knowledge.catalogue, self.settings.jobs)

    def _addressed(
        self, outcomes: Iterable[Annotated | Problem], survey: Survey, *, accept: bool = False
    ) -> Addressing:
        """Give annotated documents their addresses. Raises Problems."""
        addressing = Addressing.of(self.settings, survey, today(), ())
        addressing.accept = accept
        addressing.take_all(addressing.addressed(outcomes))
        return addressing

    def _removed(self, slug: str) -> str:
        return remove(self.survey.texts[slug], today=today(), path=self._path(slug))

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
            hint = f'{restoring(place.path)}; or "builder anchors init {slug}" numbers it anew'
            return Problem(place, what, hint)
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


def _lost_of(asked: Iterable[str], text: str) -> Iterator[str]:
    """Yield those of the ids whose passage a ledger says is gone, and leads nowhere."""
    records = {record.id: record for record in parse_ledger(text, "ledger").records}
    for name in asked:
        if records[name].get("gone") and not records[name].get("into"):
            yield name
