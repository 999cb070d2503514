"""How dates are written, one rule a form: what it looks like, what it needs, what it means.

A rule is named and explained in `builder/data/rules/date.yaml`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from builder.dating import absolute, cues, relative, unfinished
from builder.dating.absolute import Read
from builder.dating.clock import Clock, Unread
from builder.dating.vocabulary import month_pattern, one_of, season_pattern, words

YEAR_ALONE = "year alone"

_TO = r"(?: ?[-–—] ?| to | through )"
_DASH = r" ?[-–—] ?"
_DAY = r"\d{1,2}(?:st|nd|rd|th)?(?!\w|[,.]\d)"
_YEAR = r"(?:1[5-9]|20)\d\d(?![\w]|[,.]\d)"
# "June", "11th", "2019", and the second of a pair: "– July", "–13"
_M, _D, _Y = "(?P<month><month name>)", rf"(?P<day>{_DAY})", rf"(?P<year>{_YEAR})"
_M2, _D2 = "(?P<until><month name>)", rf"(?P<last>{_DAY})"
_D_LISTED = r"\d{1,2}(?:st|nd|rd|th)?"
_WHICH = r"(?P<which>this|last|next)"
_FISCAL = r"(?:FYs?|(?:[Ff]iscal|FISCAL|[Ff]inancial) (?:[Yy]ears?|YEARS?)|[Ff]iscal)[ -]?'?"
_NUMBER_OF_FISCAL = r"(?:20\d\d|\d\d)(?![\w%]|[,.]\d)"
# "early", "the end of"
_PART = r"(?:[Ee]arly|[Mm]id|[Ll]ate|(?:[Tt]he )?(?:[Ee]nd|[Bb]eginning|[Ss]tart|[Mm]iddle) of)[- ]"
_QUARTER = (
    r"(?:Q(?P<number>[1-4])|(?P<ordinal>[Ff]irst|[Ss]econd|[Tt]hird|[Ff]ourth|1st|2nd|3rd|4th) "
    r"(?:quarter|(?P<half>half)))(?: of| in|,)? "
)


@dataclass(frozen=True, slots=True)
class Rule:
    """One written form.

    `fits` says what around it speaks against a date. `counted` marks what is counted from the
    document's own date.
    """

    name: str
    pattern: re.Pattern[str]
    meaning: Callable[[re.Match[str], Clock], Read]
    fits: Callable[[re.Match[str]], Unread | None] | None = None
    counted: bool = False


def _rule(
    name: str,
    pattern: str,
    meaning: Callable[[re.Match[str], Clock], Read],
    fits: Callable[[re.Match[str]], Unread | None] | None = None,
    *,
    counted: bool = False,
) -> Rule:
    pattern = pattern.replace("<month name>", month_pattern())
    pattern = pattern.replace("<season name>", season_pattern())
    pattern = pattern.replace("<day name>", one_of(words("weekdays")))
    return Rule(name, re.compile(pattern), meaning, fits, counted)


@cache
def month_rules() -> tuple[Rule, ...]:
    """Return the rules of dates that begin with a month, longer forms first."""
    of_year = rf"(?:of )?{_WHICH} year\b"
    return (
        # "June 30 – July 2, 2024"
        _rule("days of two months", rf"{_M} {_D}{_TO}{_M2} {_D2},? {_Y}", absolute.days_of_months),
        # "June 3–5, 2024"
        _rule("days of a month", rf"{_M} {_D}{_TO}{_D2},? {_Y}", absolute.days_of_month),
        # "June 3, 4 and 5, 2024"
        _rule(
            "days in a row",
            rf"{_M} (?P<days>{_D_LISTED}(?:, {_D_LISTED}){{0,6}},? (?:and|&) {_D_LISTED})"
            rf"(?:,| of)? {_Y}",
            absolute.list_of_days,
        ),
        # "May 15" in "May 15, 17 and 20, 2024" and in "May 15 and June 3, 2024"
        _rule(
            "year at the end of a list",
            rf"{_M}(?: {_D})?(?=(?:(?:, {_D_LISTED}){{0,6}},? (?:and|&) {_D_LISTED}|"
            rf"(?:,? (?:and|or) | to |, )<month name>(?: {_DAY})?),? {_Y})",
            absolute.shared_year,
        ),
        # "June 11, 2019", "Nov. 15th 2023"
        _rule("month, day and year", rf"{_M} (?:the )?{_D}(?:,| of)? {_Y}", absolute.full_date),
        # "June–August 2023"
        _rule(
            "months of a year",
            rf"{_M}(?:{_DASH}| to | through ){_M2},? {_Y}",
            absolute.months_of_year,
        ),
        # "June 2023", "June of 2023"
        _rule("month and year", rf"{_M}(?:,? | of ){_Y}", absolute.month_of_year),
        # "May through October of last year"
        _rule(
            "months of this or last year",
            rf"{_M}(?:{_DASH}| to | through | until ){_M2},? {of_year}",
            relative.months_of_named_year,
            counted=True,
        ),
        # "September of last year", "March 13th of this year"
        _rule(
            "day or month of this or last year",
            rf"{_M}(?: {_D})?,? {of_year}",
            relative.date_of_named_year,
            counted=True,
        ),
        # "June 3-5"
        _rule(
            "days without a year",
            rf"{_M} {_D}{_TO}{_D2}",
            unfinished.days_without_year,
            cues.counts_nothing,
            counted=True,
        ),
        # "November 15", "Nov. 15th", "January the 20th"
        _rule(
            "month and day without a year",
            rf"{_M} (?:the )?{_D}",
            unfinished.day_without_year,
            cues.counts_nothing,
            counted=True,
        ),
        # "in September"
        _rule(
            "month alone",
            rf"{_M}(?! \d|-[a-z])",
            unfinished.month_without_year,
            cues.month_fits,
            counted=True,
        ),
    )


@cache
def digit_rules() -> tuple[Rule, ...]:
    """Return the rules of dates that begin with a digit, longer forms first."""
    return (
        # "2023-11-16", "2023/11/16", "2023-11-16T11:04:25" without its time
        _rule(
            "year, month and day in digits",
            r"(?P<year>\d{4})(?P<mark>[-/])(?P<month>\d\d)(?P=mark)(?P<day>\d\d)(?![/\d-]|(?!T\d)\w)",
            absolute.iso_date,
        ),
        # "3–5 June 2024"
        _rule(
            "days, month and year",
            rf"{_D}(?:{_TO}| and ){_D2} (?:of )?{_M},? {_Y}",
            absolute.days_of_month,
        ),
        # "30 June – 2 July 2024"
        _rule(
            "days of two months, day first",
            rf"{_D} {_M}{_TO}{_D2} {_M2},? {_Y}",
            absolute.days_of_months,
        ),
        # "11 June 2019", "11th of June, 2019"
        _rule("day, month and year", rf"{_D} (?:of )?{_M},? {_Y}", absolute.full_date),
        # "11-12 June"
        _rule(
            "days and month without a year",
            rf"{_D}{_TO}{_D2} (?:of )?{_M}(?! ?\d)",
            unfinished.days_without_year,
            counted=True,
        ),
        # "15 November", "15th of November"
        _rule(
            "day and month without a year",
            rf"{_D} (?:of )?{_M}(?! ?\d)",
            unfinished.day_without_year,
            cues.counts_nothing,
            counted=True,
        ),
        # "on the 15th", "the 15th of last month"
        _rule(
            "day of the month",
            r"(?P<day>\d{1,2}(?:st|nd|rd|th))(?: of (?P<which>this|last|next|the next) month\b|"
            r"(?=[.,;:?!)]| ?[—–]|\Z))",
            unfinished.day_of_this_month,
            cues.day_fits,
            counted=True,
        ),
        # "16/11/2023", "11/16/23", "16.11.2023"
        _rule(
            "day, month and year in digits",
            r"(?P<first>\d{1,2})(?P<mark>[/.-])(?P<second>\d{1,2})(?P=mark)"
            r"(?P<year>(?:1[5-9]|20)\d\d|\d\d)(?![\w/-]|\.\d)",
            absolute.day_in_digits,
            cues.short_day_fits,
        ),
        # "4th quarter of FY2021", "1st quarter of 2024"
        *_quarter_rules(),
        # "2017-2019", "2022–23", "2018 to 2020"
        _rule(
            "range of years",
            rf"(?P<year>(?:19|20)\d\d)(?:{_DASH}|/| to | through )(?P<last>(?:19|20)\d\d|\d\d)"
            r"(?![\w/-]|[,.]\d)",
            absolute.years,
            cues.counts_nothing,
        ),
        # "1990s", "1990's"
        _rule("decade", r"(?P<decade>(?:1[5-9]|20)\d)0'?s\b", absolute.decade),
        # "'90s"
        _rule("decade", r"(?P<decade>[3-9])0s\b", absolute.decade, cues.apostrophe_fits),
        # "since 2021": what it needs is looked at in dates.py
        _rule(YEAR_ALONE, _Y, absolute.plain_year),
        # "12 years ago"
        _rule("some time ago", relative.ago_pattern(), relative.time_ago, counted=True),
    )


def _quarter_rules() -> tuple[Rule, ...]:
    return (
        _rule(
            "quarter or half of a fiscal year",
            rf"{_QUARTER}{_FISCAL}(?P<fiscal>{_NUMBER_OF_FISCAL})",
            absolute.part_of_fiscal_year,
        ),
        _rule("quarter or half of a year", rf"{_QUARTER}{_Y}", absolute.part_of_year),
    )


@cache
def word_rules() -> tuple[Rule, ...]:
    """Return the rules of dates that begin with another word, longer forms first."""
    return (
        # "early June 2023"
        _rule("part of a month", rf"{_PART}{_M}(?:,? | of ){_Y}", absolute.month_of_year),
        # "early 2023", "mid-2024", "the end of 2025"
        _rule("part of a year", rf"{_PART}{_Y}", absolute.plain_year, cues.counts_nothing),
        # "fall of 2022", "Summer 2023", "winter 2023-24"
        _rule(
            "season and year",
            rf"(?P<season><season name>)(?:,? | of ){_Y}(?:[-–/](?:20)?\d\d(?!\w))?",
            absolute.season_of_year,
            cues.counts_nothing,
        ),
        # "Q3 2023", "third quarter of 2023", "first half of 2024", "Q1 of FY24"
        *_quarter_rules(),
        # "FY24", "FY 2024", "Fiscal Year 2025", "fiscal years 2022 and 2023"
        _rule(
            "fiscal year",
            rf"{_FISCAL}(?P<year>20\d\d|\d\d)"
            r"(?:(?P<joint>[-–/]| and | through | to )(?P<last>20\d\d|\d\d))?(?![\w%]|[,.]\d)",
            absolute.fiscal_years,
        ),
        # "CY2023"
        _rule("calendar year", r"CY[ -]?'?(?P<year>20\d\d|\d\d)(?![\w%])", absolute.calendar_year),
        # "this fifth day of May, in the year of our Lord two thousand twenty-three"
        _rule(
            "day and year spelled out",
            rf"[Tt]his (?P<ordinal>{one_of(words('ordinals'))}) day of {_M},? (?:in )?the year of "
            r"our Lord,? (?P<century>two thousand|nineteen hundred)(?:,? and)?"
            r"(?:[ -](?P<rest>[a-z]+(?:-[a-z]+)?))?",
            absolute.spelled_day,
        ),
        # "today", "last night"
        _rule("today or yesterday", relative.plain_pattern(), relative.plain_day, counted=True),
        # "last year", "this month", "last November", "this past weekend"
        _rule("last, this or next", relative.which_pattern(), relative.which_one, counted=True),
        # "on Tuesday"
        _rule(
            "weekday alone",
            r"(?:(?<=\b[Oo]n )|(?<=\b[Ss]ince )|(?<=\bsaid )|(?<=\bannounced )|(?<=\breported ))"
            r"(?P<weekday><day name>)\b(?!,? (?:<month name>|\d|of ))",
            unfinished.weekday_alone,
            counted=True,
        ),
        # "two years ago"
        _rule("some time ago", relative.ago_pattern(), relative.time_ago, counted=True),
    )
