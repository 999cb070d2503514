"""Finds the time frame a figure holds for, in the words of the text: "past 11 months", "FY24"."""

from __future__ import annotations

import re
from typing import NamedTuple

from builder.naming.word_trie import trie_pattern
from builder.numbers.clauses import Clause

_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|(?:Jan|Feb|Mar|Apr|Aug|Sept|Sep|Oct|Nov|Dec)\.?(?= (?:[0-9]|of\b)))"
)
_NUMBER = (
    r"(?:[0-9]{1,3}|one|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|few"
    r"|several|couple of|dozen|half-)"
)
_UNIT = (
    r"(?:days?|weeks?|months?|quarters?|fiscal years?|financial years?|calendar years?|years?"
    r"|decades?|century|seasons?|hours?|school years?)"
)
_FY = (
    r"(?:Q[1-4] (?:of )?20[0-9]{2}|FYs? ?'?[0-9]{2,4}(?:[-–/][0-9]{2,4})?"
    r"|[Ff]iscal [Yy]ears? (?:[0-9]{4}|[0-9]{2}\b)(?:[-–/][0-9]{2,4})?"
    r"(?: (?:and|through|to) [0-9]{4})?)"
)
_YEAR = r"(?:1[89]|20)[0-9]{2}(?![0-9,]*[0-9])(?:[-–/](?:20)?[0-9]{2}\b)?"
_DATE = (
    rf"(?:{_MONTH}(?: ?[-–] ?{_MONTH})?(?: [0-9]{{1,2}}(?: ?[-–] ?[0-9]{{1,2}})?)?,? (?:of )?"
    rf"(?:{_YEAR}|last year|this year)"
    rf"|{_MONTH} [0-9]{{1,2}}(?:st|nd|rd|th)?(?!,? [0-9])"
    rf"|[0-9]{{1,2}} {_MONTH}(?: {_YEAR})?|{_FY}|{_YEAR})"
)

