"""What is on record of a document's versions before a run: which there are, which was last."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from builder.anchoring.heads import read_head
from builder.model import DIGITS, Problems
from builder.settings import Settings
from builder.versioning.earlier import earlier_bytes
from builder.versioning.kept import Kept, add_first, live_passages, read_kept, recorded_digits
from builder.versioning.succession import Recorded


@dataclass(frozen=True, slots=True)
class History:
    """The versions of a published document's source.

    `slugs` are the one that the document has and its former ones, `name` is the source's path as
    the ledger has it, `ledger` the ledger's text.
    """

    slugs: tuple[str, ...]
    name: str
    ledger: str
    kept: Kept

    @property
    def slug(self) -> str:
        """The slug that the document has now."""
        return self.slugs[0]

    @property
    def last(self) -> Recorded:
        """The version that was published last, as far as the records tell.

        What has made way has a ledger of its own on record. Of two that have not, as after a
        merge, it is the younger; where all have, as after a step back, the one whose passages are
        those of today.
        """
        everyone, passages = self.kept.recorded.values(), self.kept.passages
        standing = [one for one in everyone if one.digits not in passages]
        if not standing:
            live = self._live()
            standing = [one for one in everyone if passages[one.digits] == live]
        found = standing or everyone
        return max(found, key=lambda one: (one.since, one.sha256), default=Recorded(""))

    def _live(self) -> tuple[tuple[str, str], ...]:
        try:
            return live_passages(self.ledger, self.slug)
        except Problems:
            return ()  # whoever takes up the ledger says so


def version_folders(settings: Settings) -> frozenset[str]:
    """Return the names of the folders of versions: slugs of the documents that have some."""
    if not settings.versions.is_dir():
        return frozenset()
    return frozenset(path.name for path in settings.versions.iterdir() if path.is_dir())


def known_digits(settings: Settings, slug: str, first: str) -> frozenset[str]:
    """Return the digits of all versions of a document; `first` is the SHA-256 of the first."""
    return recorded_digits(settings.versions / slug) | {first[:DIGITS]}


def read_history(settings: Settings, slug: str, ledger: str, folders: frozenset[str]) -> History:
    """Return what is on record of a document, from its ledger's text and its folder, if any.

    `folders` are those of `version_folders`; what is not right in one is told in `kept.problems`.
    """
    head = read_head(slug, ledger)
    slugs = (slug, *(was for was in reversed(head.was) if was != slug))
    if folders.isdisjoint(slugs):
        kept = Kept()
        add_first(kept, head.sha256)
    else:
        kept = read_kept(settings, slugs, head.sha256)
    return History(slugs, head.path, ledger, kept)


def published_bytes(settings: Settings, history: History) -> bytes | None:
    """Return a document's source as it was last published, None where its bytes are nowhere."""
    last = history.last
    text = history.kept.texts.get(last.digits)
    if text is not None:
        return text
    return earlier_bytes(settings, last.sha256, slugs=history.slugs, names=(history.name,))


def ledger_files(settings: Settings, history: History) -> tuple[Path, ...]:
    """Return where a document's ledger stands or stood."""
    return tuple(settings.anchors / f"{slug}.txt" for slug in history.slugs)
