"""Finds the ledger as it stood for an earlier version of a source."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from builder.ledger import anchor
from builder.ledger_file import one_line, parse_ledger, print_ledger
from builder.model import Annotated, Problems, Source
from builder.structure import SPLITTER, structure
from builder.versioning.git_history import bytes_in_git
from builder.versioning.kept import live_passages


def snapshot(
    source: Source, ledger: str, *, root: Path, paths: Sequence[str], today: datetime.date
) -> str:
    """Return the ledger of a version: the given one, or one that git remembers.

    Where two branches were merged and git does not help, the version's passages are looked for in
    the given ledger; those that have no address in it are left out. `paths` are where the ledger
    stands and stood, below `root`, the collection's folder.
    """
    old = parse_ledger(ledger, paths[0])
    if old.get("splitter") != str(SPLITTER):
        return ledger  # its passages were cut otherwise, so that comparing tells nothing
    document = structure(source)
    texts = sorted(one_line(block.text) for block in document.passages)
    for candidate in _candidates(ledger, root, paths):
        try:
            live = live_passages(candidate, paths[0])
        except Problems:
            continue  # a ledger that once was damaged
        if sorted(text for _, text in live) == texts:
            return candidate
    found = anchor(Annotated(document, ()), ledger, path=paths[0], today=today, accept=True)
    issued = {record.id for record in old.records}
    parsed = parse_ledger(found.ledger, paths[0])
    records = tuple(one for one in parsed.records if one.id in issued)
    return print_ledger(replace(parsed, records=records))


def without_passages(ledger: str) -> str:
    """Return the ledger of a version of which only hash and dates are known."""
    return ledger.partition("\n\n")[0].rstrip("\n") + "\n"


def _candidates(ledger: str, root: Path, paths: Sequence[str]) -> Iterator[str]:
    yield ledger
    for data in bytes_in_git(root, paths):
        yield data.decode("utf-8", "replace").replace("\r\n", "\n")
