"""Does what `builder anchors` asks for: settles, shows what changes, writes, tells a life."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

import click

from builder.anchoring.choosing import chosen, names_of, unknown_id
from builder.anchoring.differences import Difference, summary
from builder.anchoring.heads import read_head
from builder.anchoring.keeping import keep
from builder.anchoring.life import events, find_record, life_in_words, past_of, table
from builder.anchoring.lost import last_known, lost_ledgers
from builder.anchoring.settling import Settled, Settling
from builder.counting import counted
from builder.messages import print_line, say, show, tell
from builder.model import Problems
from builder.published import ledger_texts
from builder.publishing.lock import locked
from builder.settings import Settings

_SHOWN = 60  # characters of a passage in a line
_TOLD = 12  # addresses by name in a line


def accept(settings: Settings, words: Sequence[str], *, every: bool, dry_run: bool) -> None:
    """Take changes as proposed, or say yes to questions on ids."""

    def settle(desk: Settling) -> Iterator[Settled]:
        asked = desk.waiting if every else chosen(words, desk.names, settings)
        whole = [slug for slug, ids in asked.items() if not ids]
        if whole:
            yield desk.accept(whole)
        if some := {slug: ids for slug, ids in asked.items() if ids}:
            yield desk.answer(some, same=True)

    _settle(settings, settle, dry_run=dry_run, every=every)


def reject(settings: Settings, words: Sequence[str], *, dry_run: bool) -> None:
    """Say no to questions on ids: these are other passages."""

    def settle(desk: Settling) -> Iterator[Settled]:
        asked = chosen(words, desk.names, settings)
        bare = [slug for slug, ids in asked.items() if not ids]
        if bare:
            raise click.UsageError(f"which addresses of {bare[0]}? write {bare[0]} p12 …")
        yield desk.answer(asked, same=False)

    _settle(settings, settle, dry_run=dry_run)


def forward(settings: Settings, word: str, lost: str, into: str, *, dry_run: bool) -> None:
    """Let an address that is gone lead to one that stands."""

    def settle(desk: Settling) -> Iterator[Settled]:
        (slug,) = chosen([word], desk.names, settings)
        yield desk.forward(slug, lost, into)

    _settle(settings, settle, dry_run=dry_run)


def start(settings: Settings, words: Sequence[str], *, dry_run: bool) -> None:
    """Start new ledgers where the old ones are lost."""

    def settle(desk: Settling) -> Iterator[Settled]:
        yield desk.start([*chosen(words, desk.names, settings)])

    _settle(settings, settle, dry_run=dry_run)


def _settle(
    settings: Settings,
    settle: Callable[[Settling], Iterator[Settled]],
    *,
    dry_run: bool,
    every: bool = False,
) -> None:
    with locked(settings.root, lambda: say("waiting: another run is at work here")):
        for settled in settle(Settling(settings)):
            for slug, changes in settled.changes.items():
                for line in _told(settled, slug, changes):
                    tell(f"{slug}: {line}")
                for change in changes if dry_run else ():
                    print_line(
                        f"{change.id}\t{change.what}\t{_cut(change.was)}\t{_cut(change.now)}"
                    )
            if not settled.changes and not settled.issued.files:
                tell("nothing to accept" if every else "nothing is asked, and nothing has changed")
            if not dry_run:
                keep(settings, settled.issued)
            # What is still asked has its command; this one has done what it was told.
            show(replace(problem, warning=True) for problem in settled.problems)
    if dry_run:
        tell("nothing was written")


def _told(settled: Settled, slug: str, changes: Sequence[Difference]) -> Iterator[str]:
    """Yield what is told of a document: counts, and what nobody has asked for by name."""
    led = [change for change in changes if change.sort == "led"]
    yield from (f"{change.id} {change.what} from now on" for change in led)
    if not led:
        yield summary(changes) or "no passage changed"
    asked = settled.answered.get(slug, ())
    with_it = [
        f"{one.id} {one.what}" for one in changes if asked and not {one.id, one.apart} & {*asked}
    ]
    if with_it:
        yield f"taken in the same step, for nothing else is asked: {_some(with_it)}"
    left = settled.unanswered.get(slug, ())
    if left:
        yield f"asked about and not answered, and so gone: {_some(left)}"


def _some(told: Sequence[str]) -> str:
    more = f" and {len(told) - _TOLD:,} more" if len(told) > _TOLD else ""
    return ", ".join(told[:_TOLD]) + more


def _cut(text: str) -> str:
    return text if len(text) <= _SHOWN else text[: _SHOWN - 2] + " …"


def log(settings: Settings, word: str, name: str) -> None:
    """Print the life of a document's addresses, or of one of them."""
    texts = ledger_texts(settings)
    lost = lost_ledgers(settings, texts)
    heads = [read_head(slug, text) for slug, text in texts.items()]
    (slug,) = chosen([word], names_of([*texts, *lost], heads), settings)
    path = settings.relative(settings.anchors / f"{slug}.txt")
    text = texts[slug] if slug in texts else last_known(settings, slug, path, show)
    past = past_of(settings, slug, text, path)
    records = past.today.records
    if not name:
        tell(f"{slug}: {counted(len(records), 'address')}")
        lines = table(events(past))
    else:
        record = find_record(past.today, name)
        if record is None:
            raise Problems([unknown_id(name, (one.id for one in records), path)])
        lines = life_in_words(record, past)
    for line in lines:
        print_line(line)
