"""Notices that the folder of a document's versions is gone: then nothing says since when it stands.

A document that was edited for the first time has no such folder either. What tells the two apart is
the ledger, which bears dates, or stands for another text than that of the first version.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from builder.anchoring.heads import read_head
from builder.ledger_file import one_line
from builder.model import Place, Problem, Problems, Source
from builder.read import source_from_bytes
from builder.settings import Settings
from builder.structure import SPLITTER, structure
from builder.versioning.earlier import earlier_bytes, last_shown
from builder.versioning.git_history import committed_files
from builder.versioning.kept import live_passages

# The head of a record, or the line of a figure, that another version than the first has left.
_DATED = re.compile(r"^[pf]\d[a-z0-9]*(?: \S+)*? (?:new|gone|changed)=", re.MULTILINE)


def lost_versions(settings: Settings, slug: str, ledger: str, source: Source) -> Iterator[Problem]:
    """Yield a problem where a document without a folder of versions had some.

    `slug` is that under which its ledger stands, `source` what it is now.
    """
    head = read_head(slug, ledger)
    if head.sha256 in (source.sha256, ""):
        return
    folder = settings.relative(settings.versions / slug)
    if not _are_missing(settings, slug, ledger, (source.path, head.path)):
        return
    what = f'the versions of "{slug}" are missing: its ledger stands for a later one than the first'
    hint = f'restore them: "git checkout -- {folder}"; '
    hint += f'if they are lost for good, "builder anchors accept {slug}" goes on without'
    yield Problem(Place(folder, 0), what, hint)


def _are_missing(settings: Settings, slug: str, ledger: str, names: tuple[str, ...]) -> bool:
    folder = settings.relative(settings.versions / slug)
    if committed_files(settings.root, folder):
        return True
    first = read_head(slug, ledger).sha256
    if last_shown(settings, slug, first):
        return False  # what stood until now is the first version
    if _DATED.search(ledger):
        return True
    data = earlier_bytes(settings, slug, first, names)
    return data is not None and not _stands_for(ledger, data, names[0])


def _stands_for(ledger: str, data: bytes, name: str) -> bool:
    """Tell whether a ledger records the passages of a source."""
    if f"\nsplitter {SPLITTER}\n" not in ledger:
        return True  # cut otherwise, so that comparing tells nothing
    try:
        document = structure(source_from_bytes(data, name))
        live = [text for _, text in live_passages(ledger, name)]
    except Problems:
        return True
    return live == [one_line(block.text) for block in document.passages]
