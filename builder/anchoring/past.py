"""What was published and no document of today has: removed documents, and former slugs."""

from __future__ import annotations

from collections.abc import Iterable

from builder.anchoring.heads import first_slugs, renamings
from builder.anchoring.removed import removed_document
from builder.anchoring.texts import LedgerTexts
from builder.manifest import Manifest
from builder.model import Past, Problem, RemovedDocument
from builder.settings import Settings
from builder.versioning.of_removed import versions_of_removed


def past_of(
    settings: Settings, removed: Iterable[str], texts: LedgerTexts, manifest: Manifest
) -> tuple[Past, list[Problem]]:
    """Return the past of a collection, and what is wrong with versions of removed documents.

    `removed` are the slugs of those, `texts` all ledgers by slug.
    """
    documents: list[RemovedDocument] = []
    problems: list[Problem] = []
    for slug in sorted(removed):
        found = versions_of_removed(settings, slug, texts[slug], manifest)
        problems.extend(found.problems)
        path = settings.relative(settings.anchors / f"{slug}.txt")
        documents.append(removed_document(slug, texts[slug], path, found.versions))
    heads = [*texts.heads]
    return Past(tuple(documents), renamings(heads), first_slugs(heads)), problems
