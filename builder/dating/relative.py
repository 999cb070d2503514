"""Dates that need the document's own date: "last year", "November 15", "two months ago".

What a passage leaves open is not resolved. What has to be guessed (which year's November) is
marked uncertain, "?", what is only about right ("two years ago") approximate, "~".
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import cache

from builder.dating.edtf import Reference, day_of, doubted, interval, last_of_month, month_of
from builder.dating.vocabulary import (
    month_number,
    month_pattern,
    numbers,
    one_of,
    season_pattern,
    seasons,
    words,
)

# A day without its year is meant near the document: no later than this many days after it, unless
# the sentence speaks of the future. Within as many days on either side it is taken as certain.
_NEAR = 60
# How far back in the sentence a word of the future is looked for, in characters.
_SENTENCE = 120


@cache
def relative_pattern() -> str:
    """Return the pattern of expressions that count from the document's date."""
    days = one_of(words("weekdays"))
    return (
        r"(?P<plain>[Tt]oday|[Tt]onight|[Yy]esterday|[Tt]omorrow|[Ll]ast night|"
        r"[Tt]his (?:morning|afternoon|evening))\b(?!'s (?!(?:announce|action|executive|procl|meet|"
        r"summit|event|decision|order|ruling|report|visit|vote|news|sign|agree|designation|release)))"
        r"|(?P<which>(?:[Ee]arlier |[Ll]ater )?[Tt]his|[Ll]ast|[Nn]ext) "
        r"(?:(?P<unit>fiscal year|year|month|week)\b(?! of\b)|"
        rf"(?P<season>{season_pattern()})\b|(?P<month>{month_pattern()})(?! \d)|"
        rf"(?P<weekday>{days})\b)"
    )


# "the last year" is the past twelve months, not the calendar year before this one
_SPAN_OF_TIME = re.compile(r"\b(?:the|The|this|very|past|every|or) \Z")


def relative_date(match: re.Match[str], reference: Reference | None) -> str | None:
    """Return what "last month" and its like mean in a document of that date."""
    if reference is None:
        return None
    if match["plain"]:
        found = _plain_day(match["plain"].lower(), reference)
    else:
        which = match["which"].lower().split()[-1]
        before = match.string[max(0, match.start() - 8) : match.start()]
        if which != "this" and _SPAN_OF_TIME.search(before):
            return None
        found = _which(match, {"last": -1, "this": 0, "next": 1}[which], reference)
    return doubted(found) if reference.doubtful else found


def _plain_day(word: str, reference: Reference) -> str | None:
    if reference.exact is None:
        return None
    shift = {"yesterday": -1, "last night": -1, "tomorrow": 1}.get(word, 0)
    return (reference.exact + timedelta(days=shift)).isoformat()


def _which(match: re.Match[str], shift: int, reference: Reference) -> str | None:
    if match["unit"]:
        return _unit(match["unit"], shift, reference)
    if match["season"]:
        return _season(match["season"].lower(), shift, reference)
    if match["month"]:
        return _named_month(month_number(match["month"]), shift, reference)
    return _weekday(words("weekdays").index(match["weekday"]), shift, reference)


