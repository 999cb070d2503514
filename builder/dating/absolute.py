"""What dates that carry their own year mean: days, ranges, parts of years, fiscal years."""

from __future__ import annotations

import re
from datetime import date

from builder.dating.clock import DAY_OR_MONTH, NO_DAY, Clock, Unread
from builder.dating.edtf import day_of, doubted, interval, month_of
from builder.dating.vocabulary import month_number, number_in_words, ordinal_in_words, seasons

Read = str | Unread

# Within as many days before a document what it cites in digits is taken to lie.
_RECENT = 45


def year(match: re.Match[str], group: str = "year") -> int:
    """Return a group that holds a year."""
    return int(match[group])


def month(match: re.Match[str], group: str = "month") -> int:
    """Return the number of the month that a group names."""
    return month_number(match[group])


def day(match: re.Match[str], group: str = "day") -> int:
    """Return the number of the day in a group: 11 for "11th"."""
    return int(re.sub(r"\D", "", match[group]))


def full_date(match: re.Match[str], _: Clock) -> Read:
    """Read "June 11, 2019"."""
    return day_of(year(match), month(match), day(match)) or NO_DAY


def day_in_digits(match: re.Match[str], clock: Clock) -> Read:
    """Read "16/11/2023" and "11/16/23"; "06/11/2019" only in the order that the document shows."""
    first, second = int(match["first"]), int(match["second"])
    if first > 12 and second > 12:
        return NO_DAY
    if first > 12 or second > 12 or first == second:
        month_first = second > 12
    elif clock.month_first is None:
        return _order_by_document(match, clock)
    else:
        month_first = clock.month_first
    number, day_number = (first, second) if month_first else (second, first)
    return day_of(_century(match["year"], clock), number, day_number) or NO_DAY


def _order_by_document(match: re.Match[str], clock: Clock) -> Read:
    """Read "2/07/23" in a document of days later: the other reading is still to come.

    "06/11/2019" is June in the United States and November elsewhere.
    """
    today = clock.reference.exact if clock.reference else None
    if today is None:
        return DAY_OR_MONTH
    first, second = int(match["first"]), int(match["second"])
    number = _century(match["year"], clock)
    days = [day_of(number, first, second), day_of(number, second, first)]
    back = [(today - date.fromisoformat(found)).days for found in days if found]
    if len(back) != 2 or not min(back) < 0 <= max(back) <= _RECENT:
        return DAY_OR_MONTH
    return doubted(days[back.index(max(back))]) or DAY_OR_MONTH


def _century(digits: str, clock: Clock) -> int:
    if len(digits) == 4:
        return int(digits)
    latest = clock.reference.year + 1 if clock.reference else 2049
    return 2000 + int(digits) if 2000 + int(digits) <= latest else 1900 + int(digits)


def iso_date(match: re.Match[str], _: Clock) -> Read:
    """Read "2023-11-16" and "2023/11/16"."""
    return day_of(year(match), int(match["month"]), int(match["day"])) or NO_DAY


def days_of_month(match: re.Match[str], _: Clock) -> Read:
    """Read "June 3–5, 2024"."""
    first = day_of(year(match), month(match), day(match))
    return interval(first, day_of(year(match), month(match), day(match, "last"))) or NO_DAY


def list_of_days(match: re.Match[str], _: Clock) -> Read:
    """Read "June 3, 4 and 5, 2024" as the stretch that it is."""
    days = [int(number) for number in re.findall(r"\d+", match["days"])]
    if days != list(range(days[0], days[0] + len(days))):
        return NO_DAY  # days that are not in a row are read one by one
    first, last = (day_of(year(match), month(match), number) for number in (days[0], days[-1]))
    return interval(first, last) or NO_DAY


def days_of_months(match: re.Match[str], _: Clock) -> Read:
    """Read "June 30 – July 2, 2024"."""
    first = day_of(year(match), month(match), day(match))
    return interval(first, day_of(year(match), month(match, "until"), day(match, "last"))) or NO_DAY


def month_of_year(match: re.Match[str], _: Clock) -> Read:
    """Read "June 2023"."""
    return month_of(year(match), month(match)) or NO_DAY


