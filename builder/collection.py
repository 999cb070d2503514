"""Runs the line over a folder of sources: read, structure, annotate, anchor."""

from __future__ import annotations

import datetime
import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any, TypeVar

from builder.annotate import annotate
from builder.catalogue import Catalogue, load_catalogue
from builder.editorial import Editorial, check_editorial
from builder.files import failure
from builder.ledger import anchor
from builder.manifest import Manifest, describe, give_slugs, load_manifest
from builder.measures import Measure, load_measures
from builder.model import Annotated, Place, Problem, Problems, Source
from builder.published import (
    issued_slugs,
    ledger_texts,
    published_source,
    source_is_gone,
)
from builder.read import find_sources, read_source
from builder.reviewing.take_up import swallowing
from builder.settings import Settings
from builder.structure import structure
from builder.today import today

T = TypeVar("T")

# Shows that something is going on: (items, what they are, how many) → the same items.
Progress = Callable[[Iterable[T], str, int], Iterable[T]]

# Starting a pool of processes takes as long as this many documents do.
_WORTH_A_POOL = 48

# The dates in a ledger's head lines: `new=2026-12-02`, `gone=2026-12-02`.
_LEDGER_DATE = re.compile(r"\b(?:new|gone)=(?P<date>\d{4}-\d\d-\d\d)\b")

# The full dates of an EDTF value: `2023-11-16`, `2019-06-01?`, both of `2023-01-02/2023-02-03`.
_EDTF_DATE = re.compile(r"(?P<date>\d{4}-\d\d-\d\d)")

# Where nothing is dated: the earliest date that a ZIP archive can hold.
_NO_DATE = datetime.date(1980, 1, 1)


@dataclass(frozen=True, slots=True)
class CollectionState:
    """What the line made of a collection.

    `ledgers` holds the ledgers whose text has to change, `ledger_texts` all of them. `kept` names
    the documents that are published and cannot be built now: their pages stay as they are.
    `editorial` says where the documents hold what the catalogue states; its problems stand apart,
    for a build goes on without them.
    """

    documents: tuple[Annotated, ...]
    problems: tuple[Problem, ...]
    catalogue: Catalogue
    ledgers: Mapping[Path, str]
    ledger_texts: Mapping[str, str]
    kept: frozenset[str]
    editorial: Editorial
    measures: tuple[Measure, ...] = ()

    @property
    def failed(self) -> bool:
        """Whether any problem is more than a warning."""
        return any(not problem.warning for problem in self.problems)


def no_progress(items: Iterable[T], _label: str, _length: int) -> Iterable[T]:
    """Hand the items on and show nothing."""
    return items


def read_collection(
    settings: Settings,
    *,
    progress: Progress[Any] = no_progress,
    provisional: bool = False,
) -> CollectionState:
    """Read, structure, annotate and anchor every source of a collection; write nothing.

    A source that is not readable becomes a problem; the others go on. A text that its ledger
    refuses stays as published, or, where addresses may be `provisional`, is numbered anew.
    Raises Problems when manifest, catalogue or a ledger are not readable, for then nothing holds,
    and when no document is left.
    """
    _need_folder(settings)
    fatal: list[Problem] = []
    texts = _or_problems(lambda: ledger_texts(settings), dict[str, str](), fatal)
    manifest = _or_problems(lambda: load_manifest(*_manifest_file(settings)), Manifest(), fatal)
    catalogue = _or_problems(
        lambda: load_catalogue(settings.catalogue, settings.root), Catalogue.empty(), fatal
    )
    measures = _or_problems(
        # Without a catalogue that holds, names cannot be looked up, and examples not be tried.
        lambda: load_measures(settings.catalogue, settings.root, None if fatal else catalogue),
        tuple[Measure, ...](),
        fatal,
    )
    paths = find_sources(settings.seeds)
    sources, problems = _read_sources(paths, settings, manifest)
    if fatal:
        raise Problems([*fatal, *problems])
    names = [settings.relative(path) for path in paths]
    issued = issued_slugs(texts, names, sources)
    sources = give_slugs(sources, issued)
    with _workers(settings.jobs, len(sources)) as run:
        results = run(partial(_annotate, catalogue=catalogue), sources)
        outcomes = list(progress(results, "Reading documents", len(sources)))
    anchoring = _Anchoring(settings, texts, problems, provisional)
    anchoring.take_all(outcomes)
    _take_published(anchoring, manifest, catalogue, present=frozenset(map(issued.get, names)))
    return _state(anchoring, catalogue, measures)


def _state(
    anchoring: _Anchoring, catalogue: Catalogue, measures: tuple[Measure, ...]
) -> CollectionState:
    kept = anchoring.missing()
    taken = (one.document for one in anchoring.documents)
    # What fails as it is now and as it was published is told once.
    swallowed = swallowing(catalogue.decisions, anchoring.documents)
    problems = tuple(dict.fromkeys((*anchoring.problems, *swallowed)))
    if not anchoring.documents:
        where = Place(anchoring.settings.relative(anchoring.settings.seeds), 0)
        nothing = Problem(where, "no document can be built", "put .txt or .md files there")
        raise Problems(problems or (nothing,))
    return CollectionState(
        documents=tuple(anchoring.documents),
        problems=problems,
        catalogue=catalogue,
        ledgers=anchoring.changed,
        ledger_texts=anchoring.texts,
        kept=kept,
        editorial=check_editorial(catalogue, taken, unread=kept),
        measures=measures,
    )