_OWNER = r"(?:the|my|our|his|her|its|their)"
_SPAN = (
    r"(?:(?:most )?recent|past|last|next|previous|coming|prior|first|following|current|second"
    r"|third|fourth|final|latest|same|reporting)(?! (?:time|lady|step|part|of)\b)"
    # "the first 2 kW" are no time
    rf"(?= {_NUMBER}(?:(?: to | or |[-–]){_NUMBER})?(?: and a half| [a-z]+)?[- ]"
    rf"(?:{_UNIT}|periods?|terms?|halves|sessions?)\b"
    rf"|(?: full| half| quarter)?[- ](?:{_UNIT}|period|term|half|quarter"
    r"|[Aa]dministration|Congress|session)\b)"
    rf"(?: (?:{_NUMBER}|half|quarter|full))?(?:[- ]{_UNIT})?"
    r"(?: (?:period|term|half|quarter|[Aa]dministration|Congress|session))?"
    rf"(?: (?:of|in) (?:the |this |last )?(?:{_DATE}|(?:fiscal |calendar )?year"
    r"|this (?:fiscal )?year|last year|the Administration|term|office))?"
    rf"(?: (?:in|for) {_DATE})?"
)
_ENDING = (
    rf"(?:{_NUMBER}[- ])?{_UNIT}(?: period)? (?:(?:ending|ended|leading up to|through|to|prior to"
    rf"|before|since|after|following|up to)(?: (?:in|on))? (?:{_DATE}|{_MONTH})"
    rf"|(?:between|from) {_DATE} (?:and|to|through) {_DATE})"
)
_FISCAL = rf"(?:(?:first|second|third|fourth) (?:half|quarter)s? of )?{_FY}(?: to date)?"
_SPANS = r"(?:day|week|month|quarter|year|decade)"
_NO_NAME = r"(?! (?:Act|Strategy|Survey|Summit|Budget|National|Executive|Report|budget|law|[A-Z]))"
_SOME = (
    r"(?:fiscal year|financial year|calendar year|year|month|week|quarter|decade|spring|summer"
    rf"|fall|winter|{_MONTH})"
)
# What a time frame may begin with: at most words of a text it is all that is looked at.
_FORMS = [
    form
    for word in (
        "since in over during for within throughout across on as the his her their its an 's from"
        " first second third fourth fifteen between by through until before effective beginning"
        " starting earlier later to this last next that yesterday so year month each every per"
        " annually monthly weekly daily yearly fiscal q fy fys one two three four five six seven"
        " eight nine ten twelve twenty few several couple dozen half a"
    ).split()
    for form in (word, word.capitalize(), word.upper())
]
_BEGINNINGS = trie_pattern([*_FORMS, "FYs"])
# Each alternative names what it finds; the group of that name is what is printed as the period.
# What stands behind a preposition comes first, so that each preposition is looked at once.
_PERIOD = re.compile(
    rf"(?<![\w-])(?=[0-9]|{_BEGINNINGS}(?![a-z]))(?:"
    # since 2021, since its inception, since taking office
    rf"(?P<since>[Ss]ince (?:{_DATE}|(?:(?:its|their|the|he|she|we|they|I|you|our|my|taking|last"
    rf"|his|her|President)\b[^,.;:–—(]{{0,60}}?(?=[,.;:–—(]|$| (?:and|with|alone)\b))|{_MONTH}\b"
    r"|then\b|coming\b[^,.;]{0,30}))"
    r"|(?:[Ii]n|[Oo]ver|[Dd]uring|[Ff]or|[Ww]ithin|[Tt]hroughout|[Aa]cross|[Oo]n|[Aa]s of) (?:"
    # in the past 11 months, over the next 5 years, in my first 100 days in office
    rf"(?:just |only )?{_OWNER} (?P<span>{_SPAN})"
    # in the 12 months ending April 2024, over the period 2004–2009, in the near term
    rf"|the (?P<ending>{_ENDING})|the (?P<stretch>period (?:of )?{_YEAR}|forward estimates"
    rf"|(?:near|short|medium|long) term|{_SPANS} (?:before|earlier|prior)(?= ?(?:[,.;:)]|$)))"
    r"|the (?P<budget>20[0-9]{2}[-–/][0-9]{2}) [Bb]udget"
    # in FY24; in 2023; in late 2023; in March; in November of last year; in that year
    r"|(?<!ver )(?<!hin )(?<!oss )(?:"  # "a rise of 5 percent over 2016"
    rf"(?:{_OWNER} )?(?P<fiscal>{_FISCAL})"
    rf"|(?P<month>{_MONTH})(?!,?[ \n]?[0-9]|-| of\b)|(?P<recent>{_MONTH} of (?:last|this) year)"
    rf"|(?:early |late |mid-?)?(?:calendar year |the year |the (?:fall|spring|summer|winter) of )?"
    rf"(?P<date>{_DATE}){_NO_NAME}"
    rf"|(?P<same>(?:that|the same) {_SPANS})(?= ?(?:[,.;:)]|$))))"
    # over five years
    rf"|(?P<over>over (?:the )?(?:previous|prior|next|past|last|coming|following)"
    rf" (?:{_NUMBER} )?{_UNIT}|(?:over|within) {_NUMBER} {_UNIT}(?! (?:old|of age)))"
    rf"|(?P<before>(?:{_NUMBER}|an?) {_UNIT} (?:ago|earlier)(?!\w))"
    rf"|(?:(?:[Tt]he|[Hh]is|[Hh]er|[Tt]heir|[Ii]ts|'s) )?(?P<year>{_FISCAL})"
    # from January 20, 2020, through July 1, 2022; from 2010 to 2020; between 8 and 19 November
    rf"|(?P<between>(?:[Bb]etween|[Ff]rom) (?:(?:{_DATE}|{_MONTH}(?= )),? (?:and|to|through|until)"
    rf" (?:{_DATE}|{_MONTH}|today|now|the present)"
    rf"|[0-9]{{1,2}} (?:and|to|until) [0-9]{{1,2}} {_MONTH}(?: {_YEAR})?))"
    r"|(?P<by>(?:by|through|until|before|effective(?: on)?|beginning(?: in| on)?|starting(?: in"
    rf"| on)?) (?:the end of )?(?:the year )?(?:{_DATE}|{_MONTH}(?= ?[,.;)]|$))"
    r"|by (?:the end of (?:the|this|next) (?:fiscal )?(?:year|decade|month|century)"
    r"|(?:this|next) (?:fiscal )?(?:year|month)))"
    # last year, earlier this year, to date, each year, annually, a year, per month
    r"|(?P<ago>(?:[Ee]arlier |[Ll]ater |to date )?(?:[Tt]his|[Ll]ast|[Nn]ext|that(?= year[,.;)]))"
    rf" (?:past )?{_SOME}(?:'s [Bb]udget)?(?! (?:of|or|to (?:the|this|next|last|[0-9]))\b)\b"
    r"|[Yy]esterday)"
    r"|(?P<point>to date|so far(?: this year)?|year[- ]over[- ]year|year[- ]on[- ]year"
    r"|month[- ]over[- ]month)"
    r"|(?P<rate>(?:[Ee]ach|[Ee]very|per) (?:day|week|month|quarter|year|fiscal year|hour|decade)"
    r"|annually|monthly|weekly|daily|yearly|per annum|an hour)"
    r"|(?P<each>(?<= )an? (?:day|week|month|year)(?=[ ,.;)]|$)(?! (?:of|ago|later|after"
    r"|earlier|before|from|in which|to|that|long|old|and a)))"
    r")(?![\w])|/(?P<slash>day|week|month|year|mo|yr)(?![\w])"
    # "(2020 – 543 kilograms)", "(2024 only)", "1.2 million (2019)"
    rf"|\((?P<bracket>{_YEAR})(?= ?[–:-] | only\))|\((?P<behind>{_YEAR})(?=\) ?(?:$|[;.,]))"
)
_COMPARED = re.compile(
    r"\b(?:compared (?:to|with) the(?: [a-z]+){1,2}|than(?: in)?"
    r"|same period(?: in| of)?|versus|compared (?:to|with)|relative to|from|above"
    r"|below) $"
)
_MEETING = re.compile(r"\b(?:met|meets?|meetings?|held|issued|published|reports?) $")
_NOT_RATE = re.compile(
    r"(?:more than|over|under|in|for|nearly|about|within|almost|than|less than|half|once|twice|is"
    r"|was|been|after|took|such|what|quite) $"
)


