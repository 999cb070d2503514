"""Which versions of a source are on record before a run, and which of them was published last."""

from __future__ import annotations

from builder.model import Problems
from builder.versioning.kept import Kept, live_passages
from builder.versioning.succession import Recorded


def stood_last(kept: Kept, ledger: str) -> Recorded:
    """Return the version that was published last, as far as the records and the ledger tell.

    What has made way has a ledger of its own on record. Of two that have not, as after a merge, it
    is the younger; where all have, as after a step back, the one whose passages are those of today.
    """
    everyone = kept.recorded.values()
    standing = still_standing(kept)
    if not standing:
        live = _live(ledger)
        standing = [one for one in everyone if kept.passages[one.digits] == live]
    found = standing or everyone
    return max(found, key=lambda one: (one.since, one.sha256), default=Recorded(""))


def still_standing(kept: Kept) -> list[Recorded]:
    """Return the versions that have not made way: more than one after a merge of two branches."""
    return [one for one in kept.recorded.values() if one.digits not in kept.passages]


def _live(ledger: str) -> tuple[tuple[str, str], ...]:
    try:
        return live_passages(ledger, "")
    except Problems:
        return ()  # whoever takes up the ledger says so
