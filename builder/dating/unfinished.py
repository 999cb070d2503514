"""Dates without their year or month: "November 15", "in September", "on the 15th", "on Tuesday".

They are meant near the document's own date; where the year had to be guessed they are marked
uncertain, "?", and where two guesses are as good they are not resolved.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import cache

from builder.dating.absolute import Read, day, month
from builder.dating.clock import EVENT, NO_DAY, NO_DOCUMENT_DATE, SEVERAL, Clock
from builder.dating.edtf import Reference, day_of, doubted, interval, last_of_month, month_of
from builder.dating.vocabulary import month_number, one_of, words

# A day without its year is meant near the document: no later than this many days after it, unless
# the sentence speaks of the future. Within as many days on either side it is taken as certain.
_NEAR = 60
# How far back in the sentence a word of the future is looked for, in characters.
_SENTENCE = 120


@cache
def _future() -> re.Pattern[str]:
    return re.compile(rf"\b{one_of(words('future_cues'))}\b[^.;]*\Z")


@cache
def _past() -> re.Pattern[str]:
    not_past = one_of(words("not_past"))
    return re.compile(rf"\b(?:{one_of(words('past_verbs'))}|(?!{not_past}d?\b)[a-z]{{2,12}}ed)\b")


# "In November, the agencies will ..."
_WILL_FOLLOW = re.compile(r"[^.;]{0,80}(?:\b(?:will|shall)|'ll)\b")
# "On Friday, he's going to", "On Tuesday, the President looks forward"
_GOING_TO = re.compile(r"[^.;]{0,40}(?:(?:'s|'re|'m| is| are) going to|looks? forward)\b")
_CLAUSE_BEFORE, _CLAUSE_AFTER = re.compile(r"[^.;?!]{0,60}\Z"), re.compile(r"[^.;?!]{0,60}")


@cache
def _anniversaries() -> frozenset[tuple[int, int]]:
    days = (named.rsplit(" ", 1) for named in words("anniversaries"))
    return frozenset((month_number(name), int(number)) for name, number in days)


def speaks_of_future(match: re.Match[str]) -> bool:
    """Tell whether the words around a date put it in the future."""
    text, start = match.string, match.start()
    if text.endswith(("since ", "Since ", "back in "), 0, start):
        return False
    before = _future().search(text, max(0, start - _SENTENCE), start)
    return bool(before or _WILL_FOLLOW.match(text, match.end()))


def speaks_of_past(match: re.Match[str]) -> bool:
    """Tell whether the words around a date put it in the past."""
    text, start = match.string, match.start()
    before = _CLAUSE_BEFORE.search(text, max(0, start - 60), start)
    after = _CLAUSE_AFTER.match(text, match.end())
    return any(part is not None and _past().search(part[0]) for part in (before, after))


def day_without_year(match: re.Match[str], clock: Clock) -> Read:
    """Read "November 15"."""
    reference = clock.reference
    if (month(match), day(match)) in _anniversaries():
        return EVENT
    if reference is None:
        return NO_DOCUMENT_DATE
    future = speaks_of_future(match)
    return _near_day(month(match), day(match), reference, future=future) or SEVERAL


def days_without_year(match: re.Match[str], clock: Clock) -> Read:
    """Read "June 3-5"."""
    first = day_without_year(match, clock)
    if not isinstance(first, str):
        return first
    last = day_of(int(first[:4]), int(first[5:7]), day(match, "last"))
    return interval(first, doubted(last) if first.endswith("?") else last) or NO_DAY


def _near_day(number: int, day_number: int, reference: Reference, *, future: bool) -> str | None:
    near = reference.latest
    years = (near.year + shift for shift in (-1, 0, 1))
    days = [found for year in years if (found := day_of(year, number, day_number))]
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


def month_without_year(match: re.Match[str], clock: Clock) -> Read:
    """Read "in September"."""
    reference = clock.reference
    if reference is None or reference.month is None:
        return NO_DOCUMENT_DATE
    number = month(match)
    if number == reference.month:
        found = month_of(reference.year, number)
        return (doubted(found) if reference.doubtful else found) or NO_DAY
    back = last_of_month(reference.year - (number > reference.month), number)
    ahead = back.replace(year=back.year + 1, day=1)
    future, past = speaks_of_future(match), speaks_of_past(match)
    if past and (reference.latest - back).days <= _NEAR:
        future = False  # "she said in August that they will come", said in September
    if not future and not past and (ahead - reference.latest).days <= _NEAR:
        return SEVERAL  # "in February", said in January
    found = month_of((ahead if future else back).year, number)
    near = (ahead - reference.latest if future else reference.latest - back).days
    sure = near <= 2 * _NEAR and not reference.doubtful
    return (found if sure else doubted(found)) or NO_DAY


def day_of_this_month(match: re.Match[str], clock: Clock) -> Read:
    """Read "the 15th of last month", and "on the 15th" where it is still to come."""
    reference = clock.reference
    if reference is None or reference.exact is None:
        return NO_DOCUMENT_DATE
    today = reference.exact
    if match["which"]:
        shift = {"last": -1, "this": 0, "next": 1}[match["which"].removeprefix("the ")]
        return _day_in_month(today, shift, day(match)) or NO_DAY
    if not speaks_of_future(match):
        return SEVERAL  # "on the 7th" may be that of any month of which was spoken before
    days = [_day_in_month(today, shift, day(match)) for shift in (0, 1)]
    to_come = [found for found in days if found and found >= today.isoformat()]
    return (doubted(to_come[0]) if to_come else None) or NO_DAY


def _day_in_month(today: date, shift: int, number: int) -> str | None:
    months = today.year * 12 + today.month - 1 + shift
    return day_of(months // 12, months % 12 + 1, number)


def weekday_alone(match: re.Match[str], clock: Clock) -> Read:
    """Read "on Tuesday", the last or the coming one as the verb says."""
    if clock.reference is None or clock.reference.exact is None:
        return NO_DOCUMENT_DATE
    going_to = _GOING_TO.match(match.string, match.end()) is not None
    future, past = speaks_of_future(match) or going_to, speaks_of_past(match)
    if future == past:
        return SEVERAL
    days = words("weekdays").index(match["weekday"]) - clock.reference.exact.weekday()
    found = clock.reference.exact + timedelta(days=days % 7 if future else -(-days % 7))
    return doubted(found.isoformat()) or NO_DAY
