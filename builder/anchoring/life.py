"""Tells the life of addresses: when they were issued, what they read, what became of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from builder.anchoring.heads import read_head
from builder.ledger_file import Ledger, Record
from builder.settings import Settings
from builder.versioning.kept import Passages, live_passages, read_kept
from builder.versioning.standing import stood_last
from builder.versioning.succession import newest_first

FIRST = "first build"


@dataclass(frozen=True, slots=True)
class Event:
    """What happened to an address: the ISO date or FIRST, what, and the text that it concerns."""

    date: str
    id: str
    what: str
    text: str


@dataclass(frozen=True, slots=True)
class Past:
    """The versions of a document, oldest first: since when, and the passages of each."""

    versions: tuple[tuple[str, Mapping[str, str]], ...]

    def changes(self, name: str) -> Iterator[tuple[str, str, str]]:
        """Yield (date, how it read before, how it reads since) for each change of an address."""
        for (_, older), (since, newer) in zip(self.versions, self.versions[1:], strict=False):
            was, now = older.get(name), newer.get(name)
            if was is not None and now is not None and was != now:
                yield since, was, now


def past_of(settings: Settings, slug: str, text: str) -> Past:
    """Return the versions of a document from its folder and its ledger's text."""
    head = read_head(slug, text)
    kept = read_kept(settings, slug, head.sha256)
    last = stood_last(kept, text).digits
    versions: list[tuple[str, Passages]] = [
        (one.since, kept.passages.get(one.digits, ()))
        for one in reversed(newest_first(kept.recorded.values(), last))
        if one.digits != last
    ]
    since = next((one.since for one in kept.recorded.values() if one.digits == last), "")
    versions.append((since, live_passages(text, slug)))
    return Past(tuple((since, dict(passages)) for since, passages in versions))


def events(ledger: Ledger, past: Past) -> list[Event]:
    """Return everything that happened to a document's addresses, oldest first."""
    found = [event for record in ledger.records for event in _events_of(record, past)]
    gone = ledger.get("gone")
    if gone is not None:
        found.append(Event(gone, "", "the document was removed", ledger.get("title") or ""))
    return sorted(found, key=lambda event: "" if event.date == FIRST else event.date)


def _events_of(record: Record, past: Past) -> Iterator[Event]:
    changes = list(past.changes(record.id))
    first = changes[0][1] if changes else record.text
    yield Event(record.get("new") or FIRST, record.id, "issued", first)
    for since, _, now in changes:
        yield Event(since, record.id, "changed", now)
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


def life_in_words(ledger: Ledger, record: Record, past: Past) -> Iterator[str]:
    """Yield the lines that tell the life of one address."""
    slug = record.get("id")
    yield f"{record.id} {record.kind}" + (f" #{slug}" if slug else "")
    for event in events(Ledger(ledger.header, (record,)), past):
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
        yield f"{FIRST:<12} {len(first)} addresses issued, {first[0]} to {first[-1]}"
    for event in found:
        if event.date != FIRST:
            text = event.text if len(event.text) <= width else event.text[: width - 2] + " …"
            yield f"{event.date:<12} {event.id:<8} {event.what:<14} {text}"
