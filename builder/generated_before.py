"""Tells what earlier runs have generated, where the list of it was lost or damaged as well.

The list lies hidden among the pages (`content/.generated`), and copies of a folder may lose it.
What the cache keeps of the pages names them too; it is asked where the list is not as the last run
left it. Without either, nothing tells a page of ours from one that somebody has written.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from hashlib import blake2b
from pathlib import Path

from builder.filing import UNDER
from builder.kept_files import files_of_bytes
from builder.publishing.writing import LIST_NAME, bytes_of, read_list
from builder.storing.store import Store

_KEPT = "list of pages"


def generated_before(content: Path, store: Store) -> Mapping[str, Collection[str]]:
    """Return path → hashes of the bytes that earlier runs may have left in a content folder."""
    listed = read_list(content)
    if store.result(_KEPT, _digest(content)) is not None:
        return listed
    known = dict(listed)
    for _, _, value in store.results(UNDER):
        files = files_of_bytes(value)
        for path, digest in zip(files.paths, files.digests, strict=True):
            known[path] = tuple(dict.fromkeys((*known.get(path, ()), digest)))
    return known


def note_list(content: Path, store: Store) -> None:
    """Keep how the list stands now."""
    store.keep_results([(_KEPT, _digest(content), b"")])


def _digest(content: Path) -> str:
    return blake2b(bytes_of(content / LIST_NAME) or b"", digest_size=16).hexdigest()
