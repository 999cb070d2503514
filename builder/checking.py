"""Finds what is wrong with a collection: its sources, catalogue, ledgers, and the built site."""

from __future__ import annotations

from typing import Any

from builder.anchoring.issued import check_issued
from builder.collection import Progress, read_collection
from builder.model import Problem
from builder.publishing.site_check import check_site
from builder.review import desk_warnings
from builder.settings import Settings
from builder.site import Run, check_archives, check_measures, collection_index, write_ledgers
from builder.unknown_facts import unknown_facts
from builder.working import Workers


def problems_of(
    settings: Settings, workers: Workers, progress: Progress[Any], *, site: bool
) -> list[Problem]:
    """Return all that is wrong with a collection, and with its built `site`; write nothing."""
    state = read_collection(settings, progress=progress, workers=workers)
    ledgers = write_ledgers(settings, state, Run(frozen=True), collection_index(state))
    problems = [*state.problems, *state.editorial.problems, *check_measures(state), *ledgers]
    problems += check_archives(settings, state)
    problems += check_issued(settings)
    problems += desk_warnings(settings, state)
    problems += unknown_facts(one.document for one in state.documents)
    if site:
        problems += check_site(settings.site, site_url=settings.site_url)
    return problems
