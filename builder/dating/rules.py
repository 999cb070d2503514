"""How dates are written, one rule a form: what it looks like and which EDTF date it means."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from builder.dating.edtf import Reference, day_of, interval, month_of
from builder.dating.relative import (
    date_of_named_year,
    day_without_year,
    days_without_year,
    month_without_year,
    months_of_named_year,
    relative_date,
    relative_pattern,
)
from builder.dating.vocabulary import month_number, month_pattern, season_pattern, seasons

_Meaning = Callable[["re.Match[str]", Reference | None], "str | None"]

MONTH_ALONE = "month alone"
YEAR_ALONE = "year alone"

_TO = r"(?: ?[-–—] ?| to | through )"
_DASH = r" ?[-–—] ?"
_DAY = r"\d{1,2}(?:st|nd|rd|th)?(?!\w|[,.]\d)"
_YEAR = r"(?:1[5-9]|20)\d\d(?![\w]|[,.]\d)"


@dataclass(frozen=True, slots=True)
class Rule:
    """One written form; `meaning` returns None where the words turn out to be no date."""

    name: str
    pattern: re.Pattern[str]
    meaning: _Meaning


def _year(match: re.Match[str], group: str = "year") -> int:
    return int(match[group])


def _month(match: re.Match[str], group: str = "month") -> int:
    return month_number(match[group])


def _day(match: re.Match[str], group: str = "day") -> int:
    return int(re.sub(r"\D", "", match[group]))


def _full_date(match: re.Match[str], _: Reference | None) -> str | None:
    return day_of(_year(match), _month(match), _day(match))


def _numeric_date(match: re.Match[str], _: Reference | None) -> str | None:
    first, second = int(match["first"]), int(match["second"])
    # "06/11/2019" is June in the United States and November elsewhere: not read.
    if (first > 12) == (second > 12):
        return None
    month, day = (second, first) if first > 12 else (first, second)
    return day_of(_year(match), month, day)


def _iso_date(match: re.Match[str], _: Reference | None) -> str | None:
    return day_of(_year(match), int(match["month"]), int(match["day"]))


def _days_of_month(match: re.Match[str], _: Reference | None) -> str | None:
    year, month = _year(match), _month(match)
    return interval(day_of(year, month, _day(match)), day_of(year, month, _day(match, "last")))


def _days_of_months(match: re.Match[str], _: Reference | None) -> str | None:
    year = _year(match)
    first = day_of(year, _month(match), _day(match))
    return interval(first, day_of(year, _month(match, "until"), _day(match, "last")))


def _month_of_year(match: re.Match[str], _: Reference | None) -> str | None:
    return month_of(_year(match), _month(match))


def _shared_year(match: re.Match[str], _: Reference | None) -> str | None:
    year, month = _year(match), _month(match)
    return day_of(year, month, _day(match)) if match["day"] else month_of(year, month)


def _months_of_year(match: re.Match[str], _: Reference | None) -> str | None:
    year = _year(match)
    return interval(month_of(year, _month(match)), month_of(year, _month(match, "until")))


def _season_of_year(match: re.Match[str], _: Reference | None) -> str | None:
    return month_of(_year(match), seasons()[match["season"].lower()])


def _part_of_year(match: re.Match[str], _: Reference | None) -> str | None:
    parts = {
        "1": 33,
        "first": 33,
        "2": 34,
        "second": 34,
        "3": 35,
        "third": 35,
        "4": 36,
        "fourth": 36,
    }
    part = parts[(match["number"] or match["ordinal"]).lower()]
    if match["half"]:
        part = {33: 40, 34: 41}.get(part, 0)
    return month_of(_year(match), part)


def _plain_year(match: re.Match[str], _: Reference | None) -> str | None:
    return match["year"]


def _years(match: re.Match[str], _: Reference | None) -> str | None:
    first, last = match["year"], match["last"]
    last = first[: 4 - len(last)] + last
    return interval(first, last) if int(last) - int(first) in range(1, 100) else None


def _decade(match: re.Match[str], _: Reference | None) -> str | None:
    return match["decade"] + "X"


def _fiscal_years(match: re.Match[str], _: Reference | None) -> str | None:
    # The fiscal year of the United States' government: it ends on 30 September of its number.
    first, last = _full_year(match["year"]), _full_year(match["last"] or match["year"])
    return interval(month_of(first - 1, 10), month_of(last, 9))


def _full_year(number: str) -> int:
    return int(number) if len(number) == 4 else 2000 + int(number)


def _rule(name: str, pattern: str, meaning: _Meaning) -> Rule:
    pattern = pattern.replace("<month name>", month_pattern())
    return Rule(name, re.compile(pattern.replace("<season name>", season_pattern())), meaning)


# "June", "11th", "2019", and the second of a pair: "– July", "–13"
_M, _D, _Y = "(?P<month><month name>)", rf"(?P<day>{_DAY})", rf"(?P<year>{_YEAR})"
_M2, _D2 = "(?P<until><month name>)", rf"(?P<last>{_DAY})"


@cache
def month_rules() -> tuple[Rule, ...]:
    """Return the rules of dates that begin with a month, longer forms first."""
    return (
        # "June 30 – July 2, 2024"
        _rule("days of two months", rf"{_M} {_D}{_TO}{_M2} {_D2},? {_Y}", _days_of_months),
        # "June 3–5, 2024"
        _rule("days of a month", rf"{_M} {_D}{_TO}{_D2},? {_Y}", _days_of_month),
        # "June 11, 2019", "Nov. 15th 2023"
        _rule("month day year", rf"{_M} {_D},? {_Y}", _full_date),
        # "June–August 2023"
        _rule("months of a year", rf"{_M}(?:{_DASH}| to | through ){_M2},? {_Y}", _months_of_year),
        # "June 2023", "June of 2023"
        _rule("month of a year", rf"{_M}(?:,? | of ){_Y}", _month_of_year),
        # "May 15" in "May 15 and June 3, 2024", "June" in "June and July 2021"
        _rule(
            "shared year",
            rf"{_M}(?: {_D})?(?=(?:,? (?:and|or) | to |, )<month name>(?: {_DAY})?,? {_Y})",
            _shared_year,
        ),
        # "May through October of last year"
        _rule(
            "months of a named year",
            rf"{_M}(?:{_DASH}| to | through | until ){_M2},? (?:of )?"
            r"(?P<which>this|last|next) year\b",
            months_of_named_year,
        ),
        # "September of last year", "March 13th of this year"
        _rule(
            "named year",
            rf"{_M}(?: {_D})?,? (?:of )?(?P<which>this|last|next) year\b",
            date_of_named_year,
        ),
        # "June 3-5"
        _rule("days without year", rf"{_M} {_D}[-–]{_D2}", days_without_year),
        # "November 15", "Nov. 15th"
        _rule("month day", rf"{_M} {_D}", day_without_year),
        # "in September": only after a cue, see dates.py
        _rule(MONTH_ALONE, rf"{_M}(?! \d|-[a-z])", month_without_year),
    )


@cache
def digit_rules() -> tuple[Rule, ...]:
    """Return the rules of dates that begin with a digit, longer forms first."""
    return (
        # "2023-11-16", "2023-11-16 11:04:25-05:00" without its time
        _rule("iso day", r"(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)(?![\w-])", _iso_date),
        # "3–5 June 2024"
        _rule("days, month, year", rf"{_D}{_TO}{_D2} (?:of )?{_M},? {_Y}", _days_of_month),
        # "30 June – 2 July 2024"
        _rule("days, months, year", rf"{_D} {_M}{_TO}{_D2} {_M2},? {_Y}", _days_of_months),
        # "11 June 2019", "11th of June, 2019"
        _rule("day month year", rf"{_D} (?:of )?{_M},? {_Y}", _full_date),
        # "15 November", "15th of November"
        _rule("day month", rf"{_D} (?:of )?{_M}(?! ?\d)", day_without_year),
        # "16/11/2023", "11/16/2023"
        _rule(
            "numeric day",
            rf"(?P<first>\d{{1,2}})(?P<mark>[/.])(?P<second>\d{{1,2}})(?P=mark){_Y}(?!/)",
            _numeric_date,
        ),
        # "2017-2019", "2022–23", "2018 to 2020"
        _rule(
            "years",
            rf"(?P<year>(?:19|20)\d\d)(?:{_DASH}| to | through )(?P<last>(?:19|20)\d\d|\d\d)"
            r"(?![\w-]|[,./]\d)",
            _years,
        ),
        # "1990s", "1990's"
        _rule("decade", r"(?P<decade>(?:1[5-9]|20)\d)0'?s\b", _decade),
        # "since 2021": only after a cue, see dates.py
        _rule(YEAR_ALONE, _Y, _plain_year),
    )


# "early", "the end of"
_PART = r"(?:[Ee]arly|[Mm]id|[Ll]ate|(?:[Tt]he )?(?:[Ee]nd|[Bb]eginning|[Ss]tart|[Mm]iddle) of)[- ]"


@cache
def word_rules() -> tuple[Rule, ...]:
    """Return the rules of dates that begin with another word, longer forms first."""
    return (
        # "early June 2023"
        _rule("part of a month", rf"{_PART}{_M}(?:,? | of ){_Y}", _month_of_year),
        # "early 2023", "mid-2024", "the end of 2025"
        _rule("part of a year", rf"{_PART}{_Y}", _plain_year),
        # "fall of 2022", "Summer 2023"
        _rule("season of a year", rf"(?P<season><season name>)(?:,? | of ){_Y}", _season_of_year),
        # "Q3 2023", "third quarter of 2023", "first half of 2024"
        _rule(
            "quarter or half",
            r"(?:Q(?P<number>[1-4])|(?P<ordinal>[Ff]irst|[Ss]econd|[Tt]hird|[Ff]ourth) "
            rf"(?:quarter|(?P<half>half)))(?: of|,)? {_Y}",
            _part_of_year,
        ),
        # "FY24", "FY 2024", "Fiscal Year 2025", "fiscal years 2022 and 2023"
        _rule(
            "fiscal year",
            r"(?:FYs?|(?:[Ff]iscal|FISCAL) (?:[Yy]ears?|YEARS?))[ -]?'?(?P<year>20\d\d|\d\d)"
            r"(?:(?:[-–/]| and | through | to )(?P<last>20\d\d|\d\d))?(?![\w%]|[,.]\d)",
            _fiscal_years,
        ),
        # "last year", "this month", "yesterday", "last November"
        _rule("relative", relative_pattern(), relative_date),
    )
