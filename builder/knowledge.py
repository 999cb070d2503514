"""Reads what editors know of a collection, and every source and ledger: all there is to go by."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from builder.anchoring.survey import Survey, survey
from builder.archives import NOTHING_CHECKED, Archives
from builder.catalogue import Catalogue, load_catalogue
from builder.checked_archives import load_archives
from builder.hand_written import refuse_bad_pages
from builder.manifest import Manifest, load_manifest
from builder.measures import Measure, load_measures
from builder.model import Place, Problem, Problems
from builder.settings import Settings
from builder.storing.store import Store
from builder.today import today

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What editors know of a collection: manifest, catalogue, measures, archived copies."""

    manifest: Manifest
    catalogue: Catalogue
    measures: tuple[Measure, ...]
    archives: Archives


def read_sources(
    settings: Settings,
    day: datetime.date | None = None,
    store: Store | None = None,
) -> tuple[Knowledge, Survey]:
    """Read what editors know, and every source and ledger; annotate nothing.

    What an earlier run read of files that have not changed is taken from the `store`. Raises
    Problems when there is no folder of sources, when manifest, catalogue, measures, archived
    copies or a ledger are not readable, or a renderer would trip over a hand-written page.
    """
    _need_folder(settings)
    day, fatal, limits = day or today(), list[Problem](), settings.limits
    editors = settings.catalogue, settings.root
    manifest = _or_problems(
        lambda: load_manifest(*_manifest_file(settings), limits), Manifest(), fatal
    )
    catalogue = _or_problems(lambda: load_catalogue(*editors, limits=limits), None, fatal)
    measures = _or_problems(
        # Without a catalogue that holds, names cannot be looked up, and examples not be tried.
        lambda: load_measures(*editors, catalogue, limits),
        tuple[Measure, ...](),
        fatal,
    )
    archives = _or_problems(
        lambda: load_archives(settings.archives, settings.relative(settings.archives), day, limits),
        NOTHING_CHECKED,
        fatal,
    )
    _or_problems(lambda: refuse_bad_pages(settings), None, fatal)
    found = _or_problems(lambda: survey(settings, manifest, day, store), None, fatal)
    if fatal or catalogue is None or found is None:
        raise Problems([*fatal, *(found.problems if found else ())])
    return Knowledge(manifest, catalogue, measures, archives), found


def _need_folder(settings: Settings) -> None:
    if not settings.seeds.is_dir():
        where = Place(settings.relative(settings.seeds), 0)
        hint = "put .txt or .md files there"
        raise Problems([Problem(where, "there is no such folder", hint)])


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
