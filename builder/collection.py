"""Runs the line over a folder of sources: read, structure, annotate, anchor."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field, replace
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeVar

from builder.anchoring.addressing import Addressing
from builder.anchoring.registrar import Registrar
from builder.anchoring.texts import LedgerTexts
from builder.came import Came, Kept
from builder.catalogue import READ_ELSEWHERE, Catalogue
from builder.catalogue_changes import forget_touched
from builder.editorial import Editorial, check_editorial
from builder.indexing.contribution import Contribution
from builder.indexing.kept_nearest import KeptNearest
from builder.indexing.quoted import Texts
from builder.kept_documents import Bodies, KeptTexts
from builder.knowledge import Knowledge, read_sources
from builder.line import Case, Line, annotated
from builder.measures import Measure
from builder.model import Annotated, Past, Place, Problem, Problems
from builder.reviewing.take_up import swallowing
from builder.settings import Settings
from builder.storing.code_version import code_version
from builder.storing.store import KEPT, Store
from builder.today import today
from builder.undisturbed import undisturbed
from builder.working import Workers

T = TypeVar("T")

# Shows that something is going on: (items, what they are, how many) → the same items.
Progress = Callable[[Iterable[T], str, int], Iterable[T]]


@dataclass(frozen=True, slots=True)
class CollectionState:
    """What the line made of a collection.

    `ledgers` holds the ledgers whose text has to change, `ledger_texts` all of them; `files` are
    versions to be kept, `moved` the slugs under which ledgers stood that have another one now.
    `kept` names the documents that are published and cannot be built now: their pages stay as they
    are. `ended` names those that ended every process that tried to make them. `past` is what was
    published under other addresses, `register` all that was.
    `added` is what documents add to the index, `newest` the newest date in their ledgers and
    `contents` a digest of what they hold, by slug, as far as they are known; `texts` gives the
    texts of these, `nearest` what the last run knew of which are related. `registrar` has issued
    the addresses. `editorial` says where the documents hold what the catalogue states; its problems
    stand apart, for a build goes on without them.
    """

    documents: tuple[Annotated, ...]
    problems: tuple[Problem, ...]
    catalogue: Catalogue
    ledgers: Mapping[Path, str]
    ledger_texts: Mapping[str, str]
    kept: frozenset[str]
    editorial: Editorial
    registrar: Registrar
    measures: tuple[Measure, ...] = ()
    past: Past = field(default_factory=Past)
    register: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[Path, bytes] = field(default_factory=dict)
    moved: Mapping[str, str] = field(default_factory=dict)
    added: Mapping[str, Contribution] = field(default_factory=dict)
    newest: Mapping[str, str] = field(default_factory=dict)
    texts: Texts | None = None
    nearest: KeptNearest | None = None
    contents: Mapping[str, str] = field(default_factory=dict)
    ended: frozenset[str] = frozenset()


def no_progress(items: Iterable[T], _label: str, _length: int) -> Iterable[T]:
    """Hand the items on and show nothing."""
    return items


def read_collection(
    settings: Settings,
    *,
    progress: Progress[Any] = no_progress,
    provisional: bool = False,
    day: datetime.date | None = None,
    store: Store | None = None,
    workers: Workers | None = None,
    stage: Callable[[str], AbstractContextManager[object]] = nullcontext,
) -> CollectionState:
    """Read, structure, annotate and anchor every source of a collection; write nothing.

    A source that is not readable becomes a problem; the others go on. A text that its ledger
    refuses stays as published, or, where addresses may be `provisional`, is shown as it would be.
    What is new is dated with the `day`, which is today's where none is given. What an earlier run
    kept in the `store` is not made again; who writes there keeps what is made now. Each `stage` is
    told while it lasts. Raises Problems when manifest, catalogue or a ledger are not readable, or
    no document is left.
    """
    day, store = day or today(), store or open_store(settings)
    workers = workers or Workers(settings.jobs)
    with stage("reading"):
        digest = _digest(settings)  # before they are read: what changes in between is made again
        with undisturbed():
            knowledge, found = read_sources(settings, day, store)
        addressing = Addressing.of(settings, found, day, found.problems)
    with stage("documents"):
        forget_touched(store, knowledge.catalogue)
        line = Line(addressing.registrar, knowledge.catalogue, knowledge.measures)
        bodies = Bodies(store)
        kept = Kept(line, store, workers, digest, addressing.committed, bodies)
        cases = [Case(source, addressing.record_of(source.slug or "")) for source in found.sources]
        came = list(progress(kept.came(cases), "Reading documents", len(cases)))
        addressing.take_all(one.outcome for one in came)
        addressing.tell_gone()
        addressing.take_published(
            partial(annotated, catalogue=knowledge.catalogue), provisional=provisional
        )
        state = _state(addressing, knowledge, came, store)
    return replace(state, texts=KeptTexts(store, bodies.keys), nearest=KeptNearest(store))


def open_store(settings: Settings, *, write: bool = False) -> Store:
    """Return what earlier runs kept of the documents of a collection."""
    return Store(settings.root / KEPT, code_version(), write=write)


def _digest(settings: Settings) -> str:
    """Return a digest of what decides what becomes of every document, beside the catalogue."""
    digest = sha256()
    for name in READ_ELSEWHERE:
        file = settings.catalogue / f"{name}.yaml"
        digest.update(file.read_bytes() if file.is_file() else b"")
    return digest.hexdigest()


def _state(
    addressing: Addressing, knowledge: Knowledge, came: Sequence[Came], store: Store
) -> CollectionState:
    kept, past = addressing.missing(), addressing.past()
    taken = (one.document for one in addressing.documents)
    editorial = check_editorial(knowledge.catalogue, taken, unread=kept, renamed=past.renamed)
    # What fails as it is now and as it was published is told once.
    swallowed = swallowing(knowledge.catalogue.decisions, addressing.documents)
    problems = tuple(dict.fromkeys((*addressing.problems, *swallowed, *store.problems)))
    if not addressing.documents and not addressing.survey.removed:
        where = Place(addressing.settings.relative(addressing.settings.seeds), 0)
        nothing = Problem(where, "no document can be built", "put .txt or .md files there")
        raise Problems(problems or (nothing,))
    return CollectionState(
        documents=tuple(addressing.documents),
        problems=problems,
        catalogue=knowledge.catalogue,
        ledgers=addressing.changed,
        ledger_texts=addressing.texts,
        kept=kept,
        editorial=replace(editorial, archives=knowledge.archives),
        measures=knowledge.measures,
        past=past,
        register=addressing.survey.register,
        files=addressing.files,
        moved=addressing.survey.moved,
        added={one.outcome.slug: one.added for one in came if one.added and one.outcome.taken},
        # What is shown of a refused document is not what came of its text.
        contents={one.outcome.slug: one.content for one in came if one.outcome.taken},
        newest=_newest(addressing.texts, came),
        registrar=addressing.registrar,
        ended=frozenset(addressing.ended),
    )


def _newest(texts: LedgerTexts, came: Iterable[Came]) -> dict[str, str]:
    """Return the newest date in each ledger, by slug."""
    newest = {one.outcome.slug: one.newest for one in came if one.outcome.slug}
    return newest | {slug: texts.told(slug).newest for slug in texts if slug not in newest}
