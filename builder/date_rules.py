"""How dates are written, one rule a form: what it looks like and which EDTF date it means."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from builder.date_vocabulary import month_number, month_pattern, season_pattern, seasons
from builder.edtf import Reference, day_of, interval, month_of
from builder.relative_dates import (
    day_without_year,
    days_without_year,
    month_without_year,
    relative_date,
    relative_pattern,
)

_Meaning = Callable[["re.Match[str]", Reference | None], "str | None"]

MONTH_ALONE = "month alone"
YEAR_ALONE = "year alone"

_TO = r"(?: ?[-–—] ?| to | through | and )"
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


@cache
def rules() -> tuple[Rule, ...]:
    """Return the rules in the order in which they are tried: of two that fit, the longer form."""
    month, season = month_pattern(), season_pattern()
    part = (
        r"(?:[Ee]arly|[Mm]id|[Ll]ate|(?:[Tt]he )?(?:[Ee]nd|[Bb]eginning|[Ss]tart|[Mm]iddle) of)[- ]"
    )
    rows: tuple[tuple[str, str, _Meaning], ...] = (
        # "2023-11-16", "2023-11-16 11:04:25-05:00" without its time
        ("iso day", r"(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)(?![\w-])", _iso_date),
        # "June 30 – July 2, 2024"
        (
            "days of two months",
            rf"(?P<month>{month}) (?P<day>{_DAY}){_TO}(?P<until>{month}) (?P<last>{_DAY}),? "
            rf"(?P<year>{_YEAR})",
            _days_of_months,
        ),
        # "June 3–5, 2024"
        (
            "days of a month",
            rf"(?P<month>{month}) (?P<day>{_DAY}){_TO}(?P<last>{_DAY}),? (?P<year>{_YEAR})",
            _days_of_month,
        ),
        # "June 11, 2019", "Nov. 15th 2023"
        ("month day year", rf"(?P<month>{month}) (?P<day>{_DAY}),? (?P<year>{_YEAR})", _full_date),
        # "June–August 2023"
        (
            "months of a year",
            rf"(?P<month>{month})(?:{_DASH}| to | through )(?P<until>{month}),? (?P<year>{_YEAR})",
            _months_of_year,
        ),
        # "June 2023", "early June of 2023"
        (
            "month of a year",
            rf"(?:{part})?(?P<month>{month})(?:,? | of )(?P<year>{_YEAR})",
            _month_of_year,
        ),
        # "June 3-5"
        (
            "days without year",
            rf"(?P<month>{month}) (?P<day>{_DAY})[-–](?P<last>{_DAY})",
            days_without_year,
        ),
        # "November 15", "Nov. 15th"
        ("month day", rf"(?P<month>{month}) (?P<day>{_DAY})", day_without_year),
        # "3–5 June 2024"
        (
            "days, month, year",
            rf"(?P<day>{_DAY}){_TO}(?P<last>{_DAY}) (?:of )?(?P<month>{month}),? (?P<year>{_YEAR})",
            _days_of_month,
        ),
        # "30 June – 2 July 2024"
        (
            "days of two months, day first",
            rf"(?P<day>{_DAY}) (?P<month>{month}){_TO}(?P<last>{_DAY}) (?P<until>{month}),? "
            rf"(?P<year>{_YEAR})",
            _days_of_months,
        ),
        # "11 June 2019", "11th of June, 2019"
        (
            "day month year",
            rf"(?P<day>{_DAY}) (?:of )?(?P<month>{month}),? (?P<year>{_YEAR})",
            _full_date,
        ),
        # "15 November", "15th of November"
        ("day month", rf"(?P<day>{_DAY}) (?:of )?(?P<month>{month})(?! ?\d)", day_without_year),
        # "16/11/2023", "11/16/2023"
        (
            "numeric day",
            rf"(?P<first>\d{{1,2}})(?P<mark>[/.])(?P<second>\d{{1,2}})(?P=mark)(?P<year>{_YEAR})(?!/)",
            _numeric_date,
        ),
        # "2017-2019", "2022–23", "2018 to 2020"
        (
            "years",
            rf"(?P<year>(?:19|20)\d\d)(?:{_DASH}| to | through )(?P<last>(?:19|20)\d\d|\d\d)"
            r"(?![\w-]|[,./]\d)",
            _years,
        ),
        # "the 1990s", "1990's"
        ("decade", r"(?P<decade>(?:1[5-9]|20)\d)0'?s\b", _decade),
        # "early 2023", "mid-2024", "the end of 2025"
        ("part of a year", rf"{part}(?P<year>{_YEAR})", _plain_year),
        # "fall of 2022", "Summer 2023"
        (
            "season of a year",
            rf"(?P<season>{season})(?:,? | of )(?P<year>{_YEAR})",
            _season_of_year,
        ),
        # "Q3 2023", "third quarter of 2023", "first half of 2024"
        (
            "quarter or half",
            rf"(?:Q(?P<number>[1-4])|(?P<ordinal>[Ff]irst|[Ss]econd|[Tt]hird|[Ff]ourth) "
            rf"(?:quarter|(?P<half>half)))(?: of|,)? (?P<year>{_YEAR})",
            _part_of_year,
        ),
        # "FY24", "FY 2024", "Fiscal Year 2025", "fiscal years 2022 and 2023"
        (
            "fiscal year",
            r"(?:FYs?|(?:[Ff]iscal|FISCAL) (?:[Yy]ears?|YEARS?))[ -]?'?(?P<year>20\d\d|\d\d)"
            r"(?:(?:[-–/]| and | through | to )(?P<last>20\d\d|\d\d))?(?![\w%]|[,.]\d)",
            _fiscal_years,
        ),
        # "last year", "this month", "yesterday", "last November"
        ("relative", relative_pattern(), relative_date),
        # "in September": only after a cue, see dates.py
        (MONTH_ALONE, rf"(?P<month>{month})(?! \d)", month_without_year),
        # "since 2021": only after a cue, see dates.py
        (YEAR_ALONE, rf"(?P<year>{_YEAR})", _plain_year),
    )
    return tuple(Rule(name, re.compile(pattern), meaning) for name, pattern, meaning in rows)