class Period(NamedTuple):
    """A time frame: where it stands in the text and which part of it is printed.

    `rate` marks "a year", `front` a frame set before its clause, `compared` one that only another
    number holds for ("than in 2022"); `bracket` "(2020 – 543 kilograms)".
    """

    start: int
    end: int
    shown: tuple[int, int]
    rate: bool = False
    front: bool = False
    compared: bool = False
    bracket: bool = False


def periods_in(text: str, sentence: tuple[int, int]) -> tuple[Period, ...]:
    """Return the time frames of one sentence, from left to right."""
    found: list[Period] = []
    for match in _PERIOD.finditer(text, *sentence):
        name = match.lastgroup
        if name is None:
            continue
        front = _is_fronted(text, sentence[0], match)
        if front and name == "month":
            continue  # "In March, the President signed": that dates the signing
        left = text[max(sentence[0], match.start() - 45) : match.start()]
        if (name == "rate" and _MEETING.search(left)) or (
            name == "each" and _NOT_RATE.search(left)
        ):
            continue
        found.append(
            Period(
                match.start() + (name in ("bracket", "behind")),
                match.end(),
                match.span(name),
                rate=name in ("rate", "each", "slash"),
                front=front,
                compared=_COMPARED.search(left) is not None or match[name].startswith("same "),
                bracket=name == "bracket",
            )
        )
    return tuple(found)