def _need_folder(settings: Settings) -> None:
    if not settings.seeds.is_dir():
        where = Place(settings.relative(settings.seeds), 0)
        hint = "put .txt or .md files there"
        raise Problems([Problem(where, "there is no such folder", hint)])


def newest_date(state: CollectionState) -> datetime.date:
    """Return the newest date of any document or ledger, 1980-01-01 where nothing is dated.

    The whole site is stamped with it, so that two builds of one state are the same bytes.
    """
    dates = [
        *chain.from_iterable(map(_LEDGER_DATE.findall, state.ledger_texts.values())),
        *chain.from_iterable(
            _EDTF_DATE.findall(annotated.document.metadata.date.value or "")
            for annotated in state.documents
        ),
    ]
    valid = (date for date in map(_date, dates) if date and date.year < 2100)
    return max(valid, default=_NO_DATE)


def _date(text: str) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        return None


def _or_problems(load: Callable[[], T], otherwise: T, problems: list[Problem]) -> T:
    """Return what `load` loads; where that fails, note its problems and return `otherwise`."""
    try:
        return load()
    except Problems as error:
        problems.extend(error.problems)
        return otherwise


def _manifest_file(settings: Settings) -> tuple[Path, str]:
    file = settings.seeds / "manifest.yaml"
    return file, settings.relative(file)


def _read_sources(
    paths: list[Path], settings: Settings, manifest: Manifest
) -> tuple[list[Source], list[Problem]]:
    """Read every source and what the manifest says about it."""
    sources: list[Source] = []
    problems = manifest.missing(path.relative_to(settings.seeds).as_posix() for path in paths)
    for path in paths:
        try:
            source = read_source(path, settings.root)
            sources.append(describe(source, manifest, settings.relative(settings.seeds)))
        except Problems as error:
            problems.extend(error.problems)
        except Exception as error:  # as below, for what comes before
            problems.append(failure(Place(settings.relative(path), 1), error))
    return sources, problems


def _annotate(source: Source, *, catalogue: Catalogue) -> Annotated | Problem:
    """Structure and annotate one source; it needs nothing but itself and the catalogue."""
    try:
        return annotate(structure(source), catalogue)
    except Problems as error:
        return error.problems[0]
    except Exception as error:  # one document that trips us must not stop ten thousand
        return failure(source.place, error)


@contextmanager
def _workers(jobs: int, tasks: int) -> Iterator[Callable[..., Iterable[Annotated | Problem]]]:
    """Yield a `map` that keeps the order: in this process, or over several for many documents."""
    jobs = jobs or os.cpu_count() or 1
    if jobs == 1 or tasks < _WORTH_A_POOL:
        yield map
        return
    with ProcessPoolExecutor(jobs) as pool:
        yield partial(pool.map, chunksize=min(64, 1 + tasks // (4 * jobs)))


@dataclass(slots=True)
class _Anchoring:
    """Gives documents their addresses, one after the other."""

    settings: Settings
    texts: dict[str, str]
    problems: list[Problem]
    provisional: bool = False
    damaged: list[Problem] = field(default_factory=list)
    documents: list[Annotated] = field(default_factory=list)
    changed: dict[Path, str] = field(default_factory=dict)

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
        except Exception as error:  # as in `_annotate`
            self.problems.append(failure(outcome.document.source.place, error))

    def _address(self, outcome: Annotated) -> None:
        slug = outcome.document.slug
        file = self.settings.anchors / f"{slug}.txt"
        path = self.settings.relative(file)
        anchored = anchor(outcome, self.texts.get(slug), path=path, today=today())
        self.problems.extend(anchored.problems)
        if any(not problem.warning for problem in anchored.problems):
            if not self.provisional:
                return
            anchored = anchor(outcome, None, path=path, today=today())
        self.documents.append(anchored.annotated)
        if anchored.ledger != self.texts.get(slug):
            self.changed[file] = self.texts[slug] = anchored.ledger

    def missing(self) -> frozenset[str]:
        """Return the published documents that are not there."""
        return frozenset(self.texts) - {one.document.slug for one in self.documents}


def _take_published(
    anchoring: _Anchoring,
    manifest: Manifest,
    catalogue: Catalogue,
    *,
    present: frozenset[str | None],
) -> None:
    """Take each document that cannot be taken as it is now as it was last published."""
    settings, texts = anchoring.settings, anchoring.texts
    for slug in sorted(anchoring.missing()):
        if slug not in present:
            anchoring.problems.append(source_is_gone(settings, slug, texts[slug]))
        source = published_source(settings, slug, texts[slug], manifest)
        if source is not None:
            anchoring.take(_annotate(source, catalogue=catalogue))
