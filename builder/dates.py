"""Find the dates that a text states and write them as EDTF.

A cheap pattern finds the words with which a date can begin; there the rules of `date_rules` are
tried. A bare year or month is a date only after a word that makes it one, and a number that counts
something ("2000 people") never is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from builder.dating.edtf import Reference, parse_reference
from builder.dating.relative import times_ago
from builder.dating.rules import (
    MONTH_ALONE,
    YEAR_ALONE,
    Rule,
    digit_rules,
    month_rules,
    word_rules,
)
from builder.dating.vocabulary import month_pattern, one_of, season_pattern, words
from builder.model import Found, Reading, Span

if TYPE_CHECKING:
    from builder.catalogue import Catalogue

# How far before a bare year or month its cue may reach, in characters.
_WINDOW = 40
# Rules whose numbers may as well count something: "a fall of 2000 jobs".
_MAY_COUNT = ("month day", "day month", "years", "days without year", "season of a year")


def find_dates(reading: Reading, catalogue: Catalogue) -> Iterator[Found]:
    """Yield every date; `entity` is its EDTF, resolved against the document's date."""
    for block, text in enumerate(reading.texts):
        for at, edtf in dates_in(text, reading.metadata.date.value):
            yield Found(block=block, at=at, entity=edtf)


def dates_in(text: str, reference: str | None) -> list[tuple[Span, str]]:
    """Return the dates of a folded text as (span in `text`, EDTF), in order.

    `reference` is the EDTF date of the document; without it relative dates are left out.
    """
    against = parse_reference(reference)
    found = [(start, end, edtf) for start, end, edtf, _ in _scan(text, against)]
    found += times_ago(text, against)
    dates: list[tuple[Span, str]] = []
    for start, end, edtf in sorted(found, key=lambda date: (date[0], -date[1])):
        if not dates or dates[-1][0].end <= start:
            dates.append((Span(start, end), edtf))
    return dates


def _scan(text: str, reference: Reference | None) -> Iterator[tuple[int, int, str, str]]:
    """Yield (start, end, EDTF, name of the rule)."""
    rules = {"month": month_rules(), "digit": digit_rules(), "word": word_rules()}
    settled, year_end = 0, -1
    for word in _beginning().finditer(text):
        start = word.start()
        if start < settled:
            continue
        for rule in rules[word.lastgroup or "word"]:
            match = rule.pattern.match(text, start)
            if not match or not _reads_as_date(rule, match, year_end):
                continue
            edtf = rule.meaning(match, reference)
            if rule.name == YEAR_ALONE:
                year_end = match.end()
            if edtf:
                settled = match.end()
                yield start, match.end(), edtf, rule.name
                break


@cache
def _beginning() -> re.Pattern[str]:
    """Return the pattern of the first words of dates."""
    parts = (
        "[Ee]arly|[Mm]id|[Ll]ate|[Tt]he (?=end|beg|sta|mid)|[Ee]nd of|[Bb]eginning of|[Ss]tart of|"
        "[Mm]iddle of|Q[1-4]|[Ff]irst|[Ss]econd|[Tt]hird|[Ff]ourth|FY|[Ff]iscal|FISCAL"
    )
    relative = "[Tt]o(?:day|night|morrow)|[Yy]esterday|[Tt]his|[Ll]ast|[Nn]ext|[Ee]arlier|[Ll]ater"
    return re.compile(
        r"(?<![\w$€£#/])(?<!\d[.,:-])(?:(?P<digit>\d{1,4}(?!\d))|"
        rf"(?P<month>{month_pattern()})|(?P<word>{season_pattern()}|{parts}|{relative}))"
    )


@cache
def _counted() -> re.Pattern[str]:
    return re.compile(rf"(?: ?%| ?[-–] ?\d|[- ]{one_of(words('counted'))}\b)")


@cache
def _month_cue() -> re.Pattern[str]:
    return re.compile(rf"\b{one_of(words('month_cues'))}[ -]\Z")


@cache
def _year_cue() -> re.Pattern[str]:
    return re.compile(rf"(?:\b(?P<cue>{one_of(words('year_cues'))})[ -]|(?P<open>[(\[]))\Z")


@cache
def _year_of() -> re.Pattern[str]:
    return re.compile(rf" {one_of(words('year_of'))}\b")


@cache
def _law() -> re.Pattern[str]:
    return re.compile(rf"\b{one_of(words('named_by_year'))} of \Z")


# ", " or " and " between the years of a list
_BETWEEN_YEARS = re.compile(r",? (?:and |or |to |through )?\Z|[-–/]\Z")
# what may follow a year after a cue that as well goes with a count: "by 2030, ..."
_AFTER_YEAR = re.compile(
    r"\Z|[.,;:)\]?!'\"—–]|[ ](?:[—–(]|(?:and|or|to|in|on|as|at|by|for|from|is|was|has|had|the|that|"
    r"when|with|through|until|where|will|would|were|are|but|if|we|he|she|they|after|before|because|"
    r"while|under|thanks|compared|levels?|baseline|alone|due|without|within|include|than|over)\b)"
)
# a year in brackets or after a name: "(2019)", "Oslo, 2019."
_YEAR_STANDS_ALONE = re.compile(r"[)\]]")


def _reads_as_date(rule: Rule, match: re.Match[str], year_end: int) -> bool:
    """Tell whether the words around a match let it be a date."""
    text, start, end = match.string, match.start(), match.end()
    if rule.name == MONTH_ALONE:
        return _month_cue().search(text, max(0, start - _WINDOW), start) is not None
    if rule.name in _MAY_COUNT:
        return not _counted().match(text, end)
    if rule.name != YEAR_ALONE:
        return True
    if _counted().match(text, end) or _law().search(text, max(0, start - _WINDOW), start):
        return False
    if 0 < year_end < start and _BETWEEN_YEARS.fullmatch(text, year_end, start):
        return True
    if text.endswith(("the ", "The "), 0, start) and _year_of().match(text, end):
        return True
    cue = _year_cue().search(text, max(0, start - _WINDOW), start)
    if cue is None:
        return False
    if cue["open"]:
        return _YEAR_STANDS_ALONE.match(text, end) is not None
    return cue["cue"] not in words("weak_cues") or _AFTER_YEAR.match(text, end) is not None
