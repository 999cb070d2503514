"""Builds the site: pages, renderer, search, then one exchange with the site of before."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, fields, replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from builder.anchoring.attributes import write_attributes
from builder.anchoring.followers import former_addresses
from builder.anchoring.keeping import Issued, keep, not_kept
from builder.anchoring.register import document_address
from builder.anchoring.telling import told_changes
from builder.checked_archives import unused_entries
from builder.citing.formatted import FormatsOf
from builder.citing.kept_formats import KEPT as KEPT_FORMATS
from builder.citing.kept_formats import KeptFormats, made_once
from builder.collection import (
    CollectionState,
    Progress,
    newest_date,
    no_progress,
    open_store,
    read_collection,
)
from builder.content import Content
from builder.finishing import CACHE, SEARCH, finish_next
from builder.finishing import finish as finish  # for those who finish what others rendered
from builder.html.former_pages import former_pages, published_pages
from builder.index import Index, build_index
from builder.indexing.measures import measure_problems
from builder.links import linked_addresses
from builder.model import Problem
from builder.outcome import Outcome, outcome_of, waiting
from builder.pages import Pages, pages
from builder.publishing.lock import locked
from builder.publishing.offline import copy_for_disk
from builder.publishing.outbound_links import with_archives
from builder.publishing.render import Rendering, render_site
from builder.publishing.site_folder import SiteFolder, next_site
from builder.publishing.staging import Page, Stage, Written
from builder.publishing.starter import is_starter_page, starter_pages
from builder.publishing.target import refuse_others
from builder.publishing.writing import read_list
from builder.settings import Settings
from builder.stages import Stages
from builder.storing.code_version import code_version
from builder.storing.store import Store
from builder.unchanged import inputs_of, keep_outcome, last_outcome
from builder.working import Workers


@dataclass(frozen=True, slots=True)
class Run:
    """How a run behaves: whether ledgers may be written, and whom it tells what it does.

    `workers` do what can be done apart, and `stages` are timed.
    """

    frozen: bool = False
    say: Callable[[str], None] = lambda message: None
    progress: Progress[Any] = no_progress
    workers: Workers | None = None
    stages: Stages = field(default_factory=Stages)

    def stage(self, name: str) -> AbstractContextManager[None]:
        """Time what happens in the meantime as a stage of that name."""
        return self.stages.stage(name)


def build(settings: Settings, run: Run, *, offline: Path | None = None) -> Outcome:
    """Build the whole site and put it in the place of the one before.

    A renderer that fails leaves site and ledgers as they were. With `offline` a copy for reading
    from disk goes there. Raises Problems where nothing can be built at all.
    """
    with locked(settings.root, lambda: run.say("waiting: another run is at work here")):
        refuse_others(settings.site, settings.relative(settings.site))
        inputs = inputs_of(settings, frozen=run.frozen)
        if offline is None and (last := last_outcome(settings, inputs)):
            return last
        store = open_store(settings, write=True)
        state = _state(settings, run, store)
        with run.stage("index"):
            index = collection_index(state)
        if run.frozen and (lacking := write_ledgers(settings, state, run, index)):
            # What cannot be on record is not published either: the site stays as it was.
            return outcome_of(state, Written(), [*state.problems, *lacking])
        with run.stage("pages"):
            written = _pages(settings, state, index, store, run)
        with next_site(settings.site.resolve(), settings.root / CACHE / "sites") as folder:
            lacking = _rendered(settings, folder, state, run)
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
        keep_outcome(settings, inputs, outcome)
    return outcome


def _rendered(
    settings: Settings, folder: SiteFolder, state: CollectionState, run: Run
) -> list[Problem]:
    """Render the next site and add its search; return what is wrong there."""
    cache = settings.root / CACHE
    with run.stage("rendering"):
        workers = run.workers or Workers()
        how = replace(rendering_of(settings, state, run.say), run=workers.elsewhere)
        warnings = render_site(settings, folder, how, cache)
    with run.stage("search"):
        return [*warnings, *finish_next(settings, folder, state, cache, workers.executor)]


def build_pages(settings: Settings, run: Run) -> Outcome:
    """Run the build step alone: pages and ledgers, for any renderer to read."""
    with locked(settings.root, lambda: run.say("waiting: another run is at work here")):
        store = open_store(settings, write=True)
        state = _state(settings, run, store)
        with run.stage("index"):
            index = collection_index(state)
        with run.stage("pages"):
            written = _pages(settings, state, index, store, run)
        with run.stage("publishing"):
            kept = issue(settings, state, run, index)
        problems = [*state.problems, *written.problems, *kept.problems]
        candidates = waiting(index, store)
    return outcome_of(state, written, problems, kept.told, candidates)


def _state(settings: Settings, run: Run, store: Store) -> CollectionState:
    return read_collection(
        settings, progress=run.progress, store=store, workers=run.workers, stage=run.stage
    )


def _pages(
    settings: Settings, state: CollectionState, index: Index, store: Store, run: Run
) -> Written:
    return write_collection_pages(
        settings, state, index, store, progress=run.progress, workers=run.workers
    )


def write_collection_pages(
    settings: Settings,
    state: CollectionState,
    index: Index,
    store: Store | None = None,
    *,
    progress: Progress[Any] = no_progress,
    workers: Workers | None = None,
) -> Written:
    """Write the pages of a collection into its content folder.

    What earlier runs kept in the `store` is not made again.

    What editors state and no document says is shown all the same, without a link: a warning.
    """
    kept = state.kept | {former for former, slug in state.past.renamed if slug in state.kept}
    formats = KeptFormats(settings.root / KEPT_FORMATS)
    name = settings.relative(settings.content)
    stage = Stage(settings.content, read_list(settings.content), is_starter_page, name)
    workers = workers or Workers(settings.jobs)
    content = Content(stage, store or open_store(settings), workers, progress)
    pages = Pages(
        index, state.editorial, settings, state.past, formats, state.contents, _general(settings)
    )
    written = content.write(
        pages,
        _further_pages(settings, state, index),
        lambda path: path.startswith("documents/") and path.split("/")[1] in kept,
    )
    formats.keep()
    stated = [*state.editorial.problems, *_addresses_of_nothing(state, index)]
    warnings = (replace(problem, warning=True) for problem in stated)
    return replace(written, problems=[*warnings, *formats.problems, *written.problems])


def _general(settings: Settings) -> str:
    """Return a digest of the program, and of what holds for every page.

    How many processes make them holds for none.
    """
    archives = settings.archives.read_bytes() if settings.archives.is_file() else b""
    told = {one.name: getattr(settings, one.name) for one in fields(settings)}
    told = {
        name: value
        for name, value in told.items()
        if name != "jobs" and not isinstance(value, Path)
    }
    data = repr((code_version(), told)).encode("utf-8", "surrogatepass")
    return sha256(data + archives).hexdigest()


def collection_index(state: CollectionState) -> Index:
    """Return the index of everything that a collection holds."""
    known = {kind: state.catalogue.entities(kind).values() for kind in state.catalogue.entries}
    return build_index(state.documents, known, state.measures, state.added, state.texts)


def collection_pages(
    settings: Settings,
    state: CollectionState,
    index: Index | None = None,
    formats_of: FormatsOf = made_once,
) -> Iterator[Page]:
    """Yield every generated page and file, by its path in the content folder."""
    index = index or collection_index(state)
    yield from pages(index, state.editorial, settings, state.past, formats_of)
    yield from _further_pages(settings, state, index)


def _further_pages(settings: Settings, state: CollectionState, index: Index) -> Iterator[Page]:
    """Yield what stands at former addresses, and the pages that are lent."""
    made = published_pages(index)
    former = former_addresses(state.register, made, state.catalogue, state.measures)
    yield from former_pages(former, made, settings.site_url)
    yield from starter_pages(settings)


def check_measures(state: CollectionState) -> list[Problem]:
    """Return what editors should mend in the measures of a collection."""
    index = collection_index(state)
    return list(measure_problems(index.measures, index.claims, unread=state.kept))


def check_archives(settings: Settings, state: CollectionState) -> list[Problem]:
    """Return a warning for each archived copy of an address to which nothing leads."""
    archives = state.editorial.archives
    if not archives.entries:
        return []
    linked = set(linked_addresses((one.document for one in state.documents), state.catalogue))
    by_hand = [page.read_text("utf-8", "replace") for page in _pages_by_hand(settings)]
    linked |= {address for address in archives.entries for page in by_hand if address in page}
    return list(unused_entries(archives, linked))


def _pages_by_hand(settings: Settings) -> Iterator[Path]:
    generated = {path for path in read_list(settings.content) if not is_starter_page(path)}
    for page in settings.content.rglob("*.md"):
        if page.relative_to(settings.content).as_posix() not in generated:
            yield page


def _addresses_of_nothing(state: CollectionState, index: Index) -> Iterator[Problem]:
    problems = measure_problems(index.measures, index.claims, unread=state.kept)
    return (problem for problem in problems if not problem.warning)


def write_ledgers(
    settings: Settings, state: CollectionState, run: Run, index: Index
) -> list[Problem]:
    """Write ledgers, versions and register where they changed; a frozen run only says so."""
    return list(issue(settings, state, run, index).problems)


@dataclass(frozen=True, slots=True)
class Kept:
    """What a run has put on record: what stands in the way, and the lines that tell of it."""

    problems: tuple[Problem, ...] = ()
    told: tuple[str, ...] = ()


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
    return Kept(tuple(left), (*told, *write_attributes(settings)))


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
