"""Reads the ledgers of the last commit that are other ones on disk: git is asked once for all."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from pathlib import PurePosixPath

from builder.anchoring.heads import Head
from builder.ledger_file import Ledger, parse_ledger
from builder.model import Problems
from builder.settings import Settings
from builder.versioning.git_history import blobs, committed_files


def slugs_now(heads: Iterable[Head]) -> dict[str, str]:
    """Return the slug of today by each slug that a document has or had."""
    heads = tuple(heads)
    now = {head.slug: head.slug for head in heads}
    for head in heads:
        if head.was:
            now |= dict.fromkeys(head.former, head.slug)
    return now


def committed_ledgers(
    settings: Settings,
    stands: Callable[[str, str], bool],
    now: Mapping[str, str],
    asked: Container[str] | None = None,
) -> Iterator[tuple[str, Ledger]]:
    """Yield the ledgers of the last commit that are other ones now, by the slug of today.

    `stands` tells whether the ledger of a slug is a blob of git on disk, `now` gives the slug of
    today by each that a document has or had. Of documents that are not `asked` for nothing is read.
    """
    committed = committed_files(settings.root, settings.relative(settings.anchors))
    changed: dict[str, str] = {}
    for name, blob in committed.items():
        slug = name.rpartition("/")[2].removesuffix(".txt")
        if not name.endswith(".txt") or slug not in now:
            continue
        if (asked is None or now[slug] in asked) and not stands(slug, blob):
            changed[name] = blob
    found = blobs(settings.root, [*changed.values()])
    for name, blob in changed.items():
        yield from parsed(now[PurePosixPath(name).stem], found.get(blob, b""), name)


def parsed(slug: str, data: bytes, path: str) -> Iterator[tuple[str, Ledger]]:
    """Yield the ledger that bytes hold with its slug, nothing where they hold none."""
    try:
        text = data.decode("utf-8", "replace").replace("\r\n", "\n")
        yield slug, parse_ledger(text, path)
    except Problems:
        return  # what git or a folder holds is told by those who need it
