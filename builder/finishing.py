"""Adds to a rendered site what no renderer does: search, Markdown twins, archived copies."""

from __future__ import annotations

import shutil
from collections.abc import Container
from hashlib import sha256
from pathlib import Path

from builder.collection import CollectionState
from builder.exporting.markdown_twin import markdown_twin
from builder.index import known_entities
from builder.model import Problem
from builder.pages import publication_of
from builder.publishing.fast_render import FRAME
from builder.publishing.lean_assets import lean_assets
from builder.publishing.outbound_links import link_archives
from builder.publishing.search import Large, Named, finish_search
from builder.publishing.site_folder import SiteFolder
from builder.publishing.starter import is_starter_page
from builder.publishing.twins import lay_twins, twin_of
from builder.publishing.writing import read_list
from builder.rendering.sitemaps import drop_empty_sitemap
from builder.searching.large import KEPT
from builder.settings import Settings

CACHE = ".cache"
"""The folder of what a collection's builds keep for the next one."""
SEARCH = "search"


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
    generated = {path for path in read_list(settings.content) if not is_starter_page(path)}
    link_archives(site, generated, state.editorial.archives)
    return _finish_search(settings, site, state, generated)


def finish_next(settings: Settings, folder: SiteFolder, state: CollectionState) -> list[Problem]:
    """Add to the next site what no renderer does, as `finish` does to a site that stands."""
    publication = publication_of(settings)
    for one in state.documents:
        twin = markdown_twin(one.document, publication)
        folder.lay(twin_of(one.document.slug), sha256(twin).hexdigest(), twin)
    for slug in state.kept:
        before = settings.site / twin_of(slug)
        if not folder.keep(twin_of(slug)) and before.is_file():
            folder.lay(twin_of(slug), "before", before.read_bytes())
    site = folder.give_up(SEARCH)
    rendered = settings.root / CACHE / FRAME / "site" / SEARCH
    if rendered.is_dir():
        shutil.copytree(rendered, site / SEARCH, dirs_exist_ok=True)
    generated = {path for path in read_list(settings.content) if not is_starter_page(path)}
    missing = _finish_search(settings, site, state, generated)
    folder.take_over(SEARCH)
    return missing


def _finish_search(
    settings: Settings, site: Path, state: CollectionState, generated: Container[str]
) -> list[Problem]:
    known = known_entities(
        (one.candidates for one in state.documents),
        {kind: state.catalogue.entities(kind).values() for kind in state.catalogue.entries},
    )
    names = {who: entity.name for who, entity in known.items() if entity.reviewed}
    return finish_search(
        site,
        state.documents,
        lambda page: f"{page}index.md" in generated,
        Named(names, state.editorial),
        Large(settings.pagefind_from, settings.root / KEPT, settings.jobs),
    )
