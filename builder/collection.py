"""Runs the line over a folder of sources: read, structure, annotate, anchor."""

from __future__ import annotations

import datetime
import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any, TypeVar

from builder.annotate import annotate
from builder.catalogue import Catalogue, load_catalogue
from builder.ledger import anchor
from builder.manifest import Manifest, describe, give_slugs, load_manifest
from builder.model import Annotated, Place, Problem, Problems, Source
from builder.read import find_sources, read_source
from builder.settings import Settings
from builder.structure import SPLITTER, structure

T = TypeVar("T")

# Shows that something is going on: (items, what they are, how many) → the same items.
Progress = Callable[[Iterable[T], str, int], Iterable[T]]

# Starting a pool of processes takes as long as this many documents do.
_WORTH_A_POOL = 48

# The dates in a ledger's head lines: `new=2026-12-02`, `gone=2026-12-02`.
_LEDGER_DATE = re.compile(r"\b(?:new|gone)=(?P<date>\d{4}-\d\d-\d\d)\b")

# The header line of a ledger that names its source: `source seeds/002-fact-sheet.txt 9f86d081…`.
_LEDGER_SOURCE = re.compile(r"^source (?P<name>.+) [0-9a-f]{64}$", re.MULTILINE)

# The full dates of an EDTF value: `2023-11-16`, `2019-06-01?`, both of `2023-01-02/2023-02-03`.
_EDTF_DATE = re.compile(r"(?P<date>\d{4}-\d\d-\d\d)")

# Where nothing is dated: the earliest date that a ZIP archive can hold.
_NO_DATE = datetime.date(1980, 1, 1)


@dataclass(frozen=True, slots=True)
class CollectionState:
    """What the line made of a collection.

    `ledgers` holds the ledgers whose text has to change, `ledger_texts` all of them. `kept` names
    the documents that are published and cannot be built now: their pages stay as they are.
    """

    documents: tuple[Annotated, ...]
    problems: tuple[Problem, ...]
    catalogue: Catalogue
    ledgers: Mapping[Path, str]
    ledger_texts: Mapping[str, str]
    kept: frozenset[str]

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
) -> CollectionState:
    """Read, structure, annotate and anchor every source of a collection; write nothing.

    A source that is not readable becomes a problem; the others go on.
    Raises Problems when manifest or catalogue are not readable, for then nothing holds, and when no
    document is left.
    """
    texts = ledger_texts(settings)
    fatal: list[Problem] = []
    manifest = _or_problems(lambda: load_manifest(*_manifest_file(settings)), Manifest(), fatal)
    catalogue = _or_problems(
        lambda: load_catalogue(settings.catalogue, settings.root), Catalogue.empty(), fatal
    )
    sources, problems = _read_sources(settings, manifest)
    if fatal:
        raise Problems([*fatal, *problems])
    sources = give_slugs(sources, issued_slugs(texts))
    with _workers(settings.jobs, len(sources)) as run:
        results = run(partial(_annotate, catalogue=catalogue), sources)
        outcomes = list(progress(results, "Reading documents", len(sources)))
    state = _anchor_all(settings, outcomes, problems, catalogue=catalogue, texts=texts)
    if not state.documents:
        where = Place(settings.relative(settings.seeds), 1)
        nothing = Problem(where, "no document can be built", "put .txt or .md files there")
        raise Problems(state.problems or (nothing,))
    return state


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


def _read_sources(settings: Settings, manifest: Manifest) -> tuple[list[Source], list[Problem]]:
    """Read every source and what the manifest says about it."""
    sources: list[Source] = []
    paths = find_sources(settings.seeds)
    problems = manifest.missing(path.relative_to(settings.seeds).as_posix() for path in paths)
    for path in paths:
        try:
            source = read_source(path, settings.root)
            sources.append(describe(source, manifest, settings.relative(settings.seeds)))
        except Problems as error:
            problems.extend(error.problems)
    return sources, problems


def issued_slugs(texts: Mapping[str, str]) -> dict[str, str]:
    """Return the slug that each source has been published under, by the source's path."""
    headers = ((slug, _LEDGER_SOURCE.search(text)) for slug, text in texts.items())
    return {found["name"]: slug for slug, found in headers if found}


def _annotate(source: Source, *, catalogue: Catalogue) -> Annotated | Problem:
    """Structure and annotate one source; it needs nothing but itself and the catalogue."""
    try:
        return annotate(structure(source), catalogue)
    except Problems as error:
        return error.problems[0]
    except Exception as error:  # one document that trips us must not stop ten thousand
        what = f"the builder failed on this document: {type(error).__name__}: {error}"
        return Problem(source.place, what, "please report this, with the document")


@contextmanager
def _workers(jobs: int, tasks: int) -> Iterator[Callable[..., Iterable[Annotated | Problem]]]:
    """Yield a `map` that keeps the order: in this process, or over several for many documents."""
    jobs = jobs or os.cpu_count() or 1
    if jobs == 1 or tasks < _WORTH_A_POOL:
        yield map
        return
    with ProcessPoolExecutor(jobs) as pool:
        yield partial(pool.map, chunksize=min(64, 1 + tasks // (4 * jobs)))


def _anchor_all(
    settings: Settings,
    outcomes: Iterable[Annotated | Problem],
    problems: list[Problem],
    *,
    catalogue: Catalogue,
    texts: dict[str, str],
) -> CollectionState:
    """Give every document its addresses; one whose ledger refuses it keeps its published pages."""
    documents: list[Annotated] = []
    changed: dict[Path, str] = {}
    for outcome in outcomes:
        if isinstance(outcome, Problem):
            problems.append(outcome)
            continue
        slug = outcome.document.slug
        file = settings.anchors / f"{slug}.txt"
        try:
            anchored = anchor(
                outcome, texts.get(slug), splitter=SPLITTER, path=settings.relative(file)
            )
        except Problems as error:
            problems.extend(error.problems)
            continue
        problems.extend(anchored.problems)
        if any(not problem.warning for problem in anchored.problems):
            continue
        documents.append(anchored.annotated)
        if anchored.ledger != texts.get(slug):
            changed[file] = texts[slug] = anchored.ledger
    kept = frozenset(texts) - {annotated.document.slug for annotated in documents}
    return CollectionState(
        documents=tuple(documents),
        problems=tuple(problems),
        catalogue=catalogue,
        ledgers=changed,
        ledger_texts=texts,
        kept=kept,
    )


def ledger_texts(settings: Settings) -> dict[str, str]:
    """Return the text of every ledger, by the document's slug."""
    files = sorted(settings.anchors.glob("*.txt")) if settings.anchors.is_dir() else []
    return {file.stem: file.read_bytes().decode("utf-8", "replace") for file in files}
