"""Tells what one ledger says otherwise than another: which addresses are new, changed, gone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from builder.ledger_file import Ledger, parse_ledger


@dataclass(frozen=True, slots=True)
class Difference:
    """What becomes of one address: how its passage read and reads, "" where there is none.

    `into` is the address that it leads to from now on, "" where it leads to none.
    """

    id: str
    was: str
    now: str
    into: str = ""

    @property
    def what(self) -> str:
        """What happened, in one word or two."""
        if self.into:
            return f"part of {self.into}"
        if not self.was:
            return "new"
        return "changed" if self.now else "gone"


def differences(old: str, new: str, path: str) -> Iterator[Difference]:
    """Yield what becomes of each address from one text of a ledger to another, in its order.

    An empty text is a ledger without addresses. Raises Problems where one cannot be read.
    """
    before = _live(parse_ledger(old, path)) if old else {}
    ledger = parse_ledger(new, path)
    after = _live(ledger)
    for record in ledger.records:
        was, now = before.get(record.id, ""), after.get(record.id, "")
        if was != now:
            yield Difference(record.id, was, now, (record.get("into") or "") if not now else "")


def _live(ledger: Ledger) -> dict[str, str]:
    """Return the text of each passage that stands; none does where the document is removed."""
    if ledger.get("gone") is not None:
        return {}
    return {record.id: record.text for record in ledger.records if record.get("gone") is None}
