"""Builds the site: pages, renderer, search, then one exchange with the site of before."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from builder.anchoring.attributes import write_attributes
from builder.anchoring.keeping import Issued, keep, not_kept
from builder.anchoring.register import document_address
from builder.anchoring.telling import told_changes
from builder.collection import (
    CollectionState,
    Progress,
    no_progress,
    open_store,
    read_collection,
)
from builder.collection_pages import indexed_collection, write_collection_pages
from builder.finishing import SEARCH, finish_next, search_of
from builder.html.former_pages import published_pages
from builder.index import Index
from builder.kept_documents import forget_damaged
from builder.looking import Look
from builder.model import Problem
from builder.newest_date import newest_date
from builder.outcome import Outcome, outcome_of, waiting
from builder.publishing.cache_folder import CACHE, SITES
from builder.publishing.content_files import Files
from builder.publishing.full_disk import told_where_full
from builder.publishing.lock import locked
from builder.publishing.offline import copy_for_disk
from builder.publishing.outbound_links import with_archives
from builder.publishing.render import Rendering, render_site
from builder.publishing.site_folder import SiteFolder, next_site
from builder.publishing.staging import Written
from builder.settings import Settings
from builder.stages import Stages
from builder.storing.store import Store
from builder.unchanged import Before, alone, keep_outcome, last_outcome
from builder.undisturbed import let_go
from builder.working import Workers

_FEW = 1_000  # pages, which this process renders by itself


@dataclass(frozen=True, slots=True)
class Run:
    """How a run behaves: whether ledgers may be written, and whom it tells what it does.

    `workers` do what can be done apart, and `stages` are timed. What is `held` at the end of a
    build goes with the run, not before: who runs but one leaves it to the end of the process.
    """

    frozen: bool = False
    say: Callable[[str], None] = lambda message: None
    progress: Progress[Any] = no_progress
    workers: Workers | None = None
    stages: Stages = field(default_factory=Stages)
    held: list[object] = field(default_factory=list)

    def stage(self, name: str) -> AbstractContextManager[None]:
        """Time what happens in the meantime as a stage of that name."""
        return self.stages.stage(name)

    def wait(self) -> None:
        """Say that another run is waited for."""
        self.say("waiting: another run is at work here")


def build(settings: Settings, run: Run, *, offline: Path | None = None) -> Outcome:
    """Build the whole site and put it in the place of the one before.

    A renderer that fails leaves site and ledgers as they were. With `offline` a copy for reading
    from disk goes there. Raises Problems where nothing can be built at all.
    """
    let_go()
    with alone(settings, frozen=run.frozen, waiting=run.wait) as before:
        last = last_outcome(before) if offline is None else None
        return last or build_anew(before, run, offline=offline)


def build_anew(before: Before, run: Run, *, offline: Path | None = None) -> Outcome:
    """Build as `build` does, for who holds the collection's lock, whatever may have changed."""
    settings = before.settings
    with told_where_full(settings):
        before.look()
        store = open_store(settings, write=True)
        state, index = _indexed(settings, run, store, lambda: before.content)
        if run.frozen and (lacking := write_ledgers(settings, state, run, index)):
            # What cannot be on record is not published either: the site stays as it was.
            return outcome_of(state, Written(), [*state.problems, *lacking])
        with run.stage("pages"):
            written = _pages(settings, state, index, store, run, before.content)
        with next_site(settings.site.resolve(), settings.root / CACHE / SITES) as folder:
            lacking = _rendered(settings, folder, state, run, before.content, written)
            problems = [*state.problems, *written.problems, *lacking]
            with run.stage("publishing"):
                # Before the site stands, for what it publishes must be on record.
                kept = issue(settings, state, run, index)
                changed = folder.publish()
                if offline is not None:
                    copy_for_disk(settings.site, offline)
        problems += kept.problems
        candidates = waiting(index, store)
        outcome = outcome_of(state, written, problems, kept.told, candidates, changed=changed)
        store.close()
        touched = (*written.written, *written.removed)
        keep_outcome(before, outcome, touched, folder.linked, kept.slugs)
        run.held.extend((before, state, index, folder))
    return outcome


