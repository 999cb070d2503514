"""Finds the dates that a text states and writes them as EDTF.

Cheap patterns find the words with which a date can begin; there the rules of `dating.rules` are
tried. A bare year or month is a date only after a word that makes it one, and a number that counts
something ("2000 people") never is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from builder.dating.beginnings import beginnings
from builder.dating.clock import COUNTED, EVENT, Clock, Unread, clock_of
from builder.dating.cues import year_fits
from builder.dating.edtf import parse_reference
from builder.dating.rules import YEAR_ALONE, Rule
from builder.model import Found, Reading, Span


@dataclass(frozen=True, slots=True)
class Seen:
    """Words that look like a date; `edtf` is None where they are not read as one."""

    at: Span
    edtf: str | None
    rules: tuple[str, ...]


def find_dates(reading: Reading, catalogue: object) -> Iterator[Found]:
    """Yield every date; `entity` is its EDTF, resolved against the document's date."""
    del catalogue
    clock = clock_of(reading.metadata, reading.texts)
    for block, text in enumerate(reading.texts):
        for seen in scan(text, clock):
            if seen.edtf:
                yield Found(block=block, at=seen.at, entity=seen.edtf, rules=seen.rules)


def passed_over(reading: Reading, catalogue: object) -> Iterator[Found]:
    """Yield what looks like a date and is not read as one, with the rule that says why."""
    del catalogue
    clock = clock_of(reading.metadata, reading.texts)
    for block, text in enumerate(reading.texts):
        for seen in scan(text, clock):
            if not seen.edtf:
                yield Found(block=block, at=seen.at, entity="", rules=seen.rules)


def dates_in(text: str, reference: str | None) -> list[tuple[Span, str]]:
    """Return the dates of a folded text as (span in `text`, EDTF), in order.

    `reference` is the EDTF date of the document; without it relative dates are left out.
    """
    clock = Clock(parse_reference(reference), texts=(text,))
    return [(seen.at, seen.edtf) for seen in scan(text, clock) if seen.edtf]


def scan(text: str, clock: Clock) -> Iterator[Seen]:
    """Yield what looks like a date in a folded text, in order and without overlaps."""
    settled, year_end = 0, -1
    for start, rules in beginnings(text):
        if start < settled:
            continue
        passed: Seen | None = None
        for rule in rules:
            match = rule.pattern.match(text, start)
            if not match:
                continue
            read = _read(rule, match, clock, year_end)
            if isinstance(read, str):
                year_end = match.end() if rule.name == YEAR_ALONE else year_end
                settled, passed = match.end(), None
                yield Seen(Span(start, settled), read, _rules(rule))
                break
            passed = passed or Seen(Span(start, match.end()), None, (read.rule,))
            if read is EVENT:
                break
        if passed:
            settled = passed.at.end
            yield passed


def _read(rule: Rule, match: re.Match[str], clock: Clock, year_end: int) -> str | Unread:
    against = rule.fits(match) if rule.fits else None
    if rule.name == YEAR_ALONE:
        against = year_fits(match, year_end)
    return against or rule.meaning(match, clock)


def _rules(rule: Rule) -> tuple[str, ...]:
    return (rule.name, COUNTED) if rule.counted else (rule.name,)
