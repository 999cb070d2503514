"""What is left of a document that was removed: its last metadata, and every address it had."""

from __future__ import annotations

from builder.ledger_file import Record, parse_ledger
from builder.model import BlockKind, RemovedDocument, Tombstone, Version


def removed_document(
    slug: str, text: str, path: str, versions: tuple[Version, ...] = ()
) -> RemovedDocument:
    """Return a removed document from its ledger's text; `path` is told in messages.

    `versions` are those of its source, newest first.
    Every record becomes a tombstone, for no passage stands that could bear its id. Raises Problems
    when the ledger is not readable.
    """
    ledger = parse_ledger(text, path)
    gone = ledger.get("gone") or ""
    return RemovedDocument(
        slug=slug,
        title=_said(ledger.get("title")),
        issuer=_said(ledger.get("issuer")),
        date=_said(ledger.get("date")),
        gone=gone,
        tombstones=tuple(_tombstone(record, gone) for record in ledger.records),
        versions=versions,
    )


def _said(value: str | None) -> str:
    return "" if value in (None, "_") else str(value)


def _tombstone(record: Record, gone: str) -> Tombstone:
    slug = record.get("id")
    figures = (f"{record.id}-{figure.id}" for figure in record.figures)
    kind: BlockKind = record.kind  # type: ignore[assignment]  # the file is read as it stands
    return Tombstone(
        anchor=record.id,
        kind=kind,
        text=_said(record.text),
        gone=record.get("gone") or gone,
        aliases=(*([slug] if slug else []), *figures),
    )
