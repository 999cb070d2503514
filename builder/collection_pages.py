"""Writes the pages of a collection: its index, what is made from it, what stands at old addresses.

This is the build step itself; `content` runs its tasks, and `site` is the run around it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import fields, replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from builder.anchoring.followers import former_addresses
from builder.citing.formatted import FormatsOf
from builder.citing.kept_formats import KEPT as KEPT_FORMATS
from builder.citing.kept_formats import KeptFormats, made_once
from builder.collection import (
    CollectionState,
    Progress,
    no_progress,
    open_store,
)
from builder.content import Content
from builder.generated_before import generated_before, note_list
from builder.hand_written import circles_in
from builder.html.former_pages import former_pages, published_pages
from builder.index import Index, build_index
from builder.indexing.measures import measure_problems
from builder.looking import Look
from builder.model import Problem, Problems
from builder.pages import Pages, pages
from builder.publishing.staging import Page, Stage, Written
from builder.publishing.starter import is_starter_page, starter_pages
from builder.settings import Settings
from builder.storing.code_version import code_version
from builder.storing.store import Store
from builder.working import Workers


def write_collection_pages(
    settings: Settings,
    state: CollectionState,
    index: Index,
    store: Store | None = None,
    *,
    progress: Progress[Any] = no_progress,
    workers: Workers | None = None,
    look: Look | None = None,
) -> Written:
    """Write the pages of a collection into its content folder.

    What earlier runs kept in the `store` is not made again, if its files stand as they were left:
    `look` tells how they stood when the run began.

    What editors state and no document says is shown all the same, without a link: a warning.
    """
    kept = state.kept | {former for former, slug in state.past.renamed if slug in state.kept}
    formats = KeptFormats(settings.root / KEPT_FORMATS)
    store, workers = store or open_store(settings), workers or Workers(settings.jobs)
    look = look or Look.at(settings.content, into_links=True)
    content = Content(_stage(settings, store), store, workers, look, progress)
    pages = Pages(
        index,
        state.editorial,
        settings,
        state.past,
        formats,
        state.contents,
        _general(settings, state),
        store,
    )
    written = content.write(
        pages,
        _further_pages(settings, state, index),
        lambda path: path.startswith("documents/") and path.split("/")[1] in kept,
    )
    formats.keep()
    note_list(settings.content, store)
    stated = [*state.editorial.problems, *_addresses_of_nothing(state, index)]
    warnings = (replace(problem, warning=True) for problem in stated)
    return replace(written, problems=[*warnings, *formats.problems, *written.problems])


def _stage(settings: Settings, store: Store) -> Stage:
    before = generated_before(settings.content, store)
    # Pages of documents and no record of them: both list and cache have been lost.
    lost = not before and (settings.content / "documents").is_dir()
    name = settings.relative(settings.content)
    return Stage(settings.content, before, is_starter_page, name, adopts=lost)


def _general(settings: Settings, state: CollectionState) -> str:
    """Return a digest of the program, and of what holds for every page.

    How many processes make them holds for none.
    """
    told = {one.name: getattr(settings, one.name) for one in fields(settings)}
    told = {
        name: value
        for name, value in told.items()
        if name != "jobs" and not isinstance(value, Path)
    }
    data = repr((code_version(), told, state.editorial.archives))
    return sha256(data.encode("utf-8", "surrogatepass")).hexdigest()


def indexed_collection(
    settings: Settings,
    read: Callable[[], CollectionState],
    look: Look | Callable[[], Look],
    stage: Callable[[str], AbstractContextManager[object]] = nullcontext,
) -> tuple[CollectionState, Index]:
    """Read a collection, and index everything that it holds, as a `stage` of its own.

    Raises what `read` raises, and Problems where a link among the pages leads round, be it beside
    what `read` raises. So who reads or writes pages hands in a `look` at them; one that is yet to
    be asked for is asked for last, for it takes its time beside.
    """
    try:
        state = read()
    except Problems as error:
        # All that stands in the way is told in one run.
        raise Problems(dict.fromkeys((*_circles(settings, look), *error.problems))) from error
    with stage("index"):
        index = collection_index(state)
        if circles := _circles(settings, look):
            raise Problems([*circles, *state.problems])
    return state, index


def _circles(settings: Settings, look: Look | Callable[[], Look]) -> list[Problem]:
    return circles_in(settings, look() if callable(look) else look)


def collection_index(state: CollectionState) -> Index:
    """Return the index of everything that a collection holds."""
    return build_index(
        state.documents,
        state.catalogue.known,
        state.measures,
        state.added,
        state.texts,
        state.nearest,
    )


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


def _addresses_of_nothing(state: CollectionState, index: Index) -> Iterator[Problem]:
    problems = measure_problems(index.measures, index.claims_of, unread=state.kept)
    return (problem for problem in problems if not problem.warning)
