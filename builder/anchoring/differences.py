"""Tells what one ledger says otherwise than another: which addresses are new, changed, gone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from builder.ledger_file import Ledger, Record, parse_ledger

# In the order in which they are told, each with what a count of them says.
_COUNTED = {
    "changed": "changed",
    "new": "new",
    "returned": "returned",
    "merged": "merged into another",
    "led": "led to another",
    "gone": "gone",
}


@dataclass(frozen=True, slots=True)
class Difference:
    """What becomes of one address: how its passage read and reads, "" where there is none.

    `into` is the address that it leads to from now on, `led` the one that it led to before, ""
    where it leads to none. `again` tells that the address was lost and has its passage back;
    `apart` names the address from which somebody told a new one apart.
    """

    id: str
    was: str
    now: str
    into: str = ""
    led: str = ""
    again: bool = False
    apart: str = ""

    @property
    def sort(self) -> str:
        """What happened, in one word."""
        if self.into:
            return "merged" if self.was else "led"
        if not self.was:
            return "returned" if self.again else "new"
        return "changed" if self.now else "gone"

    @property
    def what(self) -> str:
        """What happened, in a few words: "part of p12"."""
        if self.sort == "led":
            instead = f" instead of {self.led}" if self.led else ""
            return f"leads to {self.into}{instead}"
        return f"part of {self.into}" if self.into else self.sort


def differences(old: str, new: str, path: str) -> Iterator[Difference]:
    """Yield what becomes of each address from one text of a ledger to another, in its order.

    An empty text is a ledger without addresses. Raises Problems where one cannot be read.
    """
    before = parse_ledger(old, path) if old else Ledger(())
    yield from between(before, parse_ledger(new, path))


def between(old: Ledger, new: Ledger) -> Iterator[Difference]:
    """Yield what becomes of each address from one ledger to another, in the order of the new."""
    known = {record.id: record for record in old.records}
    before, after = _live(old), _live(new)
    for record in new.records:
        was, now = before.get(record.id, ""), after.get(record.id, "")
        led, into = _into(known.get(record.id)), "" if now else _into(record)
        if was == now and (now or led == into):
            continue
        apart = record.get("not") or ""
        yield Difference(record.id, was, now, into, led, record.id in known and not was, apart)


def summary(changes: Iterable[Difference]) -> str:
    """Return the counts of changes: "6 changed, 1 new, 1 gone"; "" where there are none."""
    counts = Counter(change.sort for change in changes)
    return ", ".join(f"{counts[sort]:,} {told}" for sort, told in _COUNTED.items() if counts[sort])


def _into(record: Record | None) -> str:
    return (record.get("into") or "") if record else ""


def _live(ledger: Ledger) -> dict[str, str]:
    """Return the text of each passage that stands; none does where the document is removed."""
    if ledger.get("gone") is not None:
        return {}
    return {record.id: record.text for record in ledger.records if record.get("gone") is None}
