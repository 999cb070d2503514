"""What a ledger says of its ids: which lead on, which are gone, and whether it is up to date."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from builder.ledger_file import FORMAT, Record, one_line

Standing = tuple[tuple[str, ...], dict[str, str], dict[str, str]]
"""Ids of the passages, lost ids with the id that they lead to, gone ids with the date."""


def forwards_of(records: Iterable[Record]) -> tuple[dict[str, str], dict[str, str]]:
    """Return the ids that lead to a passage of today, and those whose passage is gone.

    A chain of forwards leads straight to its end; one that ends at a tombstone is gone itself.
    """
    into = {record.id: record.get("into") for record in records if record.get("gone") is not None}
    dates = {record.id: record.get("gone") or "" for record in records}
    forwards: dict[str, str] = {}
    gone: dict[str, str] = {}
    for name in into:
        end = end_of(name, into)
        if end in into:
            gone[name] = dates[name]
        else:
            forwards[name] = end
    return forwards, gone


def end_of(name: str, into: Mapping[str, str | None]) -> str:
    """Return where a chain of forwards ends that begins at an id; a circle ends where it closes."""
    seen = {name}
    while (following := into.get(name)) is not None and following not in seen:
        seen.add(following)
        name = following
    return name


def unchanged(
    ledger: str, blocks: Sequence[tuple[str, tuple[str, ...], str]], *, splitter: int
) -> Standing | None:
    """Return what a ledger's text says, if the blocks are those that it records; else None.

    Nearly every build finds nearly every document so; this looks at the lines and parses nothing.
    """
    groups = ledger.rstrip("\n").split("\n\n")
    if f"\nsplitter {splitter}\n" not in f"{groups[0]}\n" or not ledger.startswith(
        f"anchors {FORMAT}\n"
    ):
        return None
    ids: list[str] = []
    down: list[Record] = []
    left = iter(blocks)
    for group in groups[1:]:
        head, _, rest = group.partition("\n")
        name, _, kind = head.partition(" ")
        kind, _, fields = kind.partition(" ")
        if "gone=" in fields:
            pairs = (field.partition("=") for field in fields.split(" "))
            down.append(Record(name, kind, "", tuple((key, value) for key, _, value in pairs)))
            continue
        block = next(left, None)
        recorded = rest.partition("\n")[0]
        if block is None or block[0] != kind:
            return None
        if block[2] != recorded and one_line(block[2]) != recorded:
            return None
        ids.append(name)
    if next(left, None) is not None or len(set(ids)) != len(ids):
        return None
    return tuple(ids), *forwards_of(down)
