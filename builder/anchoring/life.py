"""Tells the life of addresses: when they were issued, what they read, what became of them.

A ledger holds only what is so today. What was so once and is so no more (a passage that was gone
and came back, a merge that was taken back) is in the ledgers of the versions that have made way.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from builder.anchoring.differences import between
from builder.anchoring.heads import read_head
from builder.counting import counted
from builder.ledger_file import Ledger, Record, parse_ledger
from builder.settings import Settings
from builder.versioning.kept import read_kept
from builder.versioning.standing import stood_last
from builder.versioning.succession import newest_first

FIRST = "first build"
LATER = "later"


@dataclass(frozen=True, slots=True)
class Event:
    """What happened to an address: when, what, and the text that it concerns.

    `date` is an ISO date, FIRST, or LATER where nothing has kept it.
    """

    date: str
    id: str
    what: str
    text: str


@dataclass(frozen=True, slots=True)
class Past:
    """The versions of a document, oldest first: since when, and the ledger of each.

    The last one's is the ledger of today.
    """

    versions: tuple[tuple[str, Ledger], ...]

    @property
    def today(self) -> Ledger:
        """The ledger of the version that stands."""
        return self.versions[-1][1]


def past_of(settings: Settings, slug: str, text: str, path: str) -> Past:
    """Return the versions of a document from its folder and its ledger's text.

    Raises Problems where the ledger cannot be read; `path` is told in messages.
    """
    today = parse_ledger(text, path)
    kept = read_kept(settings, slug, read_head(slug, text).sha256)
    last = stood_last(kept, text).digits
    ordered = newest_first(kept.recorded.values(), last)[::-1]
    # What has no records is the ledger of a version of which only the hash is known.
    told = {digits: ledger for digits, ledger in kept.ledgers.items() if ledger.records}
    versions = [(one.since, told[one.digits]) for one in ordered if one.digits in told]
    if last in told:  # has made way once, and stands again: nothing says since when
        versions.sort(key=lambda version: version[0])
        return Past((*versions, (LATER, today)))
    since = next((one.since for one in ordered if one.digits == last), "")
    return Past((*versions, (since, today)))


def events(past: Past, names: frozenset[str] | None = None) -> list[Event]:
    """Return everything that happened to a document's addresses, or some of them, oldest first."""
    found = [*_issued(past)]
    for (_, older), (since, newer) in pairwise(past.versions):
        found += _changed(older, newer, since)
    for _, ledger in past.versions:
        for record in ledger.records:
            found += _ends(record)
        if (gone := ledger.get("gone")) is not None:
            title = ledger.get("title") or ""
            found.append(Event(gone, "", "the document was removed", title))
    told = dict.fromkeys(one for one in found if names is None or not one.id or _of(one) in names)
    return sorted(told, key=lambda event: "" if event.date == FIRST else event.date)


def _of(event: Event) -> str:
    return event.id.partition("-f")[0]


def _issued(past: Past) -> Iterator[Event]:
    """Yield the beginning of each address, with its first words that are known."""
    first: dict[str, Record] = {}
    for _, ledger in past.versions:
        for record in ledger.records:
            first.setdefault(record.id, record)
    for record in past.today.records:
        yield Event(record.get("new") or FIRST, record.id, "issued", first[record.id].text)


def _changed(older: Ledger, newer: Ledger, since: str) -> Iterator[Event]:
    """Yield what a new version did to passages that go on or have come back."""
    if older.get("gone") is not None and newer.get("gone") is None:
        title = newer.get("title") or ""
        yield Event(since, "", "the document is back", title)
        return
    for change in between(older, newer):
        if change.sort in ("changed", "returned"):
            yield Event(since, change.id, change.sort, change.now)


def _ends(record: Record) -> Iterator[Event]:
    """Yield what a ledger says of the end of a passage, and of its figures."""
    for figure in record.figures:
        fields = dict(figure.fields)
        name = f"{record.id}-{figure.id}"
        if "changed" in fields:
            yield Event(fields["changed"], name, "changed", figure.literal)
        if "gone" in fields:
            yield Event(fields["gone"], name, _end(fields.get("into")), figure.literal)
    gone, led = record.get("gone"), record.get("led")
    if gone is not None:
        yield Event(gone, record.id, "gone" if led else _end(record.get("into")), record.text)
    if led is not None:
        yield Event(led, record.id, f"leads to {record.get('into')}", record.text)


def _end(into: str | None) -> str:
    return f"part of {into}" if into else "gone"


def find_record(ledger: Ledger, name: str) -> Record | None:
    """Return the record of an address: a passage's id, a figure's, a heading's slug."""
    block = name.partition("-f")[0]
    for record in ledger.records:
        if record.id in (name, block) or record.get("id") == name:
            return record
    return None


def life_in_words(record: Record, past: Past) -> Iterator[str]:
    """Yield the lines that tell the life of one address."""
    slug = record.get("id")
    yield f"{record.id} {record.kind}" + (f" #{slug}" if slug else "")
    for event in events(past, frozenset([record.id])):
        if event.id:
            shown = "" if event.what == "gone" and event.id == record.id else f": {event.text}"
            name = "" if event.id == record.id else f"{event.id} "
            yield f"  {event.date:<11} {name}{event.what}{shown}"
        else:
            yield f"  {event.date:<11} {event.what}"
    if record.get("not"):
        yield f"  another passage than {record.get('not')}, as somebody decided"
    yield f"  text        {record.text}"
    for figure in record.figures:
        yield f'  {record.id}-{figure.id:<8} "{figure.literal}" in: {figure.context}'


def table(found: Sequence[Event], width: int = 72) -> Iterator[str]:
    """Yield the lines of a table of events; what a first build issued is one line."""
    first = [event.id for event in found if event.date == FIRST]
    if first:
        issued = counted(len(first), "address")
        yield f"{FIRST:<12} {issued} issued, {first[0]} to {first[-1]}"
    for event in found:
        if event.date != FIRST:
            text = event.text if len(event.text) <= width else event.text[: width - 2] + " …"
            yield f"{event.date:<12} {event.id:<8} {event.what:<14} {text}"
