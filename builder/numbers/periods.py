"""Finds the time frame a figure holds for, in the words of the text: "past 11 months", "FY24"."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass

_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
)
_NUMBER = (
    r"(?:[0-9]{1,3}|one|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|few"
    r"|several|couple of|dozen|half-)"
)
_UNIT = (
    r"(?:days?|weeks?|months?|quarters?|fiscal years?|calendar years?|years?|decades?|century"
    r"|seasons?|hours?|school years?)"
)
_FY = (
    r"(?:Q[1-4] (?:of )?20[0-9]{2}|FYs? ?'?[0-9]{2,4}(?:[-–/][0-9]{2,4})?"
    r"|[Ff]iscal [Yy]ears? (?:[0-9]{4}|[0-9]{2}\b)(?:[-–/][0-9]{2,4})?)"
)
_YEAR = r"(?:1[89]|20)[0-9]{2}(?![0-9,]*[0-9])(?:[-–/](?:20)?[0-9]{2}\b)?"
_DATE = (
    rf"(?:{_MONTH}(?: [0-9]{{1,2}})?,? (?:of )?(?:{_YEAR}|last year|this year)"
    rf"|{_MONTH} [0-9]{{1,2}}(?!,? [0-9])|[0-9]{{1,2}} {_MONTH}(?: {_YEAR})?|{_FY}|{_YEAR})"
)

# Each alternative names what it finds; the group `say` is what is printed as the period.
_PERIOD = re.compile(
    r"(?<![\w-])(?:"
    # since 2021, since its inception, since taking office
    rf"(?P<since>[Ss]ince (?:{_DATE}|(?:(?:its|their|the|he|she|we|they|I|you|our|my|taking|last"
    rf"|his|her|President)\b[^,.;:–—(]{{0,60}}?(?=[,.;:–—(]|$| (?:and|with|alone)\b))|{_MONTH}\b"
    rf"|then\b|coming\b[^,.;]{{0,30}}))"
    # in the past 11 months, over the next 5 years, in the 12 months ending April 2024
    rf"|(?:[Ii]n|[Oo]ver|[Dd]uring|[Ff]or|[Ww]ithin|[Tt]hroughout|[Aa]cross) (?:just |only )?the "
    rf"(?P<span>(?:(?:most )?recent|past|last|next|previous|coming|prior|first|following|current"
    rf"|second|third|fourth|final|latest)(?! (?:time|lady|step|part|of)\b)(?: (?:{_NUMBER}|half"
    rf"|quarter"
    rf"|full))?(?:[- ]{_UNIT})?(?: (?:period|term|half|quarter|[Aa]dministration|Congress"
    rf"|session))?(?: of (?:the |this |last )?"
    rf"(?:{_DATE}|"
    rf"(?:fiscal |calendar )?year|this (?:fiscal )?year|the Administration|term))?(?: (?:in"
    rf"|for) {_DATE})?)"
    rf"|(?:[Ii]n|[Oo]ver|[Dd]uring|[Ff]or) the (?P<ending>(?:{_NUMBER} )?{_UNIT} (?:ending|ended"
    rf"|leading up to|through|to|prior to|before|since|after|following|up to)(?: (?:in"
    rf"|on))? {_DATE})"
    rf"|(?P<over>over (?:the )?(?:previous|prior|next|past|last|coming|following) "
    rf"(?:{_NUMBER} )?{_UNIT})"
    rf"|(?P<overnum>(?:over|within) (?:{_NUMBER}) {_UNIT}(?! (?:old|of age)))"
    # Fiscal Year 2023 to date; in FY24; the first half of FY 23
    rf"|(?:[Ii]n |[Dd]uring |[Ff]or |[Tt]hrough(?:out)? |[Aa]s of |(?:[Tt]he|[Hh]is|[Hh]er"
    rf"|[Tt]heir|[Ii]ts|'s) )?(?P<fiscal>(?:(?:first|second|third|fourth) (?:half"
    rf"|quarter)s? of )?{_FY}(?: to date)?)"
    # in 2023, during April 2024, between 2019 and 2021, from 2010 to 2020
    rf"|[Ii]n (?P<lastin>{_MONTH} of (?:last|this) year)"
    rf"|(?:[Ii]n|[Dd]uring|[Tt]hroughout|[Ff]or|[Oo]n|[Aa]s of|[Ii]n (?:early|late|mid-?)) "
    rf"(?:calendar year |the year |the fall of |the spring of |the summer of )?(?P<date>{_DATE})"
    rf"(?! (?:Act|Strategy|Survey|Summit|Budget|National|Executive|Report|budget|law|[A-Z]))"
    rf"|(?P<between>(?:[Bb]etween|[Ff]rom) {_DATE} (?:and|to|through|until) (?:{_DATE}|today|now"
    rf"|the present))"
    rf"|(?P<by>(?:by|through|until|before|effective(?: on)?|beginning(?: in| on)?|starting(?: in"
    rf"| on)?) (?:the end of )?(?:the year )?{_DATE}|by the end of (?:the|this|next) (?:year"
    rf"|decade|month|fiscal year|century))"
    # last year, earlier this year, to date, each year, annually, a year, per month
    rf"|(?P<ago>(?:[Ee]arlier |[Ll]ater |to date )?(?:[Tt]his|[Ll]ast|[Nn]ext) (?:past )?"
    rf"(?:fiscal year|calendar year|year|month|week|quarter|decade|spring|summer|fall|winter"
    rf"|{_MONTH})(?! (?:of|to|or))\b)"
    rf"|(?P<date2>to date|so far(?: this year)?|year[- ]over[- ]year|year[- ]on[- ]year"
    rf"|month[- ]over[- ]month)"
    rf"|(?P<rate>(?:each|every|per) (?:day|week|month|quarter|year|fiscal year|hour|decade)"
    rf"|annually|monthly|weekly|daily|yearly|per annum)"
    rf"|(?P<each>(?<= )(?:a|an) (?:day|week|month|year)(?=[ ,.;)]|$)(?! (?:of|ago|later|after"
    rf"|earlier|before|from|in which|to|that|long|old|and a)))"
    r")(?![\w])|/(?P<slash>day|week|month|year|mo|yr)(?![\w])"
)
_COMPARED = re.compile(
    r"\b(?:compared (?:to|with) the(?: [a-z]+){1,2}|than(?: in)?"
    r"|same period(?: in)?|versus|compared (?:to|with)|relative to|from|above"
    r"|below) $"
)
_MEETING = re.compile(r"\b(?:met|meets?|meetings?|held|issued|published|reports?) $")
_NOT_RATE = re.compile(
    r"(?:more than|over|under|in|for|nearly|about|within|almost|than|less than|half|once|twice|is"
    r"|was|been|after|took|such|what|quite) $"
)

_FEW = 40  # time frames before a figure that are looked at


@dataclass(frozen=True, slots=True)
class Period:
    """A time frame: where it stands in the text and which part of it is printed."""

    start: int
    end: int
    shown: tuple[int, int]
    rate: bool
    front: bool


def periods_in(text: str, sentence: tuple[int, int]) -> tuple[Period, ...]:
    """Return the time frames of one sentence, from left to right."""
    found = []
    for match in _PERIOD.finditer(text, *sentence):
        name = match.lastgroup
        if name is None:
            continue
        left = text[max(0, match.start() - 45) : match.start()]
        if _COMPARED.search(left) or (name == "rate" and _MEETING.search(left)):
            continue
        if name == "each" and _NOT_RATE.search(left):
            continue
        found.append(
            Period(
                match.start(),
                match.end(),
                match.span(name),
                rate=name in ("rate", "each", "slash"),
                front=not text[sentence[0] : match.start()].strip(" \"'(*-–•")
                or _is_fronted(text, sentence[0], match),
            )
        )
    return tuple(found)


def _is_fronted(text: str, first: int, match: re.Match[str]) -> bool:
    """Tell "In just one year, …" and "And since 2021, …": a frame set before the clause begins."""
    return (
        match.start() - first <= 30
        and text[match.end() : match.end() + 1] == ","
        and not text[first : match.start()].rstrip().endswith(",")
    )


def period_of(
    text: str,
    start: int,
    end: int,
    periods: tuple[Period, ...],
    others: tuple[tuple[int, int], ...],
) -> str | None:
    """Return the period that holds for the figure at `start` to `end`, as printed.

    The nearest one after it wins if no other figure stands between, then the one that opens the
    sentence, then the nearest in the same stretch before it.
    """
    chosen: Period | None = None
    following = bisect_left(periods, end, key=lambda period: period.start)
    for period in periods[following : following + 1]:
        limit = 40 if period.rate else 170
        if period.start - end > limit:
            break
        between = text[end : period.start]
        if any(end <= other[0] < period.start for other in others) and (
            period.rate or "," in between or " – " in between or "—" in between
        ):
            break
        if re.search(r"[–—;:]| (?:which|who|while|but)\b", between):
            break
        chosen = period
    if chosen is None:
        for period in reversed(periods[max(0, following - _FEW) : following]):
            if (
                period.end <= start
                and not period.rate
                and (period.front or _near_before(text, period, start))
            ):
                chosen = period
                break
    if chosen is None:
        return None
    return text[chosen.shown[0] : chosen.shown[1]]


def _near_before(text: str, period: Period, start: int) -> bool:
    between = text[period.end : start]
    if len(between) <= 30:
        return ";" not in between and ". " not in between  # "in 2023 — a decrease of 3 percent"
    return len(between) <= 110 and re.search(r"[;:.–—]| (?:which|who|while|but)\b", between) is None