def _is_fronted(text: str, first: int, match: re.Match[str]) -> bool:
    """Tell "In just one year, …" and "And since 2021, …": a frame set before the clause begins."""
    left = text[first : match.start()]
    if not left.strip(" \"'(*-–•") or _OPENING.fullmatch(left):
        return True
    return (
        match.start() - first <= 30
        and text[match.end() : match.end() + 1] == ","
        and not left.rstrip().endswith((",", "-", "–"))
    )


_OPENING = re.compile(
    r"[\"'(]?(?:According to [^,]{2,50}|[A-Z][a-z]+(?: [a-z]+){0,2}), "
)  # "And, yesterday", "In addition, in"


_AFTER, _RATE, _BEFORE = 170, 40, 110  # characters between a figure and its frame
_CHUNKS = 40
_FRAMES = 3  # frames before a figure that are looked at


def period_of(clause: Clause, index: int, periods: dict[int, Period]) -> tuple[Period, str] | None:
    """Return the time frame of the figure in chunk `index` and the rule that found it.

    `periods` are the frames of the sentence by their chunks. The nearest one after the figure
    wins if it does not belong to another, then the one that opens the sentence or stands right
    before.
    """
    if _is_part(clause, index):
        return None
    place = _following(clause, index)
    while place >= 0:
        period = periods[place]
        if period.compared or period.bracket:
            break
        if _is_inside(clause, index, place):
            place = _following(clause, place)
            continue
        base = _is_base(clause, index, place)
        if not base and _holds(clause, index, place, period):
            return period, "rate" if period.rate else "time frame after"
        if not base and not period.rate:
            break
        place = _following(clause, place)
    place = index
    for _ in range(_FRAMES):
        place = clause.codes.rfind("Y", max(0, place - _CHUNKS), place)
        if place < 0:
            return None
        period = periods[place]
        if (period.rate and not period.front) or period.compared:
            continue
        if period.front:
            beside = "q" in clause.codes[:place] and _is_beside(clause, place, index)
            later = _WILL.search(clause.text, clause.ends[place], clause.starts[index])
            return None if later or beside else (period, "time frame before the clause")
        if _is_right_before(clause, place, index, period):
            return period, "time frame before"
    return None


_OF_YEAR = re.compile(rf"\b(?:the|an?|its|their|our) ({_YEAR}) (?=[a-z])", re.I)


def year_of_subject(clause: Clause, index: int) -> tuple[int, int] | None:
    """Return where the year of "the 2017 crop yielded 9,000 tons" is printed, or None."""
    verbs = [at for at in range(max(0, index - _STEPS), index) if clause.codes[at] in "VvEZX"]
    if len(verbs) != 1 or clause.codes[max(0, verbs[0] - 1)] != "N":
        return None
    subject = verbs[0] - 1
    start = max(0, clause.starts[subject] - 4)
    year = _OF_YEAR.search(clause.text, start, clause.ends[subject])
    return year.span(1) if year else None


_STEPS = 8  # chunks before a figure in which its verb and subject stand


# "In his first days he took steps to build an economy that will create": that is later
_WILL = re.compile(r"\b(?:that|which|who) (?:will|would|could) ")
_SINCE = re.compile(r"(?:\b(?:has|have|had)|'(?:s|ve|d)) since ")
_DATED = re.compile(_DATE)


def since(frame: str, between: str) -> str | None:
    """Return a frame as it holds behind these words: "2021" for "has since trained" is since 2021.

    None where the words say "since" and the frame is no date.
    """
    if not _SINCE.search(between):
        return frame
    return f"since {frame}" if _DATED.fullmatch(frame) else None


def _is_inside(clause: Clause, index: int, place: int) -> bool:
    """Tell "6,863,334 (drug traffickers since 1985)": the frame is of what stands in brackets."""
    between = clause.codes[index + 1 : place]
    return "(" in between[:-1] and between.rfind("(", 0, -1) > between.rfind(")")


def _is_part(clause: Clause, index: int) -> bool:
    """Tell the second figure of "100 percent of its fleet of 8,000 vehicles"."""
    return clause.codes[max(0, index - 4) : index] == "qoNo"


