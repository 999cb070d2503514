"""Tells what a document was when it was last published: its bytes, and the text with its ids."""

from __future__ import annotations

import datetime
from dataclasses import replace

from builder.anchoring.heads import read_head
from builder.anchoring.texts import Filed
from builder.ledger import anchor
from builder.manifest import Manifest, describe
from builder.model import Annotated, Problems, Source
from builder.read import source_from_bytes
from builder.settings import Settings
from builder.versioning import standing
from builder.versioning.earlier import earlier_bytes
from builder.versioning.kept import Kept, live_passages, read_kept


def earlier_source(
    settings: Settings, manifest: Manifest, filed: Filed, folders: frozenset[str]
) -> Source | None:
    """Return a document's source as it was last published, None where its bytes are nowhere.

    `folders` are the slugs that have versions on record.
    """
    head = read_head(filed.slug, filed.text)
    sha256 = stood_last(settings, filed, folders)
    data = earlier_bytes(settings, filed.stands, sha256, (head.path,))
    if data is None:
        return None
    seeds = settings.relative(settings.seeds)
    try:
        source = describe(source_from_bytes(data, head.path), manifest, seeds)
    except Problems:
        return None  # was published by a builder that read what this one does not
    return replace(source, slug=filed.slug)


def as_published(
    annotated: Annotated, ledger: str, path: str, *, today: datetime.date
) -> Annotated | None:
    """Return the document with the addresses of a ledger, None where that records another text."""
    anchored = anchor(annotated, ledger, path=path, today=today)
    same = live_passages(anchored.ledger, "") == live_passages(ledger, "")
    return anchored.annotated if same and not anchored.problems else None


def stood_last(settings: Settings, filed: Filed, folders: frozenset[str]) -> str:
    """Return the SHA-256 of the bytes for which a ledger stands, "" where it does not say."""
    first = read_head(filed.slug, filed.text).sha256
    kept = read_kept(settings, filed.stands, first) if filed.stands in folders else None
    return hash_of(filed, kept)


def hash_of(filed: Filed, kept: Kept | None) -> str:
    """Return the same, from what is on record of the document's versions, None without any."""
    if kept is None:
        return read_head(filed.slug, filed.text).sha256
    return standing.stood_last(kept, filed.text).sha256
