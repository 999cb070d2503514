"""Checks that no address was lost: against what a ledger itself can show, versions, and git.

A ledger is edited by git and by people. What a merge or an editor has taken out, a build would
number anew without a word, so `builder check` looks for it.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from builder.aligning.wording import Wording, similarity
from builder.anchoring.committed import committed_ledgers, parsed, slugs_now
from builder.anchoring.heads import read_head
from builder.ledger_file import Ledger, Record, parse_ledger
from builder.model import Place, Problem, Problems
from builder.published import ledger_texts
from builder.settings import Settings
from builder.versioning.git_history import is_blob
from builder.versioning.taking import version_folders

_NUMBER = re.compile(r"p(?P<number>\d+)")  # p12, and of p12a the 12
# The heads of records, which a blank line precedes, and of their figures: "p12a item", "f1 "
_HEADS = re.compile(r"\n(?:\np(?P<passage>\d{1,7})[a-z]* |f(?P<figure>\d{1,7}) )")
_DATES = ("new", "gone", "led", "changed")
_ALIKE = 0.4  # less than this is another passage, and not what stood there once


def check_issued(settings: Settings) -> list[Problem]:
    """Return what is wrong with the ledgers on disk. Raises Problems where one cannot be read."""
    texts = ledger_texts(settings)
    anchors = settings.relative(settings.anchors)
    ledgers = {slug: parse_ledger(text, f"{anchors}/{slug}.txt") for slug, text in texts.items()}
    problems: list[Problem] = []
    for slug, ledger in ledgers.items():
        problems += check_ledger(ledger, f"{anchors}/{slug}.txt")
    for slug, earlier in _earlier(settings, texts):
        problems += compare(ledgers[slug], earlier, f"{anchors}/{slug}.txt")
    return list(dict.fromkeys(problems))


def check_ledger(ledger: Ledger, path: str) -> Iterator[Problem]:
    """Yield what a ledger shows of itself: gaps in its numbers, dates that are none, circles."""
    yield from gaps(ledger, path)
    gone = ledger.get("gone")
    if gone is not None and not _is_date(gone):
        yield _no_date("gone", gone, Place(path, 1))
    into = dict(_leading(ledger))
    known = {record.id for record in ledger.records}
    known |= {f"{one.id}-{figure.id}" for one in ledger.records for figure in one.figures}
    circles = {name for name, _ in into.items() if _leads_in_a_circle(name, into)}
    for record in ledger.records:
        yield from _check_record(record, path, known)
        for name in (record.id, *(f"{record.id}-{figure.id}" for figure in record.figures)):
            if name in circles:
                what = f"{name} leads in a circle: into={into[name]}"
                yield Problem(Place(path, record.line), what, _restore(path))


def _leading(ledger: Ledger) -> Iterator[tuple[str, str]]:
    """Yield each id of a passage or a figure that leads to another, with that one."""
    for record in ledger.records:
        if end := record.get("into"):
            yield record.id, end
        for figure in record.figures:
            if end := dict(figure.fields).get("into"):
                yield f"{record.id}-{figure.id}", end


def gaps(ledger: Ledger, path: str) -> Iterator[Problem]:
    """Yield a problem for each row of ids that a ledger has left out."""
    found = (_NUMBER.match(record.id) for record in ledger.records)
    for first, last in _rows_left_out(int(match["number"]) for match in found if match):
        what = _many(f"p{first}", f"p{last}" if last > first else "")
        yield _missing(what, path, _line_after(ledger, first))
    for record in ledger.records:
        for first, last in _rows_left_out(int(figure.id[1:]) for figure in record.figures):
            end = f"{record.id}-f{last}" if last > first else ""
            yield _missing(_many(f"{record.id}-f{first}", end), path, record.line)


def _rows_left_out(numbers: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Yield the first and the last of each row of numbers that is left out, from 1 on."""
    expected = 1
    for number in sorted(set(numbers) - {0}):
        if number > expected:
            yield expected, number - 1
        expected = number + 1


def _check_record(record: Record, path: str, known: set[str]) -> Iterator[Problem]:
    place = Place(path, record.line)
    for fields in (record.fields, *(figure.fields for figure in record.figures)):
        for key, value in fields:
            if key in _DATES and not _is_date(value):
                yield _no_date(key, value, place)
            if key == "into" and value not in known:
                what = f"into={value} leads nowhere: no such address was ever issued"
                yield Problem(place, what, _restore(path))