def _paths(before: Look, written: Written) -> set[str]:
    """Return the files that lie in the content folder when the pages are written."""
    return {*before.files(), *written.written}.difference(written.removed)


def _rendered(
    settings: Settings,
    folder: SiteFolder,
    state: CollectionState,
    run: Run,
    before: Look,
    written: Written,
) -> list[Problem]:
    """Render the next site and add its search; return what is wrong there.

    Where but a few pages have changed, another process makes the search in the meantime.
    """
    cache, workers = settings.root / CACHE, run.workers or Workers(settings.jobs)
    apart = len(written.written) < _FEW and not workers.alone
    with search_of(settings, folder, state, cache, workers, apart=apart) as search:
        with run.stage("rendering"):
            files = Files.of(settings.content, _paths(before, written))
            run.held.append(files)
            how = rendering_of(settings, state, run.say)
            how = replace(how, run=workers.elsewhere, files=files)
            warnings = render_site(settings, folder, how, cache)
        with run.stage("search"):
            return [*warnings, *finish_next(settings, folder, state, cache, search)]


def build_pages(settings: Settings, run: Run) -> Outcome:
    """Run the build step alone: pages and ledgers, for any renderer to read."""
    let_go()
    with told_where_full(settings), locked(settings.root, run.wait):
        store = open_store(settings, write=True)
        look = Look.at(settings.content, into_links=True)
        state, index = _indexed(settings, run, store, look)
        with run.stage("pages"):
            written = _pages(settings, state, index, store, run, look)
        with run.stage("publishing"):
            kept = issue(settings, state, run, index)
        problems = [*state.problems, *written.problems, *kept.problems]
        candidates = waiting(index, store)
        store.close()
    return outcome_of(state, written, problems, kept.told, candidates)


def _indexed(
    settings: Settings, run: Run, store: Store, look: Look | Callable[[], Look]
) -> tuple[CollectionState, Index]:
    def read() -> CollectionState:
        with forget_damaged(store):
            return read_collection(
                settings, progress=run.progress, store=store, workers=run.workers, stage=run.stage
            )

    return indexed_collection(settings, read, look, run.stage)


def _pages(
    settings: Settings,
    state: CollectionState,
    index: Index,
    store: Store,
    run: Run,
    look: Look,
) -> Written:
    with forget_damaged(store):
        return write_collection_pages(
            settings, state, index, store, progress=run.progress, workers=run.workers, look=look
        )


def write_ledgers(
    settings: Settings, state: CollectionState, run: Run, index: Index
) -> list[Problem]:
    """Write ledgers, versions and register where they changed; a frozen run only says so."""
    return list(issue(settings, state, run, index).problems)


@dataclass(frozen=True, slots=True)
class Kept:
    """What a run has put on record: what stands in the way, and the lines that tell of it.

    `slugs` are those whose ledgers or versions it has written.
    """

    problems: tuple[Problem, ...] = ()
    told: tuple[str, ...] = ()
    slugs: frozenset[str] = frozenset()


def issue(settings: Settings, state: CollectionState, run: Run, index: Index) -> Kept:
    """Put on record what a run issues, as `write_ledgers` does, and return what is told of it."""
    added = dict(state.past.added)
    slugs = (one.document.slug for one in state.documents)
    documents = {document_address(slug): added.get(slug, "") for slug in slugs}
    issued = Issued(
        ledgers=state.ledgers,
        files=state.files,
        moved=state.moved,
        published={**documents, **published_pages(index)},
        register=state.register,
    )
    if run.frozen:
        return Kept(problems=tuple(not_kept(settings, issued)))
    told = tuple(told_changes(settings, issued))
    left = keep(settings, issued)
    return Kept(tuple(left), (*told, *write_attributes(settings)), issued.slugs)


def rendering_of(
    settings: Settings,
    state: CollectionState,
    say: Callable[[str], None] = lambda message: None,
    site_url: str = "",
) -> Rendering:
    """Return how a collection's site is rendered; `site_url` stands for its own address."""
    return Rendering(
        date=newest_date(state),
        say=say,
        site_url=site_url,
        fast=settings.fast,
        finished=lambda html: with_archives(html, state.editorial.archives),
        apart=(f"{SEARCH}/",),
    )
