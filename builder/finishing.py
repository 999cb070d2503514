"""Adds to a rendered site what no renderer does: search, Markdown twins, archived copies."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Collection, Container, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from builder.collection import CollectionState
from builder.dating.display import year_of
from builder.index import known_entities
from builder.model import Problem
from builder.pages import publication_of
from builder.processes import beside
from builder.publishing.configuration import FRAME
from builder.publishing.lean_assets import lean_assets
from builder.publishing.outbound_links import link_archives
from builder.publishing.search import Large, Named, finish_search, lay_all, not_rendered
from builder.publishing.site_folder import SiteFolder
from builder.publishing.starter import generated_paths, is_starter_page
from builder.publishing.twins import lay_twins
from builder.publishing.writing import read_list
from builder.rendering.sitemaps import drop_empty_sitemap
from builder.searching.laid import Laid
from builder.searching.large import KEPT, lay_search
from builder.searching.shards import Member
from builder.settings import Settings
from builder.site_files import KEPT_SEARCH, KEPT_TWIN, TWIN, folder_of
from builder.undisturbed import undisturbed
from builder.working import Workers

SEARCH = "search"
_MADE = "search-made"


def finish(settings: Settings, site: Path, state: CollectionState) -> list[Problem]:
    """Add to a rendered site what no renderer does: a search entry for every passage.

    Each document gets its twin in Markdown. Our styles and scripts lose their comments there;
    hand-written pages get archived copies beside their links to governments.
    """
    lean_assets(site)
    drop_empty_sitemap(site)
    lay_twins(
        site,
        (one.document for one in state.documents),
        publication_of(settings),
        kept=state.kept,
        before=settings.site,
    )
    generated = generated_paths(settings.content)
    link_archives(site, generated, state.editorial.archives)
    return _finish_search(settings, site, state, generated)


def finish_next(
    settings: Settings,
    folder: SiteFolder,
    state: CollectionState,
    cache: Path,
    search: Search,
) -> list[Problem]:
    """Add to the next site what no renderer does, as `finish` does to a site that stands.

    The build step has left it beside the pages: no document is opened for it. `cache` is the folder
    of what earlier builds have kept, and `search` lays the search of the collection.
    """
    listed = read_list(settings.content)
    kept, cut = f"/{KEPT_TWIN}", -len(KEPT_TWIN)
    twins = {
        path[:cut] + TWIN: max(digests) for path, digests in listed.items() if path.endswith(kept)
    }
    for path in folder.want_all(twins):
        twin = settings.content / (path.removesuffix(TWIN) + KEPT_TWIN)
        folder.lay(path, twins[path], twin.read_bytes())
    _lay_search(folder, listed, cache, search)
    return [
        not_rendered(one)
        for one in state.documents
        if not folder.has(f"{folder_of(one.document.slug)}index.html")
    ]


@dataclass(frozen=True, slots=True)
class Search:
    """The search of the next site while it is made, in the folder `made`.

    `shards` lay the index of a big collection there, or wait until another process has.
    """

    members: Sequence[Member]
    large: Large
    made: Path
    shards: Callable[[], Laid]


@contextmanager
def search_of(
    settings: Settings,
    folder: SiteFolder,
    state: CollectionState,
    cache: Path,
    workers: Workers,
    *,
    apart: bool = False,
) -> Iterator[Search]:
    """Give the search of a collection, to be laid; that of a big one is begun at once if `apart`.

    `cache` is the folder of what earlier builds have kept. The `workers` make the search of a big
    collection: for another process, where it is made `apart`.
    """
    listed = read_list(settings.content)
    members = _members(settings.content, state, listed)
    large = Large(settings.pagefind_from, cache / KEPT.name, workers)
    cache.mkdir(exist_ok=True)
    with _empty(cache / _MADE) as made:
        lay = partial(_lay_shards, folder, members, large, made)
        begun = beside(lay) if apart and large.holds_for(members) else nullcontext(lay)
        with begun as shards:
            yield Search(members, large, made, shards)


def _lay_shards(folder: SiteFolder, members: Sequence[Member], large: Large, made: Path) -> Laid:
    """Lay the index of a big collection, but for what of it stands."""
    standing = folder.standing(f"{SEARCH}/")
    return lay_search(made, members, large.kept, standing=standing, workers=large.workers)


def _lay_search(
    folder: SiteFolder, listed: Mapping[str, Collection[str]], cache: Path, search: Search
) -> None:
    rendered, made = cache / FRAME / "site", search.made
    laid = search.shards() if search.large.holds_for(search.members) else None
    if (rendered / SEARCH).is_dir():
        shutil.copytree(rendered / SEARCH, made / SEARCH, copy_function=_copy, dirs_exist_ok=True)
    else:  # no plugin has made an index: the pages themselves are read
        _copy_pages(rendered, made)
    laid = lay_all(
        made,
        search.members,
        lambda page: _is_generated(f"{page}index.md", listed),
        search.large,
        laid,
    )
    for path in laid.written:
        folder.link(path, laid.files[path], made / path)
    folder.want_all(laid.files)


def _is_generated(path: str, listed: Container[str]) -> bool:
    return path in listed and not is_starter_page(path)


@contextmanager
def _empty(folder: Path) -> Iterator[Path]:
    """Give an empty folder of a fixed name: what a run that died left there goes with the next."""
    _remove(folder)
    folder.mkdir()
    try:
        yield folder
    finally:
        _remove(folder)


def _remove(folder: Path) -> None:
    with suppress(FileNotFoundError, NotADirectoryError):
        shutil.rmtree(folder)
    folder.unlink(missing_ok=True)


def _copy(rendered: str, copy: str) -> None:
    """Copy a file that the renderer has made, but over none of ours."""
    if not Path(copy).exists():
        shutil.copyfile(rendered, copy)


def _copy_pages(rendered: Path, target: Path) -> None:
    for page in rendered.rglob("index.html") if rendered.is_dir() else ():
        copy = target / page.relative_to(rendered)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(page, copy)


@undisturbed()
def _members(
    content: Path, state: CollectionState, listed: Mapping[str, Collection[str]]
) -> list[Member]:
    """Return the documents for the search of which the build step has left something."""
    members = []
    for document in (one.document for one in state.documents):
        path = f"{folder_of(document.slug)}{KEPT_SEARCH}"
        if path in listed:
            year, load = year_of(document.metadata.date.value) or "", partial(_bytes, content, path)
            members.append(Member(document.slug, year, max(listed[path]), load))
    return members


def _bytes(content: Path, path: str) -> bytes:
    return (content / path).read_bytes()


def _finish_search(
    settings: Settings, site: Path, state: CollectionState, generated: Container[str]
) -> list[Problem]:
    known = known_entities(
        (one.candidates for one in state.documents),
        state.catalogue.known,
    )
    names = {who: entity.name for who, entity in known.items() if entity.reviewed}
    return finish_search(
        site,
        state.documents,
        lambda page: f"{page}index.md" in generated,
        Named(names, state.editorial),
        Large(settings.pagefind_from, settings.root / KEPT, Workers(settings.jobs)),
    )
