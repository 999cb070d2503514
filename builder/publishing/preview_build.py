"""Builds the site of a preview: beside the collection, and without a ledger being written."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TypeVar

from builder.anchoring.register import COPY
from builder.collection import read_collection
from builder.collection_pages import indexed_collection, write_collection_pages
from builder.finishing import finish_next, search_of
from builder.kept_documents import forget_damaged
from builder.looking import Look
from builder.model import Problem, Problems
from builder.publishing.ahead import Ahead
from builder.publishing.configuration import FRAME
from builder.publishing.kept_frame import load_frame
from builder.publishing.lock import locked
from builder.publishing.render import render_site
from builder.publishing.site_folder import next_site
from builder.publishing.starter import generated_paths
from builder.publishing.writing import LIST_NAME, read_list
from builder.rendering.laying import link_file
from builder.settings import Settings
from builder.site import rendering_of
from builder.storing.code_version import code_version
from builder.storing.database import copy_of
from builder.storing.store import KEPT as STORE
from builder.storing.store import Store
from builder.working import Workers

_RECORDS = (LIST_NAME, COPY)

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Built:
    """What a build of a preview has told, and what makes single pages from what it came to.

    Where every page is rendered in full, nothing does. One that `is_whole` has made a site.
    """

    problems: list[Problem]
    ahead: Ahead | None = None
    is_whole: bool = False


def build_preview(
    settings: Settings,
    target: Path,
    site_url: str,
    go_on: Callable[[], None] = lambda: None,
) -> Built:
    """Build the site into a folder without writing any ledger; `go_on` may end it by raising.

    The pages are written beside it and not into the collection: a text that its ledger refuses is
    shown as edited, with provisional addresses, and what is published stays untouched.
    """
    folder, cache = target.parent, target.parent / "cache"

    def progress(items: Iterable[T], _label: str, _length: int) -> Iterator[T]:
        for item in items:
            go_on()
            yield item

    with locked(settings.root):
        _begin(settings, folder)
        store = Store(folder / STORE.name, code_version(), write=True)
        look = Look.at(settings.content, into_links=True)
        read = partial(read_collection, settings, progress=progress, provisional=True, store=store)
        here = replace(settings, content=folder / "content")
        with forget_damaged(store), _raised_as_edited(settings, here):
            state, index = indexed_collection(settings, read, look)
            copy_own_pages(settings, look, here.content)
            written = write_collection_pages(here, state, index, store, progress=progress)
            with next_site(target, folder / "sites") as site:
                go_on()
                how = rendering_of(here, state, site_url=site_url)
                warnings = render_site(here, site, how, cache)
                go_on()
                with search_of(here, site, state, cache, Workers(here.jobs)) as search:
                    missing = finish_next(here, site, state, cache, search)
                site.publish()
        frame = load_frame(cache / FRAME)
        store.end_writing()  # the next build has a writer of its own
    problems = [*state.problems, *written.problems, *warnings, *missing]
    problems = list(_as_edited(problems, settings, here))
    ahead = Ahead(here, state, index, frame.shells) if frame else None
    return Built(problems, ahead, is_whole=True)


def _as_edited(
    problems: Iterable[Problem], settings: Settings, here: Settings
) -> Iterator[Problem]:
    """Yield problems with the places that their copies in a preview stand for."""
    own, copies = settings.relative(settings.content), here.relative(here.content)
    for problem in problems:
        place = problem.place
        if f"{place.path}/".startswith(f"{copies}/"):
            place = replace(place, path=own + place.path.removeprefix(copies))
        yield replace(problem, place=place)


@contextmanager
def _raised_as_edited(settings: Settings, here: Settings) -> Iterator[None]:
    try:
        yield
    except Problems as error:
        raise Problems(_as_edited(error.problems, settings, here)) from error


def _begin(settings: Settings, folder: Path) -> None:
    """Let the first preview begin with what the last build has made of the documents."""
    folder.mkdir(parents=True, exist_ok=True)
    built, own = settings.root / STORE, folder / STORE.name
    if own.exists() or not built.is_file():
        return
    copy_of(built, own)
    for path in generated_paths(settings.content):
        with suppress(OSError):
            link_file(settings.content / path, folder / "content" / path)
    with suppress(OSError):
        shutil.copy2(settings.content / LIST_NAME, folder / "content" / LIST_NAME)


def copy_own_pages(settings: Settings, look: Look, target: Path) -> None:
    """Copy the hand-written files of a collection's content folder; remove what is gone there.

    One of those in the `look` may be gone by now; that calls for another preview anyway.
    """
    target.mkdir(parents=True, exist_ok=True)
    own = set(_but(look, generated_paths(settings.content)))
    # What is lent to the preview itself stays.
    for path in set(_but(Look.at(target, into_links=True), read_list(target))) - own:
        (target / path).unlink(missing_ok=True)
    for path in own:
        (target / path).parent.mkdir(parents=True, exist_ok=True)
        with suppress(FileNotFoundError):
            shutil.copy2(settings.content / path, target / path)


def _but(look: Look, generated: Collection[str]) -> Iterator[str]:
    """Yield the files in a look that are neither generated nor a record of what is."""
    for path in look.files():
        if path not in generated and path.rpartition("/")[2] not in _RECORDS:
            yield path