def _leads_in_a_circle(name: str, into: Mapping[str, str]) -> bool:
    passed = {name}
    while (name := into.get(name, "")) and name not in passed:
        passed.add(name)
    return bool(name)


def refuse_lost_addresses(text: str, path: str, earlier: Sequence[Ledger]) -> None:
    """Raise Problems where a ledger has lost addresses: gaps, and what `earlier` states had."""
    if earlier or has_gaps(text):
        ledger = parse_ledger(text, path)
        problems = [*gaps(ledger, path)]
        problems += [one for state in earlier for one in left_out(ledger, state, path)]
        if problems:
            raise Problems(dict.fromkeys(problems))


def _earlier(settings: Settings, texts: Mapping[str, str]) -> Iterator[tuple[str, Ledger]]:
    """Yield earlier states of ledgers with the slug that each document has now."""
    now = slugs_now(read_head(slug, text) for slug, text in texts.items())

    def stands(slug: str, blob: str) -> bool:
        return is_blob(texts.get(slug, "").encode(), blob)

    yield from committed_ledgers(settings, stands, now)
    for folder in version_folders(settings) & now.keys():
        for file in sorted((settings.versions / folder).glob("*.ledger")):
            yield from parsed(now[folder], file.read_bytes(), settings.relative(file))


def compare(ledger: Ledger, earlier: Ledger, path: str) -> Iterator[Problem]:
    """Yield what of an earlier state is missing now, or stands on another passage."""
    yield from left_out(ledger, earlier, path)
    records = {record.id: record for record in ledger.records}
    for before in earlier.records:
        record = records.get(before.id)
        if record and before.get("gone") and not record.get("gone") and not _alike(before, record):
            what = f"{record.id} was gone, and now stands on another passage"
            yield Problem(Place(path, record.line), what, _restore(path))


def left_out(ledger: Ledger, earlier: Ledger, path: str) -> Iterator[Problem]:
    """Yield a problem for what an earlier state had issued and the ledger has left out."""
    records = {record.id: record for record in ledger.records}
    lost = [before.id for before in earlier.records if before.id not in records]
    if lost:
        yield _missing(_many(lost[0], lost[-1], len(lost)), path, 1)
    for before in earlier.records:
        record = records.get(before.id)
        if record is None or len(record.figures) >= len(before.figures) == 0:
            continue
        held = {figure.id for figure in record.figures}
        less = [f"{before.id}-{one.id}" for one in before.figures if one.id not in held]
        if less:
            yield _missing(_many(less[0], less[-1], len(less)), path, record.line)


def has_gaps(text: str) -> bool:
    """Tell whether a ledger's text may have left out a number of a passage or a figure.

    Every build asks this of every ledger, so nothing is parsed: a passage that reads like the line
    of a figure is taken for one.
    """
    passages: set[int] = set()
    figures: set[int] = set()
    for match in _HEADS.finditer(text):
        if match["figure"]:
            figures.add(int(match["figure"]))
            continue
        if _lacks(figures):
            return True
        figures.clear()
        passages.add(int(match["passage"]))
    return _lacks(figures) or _lacks(passages - {0})


def _lacks(numbers: set[int]) -> bool:
    return len(numbers) != max(numbers, default=0)


def _alike(one: Record, other: Record) -> bool:
    return one.text == other.text or similarity(Wording(one.text), Wording(other.text)) >= _ALIKE


def _line_after(ledger: Ledger, number: int) -> int:
    """Return the line on which the record behind a missing one stands."""
    for record in ledger.records:
        match = _NUMBER.match(record.id)
        if match and int(match["number"]) > number:
            return record.line
    return 1


def _many(first: str, last: str = "", number: int = 2) -> str:
    """Return "address p12", or "addresses p12 to p40"."""
    return f"addresses {first} to {last}" if last and number > 1 else f"address {first}"


def _missing(what: str, path: str, line: int) -> Problem:
    verb = "were issued, and are missing" if " to " in what else "was issued, and is missing"
    return Problem(Place(path, line), f"the {what} {verb}", _restore(path))


def _no_date(key: str, value: str, place: Place) -> Problem:
    return Problem(place, f'{key} "{value[:40]}" is no date', "write it as 2026-12-02")


def _restore(path: str) -> str:
    return f'restore it: "git checkout -- {path}"'


def _is_date(text: str) -> bool:
    try:
        return datetime.date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
