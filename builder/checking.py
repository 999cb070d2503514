"""Finds what is wrong with a collection: its sources, catalogue, ledgers, and the built site."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

from builder.anchoring.issued import check_issued
from builder.checked_archives import unused_entries
from builder.collection import CollectionState, Progress, read_collection
from builder.collection_pages import indexed_collection
from builder.index import Index
from builder.indexing.measures import measure_problems
from builder.links import linked_addresses
from builder.looking import Look
from builder.model import Problem
from builder.publishing.site_check import check_site
from builder.publishing.starter import generated_paths
from builder.review import desk_warnings
from builder.settings import Settings
from builder.site import Run, write_ledgers
from builder.unknown_facts import unknown_facts, unknown_keys
from builder.working import Workers


def problems_of(
    settings: Settings, workers: Workers, progress: Progress[Any], *, site: bool
) -> list[Problem]:
    """Return all that is wrong with a collection, and with its built `site`; write nothing."""
    look = Look.at(settings.content, into_links=True)
    read = partial(read_collection, settings, progress=progress, workers=workers)
    state, index = indexed_collection(settings, read, look)
    ledgers = write_ledgers(settings, state, Run(frozen=True), index)
    problems = [*state.problems, *state.editorial.problems]
    problems += [*check_measures(state, index), *ledgers]
    problems += check_archives(settings, state, look)
    problems += check_issued(settings)
    problems += desk_warnings(settings, state)
    problems += unknown_facts(one.document for one in state.documents)
    problems += unknown_keys(one.document for one in state.documents)
    if site:
        problems += check_site(settings.site, site_url=settings.site_url)
    return problems


def check_measures(state: CollectionState, index: Index) -> list[Problem]:
    """Return what editors should mend in the measures of a collection."""
    return list(measure_problems(index.measures, index.claims_of, unread=state.kept))


def check_archives(settings: Settings, state: CollectionState, look: Look) -> list[Problem]:
    """Return a warning for each archived copy of an address to which nothing leads.

    `look` tells which pages there are.
    """
    archives = state.editorial.archives
    if not archives.entries:
        return []
    linked = set(linked_addresses((one.document for one in state.documents), state.catalogue))
    by_hand = [page.read_text("utf-8", "replace") for page in _pages_by_hand(settings, look)]
    linked |= {address for address in archives.entries for page in by_hand if address in page}
    return list(unused_entries(archives, linked))


def _pages_by_hand(settings: Settings, look: Look) -> Iterator[Path]:
    generated = generated_paths(settings.content)
    for path in look.files():
        if path.endswith(".md") and path not in generated:
            yield settings.content / path
