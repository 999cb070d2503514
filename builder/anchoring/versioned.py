"""Gives a document its versions, and tells which files have to be written for them."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from builder.anchoring.heads import read_head
from builder.anchoring.last_published import stood_last
from builder.anchoring.texts import Filed
from builder.manifest import Manifest
from builder.model import DIGITS, Annotated, Problem
from builder.settings import Settings
from builder.versioning.earlier import earlier_bytes
from builder.versioning.kept import Kept
from builder.versioning.taking import has_versions, take_versions


@dataclass(frozen=True, slots=True)
class Versioned:
    """A document with its versions, the files that have to be written for them, what is wrong."""

    annotated: Annotated
    files: Mapping[Path, bytes] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()

    @property
    def failed(self) -> bool:
        """Whether any problem is more than a warning."""
        return any(not problem.warning for problem in self.problems)


def with_versions(
    settings: Settings,
    annotated: Annotated,
    filed: Filed,
    *,
    manifest: Manifest,
    today: datetime.date,
    folders: frozenset[str],
    kept: Kept | None = None,
) -> Versioned:
    """Return a document with its versions; `filed` is its ledger as it stands on disk.

    `folders` are the slugs that have versions on record, `kept` what that is, where it is read.
    """
    document = annotated.document
    # Until it is written, a renamed document has its versions under the slug it had.
    stands = replace(document, slug=filed.stands)
    if not has_versions(stands, filed.text, folders):
        return Versioned(annotated)
    taken = take_versions(settings, stands, filed.text, manifest=manifest, today=today, kept=kept)
    folder = settings.versions / document.slug
    files = {folder / file.name: data for file, data in taken.files.items()}
    versioned = replace(annotated, document=replace(document, versions=taken.versions))
    return Versioned(versioned, files, taken.problems)


def standing_files(
    settings: Settings, filed: Filed, slug: str, folders: frozenset[str]
) -> dict[Path, bytes]:
    """Return what keeps the version that stands: its ledger, and its bytes where they are found.

    `filed` is its ledger as it stands on disk, `slug` the document's of today. Nothing where it is
    kept already.
    """
    sha256 = stood_last(settings, filed, folders)
    file = settings.versions / slug / f"{sha256[:DIGITS]}.ledger"
    if (settings.versions / filed.stands / file.name).exists():
        return {}
    files = {file: filed.text.encode()}
    path = read_head(slug, filed.text).path
    data = earlier_bytes(settings, filed.stands, sha256, (path,))
    if data is not None:
        files[file.with_suffix(".txt")] = data
    return files
