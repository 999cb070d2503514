"""Tells whether anything has changed that decides what becomes of a document: by a key."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256

from builder.anchoring.late_sources import metadata_told
from builder.anchoring.registrar import Record, Registrar
from builder.anchoring.texts import text_digest
from builder.model import Source

_UTF8 = ("utf-8", "surrogatepass")
_NO_LEDGER = text_digest("")


def document_key(knowledge: str, source: Source, ledger: str, registrar: Registrar) -> str:
    """Return a digest of all that decides what becomes of a source.

    `knowledge` is a digest of what decides of every source, `ledger` one of its ledger's text. The
    source itself is not read for it; versions on record are.
    """
    parts = (knowledge, source.path, source.slug or "", source.sha256, ledger)
    digest = sha256("\0".join((*parts, metadata_told(source))).encode(*_UTF8))
    for told in _versions(registrar, source.slug or ""):
        digest.update(told)
    return digest.hexdigest()


def ledger_digest(record: Record) -> str:
    """Return the digest of the ledger's text that a run takes up."""
    return record.filed.digest if record.filed else _NO_LEDGER


def _versions(registrar: Registrar, slug: str) -> Iterator[bytes]:
    """Yield what tells whether the versions on record of a document are those of before."""
    if slug in registrar.folders:
        for file in sorted((registrar.settings.versions / slug).iterdir()):
            yield f"{file.name} ".encode(*_UTF8) + sha256(file.read_bytes()).digest()
