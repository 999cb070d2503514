"""Dates that are counted from the document's own: "last year", "this June", "two months ago".

What a passage leaves open is not resolved. What is only about right ("two years ago") is marked
approximate, "~".
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import cache

from builder.dating.absolute import Read, day, month
from builder.dating.clock import NO_DAY, NO_DOCUMENT_DATE, SAYING, SEVERAL, STRETCH, Clock
from builder.dating.edtf import Reference, day_of, doubted, interval, month_of
from builder.dating.unfinished import speaks_of_future, speaks_of_past
from builder.dating.vocabulary import (
    month_number,
    month_pattern,
    numbers,
    one_of,
    season_pattern,
    seasons,
    words,
)

_SHIFT = {"last": -1, "past": -1, "this": 0, "next": 1, "coming": 1}


@cache
def plain_pattern() -> str:
    """Return the pattern of "today" and its like."""
    # "today's world" is no day, "today's announcement" is made on one
    of_that_day = (
        "announce|action|executive|procl|meet|summit|event|decision|order|ruling|report|visit|vote|"
        "news|sign|agree|designation|release"
    )
    return (
        r"(?:[Ee]arlier |[Ll]ater )?(?P<plain>[Tt]oday|[Tt]onight|[Yy]esterday|[Tt]omorrow|"
        r"[Ll]ast night|[Tt]his (?:morning|afternoon|evening))"
        rf"\b(?!'s (?!(?:{of_that_day})))"
    )


@cache
def which_pattern() -> str:
    """Return the pattern of "last month", "this June", "next Friday" and their like."""
    days = one_of(words("weekdays"))
    return (
        r"(?:[Ee]arlier |[Ll]ater )?(?P<which>[Tt]his (?:past|coming)|[Tt]his|[Ll]ast|[Nn]ext) "
        r"(?:(?P<unit>fiscal year|year|month|week|weekend|quarter)\b(?! of\b)|"
        rf"(?P<season>{season_pattern()})\b|(?P<month>{month_pattern()})(?! \d)|"
        rf"(?P<weekday>{days})\b)"
    )


# "the last year" is the past twelve months, not the calendar year before this one
_SPAN_OF_TIME = re.compile(r"\b(?:the|The|this|very|past|every|or) \Z")
# "the jobs of tomorrow", "today and tomorrow"
_IN_GENERAL = re.compile(
    r"\b(?:(?:jobs|leaders|children|challenges|problems|technologies|generations?|industries|economy|"
    r"workforce|needs|threats|world|cities) (?:of|for)|of today and) \Z"
)


def plain_day(match: re.Match[str], clock: Clock) -> Read:
    """Read "today", "last night" and their like."""
    before = match.string[max(0, match.start() - 30) : match.start()]
    if _IN_GENERAL.search(before):
        return SAYING
    if clock.reference is None or clock.reference.exact is None:
        return NO_DOCUMENT_DATE
    word = match["plain"].lower()
    shift = {"yesterday": -1, "last night": -1, "tomorrow": 1}.get(word, 0)
    found = (clock.reference.exact + timedelta(days=shift)).isoformat()
    return _marked(found, clock.reference) or NO_DAY


def which_one(match: re.Match[str], clock: Clock) -> Read:
    """Read "last month", "this June", "next Friday" and their like."""
    shift = _SHIFT[match["which"].lower().split()[-1]]
    before = match.string[max(0, match.start() - 8) : match.start()]
    far = match["which"].endswith(("past", "coming"))
    if match["unit"] not in (None, "weekend", "fiscal year") and (
        far or (shift and _SPAN_OF_TIME.search(before))
    ):
        return STRETCH
    reference = clock.reference
    if reference is None:
        return NO_DOCUMENT_DATE
    if match["unit"] == "weekend":
        return _marked(_weekend(match, shift, reference.exact), reference) or SEVERAL
    if match["unit"] == "fiscal year":
        return _marked(_fiscal_year(shift, clock.fiscal, reference), reference) or NO_DOCUMENT_DATE
    if match["unit"]:
        return _marked(_unit(match["unit"], shift, reference), reference) or NO_DOCUMENT_DATE
    if match["season"]:
        found = _season(match["season"].lower(), shift, reference)
    elif match["month"]:
        found = _named_month(month_number(match["month"]), shift, reference)
    elif match["which"].endswith("coming"):
        found = _weekday(words("weekdays").index(match["weekday"]), 0, reference)
    else:
        found = _weekday(words("weekdays").index(match["weekday"]), shift, reference)
    return _marked(found, reference) or SEVERAL


def _marked(found: str | None, reference: Reference) -> str | None:
    return doubted(found) if reference.doubtful else found


def _fiscal_year(shift: int, first: int, reference: Reference) -> str | None:
    if reference.month is None:
        return None
    year = reference.year + (reference.month >= first > 1) + shift
    if first == 1:
        return f"{year:04d}"
    return interval(month_of(year - 1, first), month_of(year, first - 1))


def _unit(unit: str, shift: int, reference: Reference) -> str | None:
    if unit == "year":
        return f"{reference.year + shift:04d}"
    if unit == "month" and reference.month:
        months = reference.year * 12 + reference.month - 1 + shift
        return month_of(months // 12, months % 12 + 1)
    if unit == "quarter" and reference.month:
        quarters = reference.year * 4 + (reference.month - 1) // 3 + shift
        return month_of(quarters // 4, 33 + quarters % 4)
    if unit == "week" and reference.exact:
        monday = reference.exact - timedelta(days=reference.exact.weekday() - 7 * shift)
        # Weeks begin on Sunday for some: about right.
        days = interval(monday.isoformat(), (monday + timedelta(days=6)).isoformat())
        return doubted(days, approximate=True)
    return None


def _weekend(match: re.Match[str], shift: int, today: date | None) -> str | None:
    if today is None or match["which"].lower() == "next":
        return None
    guessed = shift == 0 and today.weekday() < 4
    if guessed:
        # From Monday to Thursday only the verb tells "this weekend" from the one before.
        past = speaks_of_past(match)
        if past == speaks_of_future(match):
            return None
        shift = -1 if past else 1
    before = today.weekday() + 2 if today.weekday() < 5 else 7 + today.weekday() - 5
    saturday = today - timedelta(days=before if shift < 0 else today.weekday() - 5)
    found = interval(saturday.isoformat(), (saturday + timedelta(days=1)).isoformat())
    return doubted(found) if guessed else found


def _season(season: str, shift: int, reference: Reference) -> str | None:
    number = seasons()[season]
    if number == 24 or reference.month is None or shift > 0:
        # A winter belongs to two years.
        return None
    last_month = {21: 5, 22: 8, 23: 11}[number]
    past = shift < 0 and reference.month <= last_month
    return month_of(reference.year - past, number)


def _named_month(number: int, shift: int, reference: Reference) -> str | None:
    if reference.month is None:
        return None
    year = reference.year
    if shift < 0:
        year -= number >= reference.month
    elif shift > 0:
        year += number <= reference.month
    return month_of(year, number)


def _weekday(weekday: int, shift: int, reference: Reference) -> str | None:
    # "Next Friday" is this week's to some readers and next week's to others.
    if reference.exact is None or shift > 0:
        return None
    if shift < 0:
        back = (reference.exact.weekday() - weekday) % 7 or 7
        return (reference.exact - timedelta(days=back)).isoformat()
    return (reference.exact + timedelta(days=(weekday - reference.exact.weekday()) % 7)).isoformat()


def date_of_named_year(match: re.Match[str], clock: Clock) -> Read:
    """Read "September of last year" and "March 13th of this year"."""
    if clock.reference is None:
        return NO_DOCUMENT_DATE
    year = clock.reference.year + _SHIFT[match["which"]]
    found = month_of(year, month(match))
    if match["day"]:
        found = day_of(year, month(match), day(match))
    return _marked(found, clock.reference) or NO_DAY


def months_of_named_year(match: re.Match[str], clock: Clock) -> Read:
    """Read "May through October of last year"."""
    if clock.reference is None:
        return NO_DOCUMENT_DATE
    year = clock.reference.year + _SHIFT[match["which"]]
    found = interval(month_of(year, month(match)), month_of(year, month(match, "until")))
    return _marked(found, clock.reference) or NO_DAY


@cache
def ago_pattern() -> str:
    """Return the pattern of "two years ago", from its number on."""
    number = one_of([*numbers(), "a", "an", "A", *(word.capitalize() for word in numbers())])
    return rf"(?P<number>{number}|\d{{1,2}}) (?P<unit>year|month|week|day)s? ago\b"


def time_ago(match: re.Match[str], clock: Clock) -> Read:
    """Read "two years ago"; what lies more than twenty units back is no date any more."""
    if clock.reference is None:
        return NO_DOCUMENT_DATE
    word = match["number"].lower()
    number = 1 if word in ("a", "an") else numbers().get(word) or int(word)
    if number > 20:
        return STRETCH
    return _ago_of(number, match["unit"], clock.reference) or NO_DOCUMENT_DATE


def _ago_of(number: int, unit: str, reference: Reference) -> str | None:
    if unit == "year":
        return doubted(f"{reference.year - number:04d}", approximate=True)
    if unit == "month" and reference.month:
        months = reference.year * 12 + reference.month - 1 - number
        return doubted(month_of(months // 12, months % 12 + 1), approximate=True)
    if reference.exact is None or unit == "month":
        return None
    days = number * (7 if unit == "week" else 1)
    found = (reference.exact - timedelta(days=days)).isoformat()
    return found if unit == "day" and not reference.doubtful else doubted(found, approximate=True)