def _is_base(clause: Clause, index: int, place: int) -> bool:
    """Tell whether the frame is that of the first value: "a 39% rise from 685 in 1993 to …"."""
    between = clause.codes[index + 1 : place]
    base = between.find("pq")
    return base >= 0 and "tq" not in between and clause.heads[index + 1 + base] == "from"


def _following(clause: Clause, index: int) -> int:
    return clause.codes.find("Y", index + 1, index + 1 + _CHUNKS)


_LISTING = re.compile(r"(?:[Noqt,p]|(?<=,)c|c(?=q))*$")  # "3 kg of meth, 18 kg of cannabis and"
_OTHER = re.compile(r"(?<!No)q")  # but not that of "its fleet of 8,000 vehicles"
_VERB = re.compile(r"[VvEZXGT]")
_MAIN = re.compile(
    r"(?<![c,wT])[VvEZX]|(?<![c,])T"
)  # a verb that another verb's object does not share


def _holds(clause: Clause, index: int, place: int, period: Period) -> bool:
    """Tell whether the frame at chunk `place` holds for the figure before it."""
    between = clause.codes[index + 1 : place]
    gap = clause.starts[place] - clause.ends[index]
    if gap > (_RATE if period.rate else _AFTER) or "–" in between or ":" in between:
        return False
    other = _OTHER.search(between)
    if other and period.rate:
        return False
    if "." in between or _turns_away(clause, index, place) or _compares(clause, index, place):
        return False
    if between.endswith("c,") and "q" in clause.codes[place + 1 : place + 4]:
        return False  # "trained 4,000 officers and, in the year before, 3,100"
    if other is None:
        return True
    if _MAIN.search(between, 0, other.start()):
        return False
    return "," not in between or _LISTING.match(between) is not None or between.endswith(",")


def _turns_away(clause: Clause, index: int, place: int) -> bool:
    """Tell "…, which in 2021": the frame belongs to a clause inside or behind."""
    for chunk in range(index + 1, place):
        if clause.codes[chunk] == "w" and clause.heads[chunk] in _TURNS:
            return clause.codes[place - 1] != ","  # "…, which serve families, by 2024"
    return False


def _compares(clause: Clause, index: int, place: int) -> bool:
    """Tell "60 percent compared with the budget adopted last year"."""
    return any(clause.heads[chunk] in _COMPARING for chunk in range(index + 1, place))


_COMPARING = frozenset("compared than versus".split())
_TURNS = frozenset("which who while but when where".split())
_BESIDE = frozenset("while whereas although though whilst".split())


def _is_beside(clause: Clause, place: int, index: int) -> bool:
    """Tell "60 ports open by July, while $87 billion is reserved": the figure's clause is new."""
    return any(clause.heads[chunk] in _BESIDE for chunk in range(place + 1, index))


def _is_right_before(clause: Clause, place: int, index: int, period: Period) -> bool:
    between = clause.codes[place + 1 : index]
    gap = clause.starts[index] - clause.ends[place]
    if period.bracket:
        return gap <= 12
    if _is_beside(clause, place, index):
        return False
    if gap <= 30 and "." not in between and not _VERB.search(between):
        return True  # "in 2023 — a decrease of 3 percent"
    definite = clause.text.endswith(" the ", 0, clause.starts[index])
    return gap <= _BEFORE and not definite and _LEADING.match(between) is not None


# What may stand between a frame and its figure: ", keeping", "'s budget called for", ", which was".
_LEADING = re.compile(
    r"(?:[^VvEZXGTw:.–]*,)?(?:G[^VvEZXGTw:.–]*|[^VvEZXGTw:.–]*)$"
    r"|[^VvEZXGTw:.–]*,pN+G[^VvEZXGTw:.–]*$"
    r"|[Npou]*(?:[VvXEZ]w?|Xu?T)[^VvEZXGTw:.–]*$"
    r"|,wX[qNc]*$"
)
