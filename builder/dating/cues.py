"""What the words around a bare year, month or day let it be: a date, a count, part of a name."""

from __future__ import annotations

import re
from functools import cache

from builder.dating.clock import COUNT, EVENT, LAW, NO_CUE, Unread
from builder.dating.vocabulary import one_of, words

# How far before a bare year or month its cue may reach, in characters.
_WINDOW = 40


@cache
def _counted() -> re.Pattern[str]:
    return re.compile(rf"(?: ?%| ?[-–] ?\d|[- ]{one_of(words('counted'))}\b)")


@cache
def _month_cue() -> re.Pattern[str]:
    return re.compile(rf"\b{one_of(words('month_cues'))}[ -]\Z")


@cache
def _sure_month() -> re.Pattern[str]:
    """Return the pattern of months that are no other word, which more cues suit."""
    return re.compile(rf"(?i:{one_of(words('sure_months'))})\b")


@cache
def _wide_month_cue() -> re.Pattern[str]:
    return re.compile(rf"\b{one_of(words('wide_month_cues'))} \Z")


@cache
def _year_cue() -> re.Pattern[str]:
    return re.compile(rf"(?:\b(?P<cue>{one_of(words('year_cues'))})[ -]|(?P<open>[(\[]))\Z")


@cache
def _year_of() -> re.Pattern[str]:
    return re.compile(rf" {one_of(words('year_of'))}\b")


@cache
def _law() -> re.Pattern[str]:
    return re.compile(rf"\b{one_of(words('named_by_year'))} of \Z")


# "the 2020 election", "the agency's 2023 report", "its 2024 Summit"
_OF_THE_YEAR = re.compile(r"(?:\b(?:[Tt]he|[Ii]ts|[Tt]heir|[Oo]ur|[Hh]is|[Hh]er)|\w's|\ws') \Z")
_NAMED = re.compile(r"(?<=(?:19[3-9]|20[0-4])\d) [A-Z]")
# ", " or " and " between the years of a list
_BETWEEN_YEARS = re.compile(r",? (?:and |or |to |through )?\Z|[-–/]\Z")
# what may follow a year after a cue that as well goes with a count: "by 2030, ..."
_AFTER_YEAR = re.compile(
    r"\Z|[.,;:)\]?!'\"—–]|[ ](?:[—–(]|(?:and|or|to|in|on|as|at|by|for|from|is|was|has|had|the|that|"
    r"when|with|through|until|where|will|would|were|are|but|if|we|he|she|they|after|before|because|"
    r"while|under|thanks|compared|levels?|baseline|alone|due|without|within|include|than|over)\b)"
)
# a year that labels a figure: "(2020 – 543 kilograms)"
_LABEL = re.compile(r"(?: [–-]|:) (?=\d)")
# a year in brackets: "(2019)"
_BRACKET_CLOSES = re.compile(r"[)\]]")
# "on the 15th", "until the 31st"
_DAY_CUE = re.compile(r"\b(?:[Oo]n|[Bb]y|[Uu]ntil|[Ss]ince|[Ff]rom|[Bb]efore|[Aa]fter) the \Z")
# "the March on Washington", "the March of Dimes"
_NO_MONTH = re.compile(r"(?<=March) (?:(?:on|of|[Ff]or) [A-Z]|[Mm]adness|Hare)")
# "the Fourth of July", "July the Fourth"
_FOURTH, _THE_FOURTH = re.compile(r"\bFourth of \Z"), re.compile(r" the Fourth\b")
# a decade with its century left out: "the '90s"
_APOSTROPHE = re.compile(r"(?<!\w)'\Z")
# "[Tweet, 7.8.22]": with two digits only where nothing but a date stands
_BEFORE_SHORT, _AFTER_SHORT = re.compile(r"(?:, |[(\[])\Z"), re.compile(r"[)\]]")


def before(cue: re.Pattern[str], match: re.Match[str]) -> bool:
    """Tell whether a cue stands right before the match."""
    start = match.start()
    return cue.search(match.string, max(0, start - _WINDOW), start) is not None


def month_fits(match: re.Match[str]) -> Unread | None:
    """Say why a month alone is no date, None where it is one."""
    if before(_FOURTH, match) or _THE_FOURTH.match(match.string, match.end()):
        return EVENT
    marching = _NO_MONTH.match(match.string, match.end())
    cued = before(_month_cue(), match)
    if not cued and _sure_month().match(match[0]):
        cued = before(_wide_month_cue(), match)
    return None if cued and not marching else NO_CUE


def counts_nothing(match: re.Match[str]) -> Unread | None:
    """Say that a number counts what follows, None where it does not: "a fall of 2000 jobs"."""
    return COUNT if _counted().match(match.string, match.end()) else None


def day_fits(match: re.Match[str]) -> Unread | None:
    """Say why "the 15th" is no date, None where it is one."""
    return None if match["which"] or before(_DAY_CUE, match) else NO_CUE


def apostrophe_fits(match: re.Match[str]) -> Unread | None:
    """Say why "90s" is no decade, None where an apostrophe stands before it."""
    return None if before(_APOSTROPHE, match) else NO_CUE


def short_day_fits(match: re.Match[str]) -> Unread | None:
    """Say why "7.8.22" is no date, None where it is one."""
    if match["mark"] == "/" or len(match["year"]) == 4:
        return None
    alone = before(_BEFORE_SHORT, match) and _AFTER_SHORT.match(match.string, match.end())
    return None if alone else NO_CUE


def year_fits(match: re.Match[str], year_end: int) -> Unread | None:
    """Say why a bare number is no year, None where it is one; `year_end` ends the year before."""
    text, start, end = match.string, match.start(), match.end()
    if text.endswith("(", 0, start) and _LABEL.match(text, end):
        return None
    if _counted().match(text, end):
        return COUNT
    if before(_law(), match):
        return LAW
    if 0 < year_end < start and _BETWEEN_YEARS.fullmatch(text, year_end, start):
        return None
    if before(_OF_THE_YEAR, match) and (_year_of().match(text, end) or _NAMED.match(text, end)):
        return None
    cue = _year_cue().search(text, max(0, start - _WINDOW), start)
    if cue is None:
        return NO_CUE
    if cue["open"]:
        return None if _BRACKET_CLOSES.match(text, end) else NO_CUE
    strong = cue["cue"] not in words("weak_cues")
    return None if strong or _AFTER_YEAR.match(text, end) else NO_CUE