def _unit(unit: str, shift: int, reference: Reference) -> str | None:
    if unit == "year":
        return f"{reference.year + shift:04d}"
    if unit == "month" and reference.month:
        months = reference.year * 12 + reference.month - 1 + shift
        return month_of(months // 12, months % 12 + 1)
    if unit == "fiscal year" and reference.month:
        # The fiscal year of the United States' government begins on 1 October of the year before.
        year = reference.year + (reference.month >= 10) + shift
        return interval(month_of(year - 1, 10), month_of(year, 9))
    if unit == "week" and reference.exact:
        monday = reference.exact - timedelta(days=reference.exact.weekday() - 7 * shift)
        # Weeks begin on Sunday for some: about right.
        days = interval(monday.isoformat(), (monday + timedelta(days=6)).isoformat())
        return doubted(days, approximate=True)
    return None


def _season(season: str, shift: int, reference: Reference) -> str | None:
    number = seasons()[season]
    if number == 24 or reference.month is None or shift > 0:
        # A winter belongs to two years.
        return None
    last_month = {21: 5, 22: 8, 23: 11}[number]
    past = shift < 0 and reference.month <= last_month
    return month_of(reference.year - past, number)


def _named_month(month: int, shift: int, reference: Reference) -> str | None:
    if reference.month is None:
        return None
    year = reference.year
    if shift < 0:
        year -= month >= reference.month
    elif shift > 0:
        year += month <= reference.month
    return month_of(year, month)


def _weekday(weekday: int, shift: int, reference: Reference) -> str | None:
    # "Next Friday" is this week's to some readers and next week's to others.
    if reference.exact is None or shift > 0:
        return None
    if shift < 0:
        back = (reference.exact.weekday() - weekday) % 7 or 7
        return (reference.exact - timedelta(days=back)).isoformat()
    return (reference.exact + timedelta(days=(weekday - reference.exact.weekday()) % 7)).isoformat()


@cache
def _future() -> re.Pattern[str]:
    return re.compile(rf"\b{one_of(words('future_cues'))}\b[^.;]*\Z")


# "In November, the agencies will ..."
_WILL_FOLLOW = re.compile(r"[^.;]{0,80}\b(?:will|shall)\b")


@cache
def _anniversaries() -> frozenset[tuple[int, int]]:
    days = (day.rsplit(" ", 1) for day in words("anniversaries"))
    return frozenset((month_number(month), int(day)) for month, day in days)


def _speaks_of_future(match: re.Match[str]) -> bool:
    text, start = match.string, match.start()
    if text.endswith(("since ", "Since ", "back in "), 0, start):
        return False
    before = _future().search(text, max(0, start - _SENTENCE), start)
    return bool(before or _WILL_FOLLOW.match(text, match.end()))


def day_without_year(match: re.Match[str], reference: Reference | None) -> str | None:
    """Return the day that "November 15" means in a document of that date."""
    month, day = month_number(match["month"]), int(re.sub(r"\D", "", match["day"]))
    if reference is None or (month, day) in _anniversaries():
        return None
    return _near_day(month, day, reference, future=_speaks_of_future(match))


def days_without_year(match: re.Match[str], reference: Reference | None) -> str | None:
    """Return the days that "June 3-5" means in a document of that date."""
    first = day_without_year(match, reference)
    if first is None:
        return None
    year, month = int(first[:4]), int(first[5:7])
    last = day_of(year, month, int(re.sub(r"\D", "", match["last"])))
    return interval(first, doubted(last) if first.endswith("?") else last)


def _near_day(month: int, day: int, reference: Reference, *, future: bool) -> str | None:
    near = reference.latest
    days = [found for year in (-1, 0, 1) if (found := day_of(near.year + year, month, day))]
    distances = {found: (date.fromisoformat(found) - near).days for found in days}
    meant = [found for found in days if distances[found] <= _NEAR]
    to_come = [found for found in days if distances[found] >= -_NEAR]
    if future and to_come:
        chosen = to_come[0]
    elif meant:
        chosen = meant[-1]
    else:
        return None
    sure = abs(distances[chosen]) <= _NEAR and reference.month and not reference.doubtful
    return chosen if sure else doubted(chosen)


def date_of_named_year(match: re.Match[str], reference: Reference | None) -> str | None:
    """Return what "September of last year" and "March 13th of this year" mean."""
    if reference is None:
        return None
    year = reference.year + {"last": -1, "this": 0, "next": 1}[match["which"]]
    month = month_number(match["month"])
    day = match["day"] and int(re.sub(r"\D", "", match["day"]))
    found = day_of(year, month, day) if day else month_of(year, month)
    return doubted(found) if reference.doubtful else found


def months_of_named_year(match: re.Match[str], reference: Reference | None) -> str | None:
    """Return what "May through October of last year" means."""
    if reference is None:
        return None
    year = reference.year + {"last": -1, "this": 0, "next": 1}[match["which"]]
    first, last = (month_of(year, month_number(match[name])) for name in ("month", "until"))
    return interval(first, doubted(last) if reference.doubtful else last)


def month_without_year(match: re.Match[str], reference: Reference | None) -> str | None:
    """Return the month that "in September" means in a document of that date."""
    if reference is None or reference.month is None:
        return None
    month = month_number(match["month"])
    if month == reference.month:
        found = month_of(reference.year, month)
    else:
        back = last_of_month(reference.year - (month > reference.month), month)
        ahead = back.replace(year=back.year + 1, day=1)
        future = _speaks_of_future(match)
        found = month_of((ahead if future else back).year, month)
        near = (ahead - reference.latest if future else reference.latest - back).days
        if near > 2 * _NEAR:
            return doubted(found)
    return doubted(found) if reference.doubtful else found


@cache
def _ago() -> re.Pattern[str]:
    number = one_of([*numbers(), "a", "an", "A", *(word.capitalize() for word in numbers())])
    return re.compile(rf"\b(?P<number>{number}|\d{{1,2}}) (?P<unit>year|month|week|day)s? ago\b")


def times_ago(text: str, reference: Reference | None) -> list[tuple[int, int, str]]:
    """Return every "two years ago" in `text` as (start, end, EDTF)."""
    if reference is None or " ago" not in text:
        return []
    found = []
    for match in _ago().finditer(text):
        word = match["number"].lower()
        number = 1 if word in ("a", "an") else numbers().get(word) or int(word)
        # "Ninety years ago" is no longer about one year.
        edtf = _ago_of(number, match["unit"], reference) if number <= 20 else None
        if edtf:
            found.append((match.start(), match.end(), edtf))
    return found


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