def shared_year(match: re.Match[str], _: Clock) -> Read:
    """Read "May 15" and "June" where their year stands at the end of the list."""
    if match["day"]:
        return day_of(year(match), month(match), day(match)) or NO_DAY
    return month_of(year(match), month(match)) or NO_DAY


def months_of_year(match: re.Match[str], _: Clock) -> Read:
    """Read "June–August 2023"."""
    first = month_of(year(match), month(match))
    return interval(first, month_of(year(match), month(match, "until"))) or NO_DAY


def season_of_year(match: re.Match[str], _: Clock) -> Read:
    """Read "fall of 2022"; a winter is that of the year in which it begins."""
    return month_of(year(match), seasons()[match["season"].lower()]) or NO_DAY


_PARTS = (
    ("1", "1st", "first"),
    ("2", "2nd", "second"),
    ("3", "3rd", "third"),
    ("4", "4th", "fourth"),
)


def part_of_year(match: re.Match[str], _: Clock) -> Read:
    """Read "Q3 2023" and "first half of 2024"."""
    part = _part(match)
    if match["half"]:
        return (part < 2 and month_of(year(match), 40 + part)) or NO_DAY
    return month_of(year(match), 33 + part) or NO_DAY


def part_of_fiscal_year(match: re.Match[str], clock: Clock) -> Read:
    """Read "Q1 of FY24"."""
    part, months = _part(match), 6 if match["half"] else 3
    if part * months >= 12:
        return NO_DAY
    first = _fiscal_start(_four_digits(match["fiscal"]), clock) + part * months
    return interval(_month_at(first), _month_at(first + months - 1)) or NO_DAY


def _part(match: re.Match[str]) -> int:
    word = (match["number"] or match["ordinal"]).lower()
    return next(part for part, words in enumerate(_PARTS) if word in words)


def plain_year(match: re.Match[str], _: Clock) -> Read:
    """Read "2021" after a word that makes it a year."""
    return match["year"]


def years(match: re.Match[str], _: Clock) -> Read:
    """Read "2017-2019" and "2022–23"."""
    first, last = match["year"], match["last"]
    last = first[: 4 - len(last)] + last
    return f"{first}/{last}" if int(last) - int(first) in range(1, 100) else NO_DAY


def decade(match: re.Match[str], _: Clock) -> Read:
    """Read "1990s" and, of the last century, "'90s"."""
    return f"{match['decade']}X" if len(match["decade"]) == 3 else f"19{match['decade']}X"


def fiscal_years(match: re.Match[str], clock: Clock) -> Read:
    """Read "FY24" and "fiscal years 2022 and 2023" by the year of the publisher's country."""
    first, last = _four_digits(match["year"]), _four_digits(match["last"] or match["year"])
    if last == first + 1 and clock.fiscal != 10 and match["joint"] in ("-", "–", "/"):
        first = last  # "FY 2023–24" is one year where years run across the calendar's
    start, end = _fiscal_start(first, clock), _fiscal_start(last, clock) + 11
    if clock.fiscal == 1:
        return f"{first}" if first == last else f"{first}/{last}"
    return interval(_month_at(start), _month_at(end)) or NO_DAY


def _fiscal_start(number: int, clock: Clock) -> int:
    """Return the first month of the fiscal year, counted from the year 0.

    A fiscal year carries the number of the year in which it ends: that of the United States'
    government begins on 1 October of the year before.
    """
    return (number - (clock.fiscal > 1)) * 12 + clock.fiscal - 1


def _month_at(months: int) -> str | None:
    return month_of(months // 12, months % 12 + 1)


def _four_digits(number: str) -> int:
    return int(number) if len(number) == 4 else 2000 + int(number)


def calendar_year(match: re.Match[str], _: Clock) -> Read:
    """Read "CY2023"."""
    return str(_four_digits(match["year"]))


def spelled_day(match: re.Match[str], _: Clock) -> Read:
    """Read "this fifth day of May, in the year of our Lord two thousand twenty-three"."""
    day_number = ordinal_in_words(match["ordinal"])
    number = number_in_words(match["rest"]) if match["rest"] else 0
    if day_number is None or number is None:
        return NO_DAY
    century = 1900 if match["century"].lower().startswith("nineteen") else 2000
    return day_of(century + number, month(match), day_number) or NO_DAY
